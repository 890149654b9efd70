#include "engine/carbonize/thermogravimetry_recorder.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"

namespace cardhouse {

std::vector<std::size_t> gases_of(const ReactionLattice& lattice) {
  std::vector<std::size_t> gases;
  const auto add = [&](std::span<const Rule> rules) {
    for (const auto& rule : rules) {
      for (const auto& product : rule.products) {
        if (lattice.species()[product.species].state == SpeciesState::Volatile) gases.push_back(product.species);
      }
    }
  };
  add(lattice.table().rules());
  add(lattice.table().free_rules());
  std::sort(gases.begin(), gases.end(),
            [&](std::size_t a, std::size_t b) { return lattice.species()[a].name < lattice.species()[b].name; });
  gases.erase(std::unique(gases.begin(), gases.end()), gases.end());
  return gases;
}

double escaped_fraction(const ReactionLattice& lattice, std::size_t species) {
  return static_cast<double>(lattice.escaped(species)) * lattice.species()[species].formula.mass() /
         lattice.initial_mass();
}

double per_carbon(const Formula& formula, Element element) {
  const auto carbon = formula[Element::C];
  return carbon == 0 ? 0 : static_cast<double>(formula[element]) / static_cast<double>(carbon);
}

ThermogravimetryRecorder::ThermogravimetryRecorder(const ReactionLattice& lattice,
                                                   const std::vector<ConstantInterval>& intervals, double start,
                                                   std::size_t rows)
    : gases_(gases_of(lattice)), end_(intervals.back().end), at_(intervals.front().temperature) {
  EXPECTS(rows >= 4);
  for (std::size_t i = 1; i < intervals.size(); ++i) {
    way_ += std::abs(intervals[i].temperature - intervals[i - 1].temperature);
  }
  step_ = (way_ > 0 ? 2.0 : 1.0) / static_cast<double>(rows - 2);
  for (const auto s : gases_) table_.gases.push_back(lattice.species()[s].name);
  write(lattice, 0, start);
}

void ThermogravimetryRecorder::see(const ReactionLattice& lattice, const ConstantInterval& interval) {
  done_ += (interval.end - interval.begin) / end_;
  if (way_ > 0) done_ += std::abs(interval.temperature - at_) / way_;
  at_ = interval.temperature;
  if (done_ < step_ && interval.end < end_) return;
  done_ = std::max(0.0, done_ - step_);
  write(lattice, interval.end, interval.end_temperature);
}

void ThermogravimetryRecorder::write(const ReactionLattice& lattice, double time, double temperature) {
  const Formula solid = lattice.condensed_everywhere();
  ThermogravimetryRow row{time,
                          temperature,
                          lattice.supplied_mass() / lattice.initial_mass(),
                          per_carbon(solid, Element::H),
                          per_carbon(solid, Element::O),
                          lattice.mean_bridging(),
                          {}};
  for (const auto s : gases_) row.gas_fraction.push_back(escaped_fraction(lattice, s));
  for (const double fraction : row.gas_fraction) row.mass_fraction -= fraction;
  table_.rows.push_back(std::move(row));
}

}  // namespace cardhouse
