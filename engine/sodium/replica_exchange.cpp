#include "engine/sodium/replica_exchange.hpp"

#include <algorithm>
#include <cmath>
#include <exception>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/sodium/lattice_samples.hpp"

namespace cardhouse {

namespace {

/// Keeps the streams of walkers apart from those of sweeps, which have the same purpose.
constexpr std::uint64_t first_step = std::uint64_t{1} << 32;

/// Trials of one round below which threads would wait for each other longer than they work.
constexpr std::size_t trials_worth_threads = 20000;

constexpr std::size_t counts_length = 2 * move_kind_count;
constexpr std::size_t row_length = 2 + sample_length;  // round, place in the ladders, sample

void check(const SiteNetwork& network, const ExchangeOptions& options) {
  if (network.sites.empty()) throw InputError("the network has no sites", "check the structure it was found in");
  if (options.voltages.size() < 2) throw InputError("a ladder of one rung exchanges nothing", "give more voltages");
  if (options.ladders < 2) throw InputError("one ladder has no error bar", "take at least 2");
  if (options.production_sweeps < 8) throw InputError("fewer than 8 production sweeps give no average", "take 100");
  if (options.equilibration_sweeps < 0) throw InputError("a negative number of equilibration sweeps");
  if (!(options.temperature > 0)) throw InputError("the temperature is not positive");
  if (!std::ranges::all_of(options.voltages, [](double v) { return std::isfinite(v); }))
    throw InputError("a voltage is not a number");
}

/// Which walker stands on which rung, the same on every rank. Places are numbered ladder by ladder.
class Ladders {
 public:
  explicit Ladders(const ExchangeOptions& options)
      : options_(options),
        rungs_(options.voltages.size()),
        walker_at_(rungs_ * static_cast<std::size_t>(options.ladders)),
        place_of_(walker_at_.size()),
        last_end_(walker_at_.size(), 0),
        tried_(rungs_, 0.0),
        accepted_(rungs_, 0.0) {
    for (std::size_t i = 0; i < walker_at_.size(); ++i) walker_at_[i] = place_of_[i] = i;
  }

  std::size_t walkers() const { return walker_at_.size(); }
  std::size_t place(std::size_t walker) const { return place_of_[walker]; }
  double voltage(std::size_t walker) const { return options_.voltages[place(walker) % rungs_]; }

  /// Attempts of one round, decided alike on every rank from the numbers of sodium of all walkers.
  void swap(const std::vector<double>& numbers, std::uint64_t round, bool counted) {
    for (std::size_t first = 0; first < walkers(); first += rungs_) {
      Stream stream(options_.seed, Purpose::Sampling, first_step + round, first / rungs_);
      for (std::size_t rung = round % 2; rung + 1 < rungs_; rung += 2) {
        const bool accepted = stream.uniform() < likelihood(numbers, first, rung);
        if (accepted) exchange_places(first + rung);
        if (!counted) continue;
        tried_[rung] += 1;
        accepted_[rung] += accepted;
      }
      visit(first, 1, counted);
      visit(first + rungs_ - 1, -1, counted);
    }
  }

  double round_trips() const { return half_trips_ / 2; }
  std::vector<double> acceptance() const {
    std::vector<double> result(rungs_, 0.0);
    for (std::size_t k = 0; k < rungs_; ++k) result[k] = tried_[k] > 0 ? accepted_[k] / tried_[k] : 0;
    return result;
  }

 private:
  double likelihood(const std::vector<double>& numbers, std::size_t first, std::size_t rung) const {
    const double gain = options_.voltages[rung + 1] - options_.voltages[rung];  // mu_i - mu_j
    const double sodium = numbers[walker_at_[first + rung + 1]] - numbers[walker_at_[first + rung]];
    return std::exp(gain * sodium / (constants::boltzmann * options_.temperature));
  }

  void exchange_places(std::size_t place) {
    std::swap(walker_at_[place], walker_at_[place + 1]);
    place_of_[walker_at_[place]] = place;
    place_of_[walker_at_[place + 1]] = place + 1;
  }

  void visit(std::size_t place, int end, bool counted) {
    int& last = last_end_[walker_at_[place]];
    if (counted && last == -end) half_trips_ += 1;
    last = end;
  }

  const ExchangeOptions& options_;
  std::size_t rungs_;
  std::vector<std::size_t> walker_at_;  // by place
  std::vector<std::size_t> place_of_;   // by walker
  std::vector<int> last_end_;           // of the ladder that a walker has seen: 1, -1, or 0 for none
  std::vector<double> tried_;
  std::vector<double> accepted_;
  double half_trips_ = 0;
};

/// The walkers of one rank and what they have seen.
class Walkers {
 public:
  Walkers(const SamplingNetwork& network, const ExchangeOptions& options, std::size_t walkers,
          const Communicator& ranks)
      : network_(network), options_(options), ranks_(ranks) {
    for (std::size_t walker = ranks.rank(); walker < walkers; walker += ranks.size()) {
      numbers_.push_back(walker);
      states_.emplace_back(network.hamiltonian);
    }
    counts_.assign(walkers * counts_length, 0.0);
  }

  void advance(const Ladders& ladders, std::uint64_t round, bool production) {
    std::vector<std::exception_ptr> failures(states_.size());
    std::vector<MoveCounts> counts(states_.size());
    const bool worthwhile = states_.size() * network_.network.sites.size() > trials_worth_threads;
#pragma omp parallel for schedule(dynamic) if (worthwhile)
    for (std::size_t k = 0; k < states_.size(); ++k) {
      try {
        Stream stream(options_.seed, Purpose::GrandCanonical, first_step + round, numbers_[k]);
        GrandCanonical sampler(-ladders.voltage(numbers_[k]), options_.temperature, options_.mix);
        sweep_once(network_, sampler, states_[k], stream);
        counts[k] = sampler.counts();
      } catch (...) {
        failures[k] = std::current_exception();
      }
    }
    for (const std::exception_ptr& failure : failures)
      if (failure) std::rethrow_exception(failure);
    if (!production) return;
    for (std::size_t k = 0; k < states_.size(); ++k) record(ladders.place(numbers_[k]), round, states_[k], counts[k]);
  }

  /// Sodium of all walkers, on every rank.
  std::vector<double> sodium(std::size_t walkers) const {
    std::vector<double> all(walkers, 0.0);
    for (std::size_t k = 0; k < states_.size(); ++k) all[numbers_[k]] = static_cast<double>(states_[k].count());
    ranks_.sum(all);
    return all;
  }

  /// One record a place, from the samples of all ranks in the order of their rounds.
  std::vector<ReplicaPoint> summarised() {
    ranks_.sum(counts_);
    const std::vector<double> rows = ranks_.gather(rows_);
    std::vector<std::vector<std::size_t>> of_place(counts_.size() / counts_length);
    for (std::size_t at = 0; at < rows.size(); at += row_length)
      of_place[static_cast<std::size_t>(rows[at + 1])].push_back(at);
    std::vector<ReplicaPoint> points;
    for (std::size_t place = 0; place < of_place.size(); ++place) {
      std::ranges::sort(of_place[place], {}, [&](std::size_t at) { return rows[at]; });
      SweepSamples samples;
      for (const std::size_t at : of_place[place]) {
        Sample sample;
        std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(at) + 2, sample.size(), sample.begin());
        append(sample, samples);
      }
      points.push_back(summarise(samples, counts_of(place)));
    }
    return points;
  }

 private:
  void record(std::size_t place, std::uint64_t round, const Occupation& state, const MoveCounts& counts) {
    rows_.push_back(static_cast<double>(round));
    rows_.push_back(static_cast<double>(place));
    const Sample sample = take_sample(network_.network, state);
    rows_.insert(rows_.end(), sample.begin(), sample.end());
    for (std::size_t kind = 0; kind < move_kind_count; ++kind) {
      counts_[place * counts_length + kind] += static_cast<double>(counts.tried[kind]);
      counts_[place * counts_length + move_kind_count + kind] += static_cast<double>(counts.accepted[kind]);
    }
  }

  MoveCounts counts_of(std::size_t place) const {
    MoveCounts counts;
    for (std::size_t kind = 0; kind < move_kind_count; ++kind) {
      counts.tried[kind] = static_cast<std::uint64_t>(counts_[place * counts_length + kind]);
      counts.accepted[kind] = static_cast<std::uint64_t>(counts_[place * counts_length + move_kind_count + kind]);
    }
    return counts;
  }

  const SamplingNetwork& network_;
  const ExchangeOptions& options_;
  const Communicator& ranks_;
  std::vector<std::size_t> numbers_;  // of the walkers here
  std::vector<Occupation> states_;
  std::vector<double> rows_;    // samples so far
  std::vector<double> counts_;  // of trials, by place
};

}  // namespace

ExchangeResult exchange(const SiteNetwork& network, const SodiumParameters& parameters, const ExchangeOptions& options,
                        const Communicator& communicator, const ProgressObserver& observer) {
  check(network, options);
  const SamplingNetwork prepared(network, parameters, options.invert_pores);
  Ladders ladders(options);
  Walkers walkers(prepared, options, ladders.walkers(), communicator);
  const int rounds = options.equilibration_sweeps + options.production_sweeps;
  for (int round = 0; round < rounds; ++round) {
    const bool production = round >= options.equilibration_sweeps;
    walkers.advance(ladders, static_cast<std::uint64_t>(round), production);
    ladders.swap(walkers.sodium(ladders.walkers()), static_cast<std::uint64_t>(round), production);
    notify(observer, (round + 1.0) / rounds);
  }
  const std::vector<ReplicaPoint> all = walkers.summarised();
  ExchangeResult result;
  const std::size_t rungs = options.voltages.size();
  for (std::size_t rung = 0; rung < rungs; ++rung) {
    std::vector<ReplicaPoint> replicas;
    for (std::size_t place = rung; place < all.size(); place += rungs) replicas.push_back(all[place]);
    result.points.push_back(join(replicas, {options.voltages[rung], options.temperature, capacity(network, 1)}));
  }
  result.swap_acceptance = ladders.acceptance();
  result.round_trips = ladders.round_trips();
  result.trial_moves = static_cast<std::uint64_t>(rounds) * ladders.walkers() * network.sites.size();
  return result;
}

std::vector<double> ladder(std::span<const double> voltages, std::span<const double> numbers, double temperature) {
  EXPECTS(voltages.size() == numbers.size() && temperature > 0);
  std::vector<double> rungs;
  for (std::size_t k = 0; k + 1 < voltages.size(); ++k) {
    const double spread = std::abs((voltages[k + 1] - voltages[k]) * (numbers[k + 1] - numbers[k]));
    const double steps = std::ceil(std::sqrt(spread / (2 * constants::boltzmann * temperature)));
    const double most = std::clamp(steps, 1.0, 16.0);
    for (double step = 0; step < most; ++step)
      rungs.push_back(voltages[k] + step / most * (voltages[k + 1] - voltages[k]));
  }
  if (!voltages.empty()) rungs.push_back(voltages.back());
  return rungs;
}

}  // namespace cardhouse
