#include "engine/carbonize/carbonize.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/carbonize/gel_percolation.hpp"
#include "engine/carbonize/thermogravimetry_recorder.hpp"

namespace cardhouse {
namespace {

constexpr double fluid_temperature = 500 + constants::ice_point;

/// The furnace as the run goes through it: which step of the process a furnace step belongs to, and what is hot when.
struct Furnace {
  explicit Furnace(const Process& process) : programme(process.programme()) {
    for (std::size_t s = 0; s < process.steps.size(); ++s) {
      for (const auto& furnace : process.steps[s].furnace) {
        atmospheres.push_back(furnace.atmosphere);
        owner.push_back(s);
      }
    }
  }
  TemperatureProgramme programme;
  std::vector<Atmosphere> atmospheres;  ///< by furnace step
  std::vector<std::size_t> owner;       ///< step of the process, by furnace step
};

bool is_reactive(const Atmosphere& atmosphere) {
  return std::any_of(atmosphere.gases.begin(), atmosphere.gases.end(),
                     [](const GasShare& entry) { return !is_inert(entry.gas); });
}

/// Notes the first time that the network is infinite, by both measures.
void watch_gel(const ReactionLattice& lattice, double threshold, const GelPoint& now, CarbonizeResult& result) {
  const auto& gelled = lattice.map().gelled;
  if (!result.gel && percolates({gelled.begin(), gelled.end()}, lattice.sides())) result.gel = now;
  if (!result.bethe_gel && lattice.mean_bridging() > threshold) result.bethe_gel = now;
}

double share_not_gelled(const ReactionLattice& lattice) {
  const auto& gelled = lattice.map().gelled;
  return static_cast<double>(std::count(gelled.begin(), gelled.end(), 0)) / static_cast<double>(gelled.size());
}

std::vector<PoreSeed> pore_seeds(const ReactionLattice& lattice) {
  std::vector<PoreSeed> seeds;
  double sum = 0;
  const auto sides = lattice.sides();
  for (std::size_t cell = 0; cell < lattice.cell_count(); ++cell) {
    if (lattice.inflated(cell) == 0) continue;
    PoreSeed seed;
    seed.fractional = {(static_cast<double>(cell % sides[0]) + 0.5) / static_cast<double>(sides[0]),
                       (static_cast<double>(cell / sides[0] % sides[1]) + 0.5) / static_cast<double>(sides[1]),
                       (static_cast<double>(cell / (sides[0] * sides[1])) + 0.5) / static_cast<double>(sides[2])};
    seed.weight = static_cast<double>(lattice.inflated(cell));
    seed.open = lattice.is_open(cell);
    sum += seed.weight;
    seeds.push_back(seed);
  }
  for (auto& seed : seeds) seed.weight /= sum;
  return seeds;
}

void describe_cells(const ReactionLattice& lattice, CarbonizeResult& result) {
  const auto cells = static_cast<double>(lattice.cell_count());
  std::vector<double> yields;
  double inflated = 0;
  for (std::size_t cell = 0; cell < lattice.cell_count(); ++cell) {
    const Formula solid = lattice.condensed(cell);
    yields.push_back(solid.mass() * cells / lattice.initial_mass());
    result.crosslinks_per_cluster += lattice.crosslinks(cell) / cells;
    result.bridging += lattice.bridging(cell) / cells;
    inflated += static_cast<double>(lattice.inflated(cell));
    result.cells.push_back({lattice.crosslinks(cell), per_carbon(solid, Element::H), per_carbon(solid, Element::O),
                            per_carbon(solid, Element::N), lattice.depth(cell)});
  }
  result.char_yield = mean_of(yields);
  result.sides = lattice.sides();
  result.pores = pore_seeds(lattice);
  result.pore_gas_per_mass = inflated / lattice.supplied_mass();
}

void describe_composition(const ReactionLattice& lattice, CarbonizeResult& result) {
  result.char_elements = lattice.condensed();
  result.hydrogen_per_carbon = per_carbon(result.char_elements, Element::H);
  result.oxygen_per_carbon = per_carbon(result.char_elements, Element::O);
  result.nitrogen_per_carbon = per_carbon(result.char_elements, Element::N);
  const auto carbon = static_cast<double>(std::max<std::int64_t>(1, result.char_elements[Element::C]));
  for (std::size_t s = 0; s < lattice.species().size(); ++s) {
    std::int64_t molecules = lattice.escaped(s);
    for (std::size_t cell = 0; cell < lattice.cell_count(); ++cell) {
      molecules += lattice.count(cell, s) + lattice.in_pore(cell, s);
    }
    if (molecules != 0) result.per_carbon[lattice.species()[s].name] = static_cast<double>(molecules) / carbon;
  }
  result.burn_off = std::max(0.0, lattice.burned()) / (std::max(0.0, lattice.burned()) + carbon);
}

void close_books(const ReactionLattice& lattice, CarbonizeResult& result) {
  for (const auto s : gases_of(lattice)) {
    if (lattice.escaped(s) == 0) continue;
    result.gases.push_back({lattice.species()[s].name, lattice.escaped(s), escaped_fraction(lattice, s)});
  }
  result.supplied = lattice.supplied();
  result.dissolved = lattice.dissolved();
  result.in_pores = lattice.in_pores();
  result.escaped = lattice.escaped();
  result.removed = lattice.removed();
  result.remainder = lattice.remainder();
  ENSURES(result.supplied == result.char_elements + result.dissolved + result.in_pores + result.escaped +
                                 result.removed + result.remainder);
  for (const auto kind : {ReactionKind::Escape, ReactionKind::Inflate, ReactionKind::Leak, ReactionKind::Reaction}) {
    result.events += lattice.events(kind);
  }
}

void warn(const Process& process, const ReactionLattice& lattice, const Furnace& furnace, CarbonizeResult& result) {
  std::vector<std::string> fired;
  std::vector<std::string> gases;
  const auto see = [&](std::span<const Rule> rules, std::size_t first) {
    for (std::size_t r = 0; r < rules.size(); ++r) {
      if (lattice.rule_events()[first + r] > 0) fired.push_back(rules[r].id);
      if (rules[r].gas) gases.push_back(lattice.species()[rules[r].gas->species].name);
    }
  };
  see(lattice.table().rules(), 0);
  see(lattice.table().free_rules(), lattice.table().rules().size());
  const auto missing = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) == names.end();
  };
  for (const auto& rule : process.material.library.rules) {
    if (rule.own && missing(fired, rule.id)) {
      result.warnings.push_back("rule '" + rule.id + "' of " + rule.library + " never fired in this programme");
    }
  }
  for (const auto& atmosphere : furnace.atmospheres) {
    for (const auto& entry : atmosphere.gases) {
      if (is_inert(entry.gas) || !missing(gases, entry.gas)) continue;
      gases.push_back(entry.gas);
      result.warnings.push_back("no rule of this material reacts with the furnace gas '" + entry.gas +
                                "': it acts like argon");
    }
  }
}

/// Mixes in and takes out what the steps up to `last` ask for at their beginning.
void begin_steps(const Process& process, std::size_t last, std::size_t& next, ReactionLattice& lattice) {
  for (; next <= last && next < process.steps.size(); ++next) {
    for (const auto& removal : process.steps[next].removals) lattice.remove(removal);
    double together = 1;  // all masses are over that of the solid as the step begins
    for (const auto& [species, mass] : process.steps[next].additions) {
      lattice.add({species, mass / together});
      together += mass;
    }
  }
}

/// The last moment at which the furnace was within 2 % of its highest temperature (estimate: 30 K at 1300 degC, where
/// ordering is half as fast).
double end_of_ordering(const std::vector<ConstantInterval>& intervals) {
  double peak = 0;
  for (const auto& interval : intervals) peak = std::max(peak, interval.temperature);
  double end = 0;
  for (const auto& interval : intervals) {
    if (interval.temperature >= 0.98 * peak) end = interval.end;
  }
  return end;
}

/// The time at which half of the carbon was gone that reagents took in the end.
double half_time(const std::vector<std::pair<double, double>>& burned) {
  const double half = 0.5 * burned.back().second;
  if (half <= 0) return burned.back().first;
  return std::find_if(burned.begin(), burned.end(), [&](const auto& entry) { return entry.second >= half; })->first;
}

}  // namespace

CarbonizeResult carbonize(const Process& process, const CarbonizeOptions& options, std::uint64_t seed,
                          const ProgressObserver& observer, const Communicator& ranks) {
  const Furnace furnace(process);
  const TemperatureProgramme& programme = furnace.programme;
  ReactionLattice lattice(process, options.transport, options.lattice, seed, ranks);
  const auto intervals = programme.intervals(options.temperature_width,
                                             programme.end_time() / static_cast<double>(options.intervals_least));
  const double threshold = bethe_threshold(process.material.network.coordination);

  CarbonizeResult result;
  result.ordering = ordering_clock(programme);
  std::size_t next_step = 0;
  begin_steps(process, 0, next_step, lattice);
  ThermogravimetryRecorder recorder(lattice, intervals, programme.start_temperature(), options.rows);
  watch_gel(lattice, threshold, {0, programme.start_temperature()}, result);
  std::vector<std::pair<double, double>> burned;
  double front_squared = 0;
  bool passed_fluid = false;
  const double ordered = end_of_ordering(intervals);
  for (const auto& interval : intervals) {
    begin_steps(process, furnace.owner[interval.step], next_step, lattice);
    const Atmosphere& atmosphere = furnace.atmospheres[interval.step];
    const double time = interval.end - interval.begin;
    if (is_reactive(atmosphere)) front_squared += options.transport.ingress.at(interval.temperature) * time;
    lattice.advance({interval.temperature, &atmosphere}, time, std::sqrt(front_squared));
    if (!passed_fluid && interval.end_temperature >= fluid_temperature) {
      passed_fluid = true;
      result.fluid = share_not_gelled(lattice);
    }
    if (interval.end == ordered) result.ordered = lattice.ordered_state();
    burned.emplace_back(interval.end, lattice.burned());
    recorder.see(lattice, interval);
    watch_gel(lattice, threshold, {interval.end, interval.end_temperature}, result);
    notify(observer, interval.end / programme.end_time());
  }
  begin_steps(process, process.steps.size(), next_step, lattice);
  lattice.collect();
  result.ordering_after_opening = ordering_clock(programme, half_time(burned));
  result.thermogravimetry = recorder.take();
  if (lattice.condensed()[Element::C] == 0) {
    throw InputError(furnace.atmospheres.back().place, "no carbon is left of the material",
                     "heat it for less time, or in less of a gas that burns it");
  }
  describe_composition(lattice, result);
  describe_cells(lattice, result);
  close_books(lattice, result);
  warn(process, lattice, furnace, result);
  return result;
}

}  // namespace cardhouse
