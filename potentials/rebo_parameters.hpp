#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "potentials/rebo_splines.hpp"

namespace cardhouse {

/// The two kinds of atoms of a hydrocarbon.
enum class HydrocarbonKind : std::uint8_t { Carbon, Hydrogen };

/// The numbers of one pair of kinds; `weight` falls from 1 at `inner` to 0 at `outer`.
struct ReboPair {
  double inner = 0;                    ///< [angstrom]
  double outer = 0;                    ///< [angstrom]
  double torsion_outer = 0;            ///< the same for the weight in torsions [angstrom]
  double screening = 0;                ///< Q [angstrom]
  double repulsion = 0;                ///< A [eV]
  double steepness = 0;                ///< alpha [1/angstrom]
  std::array<double, 3> attraction{};  ///< B_n [eV]
  std::array<double, 3> decay{};       ///< beta_n [1/angstrom]
};

/// Parameters of a second-generation REBO potential (Brenner 2002, doi:10.1088/0953-8984/14/4/312). Pairs and tables
/// stand in the order carbon-carbon, carbon-hydrogen, hydrogen-hydrogen: at the sum of both kinds.
struct ReboParameters {
  std::array<ReboPair, 3> pairs;
  double angle_steepness;                ///< of the distance dependence of angles at hydrogen [1/angstrom]
  std::array<double, 2> hydrogen_bonds;  ///< lengths of C-H and H-H there [angstrom]
  std::array<double, 2> conjugated;      ///< coordinations between which a neighbour stops being conjugated
  std::array<double, 2> crowded;         ///< coordinations between which the angles at carbon change
  QuinticSpline carbon_angle;
  QuinticSpline crowded_angle;
  QuinticSpline hydrogen_angle;
  std::array<CoordinationTable, 2> order;  ///< P of other carbon and hydrogen neighbours, for C-C and C-H
  std::array<CoordinationTable, 3> conjugation;
  CoordinationTable torsion;  ///< for C-C
};

/// Reads inputs/potentials/CH_rebo2_2002.toml or a file like it. Throws InputError.
ReboParameters load_rebo_parameters(const std::string& path);

}  // namespace cardhouse
