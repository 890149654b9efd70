#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/void_graph.hpp"

namespace cardhouse {

/// The three sphere diameters of a porous solid (Foster et al. 2006, doi:10.1016/j.micromeso.2005.08.020).
/// All [angstrom]; 0 where nothing fits or nothing passes.
struct SphereDiameters {
  double largest = 0;     ///< largest sphere anywhere
  double limiting = 0;    ///< largest sphere that passes through the crystal for ever, in some direction
  double along_path = 0;  ///< largest sphere on that way
};
SphereDiameters sphere_diameters(const VoidGraph& graph);

/// How one pore connects to the rest.
struct PoreConnection {
  double mouth_radius = 0;     ///< largest probe that gets from the pore to a way through the crystal [angstrom]
  double throat_radius = 0;    ///< widest neck to another pore or an image of the pore; 0 without [angstrom]
  std::size_t neighbours = 0;  ///< pores and images across necks of at least the given radius
};

/// A neck between two pores, or between a pore and its image.
struct PoreThroat {
  std::uint32_t first = 0, second = 0;  ///< numbers of the pores, first <= second
  VoidGraph::Image image{};             ///< of the second, seen from the first
  double radius = 0;                    ///< [angstrom]
};

/// All necks of at least the given radius, by pores. Of pores that share a node the first has its necks.
std::vector<PoreThroat> find_throats(const VoidGraph& graph, std::span<const std::uint32_t> nodes, double least_throat);

/// Connections of the pores whose largest spheres sit at `nodes`: mouths by the widest path, necks where the basins of
/// two pores meet (watershed from wide to narrow). Nodes may repeat; then the pores share what they have.
std::vector<PoreConnection> connect_pores(const VoidGraph& graph, std::span<const std::uint32_t> nodes,
                                          double least_throat);

}  // namespace cardhouse
