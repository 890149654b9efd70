#include "engine/sodium/two_sublattice.hpp"

#include <cmath>
#include <functional>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {

namespace {

// The mixing entropy makes the potential run from -infinity to infinity on (0, 1).
double lowest_root(const std::function<double(double)>& potential, double target) {
  constexpr int grid = 1000;
  double low = 0;
  double high = 1;
  for (int i = 1; i < grid && high == 1; ++i)
    if (const double n = static_cast<double>(i) / grid; potential(n) >= target)
      high = n;
    else
      low = n;
  for (int step = 0; step < 100; ++step) {
    const double middle = 0.5 * (low + high);
    (potential(middle) < target ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double interlayer_energy(const TwoSublatticeParameters& p, double n) {
  return n *
         (p.interlayer_level + p.interlayer_gain * std::exp(-p.interlayer_decay * std::pow(n, p.interlayer_exponent)));
}

double pore_energy(const TwoSublatticeParameters& p, double n) {
  return n * (p.pore_level + n * (p.pore_pair + n * p.pore_triple));
}

}  // namespace

TwoSublatticeParameters mercer_parameters() {
  return {.interlayer_level = -0.37289072,
          .interlayer_gain = -0.684477326,
          .interlayer_decay = 1.873973403,
          .interlayer_exponent = 1.686422347,
          .pore_level = -0.021718645,
          .pore_pair = -0.046075307,
          .pore_triple = 0.032394847,
          .interlayer_share = 0.329217689};
}

TwoSublatticeFilling filling(const TwoSublatticeParameters& p, double chemical_potential, double temperature) {
  EXPECTS(temperature > 0);
  const double thermal = constants::boltzmann * temperature;
  const auto mixing = [&](double n) { return thermal * std::log(n / (1 - n)); };
  const auto interlayer = [&](double n) {
    const double power = p.interlayer_decay * std::pow(n, p.interlayer_exponent);
    return p.interlayer_level + p.interlayer_gain * std::exp(-power) * (1 - power * p.interlayer_exponent) + mixing(n);
  };
  const auto pore = [&](double n) { return p.pore_level + n * (2 * p.pore_pair + 3 * p.pore_triple * n) + mixing(n); };
  return {lowest_root(interlayer, chemical_potential), lowest_root(pore, chemical_potential)};
}

TwoSublattice::TwoSublattice(const TwoSublatticeParameters& parameters, std::size_t sites)
    : interlayer_sites_(
          static_cast<std::size_t>(std::lround(parameters.interlayer_share * static_cast<double>(sites)))),
      sites_(sites) {
  EXPECTS(interlayer_sites_ > 0 && interlayer_sites_ < sites);
  const auto interlayer = static_cast<double>(interlayer_sites_);
  const double pore = static_cast<double>(sites) - interlayer;
  for (std::size_t n = 0; n <= interlayer_sites_; ++n)
    interlayer_energies_.push_back(interlayer * interlayer_energy(parameters, static_cast<double>(n) / interlayer));
  for (std::size_t n = 0; n <= sites - interlayer_sites_; ++n)
    pore_energies_.push_back(pore * pore_energy(parameters, static_cast<double>(n) / pore));
}

double TwoSublattice::change(bool interlayer, int step) const {
  const std::vector<double>& energies = interlayer ? interlayer_energies_ : pore_energies_;
  const std::size_t n = interlayer ? interlayer_count_ : sites_.count() - interlayer_count_;
  return energies[n + step] - energies[n];
}

double TwoSublattice::move_energy(std::size_t from, std::size_t to) const {
  if (is_interlayer(from) == is_interlayer(to)) return 0;
  return change(is_interlayer(from), -1) + change(is_interlayer(to), 1);
}

void TwoSublattice::insert(std::size_t site) {
  sites_.insert(site);
  interlayer_count_ += is_interlayer(site);
}

void TwoSublattice::remove(std::size_t site) {
  sites_.remove(site);
  interlayer_count_ -= is_interlayer(site);
}

void TwoSublattice::move(std::size_t from, std::size_t to) {
  remove(from);
  insert(to);
}

TwoSublatticeFilling TwoSublattice::filling() const {
  const auto interlayer = static_cast<double>(interlayer_sites_);
  return {static_cast<double>(interlayer_count_) / interlayer,
          static_cast<double>(sites_.count() - interlayer_count_) / (static_cast<double>(size()) - interlayer)};
}

}  // namespace cardhouse
