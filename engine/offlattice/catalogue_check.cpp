#include "engine/offlattice/catalogue_check.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "engine/base/contracts.hpp"
#include "engine/base/statistics.hpp"
#include "engine/offlattice/nearest_point.hpp"

namespace cardhouse {
namespace {

using Image = std::array<int, 3>;

std::vector<Vector3> minima(const BasinMap& map) {
  std::vector<Vector3> positions;
  for (const Basin& basin : map.basins) positions.push_back(basin.position);
  return positions;
}

/// The cell in which the copy of `minimum` nearest to `place` lies.
Image nearest_image(const Cell& cell, const Vector3& minimum, const Vector3& place) {
  const Vector3 shift = place + cell.minimum_image(minimum - place) - minimum;
  const Vector3 f = cell.to_fractional(shift);
  return {static_cast<int>(std::lround(f.x)), static_cast<int>(std::lround(f.y)), static_cast<int>(std::lround(f.z))};
}

std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> result(values.size());
  for (std::size_t start = 0; start < order.size();) {
    std::size_t end = start;
    while (end < order.size() && values[order[end]] == values[order[start]]) ++end;
    for (std::size_t k = start; k < end; ++k) result[order[k]] = 0.5 * static_cast<double>(start + end - 1);
    start = end;
  }
  return result;
}

/// What goes into a ClassComparison, site by site.
struct ClassSeries {
  std::vector<double> distances, catalogue, potential;
  std::size_t sites = 0;

  void add(const Site& site, const SiteMatch& match) {
    ++sites;
    if (match.basin >= 0) distances.push_back(match.distance);
    if (!std::isfinite(match.basin_energy)) return;  // the site lies inside an atom
    catalogue.push_back(site.energy);
    potential.push_back(match.basin_energy);
  }
  ClassComparison compared() const {
    ClassComparison result;
    result.sites = sites;
    result.matched = distances.size();
    if (!distances.empty()) result.distance = mean_of(distances).value;
    if (catalogue.empty()) return result;
    result.catalogue_energy = mean_of(catalogue).value;
    result.potential_energy = mean_of(potential).value;
    RunningMoments differences;
    for (std::size_t k = 0; k < catalogue.size(); ++k) differences.add(potential[k] - catalogue[k]);
    result.deviation = std::sqrt(differences.variance());
    result.rank_correlation = rank_correlation(catalogue, potential);
    return result;
  }
};

/// Saddles by what they join: basins and image, seen from both.
using WayKey = std::pair<std::pair<std::uint32_t, std::uint32_t>, Image>;
std::map<WayKey, double> ways_of(const BasinMap& map) {
  std::map<WayKey, double> ways;
  for (const Saddle& s : map.saddles) {
    ways[{{s.first, s.second}, s.image}] = s.energy;
    ways[{{s.second, s.first}, {-s.image[0], -s.image[1], -s.image[2]}}] = s.energy;
  }
  return ways;
}

class Comparison {
 public:
  Comparison(const SiteNetwork& network, const BasinMap& map)
      : network_(network), map_(map), ways_(ways_of(map)), passes_(map) {}

  void match_sites(const EnergyFunction& energy, double tolerance) {
    const NearestPoint nearest(map_.cell, minima(map_));
    for (const Site& site : network_.sites) {
      const auto [basin, distance] = nearest(site.position);
      SiteMatch match{-1, distance, energy(site.position), 0};
      if (distance <= tolerance) match.basin = basin;
      match.basin_energy = match.basin < 0 ? match.site_energy : map_.basins[basin].energy;
      result.sites.push_back(match);
    }
  }

  void match_links() {
    std::vector<double> ours, theirs;
    for (std::uint32_t k = 0; k < network_.links.size(); ++k) {
      const auto joined = basins_of(network_.links[k]);
      if (!joined) continue;
      LinkMatch match{k, false, network_.links[k].barrier, 0};
      const auto [a, b] = joined->first;
      const auto found = ways_.find(*joined);
      match.direct = found != ways_.end();
      const double top = match.direct ? found->second : passes_.highest(a, b);
      match.potential = top - 0.5 * (map_.basins[a].energy + map_.basins[b].energy);
      result.links.push_back(match);
      linked_.insert(*joined);
      if (match.direct) ours.push_back(match.barrier), theirs.push_back(match.potential);
    }
    result.barrier_rank = rank_correlation(ours, theirs);
  }

  void count_classes() {
    std::array<ClassSeries, site_class_count> classes;
    ClassSeries outside;
    for (std::size_t k = 0; k < network_.sites.size(); ++k) {
      const Site& site = network_.sites[k];
      classes[static_cast<std::size_t>(site.kind)].add(site, result.sites[k]);
      if (!in_pore(site.kind)) outside.add(site, result.sites[k]);
    }
    for (std::size_t kind = 0; kind < site_class_count; ++kind) result.by_class[kind] = classes[kind].compared();
    result.outside_pores = outside.compared();
  }

  void count_basins(double highest) {
    std::vector<bool> has_site(map_.basins.size(), false);
    for (const SiteMatch& match : result.sites)
      if (match.basin >= 0) has_site[match.basin] = true;
    for (std::size_t k = 0; k < map_.basins.size(); ++k) {
      if (map_.basins[k].energy > highest) continue;
      ++result.basins;
      result.basins_without_site += !has_site[k];
    }
    for (const Saddle& s : map_.saddles) {
      if (s.first == s.second || !has_site[s.first] || !has_site[s.second]) continue;
      const Image back{-s.image[0], -s.image[1], -s.image[2]};
      const bool known =
          linked_.contains({{s.first, s.second}, s.image}) || linked_.contains({{s.second, s.first}, back});
      ++result.ways;
      result.ways_without_link += !known;
    }
  }

  CatalogueComparison result;

 private:
  /// The basins that a link joins; nothing when an end has none or both are the same minimum.
  std::optional<WayKey> basins_of(const SiteLink& link) const {
    const std::int32_t a = result.sites[link.first].basin, b = result.sites[link.second].basin;
    if (a < 0 || b < 0) return {};
    const Vector3 from = network_.sites[link.first].position;
    const Image here = nearest_image(map_.cell, map_.basins[a].position, from);
    const Image there = nearest_image(map_.cell, map_.basins[b].position, from + link.displacement);
    const Image apart{there[0] - here[0], there[1] - here[1], there[2] - here[2]};
    if (a == b && apart == Image{}) return {};
    return WayKey{{static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b)}, apart};
  }

  const SiteNetwork& network_;
  const BasinMap& map_;
  std::map<WayKey, double> ways_;
  PassTree passes_;
  std::set<WayKey> linked_;
};

}  // namespace

double rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  EXPECTS(a.size() == b.size());
  if (a.size() < 3) return 0;
  const std::vector<double> x = ranks(a), y = ranks(b);
  const double mean = 0.5 * static_cast<double>(a.size() - 1);
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    xx += (x[k] - mean) * (x[k] - mean);
    yy += (y[k] - mean) * (y[k] - mean);
    xy += (x[k] - mean) * (y[k] - mean);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

CatalogueComparison compare_catalogue(const SiteNetwork& network, const BasinMap& map, const EnergyFunction& energy,
                                      const CatalogueTolerance& tolerance) {
  Comparison comparison(network, map);
  comparison.match_sites(energy, tolerance.distance);
  comparison.match_links();
  comparison.count_classes();
  comparison.count_basins(tolerance.energy);
  return std::move(comparison.result);
}

}  // namespace cardhouse
