#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// The medial axis of the empty space: vertices and edges of the Voronoi diagram of the atoms (radical planes for
/// different radii; Rycroft 2009, Voro++, doi:10.1063/1.3215722; use for pores: Willems et al. 2012,
/// doi:10.1016/j.micromeso.2011.08.020). Every path of a probe between atoms can be moved onto its edges, so that sizes
/// of pores and of the necks between them are exact, without a grid, when all radii are equal. With different radii
/// (hydrogen among carbon) spheres are those that fit at the nodes and at the narrowest points of the edges between
/// radical cells: lower bounds, short by some 0.1 angstrom (estimate). Kept is what lies outside the atoms: the edges
/// that let a point pass, and the nodes that hold one. In a dense carbon that is a tenth of all.
class VoidGraph {
 public:
  using Image = std::array<int, 3>;  ///< whole cell vectors
  struct Node {
    Vector3 position;      ///< in the cell [angstrom]
    double clearance = 0;  ///< to the nearest van der Waals surface; negative inside an atom [angstrom]
  };
  struct Edge {
    std::uint32_t from = 0, to = 0;
    Image image{};         ///< of `to`, seen from `from`
    double clearance = 0;  ///< of its narrowest point [angstrom]
  };

  /// Radii by van_der_waals_radius. Throws InputError without atoms.
  explicit VoidGraph(const Atoms& atoms);

  /// The part whose nodes `keep` accepts, with the edges between them.
  VoidGraph part(const std::function<bool(const Vector3&)>& keep) const;

  const Cell& cell() const { return cell_; }
  const std::vector<Node>& nodes() const { return nodes_; }
  const std::vector<Edge>& edges() const { return edges_; }  ///< from wide to narrow

  /// For every position the node of the largest sphere that overlaps it closest: of the nodes within `reach`
  /// [angstrom] the one with the largest clearance, else the nearest node. EXPECTS nodes.
  std::vector<std::uint32_t> nodes_near(std::span<const Vector3> positions, double reach) const;
  std::uint32_t node_near(const Vector3& position, double reach) const { return nodes_near({&position, 1}, reach)[0]; }

 private:
  explicit VoidGraph(const Cell& cell) : cell_(cell) {}

  Cell cell_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
};

}  // namespace cardhouse
