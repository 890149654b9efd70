#include "analysis/voltage_curve.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

using Results = std::vector<std::optional<double>>;

void check(const VoltageCurve& curve) {
  const std::size_t n = curve.capacity.size();
  EXPECTS(n >= 2 && curve.voltage.size() == n);
  EXPECTS(curve.capacity_error.empty() || curve.capacity_error.size() == n);
  EXPECTS(curve.voltage_error.empty() || curve.voltage_error.size() == n);
  EXPECTS(std::is_sorted(curve.capacity.begin(), curve.capacity.end()));
}

// Integral of V over Q between two capacities of the curve, trapezia between points.
double energy_between(const VoltageCurve& curve, double from, double to) {
  double sum = 0, last_q = from, last_v = voltage_at(curve, from);
  for (std::size_t i = 0; i < curve.capacity.size(); ++i) {
    const double q = curve.capacity[i];
    if (q <= from || q >= to) continue;
    sum += 0.5 * (curve.voltage[i] + last_v) * (q - last_q);
    last_q = q;
    last_v = curve.voltage[i];
  }
  return sum + 0.5 * (voltage_at(curve, to) + last_v) * (to - last_q);
}

struct Onset {
  double capacity, voltage;
};

std::optional<Onset> find_onset(const VoltageCurve& curve, double end, const PlateauOptions& options) {
  constexpr int steps = 600;
  const double start = capacity_at(curve, options.onset_below).value_or(curve.capacity.back());
  const double arm = options.onset_arm * (end - start);
  if (!(arm > 0)) return std::nullopt;
  double sharpest = options.onset_bend;
  std::optional<Onset> onset;
  for (int n = 0; n <= steps; ++n) {
    const double q = start + arm + (end - start - 2 * arm) * n / steps;
    const double v = voltage_at(curve, q);
    const double bend = std::abs(voltage_at(curve, q + arm) - 2 * v + voltage_at(curve, q - arm));
    if (bend > sharpest) {
      sharpest = bend;
      onset = Onset{q, v};
    }
  }
  return onset;
}

std::optional<double> find_peak_voltage(const VoltageCurve& curve, const PlateauOptions& options) {
  const DifferentialCapacity differential = differential_capacity(curve, options.voltage_window);
  std::optional<double> peak;
  double largest = 0;
  for (std::size_t i = 0; i < differential.voltage.size(); ++i) {
    const double v = differential.voltage[i];
    if (v < options.cut_off || v > options.plateau_below || differential.value[i] <= largest) continue;
    largest = differential.value[i];
    peak = v;
  }
  return peak;
}

// The numbers of a CurveSummary in order of its members.
Results evaluate(const VoltageCurve& curve, const PlateauOptions& options) {
  const double end = capacity_at(curve, options.cut_off).value_or(curve.capacity.back());
  const double border = std::min(end, capacity_at(curve, options.plateau_below).value_or(end));
  const double plateau = end - border;
  Results results{end,          border,       plateau,      end > 0 ? plateau / end : 0.0,
                  std::nullopt, std::nullopt, std::nullopt, std::nullopt};
  if (plateau > 0) {
    results[4] = energy_between(curve, border, end) / plateau;
    results[5] = find_peak_voltage(curve, options);
  }
  if (const std::optional<Onset> onset = find_onset(curve, end, options)) {
    results[6] = onset->voltage;
    results[7] = onset->capacity;
  }
  return results;
}

// Squared first-order errors of the results when the points of `curve`, which `results_of` reads, move by their sigma.
std::vector<double> squared_errors(VoltageCurve& curve, const std::function<Results()>& results_of) {
  const Results reference = results_of();
  std::vector<double> squares(reference.size(), 0.0);
  const auto move = [&](std::vector<double>& values, const std::vector<double>& errors) {
    for (std::size_t i = 0; i < errors.size(); ++i) {
      if (errors[i] == 0) continue;
      const double kept = values[i];
      values[i] += errors[i];
      const Results moved = results_of();
      values[i] = kept;
      for (std::size_t r = 0; r < squares.size(); ++r) {
        if (reference[r] && moved[r]) squares[r] += (*moved[r] - *reference[r]) * (*moved[r] - *reference[r]);
      }
    }
  };
  move(curve.voltage, curve.voltage_error);
  move(curve.capacity, curve.capacity_error);
  return squares;
}

}  // namespace

VoltageCurve VoltageCurve::from_table(const Table& table) {
  const auto has = [&](std::string_view name) {
    return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& c) { return c.name == name; });
  };
  const std::vector<double>& capacity = table.column("capacity").values;
  if (capacity.size() < 3) throw InputError("a voltage curve needs at least three rows");
  std::vector<std::size_t> order(capacity.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return capacity[a] < capacity[b]; });
  const auto sorted = [&](std::string_view name) {
    std::vector<double> values;
    for (std::size_t row : order) values.push_back(table.column(name).values[row]);
    return values;
  };
  VoltageCurve curve{sorted("capacity"), sorted("voltage"), {}, {}};
  if (has("capacity_error")) curve.capacity_error = sorted("capacity_error");
  if (has("voltage_error")) curve.voltage_error = sorted("voltage_error");
  return curve;
}

std::optional<double> capacity_at(const VoltageCurve& curve, double voltage) {
  if (curve.voltage.front() <= voltage) return curve.capacity.front();
  for (std::size_t i = 1; i < curve.voltage.size(); ++i) {
    if (curve.voltage[i] > voltage) continue;
    const double share = (curve.voltage[i - 1] - voltage) / (curve.voltage[i - 1] - curve.voltage[i]);
    return curve.capacity[i - 1] + share * (curve.capacity[i] - curve.capacity[i - 1]);
  }
  return std::nullopt;
}

double voltage_at(const VoltageCurve& curve, double capacity) {
  const auto above = std::upper_bound(curve.capacity.begin(), curve.capacity.end(), capacity);
  if (above == curve.capacity.begin()) return curve.voltage.front();
  if (above == curve.capacity.end()) return curve.voltage.back();
  const std::size_t i = above - curve.capacity.begin();
  const double share = (capacity - curve.capacity[i - 1]) / (curve.capacity[i] - curve.capacity[i - 1]);
  return curve.voltage[i - 1] + share * (curve.voltage[i] - curve.voltage[i - 1]);
}

CurveSummary summarise(const VoltageCurve& curve, const PlateauOptions& options) {
  check(curve);
  EXPECTS(options.plateau_below > options.cut_off && options.voltage_window > 0);
  EXPECTS(options.onset_arm > 0 && options.onset_arm < 0.5);
  const Results results = evaluate(curve, options);
  VoltageCurve moving = curve;
  const std::vector<double> squares = squared_errors(moving, [&] { return evaluate(moving, options); });
  const auto estimate = [&](std::size_t r) { return Estimate{*results[r], std::sqrt(squares[r])}; };
  const auto optional_estimate = [&](std::size_t r) {
    return results[r] ? std::optional<Estimate>(estimate(r)) : std::nullopt;
  };
  return {.reversible_capacity = estimate(0),
          .reaches_cut_off = capacity_at(curve, options.cut_off).has_value(),
          .slope_capacity = estimate(1),
          .plateau_capacity = estimate(2),
          .plateau_share = estimate(3),
          .plateau_voltage = optional_estimate(4),
          .peak_voltage = optional_estimate(5),
          .onset_voltage = optional_estimate(6),
          .onset_capacity = optional_estimate(7)};
}

DifferentialCapacity differential_capacity(const VoltageCurve& curve, double window) {
  EXPECTS(window > 0);
  const auto [lowest, highest] = std::minmax_element(curve.voltage.begin(), curve.voltage.end());
  const double low = *lowest, high = *highest;
  const auto capacity = [&](double v) { return capacity_at(curve, v).value_or(curve.capacity.back()); };
  DifferentialCapacity result;
  // Four points a window; multiples of the step, so that equal voltages of two curves can be compared.
  const double step = 0.25 * window;
  for (auto n = static_cast<long>(std::ceil(low / step - 1e-9)); static_cast<double>(n) * step <= high; ++n) {
    const double v = static_cast<double>(n) * step;
    const double from = std::max(low, v - 0.5 * window), to = std::min(high, v + 0.5 * window);
    if (to <= from) continue;
    result.voltage.push_back(v);
    result.value.push_back((capacity(from) - capacity(to)) / (to - from));
  }
  return result;
}

Hysteresis hysteresis(const VoltageCurve& sodiation, const VoltageCurve& desodiation) {
  check(sodiation);
  check(desodiation);
  const double low = std::max(sodiation.capacity.front(), desodiation.capacity.front());
  const double high = std::min(sodiation.capacity.back(), desodiation.capacity.back());
  if (!(high > low)) throw InputError("the sodiation and desodiation curves have no capacity in common");
  VoltageCurve down = sodiation, up = desodiation;
  const auto dissipated = [&]() -> Results {
    return {energy_between(up, low, high) - energy_between(down, low, high)};
  };
  const double energy = *dissipated()[0];
  const double error = std::sqrt(squared_errors(down, dissipated)[0] + squared_errors(up, dissipated)[0]);
  Hysteresis result{{energy / (high - low), error / (high - low)}, {energy, error}, 0, low};
  for (const VoltageCurve* curve : {&sodiation, &desodiation}) {
    for (double q : curve->capacity) {
      if (q < low || q > high) continue;
      const double gap = voltage_at(desodiation, q) - voltage_at(sodiation, q);
      if (std::abs(gap) <= std::abs(result.largest_gap)) continue;
      result.largest_gap = gap;
      result.largest_gap_capacity = q;
    }
  }
  return result;
}

}  // namespace cardhouse
