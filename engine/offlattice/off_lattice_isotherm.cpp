#include "engine/offlattice/off_lattice_isotherm.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

#include "engine/base/contracts.hpp"
#include "engine/offlattice/nearest_point.hpp"
#include "engine/sodium/replicas.hpp"

namespace cardhouse {
namespace {

constexpr std::uint64_t stream_offset = std::uint64_t{1} << 32;  // keeps replicas apart from those on the lattice
constexpr int adaptations = 10;

/// What one replica knows about one voltage: numbers only, so that it travels between ranks.
struct Record {
  Estimate number;
  Estimate energy;  ///< of one sodium, a ratio of means
  std::array<double, site_class_count> by_class{};
  std::array<double, site_class_count> class_energy{};  ///< sum over sodium, mean over samples
  std::array<double, off_lattice_move_count> acceptance{};
  double step = 0;
  double effective_samples = 0;
  double drift = 0;  ///< difference of the halves over the larger of its error and a sixth of a sodium
};
using Numbers = std::array<double, sizeof(Record) / sizeof(double)>;

struct Station {
  double voltage;
  bool sodiation;
};

std::vector<Station> stations(const IsothermOptions& options) {
  std::vector<Station> way;
  for (const double voltage : options.voltages) way.push_back({voltage, true});
  if (options.reverse)
    for (std::size_t k = options.voltages.size() - 1; k-- > 0;) way.push_back({options.voltages[k], false});
  return way;
}

double sigmas(const Estimate& a, const Estimate& b) {
  constexpr double least = 0.5 / 3;  // half a sodium counts as three sigma
  return std::abs(a.value - b.value) / std::max(std::hypot(a.error, b.error), least);
}

/// Samples one voltage from where the configuration stands.
class Sampling {
 public:
  Sampling(const SiteNetwork& network, const IsothermOptions& options, const NearestPoint& nearest)
      : network_(network), options_(options), nearest_(nearest) {}

  Record run(OffLatticeSampler& sampler, SodiumConfiguration& state, Stream& stream) {
    state.refresh();
    const std::uint64_t part = options_.moves / 3 / adaptations;
    for (int k = 0; k < adaptations; ++k) {
      for (std::uint64_t move = 0; move < part; ++move) sampler.trial(state, stream);
      sampler.adapt_step();
    }
    const OffLatticeCounts before = sampler.counts();
    const std::uint64_t gap = std::max<std::uint64_t>(1, options_.moves / static_cast<std::uint64_t>(options_.samples));
    for (int sample = 0; sample < options_.samples; ++sample) {
      for (std::uint64_t move = 0; move < gap; ++move) sampler.trial(state, stream);
      take(state);
    }
    Record record = averages();
    record.step = sampler.step();
    for (std::size_t k = 0; k < off_lattice_move_count; ++k) {
      const auto tried = static_cast<double>(sampler.counts().tried[k] - before.tried[k]);
      const auto accepted = static_cast<double>(sampler.counts().accepted[k] - before.accepted[k]);
      record.acceptance[k] = tried > 0 ? accepted / tried : 0;
    }
    return record;
  }

 private:
  void take(const SodiumConfiguration& state) {
    numbers_.push_back(static_cast<double>(state.count()));
    energies_.push_back(state.energy());
    for (std::size_t atom = 0; atom < state.count(); ++atom) {
      const auto site = nearest_(state.positions()[atom]).index;
      const auto kind = static_cast<std::size_t>(network_.sites[static_cast<std::size_t>(std::max(site, 0))].kind);
      sums_.by_class[kind] += 1;
      sums_.class_energy[kind] += state.energy_of(atom);
    }
  }

  Record averages() const {
    Record record = sums_;
    const auto samples = static_cast<double>(numbers_.size());
    for (double& value : record.by_class) value /= samples;
    for (double& value : record.class_energy) value /= samples;
    record.number = correlated_mean(numbers_);
    record.energy = energy_of_one(record.number.value);
    record.effective_samples = samples / (2 * autocorrelation_time(numbers_));
    const std::span all(numbers_);
    record.drift = sigmas(correlated_mean(all.first(all.size() / 2)), correlated_mean(all.subspan(all.size() / 2)));
    return record;
  }

  /// Ratio of the means of energy and number, with the error of its linear expansion: both rise and fall together.
  Estimate energy_of_one(double number) const {
    if (number == 0) return {};
    const double ratio = mean_of(energies_).value / number;
    std::vector<double> residuals;
    for (std::size_t k = 0; k < numbers_.size(); ++k) residuals.push_back(energies_[k] - ratio * numbers_[k]);
    return {ratio, correlated_mean(residuals).error / number};
  }

  const SiteNetwork& network_;
  const IsothermOptions& options_;
  const NearestPoint& nearest_;
  std::vector<double> numbers_, energies_;
  Record sums_;
};

template <class Pick>
Estimate joined(std::span<const Record> records, Pick pick) {
  std::vector<double> values;
  double squares = 0;
  for (const Record& record : records) {
    values.push_back(pick(record).value);
    squares += pick(record).error * pick(record).error;
  }
  const Estimate spread = mean_of(values);
  return {spread.value, std::max(spread.error, std::sqrt(squares) / static_cast<double>(records.size()))};
}

IsothermPoint join(std::span<const Record> records, const Station& station, double unit, double metal_energy) {
  IsothermPoint point;
  point.voltage = station.voltage;
  point.sodiation = station.sodiation;
  const auto replicas = static_cast<double>(records.size());
  const Estimate number = joined(records, [](const Record& r) { return r.number; });
  const Estimate energy = joined(records, [](const Record& r) { return r.energy; });
  point.capacity = {unit * number.value, unit * number.error};
  double sum = 0;
  for (const Record& record : records) sum += record.energy.value * record.number.value / replicas;
  if (number.value > 0) point.energy = {sum / number.value - metal_energy, energy.error};
  point.equilibrated = point.replicas_agree = true;
  for (const Record& record : records) {
    for (std::size_t k = 0; k < site_class_count; ++k) {
      point.by_class[k] += record.by_class[k] / replicas;
      point.class_energy[k] += record.class_energy[k] / replicas;
    }
    for (std::size_t k = 0; k < off_lattice_move_count; ++k) point.acceptance[k] += record.acceptance[k] / replicas;
    point.step += record.step / replicas;
    point.effective_samples += record.effective_samples;
    point.equilibrated = point.equilibrated && record.drift <= 3;
    point.replicas_agree = point.replicas_agree && sigmas(record.number, number) <= 3;
  }
  for (std::size_t k = 0; k < site_class_count; ++k) {
    if (point.by_class[k] > 0) point.class_energy[k] = point.class_energy[k] / point.by_class[k] - metal_energy;
    point.by_class[k] *= unit;
  }
  return point;
}

}  // namespace

std::vector<IsothermPoint> off_lattice_isotherm(const SodiumPotential& potential, const SiteNetwork& network,
                                                const MetalReference& metal, const IsothermOptions& options,
                                                const Communicator& communicator, const ProgressObserver& observer) {
  EXPECTS(!options.voltages.empty() && options.replicas >= 2 && options.samples >= 8 && !network.sites.empty());
  const std::vector<Station> way = stations(options);
  const AccessibleVolume volume(potential);
  std::vector<Vector3> sites;
  for (const Site& site : network.sites) sites.push_back(site.position);
  const NearestPoint nearest(network.cell, sites);
  const double stations_here =
      static_cast<double>(way.size()) * std::ceil(static_cast<double>(options.replicas) / communicator.size());
  double done = 0;
  const auto simulate = [&](int replica) {
    SodiumConfiguration state(potential, network.sites.size());
    std::vector<double> result;
    for (std::size_t k = 0; k < way.size(); ++k) {
      Stream stream(options.seed, Purpose::GrandCanonical, k, stream_offset + static_cast<std::uint64_t>(replica));
      OffLatticeSampler sampler(volume, {.chemical_potential = metal.chemical_potential - way[k].voltage,
                                         .temperature = options.temperature,
                                         .exchange = options.exchange,
                                         .relocation = options.relocation});
      const auto numbers = std::bit_cast<Numbers>(Sampling(network, options, nearest).run(sampler, state, stream));
      result.insert(result.end(), numbers.begin(), numbers.end());
#pragma omp critical(cardhouse_isotherm_progress)
      notify(observer, std::min(1.0, ++done / stations_here));
    }
    return result;
  };
  const auto replicas = run_replicas(options.replicas, simulate, communicator);
  std::vector<IsothermPoint> points;
  for (std::size_t k = 0; k < way.size(); ++k) {
    std::vector<Record> records;
    for (const std::vector<double>& replica : replicas) {
      Numbers numbers;
      std::copy_n(replica.begin() + static_cast<std::ptrdiff_t>(k * numbers.size()), numbers.size(), numbers.begin());
      records.push_back(std::bit_cast<Record>(numbers));
    }
    points.push_back(join(records, way[k], capacity(network, 1), metal.energy));
  }
  return points;
}

}  // namespace cardhouse
