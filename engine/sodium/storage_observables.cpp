#include "engine/sodium/storage_observables.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

constexpr double slope_end = 0.15;      // of the slope, where the steepest part of the curve ends [V]
constexpr double middle_end = 0.05;     // [V]
constexpr double plateau_start = 0.1;   // for capacities [V]
constexpr double least_share = 0.01;    // of the capacity at 0 V that counts as a change
constexpr double least_spacing = 0.01;  // that diffraction would see [angstrom]

enum class Place { Interlayer, Defect, Pore };

Place place_of(SiteClass kind) {
  switch (kind) {
    case SiteClass::Gallery:
    case SiteClass::Mouth:
    case SiteClass::Slit:
      return Place::Interlayer;
    case SiteClass::PoreWall:
    case SiteClass::PoreCore:
      return Place::Pore;
    case SiteClass::Terrace:
    case SiteClass::Defect:
    case SiteClass::Edge:
      return Place::Defect;
  }
  return Place::Defect;
}

Estimate sum(const Estimate& a, const Estimate& b) {
  return {a.value + b.value, std::hypot(a.error, b.error)};
}
Estimate difference(const Estimate& a, const Estimate& b) {
  return {a.value - b.value, std::hypot(a.error, b.error)};
}
Estimate between(const Estimate& a, const Estimate& b, double share) {
  return {a.value + share * (b.value - a.value), std::hypot((1 - share) * a.error, share * b.error)};
}

Estimate at_place(const SweepPoint& point, Place place) {
  Estimate total;
  for (int kind = 0; kind < site_class_count; ++kind)
    if (place_of(static_cast<SiteClass>(kind)) == place)
      total = sum(total, point.by_class[static_cast<std::size_t>(kind)]);
  return total;
}

// One way of a sweep.
struct Way {
  std::vector<const SweepPoint*> points;

  template <class Value>
  Estimate at(double voltage, Value&& value) const {
    for (std::size_t i = 1; i < points.size(); ++i) {
      const double before = points[i - 1]->voltage;
      const double after = points[i]->voltage;
      if (std::min(before, after) > voltage || std::max(before, after) < voltage || before == after) continue;
      return between(value(*points[i - 1]), value(*points[i]), (voltage - before) / (after - before));
    }
    throw InputError("the sweep does not pass the voltages that tell storage mechanisms apart");
  }
};

std::string answer(const Estimate& change, double least) {
  if (std::abs(change.value) <= std::max(least, 2 * change.error)) return "flat";
  return change.value > 0 ? "rises" : "falls";
}

// Largest loss of interlayer sodium from any voltage of the plateau to a lower one.
Estimate release(const Way& down) {
  Estimate most;
  Estimate highest{-1, 0};
  for (const SweepPoint* point : down.points) {
    if (point->voltage > slope_end) continue;
    const Estimate here = at_place(*point, Place::Interlayer);
    if (here.value > highest.value) highest = here;
    const Estimate lost = difference(highest, here);
    if (lost.value > most.value) most = lost;
  }
  return most;
}

// Interlayer sodium of a way at a capacity; false outside.
bool interlayer_at(const Way& way, double capacity, Estimate& found) {
  for (std::size_t i = 1; i < way.points.size(); ++i) {
    const double a = way.points[i - 1]->capacity.value;
    const double b = way.points[i]->capacity.value;
    if (a == b || (capacity - a) * (capacity - b) > 0) continue;
    found = between(at_place(*way.points[i - 1], Place::Interlayer), at_place(*way.points[i], Place::Interlayer),
                    (capacity - a) / (b - a));
    return true;
  }
  return false;
}

Estimate memory(const Way& down, const Way& up) {
  std::vector<double> gaps;
  double squares = 0;
  for (const SweepPoint* point : down.points) {
    Estimate returning;
    if (!interlayer_at(up, point->capacity.value, returning)) continue;
    const Estimate gap = difference(returning, at_place(*point, Place::Interlayer));
    gaps.push_back(gap.value);
    squares += gap.error * gap.error;
  }
  if (gaps.empty()) return {};
  const auto number = static_cast<double>(gaps.size());
  return {mean_of(gaps).value, std::sqrt(squares) / number};
}

constexpr std::array<const char*, 3> place_names{"interlayer", "defect", "pore"};
constexpr std::array<const char*, 3> window_names{"slope", "middle", "end"};

}  // namespace

std::vector<std::string> observable_names() {
  std::vector<std::string> names;
  for (const char* place : place_names)
    for (const char* window : window_names) names.push_back(std::string(place) + "_" + window);
  for (const char* name :
       {"spacing_slope", "spacing_plateau", "slope_capacity", "plateau_capacity", "hysteresis", "release"})
    names.emplace_back(name);
  return names;
}

std::vector<double> storage_voltages() {
  return {2.0, 1.3,  1.0,  0.8,  0.6,  0.45, 0.35, 0.275, 0.225, 0.18, 0.15, 0.125,
          0.1, 0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03,  0.02,  0.01, 0.0};
}

std::vector<StorageObservable> storage_observables(const SweepResult& sweep) {
  Way down, up;
  for (const SweepPoint& point : sweep.points) (point.sodiation ? down : up).points.push_back(&point);
  if (down.points.empty() || up.points.empty()) throw InputError("storage mechanisms need a sweep down and up again");
  up.points.insert(up.points.begin(), down.points.back());
  const double top = down.points.front()->voltage;
  const auto capacity = [](const SweepPoint& point) { return point.capacity; };
  const auto spacing = [](const SweepPoint& point) { return point.spacing; };
  const double least = least_share * down.at(0, capacity).value;
  const std::array<double, 4> limits{top, slope_end, middle_end, 0};
  std::vector<StorageObservable> result;
  for (std::size_t place = 0; place < place_names.size(); ++place)
    for (std::size_t window = 0; window < window_names.size(); ++window) {
      const auto value = [&](const SweepPoint& point) { return at_place(point, static_cast<Place>(place)); };
      const Estimate change = difference(down.at(limits[window + 1], value), down.at(limits[window], value));
      const std::string name = std::string(place_names[place]) + "_" + window_names[window];
      result.push_back({name, "mAh/g", change, answer(change, least)});
    }
  const Estimate above = difference(down.at(slope_end, spacing), down.at(top, spacing));
  const Estimate below = difference(down.at(0, spacing), down.at(slope_end, spacing));
  result.push_back({"spacing_slope", "angstrom", above, answer(above, least_spacing)});
  result.push_back({"spacing_plateau", "angstrom", below, answer(below, least_spacing)});
  const Estimate slope = down.at(plateau_start, capacity);
  result.push_back({"slope_capacity", "mAh/g", slope, ""});
  result.push_back({"plateau_capacity", "mAh/g", difference(down.at(0, capacity), slope), ""});
  const Estimate gap = memory(down, up);
  result.push_back(
      {"hysteresis", "mAh/g", gap, std::abs(gap.value) > std::max(least, 2 * gap.error) ? "rises" : "flat"});
  const Estimate lost = release(down);
  result.push_back({"release", "mAh/g", lost, answer(lost, least)});
  return result;
}

}  // namespace cardhouse
