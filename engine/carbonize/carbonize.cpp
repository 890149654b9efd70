#include "engine/carbonize/carbonize.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/carbonize/gel_percolation.hpp"
#include "engine/kinetics/run_kmc.hpp"

namespace cardhouse {
namespace {

/// The volatile species, alphabetically.
std::vector<std::size_t> gases_of(const ReactionLattice& lattice) {
  std::vector<std::size_t> gases;
  for (std::size_t s = 0; s < lattice.species().size(); ++s) {
    if (lattice.species()[s].state == SpeciesState::Volatile) gases.push_back(s);
  }
  std::sort(gases.begin(), gases.end(),
            [&](std::size_t a, std::size_t b) { return lattice.species()[a].name < lattice.species()[b].name; });
  return gases;
}

double escaped_fraction(const ReactionLattice& lattice, std::size_t species) {
  return static_cast<double>(lattice.escaped(species)) * lattice.species()[species].formula.mass() /
         lattice.initial().mass();
}

/// Writes rows as the run goes, spread evenly over time and over the way in temperature, so that neither a flash nor a
/// long hold goes unseen.
class Recorder {
 public:
  Recorder(const ReactionLattice& lattice, const std::vector<ConstantInterval>& intervals, double start,
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

  void see(const ReactionLattice& lattice, const ConstantInterval& interval) {
    done_ += (interval.end - interval.begin) / end_;
    if (way_ > 0) done_ += std::abs(interval.temperature - at_) / way_;
    at_ = interval.temperature;
    if (done_ < step_ && interval.end < end_) return;
    done_ = std::max(0.0, done_ - step_);
    write(lattice, interval.end, interval.end_temperature);
  }

  Thermogravimetry take() { return std::move(table_); }

 private:
  void write(const ReactionLattice& lattice, double time, double temperature) {
    ThermogravimetryRow row{time, temperature, 1, {}};
    for (const auto s : gases_) row.gas_fraction.push_back(escaped_fraction(lattice, s));
    for (const double fraction : row.gas_fraction) row.mass_fraction -= fraction;
    table_.rows.push_back(std::move(row));
  }

  std::vector<std::size_t> gases_;
  double end_;
  double at_;
  double way_ = 0;
  double step_ = 0;
  double done_ = 0;
  Thermogravimetry table_;
};

double mean_bridging(const ReactionLattice& lattice) {
  double sum = 0;
  for (std::size_t cell = 0; cell < lattice.cell_count(); ++cell) sum += lattice.bridging(cell);
  return sum / static_cast<double>(lattice.cell_count());
}

/// Notes the first time that the network is infinite, by both measures.
void watch_gel(const ReactionLattice& lattice, double threshold, const GelPoint& now, CarbonizeResult& result) {
  if (!result.gel && percolates(lattice.gelled(), lattice.sides())) result.gel = now;
  if (!result.bethe_gel && mean_bridging(lattice) > threshold) result.bethe_gel = now;
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

double ratio(const Formula& formula, Element element) {
  const auto carbon = formula[Element::C];
  return carbon == 0 ? 0 : static_cast<double>(formula[element]) / static_cast<double>(carbon);
}

void describe_char(const ReactionLattice& lattice, CarbonizeResult& result) {
  const double cell_mass = lattice.initial().mass() / static_cast<double>(lattice.cell_count());
  std::vector<double> yields;
  double inflated = 0;
  for (std::size_t cell = 0; cell < lattice.cell_count(); ++cell) {
    yields.push_back(lattice.condensed(cell).mass() / cell_mass);
    result.crosslinks_per_cluster += lattice.crosslinks(cell) / static_cast<double>(lattice.cell_count());
    inflated += static_cast<double>(lattice.inflated(cell));
  }
  result.char_yield = mean_of(yields);
  result.char_elements = lattice.condensed();
  result.hydrogen_per_carbon = ratio(result.char_elements, Element::H);
  result.oxygen_per_carbon = ratio(result.char_elements, Element::O);
  result.nitrogen_per_carbon = ratio(result.char_elements, Element::N);
  result.bridging = mean_bridging(lattice);
  result.pores = pore_seeds(lattice);
  result.pore_gas_per_mass = inflated / lattice.initial().mass();
}

void close_books(const ReactionLattice& lattice, CarbonizeResult& result) {
  for (const auto s : gases_of(lattice)) {
    if (lattice.escaped(s) == 0) continue;
    result.gases.push_back({lattice.species()[s].name, lattice.escaped(s), escaped_fraction(lattice, s)});
  }
  result.initial = lattice.initial();
  result.dissolved = lattice.dissolved();
  result.in_pores = lattice.in_pores();
  result.escaped = lattice.escaped();
  ENSURES(result.initial == result.char_elements + result.dissolved + result.in_pores + result.escaped);
}

}  // namespace

void require_inert(const TemperatureProgramme& programme) {
  static const std::vector<std::string> inert = {"Ar", "He", "N2", "vacuum"};
  for (const auto& step : programme.steps()) {
    if (std::find(inert.begin(), inert.end(), step.atmosphere) != inert.end()) continue;
    throw InputError(step.atmosphere_place,
                     "no rule reacts with the atmosphere '" + step.atmosphere + "' (only inert ones are known)",
                     suggest_name(step.atmosphere, inert));
  }
}

CarbonizeResult carbonize(const Precursor& precursor, const TemperatureProgramme& programme,
                          const CarbonizeOptions& options, std::uint64_t seed, const ProgressObserver& observer) {
  require_inert(programme);
  Stream stream(seed, Purpose::ReactionLattice);
  ReactionLattice lattice(precursor, options.transport, options.lattice, stream);
  const auto intervals = programme.intervals(options.temperature_width, programme.end_time() / 200);
  const double threshold = bethe_threshold(precursor.network.coordination);

  CarbonizeResult result;
  result.ordering = ordering_clock(programme);
  Recorder recorder(lattice, intervals, programme.start_temperature(), options.rows);
  watch_gel(lattice, threshold, {0, programme.start_temperature()}, result);
  KmcClock clock;
  for (const auto& interval : intervals) {
    lattice.set_temperature(interval.temperature);
    run_kmc(lattice, clock, {.end_time = interval.end}, stream);
    recorder.see(lattice, interval);
    watch_gel(lattice, threshold, {interval.end, interval.end_temperature}, result);
    notify(observer, interval.end / programme.end_time());
  }
  result.thermogravimetry = recorder.take();
  describe_char(lattice, result);
  close_books(lattice, result);
  result.events = clock.events;
  return result;
}

}  // namespace cardhouse
