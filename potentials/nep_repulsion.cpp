#include "potentials/nep_repulsion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

constexpr double coulomb = 14.399645;  // [eV angstrom], as in GPUMD; with it models were trained
constexpr double least_distance = 0.05;

struct Screening {
  double weight;
  double decay;
};
constexpr std::array<Screening, 4> screening{
    {{0.18175, 3.1998}, {0.50986, 0.94229}, {0.28022, 0.4029}, {0.02817, 0.20162}}};

double covalent_radius(Element element) {
  switch (element) {
    case Element::H:
      return 0.32;
    case Element::B:
      return 0.77;
    case Element::C:
      return 0.75;
    case Element::N:
      return 0.71;
    case Element::O:
      return 0.63;
    case Element::F:
      return 0.64;
    case Element::Na:
      return 1.40;
    case Element::Mg:
      return 1.25;
    case Element::Al:
      return 1.13;
    case Element::Si:
      return 1.04;
    case Element::P:
      return 1.10;
    case Element::S:
      return 1.02;
    case Element::Cl:
      return 0.99;
    case Element::K:
      return 1.76;
    case Element::Ca:
      return 1.54;
    case Element::Mn:
      return 1.07;
    case Element::Fe:
      return 1.04;
    case Element::Ni:
      return 0.99;
    case Element::Zn:
      return 1.09;
  }
  throw InputError("no covalent radius for " + std::string(symbol(element)));
}

}  // namespace

NepRepulsion::NepRepulsion(const NepModel::Repulsion& radii, Element first, Element second)
    : inner_(radii.inner), outer_(radii.outer) {
  const auto [z1, z2] = std::array{static_cast<double>(first), static_cast<double>(second)};  // atomic numbers
  charges_ = coulomb * z1 * z2;
  inverse_length_ = 2.134563 * (std::pow(z1, 0.23) + std::pow(z2, 0.23));
  if (!radii.typewise_factor) return;
  inner_ = 0;
  outer_ = std::min(outer_, *radii.typewise_factor * 4.0 / 3 * (covalent_radius(first) + covalent_radius(second)));
}

NepRepulsion::EnergyAndSlope NepRepulsion::at(double r) const {
  if (r >= outer_) return {0, 0};
  const double held = std::max(r, least_distance);
  double phi = 0;
  double phi_slope = 0;
  for (const auto& [weight, decay] : screening) {
    const double term = weight * std::exp(-decay * inverse_length_ * held);
    phi += term;
    phi_slope -= decay * inverse_length_ * term;
  }
  const double bare = charges_ / held * phi;
  const double bare_slope = charges_ / held * (phi_slope - phi / held);
  if (held < inner_) return {bare, r < least_distance ? 0 : bare_slope};
  const double scale = std::numbers::pi / (outer_ - inner_);
  const double weight = 0.5 + 0.5 * std::cos(scale * (held - inner_));
  const double weight_slope = -0.5 * scale * std::sin(scale * (held - inner_));
  return {weight * bare, r < least_distance ? 0 : weight * bare_slope + weight_slope * bare};
}

}  // namespace cardhouse
