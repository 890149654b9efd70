#include "potentials/bonded_parameters.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

// Jain 2015, doi:10.1021/acs.jpcc.5b01905: E = (3/16)(alpha/d^2) sum (r^2 - d^2)^2 + (3/8) beta d^2 sum (theta -
// 2pi/3)^2.
constexpr double carbon_length = 1.420;  // d [angstrom]
constexpr double carbon_alpha = 26.060;  // [eV/angstrom^2]
constexpr double carbon_beta = 5.511;    // [eV/angstrom^2]
constexpr BondTerm carbon_bond{carbon_length, 1.5 * carbon_alpha};
constexpr double carbon_angle_stiffness = 0.75 * carbon_beta * carbon_length * carbon_length;

/// AMBER writes K (r - r0)^2 with K in kcal/(mol angstrom^2).
BondTerm amber_bond(double constant, double length) {
  return {length, 2 * from_unit(constant, "kcal/mol")};
}

/// AMBER writes K (theta - theta0)^2 with K in kcal/(mol rad^2) and theta0 in degrees.
AngleTerm amber_angle(double constant, double degrees) {
  return {degrees * std::numbers::pi / 180, 2 * from_unit(constant, "kcal/mol")};
}

struct UffAtom {
  double radius;  ///< [angstrom]
  double charge;  ///< effective, Z*
};

/// Rappe 1992, table 1; resonant or planar types where there are several.
UffAtom uff_atom(Element element) {
  switch (element) {
    case Element::H:
      return {0.354, 0.712};
    case Element::B:
      return {0.828, 1.755};
    case Element::C:
      return {0.729, 1.912};
    case Element::N:
      return {0.699, 2.544};
    case Element::O:
      return {0.680, 2.300};
    case Element::F:
      return {0.668, 1.735};
    case Element::P:
      return {1.101, 2.863};
    case Element::S:
      return {1.077, 2.703};
    default:
      break;
  }
  throw InputError("no bond parameters for " + std::string(symbol(element)),
                   "remove its bonds (known: B, C, F, H, N, O, P, S)");
}

BondTerm uff_bond(Element a, Element b) {
  const double length = uff_atom(a).radius + uff_atom(b).radius;
  const double constant = 664.12 * uff_atom(a).charge * uff_atom(b).charge / std::pow(length, 3);
  return {length, from_unit(constant, "kcal/mol")};
}

BondTerm carbon_carbon(std::size_t lower_degree, std::size_t higher_degree) {
  if (lower_degree >= 4) return amber_bond(310, 1.526);   // CT-CT
  if (higher_degree >= 4) return amber_bond(317, 1.510);  // CA-CT
  return carbon_bond;
}

}  // namespace

BondTerm bond_term(BondedAtom a, BondedAtom b) {
  if (b.element < a.element) std::swap(a, b);  // by atomic number: H, B, C, N, O, ...
  const auto [low, high] = std::minmax(a.degree, b.degree);
  if (a.element == Element::C) {
    if (b.element == Element::C) return carbon_carbon(low, high);
    if (b.element == Element::N)
      return b.degree >= 3 ? amber_bond(436, 1.374) : amber_bond(483, 1.339);  // CB-N*, CA-NC
    if (b.element == Element::O) return b.degree >= 2 ? amber_bond(450, 1.364) : amber_bond(570, 1.229);  // C-OH, C-O
  }
  if (a.element == Element::H) {
    if (b.element == Element::C)
      return b.degree >= 4 ? amber_bond(340, 1.090) : amber_bond(367, 1.080);  // CT-HC, CA-HA
    if (b.element == Element::N) return amber_bond(434, 1.010);                // NA-H
    if (b.element == Element::O) return amber_bond(553, 0.960);                // OH-HO
  }
  return uff_bond(a.element, b.element);
}

AngleTerm angle_term(Element a, BondedAtom centre, Element b) {
  const bool hydrogen = a == Element::H || b == Element::H;
  if (centre.degree >= 4) return amber_angle(hydrogen ? 50 : 40, 109.5);  // CT-CT-HC, CT-CT-CT
  if (centre.degree == 2) {
    if (centre.element == Element::N) return amber_angle(70, 117.0);  // constant of CA-NC-CB, angle of pyridine
    if (centre.element == Element::O)
      return hydrogen ? amber_angle(35, 113.0) : amber_angle(60, 109.5);  // C-OH-HO, CT-OS-CT
    if (centre.element == Element::S)
      return hydrogen ? amber_angle(43, 96.0) : amber_angle(62, 98.9);  // CT-SH-HS, CT-S-CT
  }
  if (hydrogen) return amber_angle(35, 120.0);  // CA-CA-HA
  return {2 * std::numbers::pi / 3, carbon_angle_stiffness};
}

}  // namespace cardhouse
