#include "engine/transport/protocol.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/statistics.hpp"
#include "engine/kinetics/run_kmc.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t first_looks = 4;       // at the slow rates with a new number of sodium, before the first interval
constexpr std::size_t most_looks = 64;       // that a mean rate remembers
constexpr std::uint64_t most_events = 1000;  // in one interval

TransferMode mode_of(const ProtocolStep& step, const ProtocolOptions& options) {
  const bool clocked = options.current_control == CurrentControl::Clock || step.current == 0;
  return step.control == ControlKind::Current && clocked ? TransferMode::Paired : TransferMode::Free;
}

// Means between two records.
class RecordKeeper {
 public:
  explicit RecordKeeper(std::vector<ProtocolRecord>& records) : records_(records) {}

  void pass(double time, double potential) {
    passed_ += time;
    weighted_ += time * potential;
  }

  void write(double time, std::size_t step, const ElectrodeKinetics& model) {
    const double potential = passed_ > 0 ? weighted_ / passed_ : model.potential();
    const double current = passed_ > 0 ? static_cast<double>(model.inserted() - inserted_) / passed_ : 0;
    ProtocolRecord record{time, potential, current, model.occupation().count(), {}, step};
    for (int kind = 0; kind < site_class_count; ++kind)
      record.by_class[static_cast<std::size_t>(kind)] = model.occupation().count(static_cast<SiteClass>(kind));
    records_.push_back(record);
    passed_ = weighted_ = 0;
    inserted_ = model.inserted();
  }

 private:
  std::vector<ProtocolRecord>& records_;
  double passed_ = 0;
  double weighted_ = 0;
  std::int64_t inserted_ = 0;
};

class ProtocolRunner {
 public:
  ProtocolRunner(ElectrodeKinetics& model, const ProtocolOptions& options, std::vector<ProtocolRecord>& records)
      : model_(model), options_(options), keeper_(records) {}

  void run(const ProtocolStep& step, std::size_t number, Stream& stream) {
    begin_ = clock_.time;
    target_ = static_cast<double>(model_.occupation().count());
    ticks_ = 0;
    control(step, 0);
    keeper_.write(clock_.time, number, model_);
    steady_ = model_.potential();
    const double spacing = record_spacing(step);
    double next_record = begin_ + spacing;
    const double end = begin_ + step.duration;
    while (clock_.time < end && !is_over(step)) {
      const double before = clock_.time;
      const double potential = model_.potential();
      advance(std::min({next_record, end, tick_end(step)}), stream);
      keeper_.pass(clock_.time - before, potential);
      steady_ += (potential - steady_) * -std::expm1(-(clock_.time - before) * std::abs(step.current));
      if (!tick(step, stream)) break;
      control(step, clock_.time - before);
      if (clock_.time >= next_record || clock_.time >= end) {
        keeper_.write(clock_.time, number, model_);
        next_record += spacing;
      }
    }
    if (clock_.time < end) keeper_.write(clock_.time, number, model_);
  }

 private:
  double record_spacing(const ProtocolStep& step) const {
    const double even = step.duration / step.records;
    const double filling = static_cast<double>(model_.occupation().size()) / 4;
    return step.current == 0 ? even : std::min(even, filling / std::abs(step.current) / step.records);
  }

  // Time goes on by a part of the mean waiting time, which may depend on the number of sodium but not on where it sits,
  // then fast sodium is sampled anew. Either half keeps the grand-canonical distribution by itself, so that both do,
  // however long the interval; the dose that the next event waits for is carried along.
  void advance(double latest, Stream& stream) {
    const double mean_rate = expected_rate(stream);
    const double wanted = mean_rate > 0 ? clock_.time + options_.interval / mean_rate : latest;
    // A rate of 1e12/s has to act within the last digit of the time.
    const double end = std::min(latest, std::max(wanted, std::nextafter(clock_.time, 2 * clock_.time + 1)));
    run_kmc(model_, clock_, {.end_time = end, .max_events = clock_.events + most_events}, stream);
    model_.equilibrate(stream);
    note_rate();
  }

  // Of the present number of sodium; the configuration at hand is one among many, lest it sets its own stay.
  double expected_rate(Stream& stream) {
    while (usual_rate().looks < first_looks) {
      note_rate();
      model_.equilibrate(stream);
    }
    if (usual_rate().mean > 0) last_rate_ = usual_rate().mean;
    return last_rate_;
  }

  struct UsualRate {
    std::size_t looks = 0;
    double mean = 0;  // [1/s]
  };

  UsualRate& usual_rate() { return usual_rates_[model_.occupation().count()]; }

  // A mean over the last looks, as the potential may change.
  void note_rate() {
    UsualRate& usual = usual_rate();
    usual.looks = std::min(usual.looks + 1, most_looks);
    usual.mean += (model_.total_rate() - usual.mean) / static_cast<double>(usual.looks);
  }

  bool is_clocked(const ProtocolStep& step) const { return mode_of(step, options_) == TransferMode::Paired; }

  // The next tick, or a tenth of one further when it is overdue.
  double tick_end(const ProtocolStep& step) const {
    const double due = next_tick(step);
    return due > clock_.time ? due : clock_.time + 0.1 / std::abs(step.current);
  }

  double next_tick(const ProtocolStep& step) const {
    if (!is_clocked(step) || step.current == 0) return std::numeric_limits<double>::infinity();
    return begin_ + (static_cast<double>(ticks_) + 0.5) / std::abs(step.current);
  }

  // A tick waits until sodium (or a vacancy) comes to the surface. False when it has waited for longer than the next:
  // the carbon can take, or give, no more.
  bool tick(const ProtocolStep& step, Stream& stream) {
    if (clock_.time < next_tick(step)) return true;
    if (model_.transfer(step.current > 0, stream)) {
      ++ticks_;
      return true;
    }
    return (clock_.time - next_tick(step)) * std::abs(step.current) < 1;
  }

  void control(const ProtocolStep& step, double elapsed) {
    const double passed = clock_.time - begin_;
    if (step.control == ControlKind::Potential) {
      model_.set_potential(step.first_potential +
                           (step.last_potential - step.first_potential) * passed / step.duration);
      return;
    }
    if (is_clocked(step) || passed == 0) {
      model_.set_potential(model_.potential_for(step.current));
      return;
    }
    const double lag = target_ + step.current * passed - static_cast<double>(model_.occupation().count());
    const double per_sodium = constants::boltzmann * options_.conditions.temperature;
    model_.set_potential(model_.potential() - per_sodium * lag * std::abs(step.current) * elapsed);
  }

  bool is_over(const ProtocolStep& step) const {
    if (step.control == ControlKind::Potential) return false;
    return steady_ < step.stop_below || steady_ > step.stop_above;
  }

  ElectrodeKinetics& model_;
  const ProtocolOptions& options_;
  RecordKeeper keeper_;
  KmcClock clock_;
  double begin_ = 0;
  double steady_ = 0;                             // potential, averaged over about one tick [V]
  std::map<std::size_t, UsualRate> usual_rates_;  // by the number of sodium
  double last_rate_ = 0;                          // the last of them that was not zero [1/s]
  double target_ = 0;                             // sodium at the beginning of the step
  long ticks_ = 0;
};

void check(const std::vector<ProtocolStep>& steps, const ProtocolOptions& options) {
  if (steps.empty()) throw InputError("the protocol has no steps");
  for (const ProtocolStep& step : steps)
    if (!(step.duration > 0) || step.records < 1)
      throw InputError("a step of the protocol has no duration or no records");
  EXPECTS(options.interval > 0);
}

}  // namespace

double rate_to_equilibrate(const std::vector<ProtocolStep>& steps, std::size_t sites) {
  double fastest = 0;
  for (const ProtocolStep& step : steps) {
    const double filling = static_cast<double>(sites) / 4 / step.duration;
    fastest = std::max(fastest, step.control == ControlKind::Current ? std::abs(step.current) : filling);
  }
  return 10 * fastest;
}

ProtocolResult run_protocol(const SiteNetwork& network, Occupation start, const ChargeTransferParameters& transfer,
                            const std::vector<ProtocolStep>& steps, const ProtocolOptions& options,
                            const ProgressObserver& observer) {
  check(steps, options);
  ElectrodeKinetics model(network, std::move(start), transfer, options.conditions);
  if (model.exchange_sites().empty())
    throw InputError("no site of this carbon exchanges sodium with an electrolyte",
                     "let sodium cross at the mouths of galleries, or give the carbon an outside");
  ProtocolResult result;
  result.exchange_sites = model.exchange_sites().size();
  ProtocolRunner runner(model, options, result.records);
  Stream stream(options.seed, Purpose::Protocol, 0, options.entity);
  model.equilibrate(stream);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    model.set_mode(mode_of(steps[i], options));
    runner.run(steps[i], i, stream);
    notify(observer, static_cast<double>(i + 1) / static_cast<double>(steps.size()));
  }
  result.slow_events = model.events();
  result.occupied.assign(model.occupation().occupied_sites().begin(), model.occupation().occupied_sites().end());
  return result;
}

}  // namespace cardhouse
