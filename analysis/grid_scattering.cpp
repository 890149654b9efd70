#include "analysis/grid_scattering.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/base/contracts.hpp"
#include "engine/structure/real_transform.hpp"

namespace cardhouse {
namespace {

using std::numbers::pi;

constexpr double longest_range = 40;    // as of the pair histogram
constexpr double taper = 1.3;           // modes beyond the largest q wanted, faded out: no ripples in P(r)
constexpr double radial_width = 0.002;  // of the bins of |r| [angstrom]

double sinc(double x) {
  return std::abs(x) < 1e-8 ? 1.0 : std::sin(x) / x;
}

// 1 up to `low`, 0 from `high`, with two continuous derivatives between.
double fade(double q, double low, double high) {
  const double x = std::clamp((q - low) / (high - low), 0.0, 1.0);
  return 1 - x * x * x * (10 - 15 * x + 6 * x * x);
}

// P(r) summed over the grid points of each bin of |r|, shared linearly between the two nearest bins; zero from `range`.
// `mean` is the value of mode k = 0: zero where the uniform density is subtracted.
std::vector<double> radial_correlation(const StructureModes& modes, double range, double mean) {
  const int n = modes.points(), last = n / 2 + 1;
  RealTransform transform(n);
  const auto spectrum = transform.modes();
  const double low = modes.largest_q() / taper;
#pragma omp parallel for schedule(static)
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      const std::size_t row = (static_cast<std::size_t>(i) * n + j) * last;
      for (int l = 0; l < last; ++l) {
        const double value = modes.values()[row + l];
        spectrum[row + l] = value > 0 ? value * fade(modes.wavenumber(i, j, l), low, modes.largest_q()) : 0.0;
      }
    }
  }
  spectrum[0] = mean;
  transform.inverse();
  const auto correlation = transform.real();
  const double scale = 1.0 / (static_cast<double>(n) * n * n);
  std::vector<double> bins(static_cast<std::size_t>(range / radial_width) + 2);
  const auto& vectors = modes.cell().vectors();
  const auto step = [n](int i) { return static_cast<double>(i <= n / 2 ? i : i - n) / n; };
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      const Vector3 in_plane = vectors[0] * step(i) + vectors[1] * step(j);
      if (modes.cell().is_orthorhombic() && norm(in_plane) >= range) continue;
      const double* row = correlation.data() + (static_cast<std::size_t>(i) * n + j) * n;
      for (int l = 0; l < n; ++l) {
        Vector3 r = in_plane + vectors[2] * step(l);
        if (!modes.cell().is_orthorhombic()) r = modes.cell().minimum_image(r);
        const double distance = norm(r);
        if (distance >= range) continue;
        const double place = distance / radial_width;
        const auto bin = static_cast<std::size_t>(place);
        const double share = place - static_cast<double>(bin);
        bins[bin] += scale * row[l] * (1 - share);
        bins[bin + 1] += scale * row[l] * share;
      }
    }
  }
  return bins;
}

std::vector<double> transform_bins(const std::vector<double>& bins, std::span<const double> q) {
  std::vector<double> result(q.size());
#pragma omp parallel for schedule(static)
  for (std::size_t i = 0; i < q.size(); ++i) {
    double sum = 0;
    for (std::size_t k = 0; k < bins.size(); ++k) sum += bins[k] * sinc(q[i] * radial_width * static_cast<double>(k));
    result[i] = sum;
  }
  return result;
}

double largest(std::span<const double> q) {
  EXPECTS(!q.empty() && *std::min_element(q.begin(), q.end()) > 0);
  return *std::max_element(q.begin(), q.end());
}

}  // namespace

ScatteringCurve grid_scattering(const StructureModes& modes, std::span<const double> q, double range) {
  const double inradius = modes.cell().inradius();
  EXPECTS(range >= 0 && range <= inradius * (1 + 1e-12));
  EXPECTS(modes.largest_q() >= taper * largest(q) * (1 - 1e-12));
  if (range == 0) range = std::min(inradius, longest_range);
  std::vector<double> bins = radial_correlation(modes, range, 0);
  for (std::size_t k = 0; k < bins.size(); ++k) bins[k] *= sinc(pi * radial_width * static_cast<double>(k) / range);
  ScatteringCurve curve;
  curve.q.assign(q.begin(), q.end());
  curve.structure_factor = transform_bins(bins, q);
  curve.error.assign(q.size(), 0.0);
  curve.resolution = 5.4 / range;
  curve.intensity = modes.mean_square(q);
  for (std::size_t i = 0; i < q.size(); ++i) curve.intensity[i] *= curve.structure_factor[i];
  return curve;
}

ScatteringCurve grid_scattering(const Atoms& atoms, std::span<const double> q, double range, ScatteringPower power) {
  return grid_scattering(StructureModes(atoms, taper * largest(q), power), q, range);
}

std::vector<double> grid_cluster(std::span<const Vector3> positions, std::span<const Element> elements,
                                 std::span<const double> q, ScatteringPower power) {
  EXPECTS(positions.size() == elements.size() && !positions.empty());
  constexpr double gap = 8;  // the ripples of the cut spectrum have died away [angstrom]
  Vector3 low = positions[0], high = positions[0];
  for (const Vector3& p : positions) {
    for (int axis = 0; axis < 3; ++axis) {
      low[axis] = std::min(low[axis], p[axis]);
      high[axis] = std::max(high[axis], p[axis]);
    }
  }
  const Vector3 extent = high - low;
  const double edge = 2 * std::max({extent.x, extent.y, extent.z}) + gap;
  Atoms atoms{Cell::cubic(edge), {positions.begin(), positions.end()}, {elements.begin(), elements.end()}};
  const StructureModes modes(atoms, taper * largest(q), power);
  std::vector<double> result = transform_bins(radial_correlation(modes, std::sqrt(3.0) * edge, modes.values()[0]), q);
  const std::vector<double> squares = mean_square_power(atoms, q, power);
  for (std::size_t i = 0; i < q.size(); ++i) result[i] *= squares[i];
  return result;
}

ShellCurve shell_average(const Atoms& atoms, double largest_q, double shell_width, ScatteringPower power) {
  return shell_average(StructureModes(atoms, largest_q, power), shell_width);
}

ShellCurve shell_average(const StructureModes& modes, double shell_width) {
  const double largest_q = modes.largest_q();
  const Vector3& widths = modes.cell().widths();
  ShellCurve curve;
  curve.smallest_q = 2 * pi / std::max({widths.x, widths.y, widths.z});
  const double width = shell_width > 0 ? shell_width : curve.smallest_q;
  const auto n_shells = static_cast<std::size_t>(largest_q / width) + 2;
  std::vector<RunningMoments> wavenumbers(n_shells), values(n_shells);
  const int n = modes.points(), last = n / 2 + 1;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      for (int l = 0; l < last; ++l) {
        // Of the plane l = 0 only one half: the other holds -k.
        if (l == 0 && (j > n / 2 || (j == 0 && i > n / 2))) continue;
        const double q = modes.wavenumber(i, j, l);
        if (q > largest_q || q == 0) continue;
        const auto shell = static_cast<std::size_t>(q / width + 0.5);
        wavenumbers[shell].add(q);
        values[shell].add(modes.values()[(static_cast<std::size_t>(i) * n + j) * last + l]);
      }
    }
  }
  for (std::size_t shell = 0; shell < n_shells; ++shell) {
    const RunningMoments& value = values[shell];
    if (value.count() == 0) continue;
    curve.q.push_back(wavenumbers[shell].mean());
    curve.structure_factor.push_back(value.mean());
    curve.error.push_back(value.count() > 1 ? value.standard_error() : value.mean());
    curve.modes.push_back(value.count());
  }
  curve.intensity = modes.mean_square(curve.q);
  for (std::size_t i = 0; i < curve.q.size(); ++i) curve.intensity[i] *= curve.structure_factor[i];
  return curve;
}

}  // namespace cardhouse
