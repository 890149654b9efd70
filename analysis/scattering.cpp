#include "analysis/scattering.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "analysis/form_factors.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using std::numbers::pi;

double sinc(double x) {
  return std::abs(x) < 1e-8 ? 1.0 : std::sin(x) / x;
}

// The weighted pair distances of one octant and one pair of elements: [H - density] w.
struct Row {
  std::size_t octant, a, b;
  std::vector<double> values;
};

std::vector<Row> weighted_rows(const PairHistogram& histogram) {
  const std::size_t n_bins = histogram.n_bins();
  const double width = histogram.bin_width();
  const bool periodic = histogram.cell_volume() > 0;
  std::vector<Row> rows;
  for (std::size_t octant = 0; octant < (periodic ? n_octants : 1); ++octant) {
    for (std::size_t a = 0; a < histogram.elements().size(); ++a) {
      for (std::size_t b = a; b < histogram.elements().size(); ++b) {
        const auto pairs = histogram.pairs(octant, a, b);
        Row row{octant, a, b, std::vector<double>(pairs.begin(), pairs.end())};
        const double expected =
            static_cast<double>(histogram.atoms_of(a, octant) * histogram.atoms_of(b)) +
            (a == b ? 0.0 : static_cast<double>(histogram.atoms_of(b, octant) * histogram.atoms_of(a)));
        for (std::size_t k = 0; periodic && k < n_bins; ++k) {
          const double low = static_cast<double>(k) * width, high = std::min(low + width, histogram.range());
          if (low >= high) {
            row.values[k] = 0;
            continue;
          }
          const double shell = 4.0 / 3 * pi * (high * high * high - low * low * low);
          row.values[k] -= expected * shell / histogram.cell_volume();
          row.values[k] *= sinc(pi * (low + 0.5 * width) / histogram.range());
        }
        rows.push_back(std::move(row));
      }
    }
  }
  return rows;
}

// Intensity and sum of squared form factors of the atoms of each octant at one q.
struct OctantIntensities {
  std::array<double, n_octants> intensity{};
  std::array<double, n_octants> squares{};
};

OctantIntensities intensities(const PairHistogram& histogram, const std::vector<Row>& rows, double q) {
  std::vector<double> factors, kernel(histogram.n_bins());
  for (Element element : histogram.elements()) factors.push_back(form_factor(element, q));
  for (std::size_t k = 0; k < kernel.size(); ++k)
    kernel[k] = sinc(q * (static_cast<double>(k) + 0.5) * histogram.bin_width());
  OctantIntensities result;
  for (std::size_t octant = 0; octant < n_octants; ++octant) {
    for (std::size_t a = 0; a < factors.size(); ++a) {
      result.squares[octant] += static_cast<double>(histogram.atoms_of(a, octant)) * factors[a] * factors[a];
    }
    result.intensity[octant] = result.squares[octant];
  }
  for (const Row& row : rows) {
    // Four partial sums in a fixed order: the loop does not wait for one addition after another.
    std::array<double, 4> sums{};
    std::size_t k = 0;
    for (; k + 4 <= kernel.size(); k += 4) {
      for (std::size_t n = 0; n < 4; ++n) sums[n] += row.values[k + n] * kernel[k + n];
    }
    for (; k < kernel.size(); ++k) sums[0] += row.values[k] * kernel[k];
    result.intensity[row.octant] += factors[row.a] * factors[row.b] * (sums[0] + sums[1] + sums[2] + sums[3]);
  }
  return result;
}

}  // namespace

std::vector<double> q_grid(double low, double high, std::size_t n) {
  EXPECTS(n >= 2 && low > 0 && high > low);
  std::vector<double> q(n);
  for (std::size_t i = 0; i < n; ++i) q[i] = low + (high - low) * static_cast<double>(i) / static_cast<double>(n - 1);
  return q;
}

ScatteringCurve scattering(const PairHistogram& histogram, std::span<const double> q) {
  const std::vector<Row> rows = weighted_rows(histogram);
  std::vector<OctantIntensities> parts(q.size());
#pragma omp parallel for schedule(static)
  for (std::size_t i = 0; i < q.size(); ++i) parts[i] = intensities(histogram, rows, q[i]);

  std::size_t n_atoms = 0;
  std::vector<std::size_t> filled;
  for (std::size_t octant = 0; octant < n_octants; ++octant) {
    std::size_t n = 0;
    for (std::size_t a = 0; a < histogram.elements().size(); ++a) n += histogram.atoms_of(a, octant);
    if (n > 0) filled.push_back(octant);
    n_atoms += n;
  }
  ScatteringCurve curve;
  curve.q.assign(q.begin(), q.end());
  if (histogram.cell_volume() > 0) curve.resolution = 5.4 / histogram.range();  // transform of Lorch's window
  if (filled.size() > 1) curve.leave_one_out.assign(filled.size(), std::vector<double>(q.size()));
  for (std::size_t i = 0; i < q.size(); ++i) {
    const auto& part = parts[i];
    const double intensity = std::accumulate(part.intensity.begin(), part.intensity.end(), 0.0);
    const double squares = std::accumulate(part.squares.begin(), part.squares.end(), 0.0);
    std::vector<double> without;
    for (std::size_t n = 0; n < curve.leave_one_out.size(); ++n) {
      const std::size_t octant = filled[n];
      without.push_back((intensity - part.intensity[octant]) / (squares - part.squares[octant]));
      curve.leave_one_out[n][i] = without.back();
    }
    curve.structure_factor.push_back(intensity / squares);
    curve.error.push_back(jackknife(intensity / squares, without).error);
    curve.intensity.push_back(intensity / static_cast<double>(n_atoms));
  }
  return curve;
}

std::vector<double> debye_sum(std::span<const Vector3> positions, std::span<const Element> elements,
                              std::span<const double> q) {
  EXPECTS(positions.size() == elements.size() && !positions.empty());
  std::vector<double> result(q.size());
#pragma omp parallel for schedule(dynamic, 1)
  for (std::size_t n = 0; n < q.size(); ++n) {
    std::vector<double> factors;
    for (Element element : elements) factors.push_back(form_factor(element, q[n]));
    double sum = 0;
    for (std::size_t i = 0; i < positions.size(); ++i) {
      double pairs = 0.5 * factors[i];
      for (std::size_t j = 0; j < i; ++j) pairs += factors[j] * sinc(q[n] * norm(positions[i] - positions[j]));
      sum += 2 * factors[i] * pairs;
    }
    result[n] = sum / static_cast<double>(positions.size());
  }
  return result;
}

double two_theta(double q, double wavelength) {
  EXPECTS(q * wavelength <= 4 * pi);
  return 2 * std::asin(q * wavelength / (4 * pi)) * 180 / pi;
}

double q_of_two_theta(double two_theta, double wavelength) {
  return 4 * pi / wavelength * std::sin(0.5 * two_theta * pi / 180);
}

Diffractogram diffractogram(const ScatteringCurve& curve, double wavelength) {
  Diffractogram result;
  for (std::size_t i = 0; i < curve.q.size(); ++i) {
    if (curve.q[i] * wavelength > 4 * pi) continue;
    const double angle = two_theta(curve.q[i], wavelength);
    const double cosine = std::cos(angle * pi / 180);
    result.two_theta.push_back(angle);
    result.intensity.push_back(curve.intensity[i] * 0.5 * (1 + cosine * cosine));
  }
  return result;
}

}  // namespace cardhouse
