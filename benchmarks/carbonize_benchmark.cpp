// Cost of carbonising: softwood at 5 K/min to 1300 degC and two hours, 1000 cells of about 1000 molecules each.
// - `carbonize_cells`: the whole programme with transport, per cell, against the plain direct method of Gillespie (J.
// Comput.
//   Phys. 22 (1976) 403) over the same rules and intervals in cells that do not know each other (`plain_gillespie`):
//   every rate is computed afresh after every event, what is volatile is gone at once. Both must leave the same mass.
// - `lattice_memory`: bytes that a cell takes, on two sizes of lattice.

#include <malloc.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "benchmarks/ratios.hpp"
#include "engine/base/statistics.hpp"
#include "engine/carbonize/carbonize.hpp"
#include "engine/carbonize/reaction_table.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t replicas = 37;  // 26.8 molecules of softwood in a cell of 1.75 nm
constexpr std::size_t plain_cells = 8;

const std::string& inputs() {
  static const std::string folder = std::string(CARDHOUSE_SOURCE_DIR) + "/inputs";
  return folder;
}

const Process& softwood() {
  static const Deck deck = Deck::from_text(R"(precursor = "softwood"
[[step]]
target = "1300 degC"
rate = "5 K/min"
hold = "2 h"
)",
                                           "benchmark");
  static const Process process = read_process(deck.root(), inputs());
  return process;
}

CarbonizeOptions options_for(std::size_t side) {
  CarbonizeOptions options{load_volatile_transport(inputs() + "/rules/volatile_transport.toml"), {}};
  options.lattice.cells.fill(side);
  options.lattice.replicas = replicas;
  return options;
}

double cell_mass(const CarbonizeOptions& options) {
  return softwood().material.density * std::pow(options.lattice.cell_edge, 3) * static_cast<double>(replicas);
}

double mass_of(const Species& species) {
  return species.state == SpeciesState::Volatile ? 0 : species.formula.mass();
}

/// One cell without neighbours.
class PlainCell {
 public:
  PlainCell(const ReactionTable& table, std::vector<double> counts) : table_(table), counts_(std::move(counts)) {
    initial_ = counts_;
  }

  void run(double time, Stream& stream) {
    std::vector<double> rates(table_.rules().size());
    carbon_ = 0;
    for (std::size_t s = 0; s < counts_.size(); ++s) carbon_ += counts_[s] * carbon_of(s);
    for (double left = time;;) {
      double total = 0;
      for (std::size_t r = 0; r < rates.size(); ++r) total += rates[r] = rate(r);
      if (total <= 0 || (left -= stream.exponential() / total) < 0) return;
      double target = stream.uniform() * total;
      std::size_t chosen = 0;
      while (chosen + 1 < rates.size() && (target -= rates[chosen]) >= 0) ++chosen;
      fire(table_.rules()[chosen]);
    }
  }
  const std::vector<double>& counts() const { return counts_; }
  std::size_t events() const { return events_; }

 private:
  double rate(std::size_t r) const {
    const Rule& rule = table_.rules()[r];
    for (const Reactant& reactant : rule.reactants)
      if (counts_[reactant.species] < static_cast<double>(reactant.count)) return 0;
    const Reactant& lead = rule.reactants.front();
    const double n = counts_[lead.species];
    const double initial = std::max(1.0, initial_[lead.species]);
    double result = table_.constant(r) * n / static_cast<double>(lead.count);
    if (rule.order != 1) result *= std::pow(n / initial, rule.order - 1);
    if (rule.spread > 0) result *= std::exp(-barrier_shift(rule.spread, 1 - n / initial) / table_.thermal_energy());
    if (rule.catalyst) {
      const double share = counts_[rule.catalyst->species] / carbon_;
      result *= 1 + rule.catalyst->strength * std::max(0.0, share - rule.catalyst->from);
    }
    return result;
  }
  static double carbon_of(std::size_t s) {
    const Species& species = softwood().material.library.species[s];
    return species.state == SpeciesState::Volatile ? 0 : static_cast<double>(species.formula[Element::C]);
  }
  void fire(const Rule& rule) {
    ++events_;
    for (const Reactant& reactant : rule.reactants) counts_[reactant.species] -= static_cast<double>(reactant.count);
    for (const Product& product : rule.products)
      counts_[product.species] +=
          static_cast<double>(product.coefficient.numerator) / static_cast<double>(product.coefficient.denominator);
  }

  const ReactionTable& table_;
  std::vector<double> counts_;
  std::vector<double> initial_;
  double carbon_ = 0;  ///< in the solid, at the begin of the interval
  std::size_t events_ = 0;
};

std::vector<double> filled(const Precursor& material, double mass) {
  std::vector<double> counts(material.library.species.size(), 0);
  for (const auto& [species, share] : material.parts)
    counts[species] = std::round(share * mass / material.library.species[species].formula.mass());
  for (const auto& [species, places] : material.network.bridges) counts[species] = std::round(places * mass);
  return counts;
}

double plain_yield(double& events, double& molecules) {
  const CarbonizeOptions options = options_for(2);
  const Process& process = softwood();
  const RuleLibrary& library = process.material.library;
  const std::vector<double> counts = filled(process.material, cell_mass(options));
  std::vector<bool> present;
  for (const double count : counts) present.push_back(count > 0);
  const Atmosphere argon;
  ReactionTable table(library, present, std::vector{argon});
  const TemperatureProgramme programme = process.programme();
  const double widest = programme.end_time() / static_cast<double>(options.intervals_least);
  const auto mass_in = [&](const std::vector<double>& inventory) {
    double mass = 0;
    for (std::size_t s = 0; s < inventory.size(); ++s) mass += inventory[s] * mass_of(library.species[s]);
    return mass;
  };
  molecules = events = 0;
  for (const auto& [species, share] : process.material.parts) molecules += counts[species];
  std::vector<PlainCell> cells(plain_cells, PlainCell(table, counts));
  Stream stream(1, Purpose::Test);
  for (const auto& interval : programme.intervals(options.temperature_width, widest)) {
    table.set({interval.temperature, &argon});
    for (PlainCell& cell : cells) cell.run(interval.end - interval.begin, stream);
  }
  double mass = 0;
  for (const PlainCell& cell : cells) {
    mass += mass_in(cell.counts());
    events += static_cast<double>(cell.events());
  }
  return mass / (mass_in(counts) * static_cast<double>(plain_cells));
}

double last_plain_yield = 0;

void plain_gillespie(benchmark::State& state) {
  double events = 0, molecules = 0;
  for (auto _ : state) last_plain_yield = plain_yield(events, molecules);
  report(state, static_cast<double>(plain_cells));
  state.counters["molecules"] = molecules;
  state.counters["events"] = events / static_cast<double>(plain_cells);
}

void carbonize_cells(benchmark::State& state) {
  const auto side = static_cast<std::size_t>(state.range(0));
  const CarbonizeOptions options = options_for(side);
  const auto cells = static_cast<double>(side * side * side);
  CarbonizeResult result;
  for (auto _ : state) result = carbonize(softwood(), options, 1, {});
  if (last_plain_yield > 0 && std::abs(result.char_yield.value / last_plain_yield - 1) > 0.05)
    return state.SkipWithError("the plain loop leaves another mass");
  report(state, cells, "plain_gillespie");
  state.counters["events"] = static_cast<double>(result.events) / cells;
  state.counters["events/s"] =
      benchmark::Counter(static_cast<double>(result.events), benchmark::Counter::kIsIterationInvariantRate);
}

void lattice_memory(benchmark::State& state) {
  const auto side = static_cast<std::size_t>(state.range(0));
  const CarbonizeOptions options = options_for(side);
  const auto cells = static_cast<double>(side * side * side);
  static std::map<std::size_t, double> bytes;
  const auto in_use = [] {
    const auto info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd);
  };
  softwood();
  for (auto _ : state) {
    const double before = in_use();
    const ReactionLattice lattice(softwood(), options.transport, options.lattice, 1, {});
    bytes[side] = (in_use() - before) / cells;
  }
  if (bytes[side] > 1.1 * bytes.begin()->second) return state.SkipWithError("memory grows faster than the lattice");
  report(state, cells);
  state.counters["bytes"] = bytes[side];
}

BENCHMARK(lattice_memory)->Arg(10)->Arg(20)->Unit(benchmark::kMillisecond);
BENCHMARK(plain_gillespie)->Unit(benchmark::kMillisecond);
BENCHMARK(carbonize_cells)->Arg(10)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cardhouse
