#include "analysis/pair_distribution.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

using std::numbers::pi;

double shell(double r, double width) {
  const double low = r - 0.5 * width, high = r + 0.5 * width;
  return 4.0 / 3 * pi * (high * high * high - low * low * low);
}

// Pairs a-b per octant and bin, and how many uniform densities would have per volume of the shell.
struct OctantCounts {
  std::vector<double> pairs;
  double expected = 0;
};

OctantCounts octant_counts(const PairHistogram& histogram, std::size_t octant, std::array<std::size_t, 2> pair,
                           std::size_t merged) {
  const auto [a, b] = pair;
  const auto fine = histogram.pairs(octant, a, b);
  OctantCounts counts{std::vector<double>(fine.size() / merged), 0};
  for (std::size_t k = 0; k < counts.pairs.size() * merged; ++k) {
    counts.pairs[k / merged] += static_cast<double>(fine[k]);
  }
  const auto expected = [&](std::size_t x, std::size_t y) {
    return static_cast<double>(histogram.atoms_of(x, octant)) * static_cast<double>(histogram.atoms_of(y));
  };
  counts.expected = (expected(a, b) + (a == b ? 0 : expected(b, a))) / histogram.cell_volume();
  return counts;
}

PartialDistribution partial(const PairHistogram& histogram, std::array<std::size_t, 2> pair, std::size_t merged,
                            const std::vector<double>& r) {
  std::vector<OctantCounts> octants;
  for (std::size_t octant = 0; octant < n_octants; ++octant) {
    octants.push_back(octant_counts(histogram, octant, pair, merged));
  }
  PartialDistribution result{histogram.elements()[pair[0]], histogram.elements()[pair[1]], {}, {}};
  const double width = static_cast<double>(merged) * histogram.bin_width();
  for (std::size_t k = 0; k < r.size(); ++k) {
    OctantRatio ratio;
    for (std::size_t octant = 0; octant < n_octants; ++octant) {
      ratio.add(static_cast<std::uint8_t>(octant), octants[octant].pairs[k],
                octants[octant].expected * shell(r[k], width));
    }
    const Estimate g = ratio.estimate();
    result.g.push_back(g.value);
    result.error.push_back(g.error);
  }
  return result;
}

}  // namespace

PairDistribution pair_distribution(const PairHistogram& histogram, double width) {
  EXPECTS(width >= histogram.bin_width());
  if (!(histogram.cell_volume() > 0)) throw InputError("a cluster has no mean density and no pair distribution");
  const auto merged = static_cast<std::size_t>(std::lround(width / histogram.bin_width()));
  const double step = static_cast<double>(merged) * histogram.bin_width();
  PairDistribution result;
  for (double r = 0.5 * step; r + 0.5 * step <= histogram.range(); r += step) result.r.push_back(r);
  result.elements = histogram.elements();
  double atoms = 0;
  for (std::size_t a = 0; a < result.elements.size(); ++a) {
    atoms += static_cast<double>(histogram.atoms_of(a));
    for (std::size_t b = a; b < result.elements.size(); ++b) {
      result.partials.push_back(partial(histogram, {a, b}, merged, result.r));
    }
  }
  result.number_density = atoms / histogram.cell_volume();
  for (std::size_t a = 0; a < result.elements.size(); ++a) {
    result.atomic_fractions.push_back(static_cast<double>(histogram.atoms_of(a)) / atoms);
  }
  return result;
}

std::vector<double> reduced_distribution(const PairDistribution& distribution, ScatteringPower power) {
  const auto weight = [&](Element element) {
    const auto at = std::find(distribution.elements.begin(), distribution.elements.end(), element);
    return distribution.atomic_fractions[static_cast<std::size_t>(at - distribution.elements.begin())] *
           power(element, 0);
  };
  double sum = 0;
  for (Element element : distribution.elements) sum += weight(element);
  std::vector<double> result(distribution.r.size());
  for (const PartialDistribution& partial : distribution.partials) {
    const double both = partial.first == partial.second ? 1 : 2;
    const double factor = both * weight(partial.first) * weight(partial.second) / (sum * sum);
    for (std::size_t k = 0; k < result.size(); ++k) result[k] += factor * (partial.g[k] - 1);
  }
  for (std::size_t k = 0; k < result.size(); ++k) {
    result[k] *= 4 * pi * distribution.r[k] * distribution.number_density;
  }
  return result;
}

double electron_density(const Atoms& atoms) {
  double electrons = 0;
  for (Element element : atoms.elements) electrons += static_cast<double>(element);
  return electrons / atoms.cell.volume();
}

double coordination_number(const PairDistribution& distribution, Element first, Element second, double distance) {
  const auto found = std::find_if(distribution.partials.begin(), distribution.partials.end(), [&](const auto& p) {
    return (p.first == first && p.second == second) || (p.first == second && p.second == first);
  });
  EXPECTS(found != distribution.partials.end());
  const auto at = std::find(distribution.elements.begin(), distribution.elements.end(), second);
  const double density = distribution.number_density *
                         distribution.atomic_fractions[static_cast<std::size_t>(at - distribution.elements.begin())];
  const double width = distribution.r.size() > 1 ? distribution.r[1] - distribution.r[0] : 0;
  double sum = 0;
  for (std::size_t k = 0; k < distribution.r.size() && distribution.r[k] < distance; ++k) {
    sum += density * found->g[k] * shell(distribution.r[k], width);
  }
  return sum;
}

}  // namespace cardhouse
