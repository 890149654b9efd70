#include "potentials/nep_kernels.hpp"

#include <algorithm>
#include <numbers>

#include "engine/base/batch_math.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/vector_widths.hpp"

namespace cardhouse {
namespace {

#define CARDHOUSE_INLINE inline __attribute__((always_inline))

constexpr std::size_t lanes = nep_lanes;

/// sin(pi z) for |z| <= 1/2: Taylor series to the 21st power, whose rest is below 2e-18.
CARDHOUSE_INLINE double sine_of_half_turns(double z) {
  const double t = std::numbers::pi * z;
  const double s = t * t;
  double sum = 1.0 / 51090942171709440000.0;
  sum = sum * s - 1.0 / 121645100408832000;
  sum = sum * s + 1.0 / 355687428096000;
  sum = sum * s - 1.0 / 1307674368000;
  sum = sum * s + 1.0 / 6227020800;
  sum = sum * s - 1.0 / 39916800;
  sum = sum * s + 1.0 / 362880;
  sum = sum * s - 1.0 / 5040;
  sum = sum * s + 1.0 / 120;
  sum = sum * s - 1.0 / 6;
  return t + t * s * sum;
}

/// cos(pi z) for |z| <= 1/2, to the 22nd power.
CARDHOUSE_INLINE double cosine_of_half_turns(double z) {
  const double t = std::numbers::pi * z;
  const double s = t * t;
  double sum = -1.0 / 1124000727777607680000.0;
  sum = sum * s + 1.0 / 2432902008176640000;
  sum = sum * s - 1.0 / 6402373705728000;
  sum = sum * s + 1.0 / 20922789888000;
  sum = sum * s - 1.0 / 87178291200;
  sum = sum * s + 1.0 / 479001600;
  sum = sum * s - 1.0 / 3628800;
  sum = sum * s + 1.0 / 40320;
  sum = sum * s - 1.0 / 720;
  sum = sum * s + 1.0 / 24;
  sum = sum * s - 0.5;
  return 1 + s * sum;
}

/// The cut-off function and the argument of the Chebyshev polynomials, with slopes, of a group of distances.
struct Cutoff {
  double value[lanes], slope[lanes];
  double x[lanes], x_slope[lanes];
};

CARDHOUSE_INLINE void find_cutoff(const double* distances, double cutoff, Cutoff& c) {
  const double inverse = 1 / cutoff;
#pragma omp simd
  for (std::size_t l = 0; l < lanes; ++l) {
    const double y = distances[l] * inverse;
    const double z = y - 0.5;
    const double value = 0.5 - 0.5 * sine_of_half_turns(z);
    const double slope = -0.5 * std::numbers::pi * inverse * cosine_of_half_turns(z);
    c.value[l] = y < 1 ? value : 0;
    c.slope[l] = y < 1 ? slope : 0;
    c.x[l] = 2 * (y - 1) * (y - 1) - 1;
    c.x_slope[l] = 4 * (y - 1) * inverse;
  }
}

}  // namespace

CARDHOUSE_FOR_EACH_VECTOR_WIDTH void add_nep_basis(std::span<const double> distances, double cutoff,
                                                   std::span<double> sums) {
  EXPECTS(distances.size() % lanes == 0 && sums.size() <= nep_most_basis);
  const std::size_t n_basis = sums.size();
  double total[nep_most_basis][lanes] = {};  // of fc T_k
  for (std::size_t first = 0; first < distances.size(); first += lanes) {
    Cutoff c;
    find_cutoff(&distances[first], cutoff, c);
    double now[lanes], before[lanes];
#pragma omp simd
    for (std::size_t l = 0; l < lanes; ++l) now[l] = c.value[l], before[l] = c.value[l] * c.x[l];
    for (std::size_t k = 0; k < n_basis; ++k) {
      double* const sum = total[k];
#pragma omp simd
      for (std::size_t l = 0; l < lanes; ++l) {
        sum[l] += now[l];
        const double next = 2 * c.x[l] * now[l] - before[l];
        before[l] = now[l];
        now[l] = next;
      }
    }
  }
  double zeroth = 0;
  for (const double value : total[0]) zeroth += value;
  for (std::size_t k = 0; k < n_basis; ++k) {
    double sum = 0;
    for (const double value : total[k]) sum += value;
    sums[k] += 0.5 * (sum + zeroth);
  }
}

CARDHOUSE_FOR_EACH_VECTOR_WIDTH void find_nep_slopes(std::span<const double> distances, double cutoff,
                                                     const NepPairCoefficients& coefficients, double* slopes) {
  EXPECTS(distances.size() % lanes == 0);
  const double* const own = coefficients.own.data();
  for (std::size_t first = 0; first < distances.size(); first += lanes) {
    Cutoff c;
    find_cutoff(&distances[first], cutoff, c);
    const std::uint32_t* const offsets = coefficients.offsets + first;
    // T_k and dT_k/dx by T_k+1 = 2x T_k - T_k-1.
    double t[lanes], t_before[lanes], d[lanes], d_before[lanes], value[lanes] = {}, slope[lanes] = {};
#pragma omp simd
    for (std::size_t l = 0; l < lanes; ++l) t[l] = 1, t_before[l] = c.x[l], d[l] = 0, d_before[l] = 1;
    for (std::size_t k = 0; k < coefficients.own.size(); ++k) {
#pragma omp simd
      for (std::size_t l = 0; l < lanes; ++l) {
        const double b = own[k] + coefficients.others[offsets[l] + k];
        value[l] += b * (1 + t[l]);
        slope[l] += b * d[l];
        const double t_next = 2 * c.x[l] * t[l] - t_before[l];
        const double d_next = 2 * t[l] + 2 * c.x[l] * d[l] - d_before[l];
        t_before[l] = t[l], t[l] = t_next;
        d_before[l] = d[l], d[l] = d_next;
      }
    }
#pragma omp simd
    for (std::size_t l = 0; l < lanes; ++l) {
      slopes[first + l] = 0.5 * (c.value[l] * c.x_slope[l] * slope[l] + c.slope[l] * value[l]);
    }
  }
}

CARDHOUSE_FOR_EACH_VECTOR_WIDTH void find_nep_functions(std::span<const double> distances, double cutoff,
                                                        std::span<const double> coefficients,
                                                        const NepFunctions& functions) {
  EXPECTS(distances.size() % lanes == 0);
  const std::size_t n_basis = coefficients.size() / functions.count;
  EXPECTS(n_basis <= nep_most_basis);
  for (std::size_t first = 0; first < distances.size(); first += lanes) {
    Cutoff c;
    find_cutoff(&distances[first], cutoff, c);
    double f[nep_most_basis][lanes], f_slope[nep_most_basis][lanes];
    double t[lanes], t_before[lanes], d[lanes], d_before[lanes];
#pragma omp simd
    for (std::size_t l = 0; l < lanes; ++l) t[l] = 1, t_before[l] = c.x[l], d[l] = 0, d_before[l] = 1;
    for (std::size_t k = 0; k < n_basis; ++k) {
#pragma omp simd
      for (std::size_t l = 0; l < lanes; ++l) {
        f[k][l] = 0.5 * (1 + t[l]) * c.value[l];
        f_slope[k][l] = 0.5 * (d[l] * c.x_slope[l] * c.value[l] + (1 + t[l]) * c.slope[l]);
        const double t_next = 2 * c.x[l] * t[l] - t_before[l];
        const double d_next = 2 * t[l] + 2 * c.x[l] * d[l] - d_before[l];
        t_before[l] = t[l], t[l] = t_next;
        d_before[l] = d[l], d[l] = d_next;
      }
    }
    for (std::size_t n = 0; n < functions.count; ++n) {
      double g[lanes] = {}, g_slope[lanes] = {};
      for (std::size_t k = 0; k < n_basis; ++k) {
        const double weight = coefficients[n * n_basis + k];
#pragma omp simd
        for (std::size_t l = 0; l < lanes; ++l) g[l] += weight * f[k][l], g_slope[l] += weight * f_slope[k][l];
      }
      std::copy_n(g, lanes, functions.values + n * functions.stride + first);
      std::copy_n(g_slope, lanes, functions.slopes + n * functions.stride + first);
    }
  }
}

CARDHOUSE_FOR_EACH_VECTOR_WIDTH void sum_nep_harmonics(const NepFunctions& functions, const NepHarmonics& harmonics,
                                                       double* sums) {
  for (std::size_t n = 0; n < functions.count; ++n) {
    const double* const g = functions.values + n * functions.stride;
    double sum[nep_harmonics] = {};
    for (std::size_t p = 0; p < harmonics.pairs; ++p) {
      const double* const y = harmonics.values + p * nep_harmonics;
#pragma omp simd
      for (std::size_t m = 0; m < nep_harmonics; ++m) sum[m] += g[p] * y[m];
    }
    std::copy_n(sum, nep_harmonics, sums + n * nep_harmonics);
  }
}

CARDHOUSE_FOR_EACH_VECTOR_WIDTH void spread_nep_harmonics(const NepFunctions& functions, const NepHarmonics& harmonics,
                                                          const double* pulls, const NepPairSlopes& slopes) {
  for (std::size_t p = 0; p < harmonics.pairs; ++p) {
    double sum[nep_harmonics] = {}, slope[nep_harmonics] = {};
    for (std::size_t n = 0; n < functions.count; ++n) {
      const double g = functions.values[n * functions.stride + p];
      const double g_slope = functions.slopes[n * functions.stride + p];
      const double* const pull = pulls + n * nep_harmonics;
#pragma omp simd
      for (std::size_t m = 0; m < nep_harmonics; ++m) sum[m] += g * pull[m], slope[m] += g_slope * pull[m];
    }
    const double* const y = harmonics.values + p * nep_harmonics;
    double total = 0;
#pragma omp simd reduction(+ : total)
    for (std::size_t m = 0; m < nep_harmonics; ++m) total += slope[m] * y[m];
    slopes.by_distance[p] = total;
    std::copy_n(sum, nep_harmonics, slopes.by_harmonic + p * nep_harmonics);
  }
}

namespace {

constexpr std::size_t neurons_at_once = 4;

CARDHOUSE_FOR_EACH_VECTOR_WIDTH void feed_forward(const NepNetwork& network, std::span<const double> descriptors,
                                                  double* neurons) {
  const std::size_t n_descriptors = descriptors.size() / lanes;
  for (std::size_t n = 0; n < network.outputs.size(); n += neurons_at_once) {
    double sum[neurons_at_once][lanes];
    for (std::size_t k = 0; k < neurons_at_once; ++k) {
      for (std::size_t l = 0; l < lanes; ++l) sum[k][l] = -network.thresholds[n + k];
    }
    const double* const weights = &network.weights[n * n_descriptors];
    for (std::size_t d = 0; d < n_descriptors; ++d) {
      const double* const q = &descriptors[d * lanes];
      for (std::size_t k = 0; k < neurons_at_once; ++k) {
        const double weight = weights[k * n_descriptors + d];
#pragma omp simd
        for (std::size_t l = 0; l < lanes; ++l) sum[k][l] += weight * q[l];
      }
    }
    std::copy_n(sum[0], neurons_at_once * lanes, neurons + n * lanes);
  }
}

/// Replaces tanh by its pull on the descriptors, output (1 - tanh^2), and adds up the energies.
CARDHOUSE_FOR_EACH_VECTOR_WIDTH void find_outputs(const NepNetwork& network, double* exponentials_of_twice,
                                                  double* energies) {
  double energy[lanes] = {};
  for (std::size_t n = 0; n < network.outputs.size(); ++n) {
    double* const neuron = exponentials_of_twice + n * lanes;
    const double output = network.outputs[n];
#pragma omp simd
    for (std::size_t l = 0; l < lanes; ++l) {
      const double tanh = 1 - 2 / (neuron[l] + 1);
      energy[l] += output * tanh;
      neuron[l] = output * (1 - tanh * tanh);
    }
  }
  std::copy_n(energy, lanes, energies);
}

CARDHOUSE_FOR_EACH_VECTOR_WIDTH void feed_back(const NepNetwork& network, const double* neurons,
                                               std::span<double> slopes) {
  const std::size_t n_descriptors = slopes.size() / lanes;
  std::fill(slopes.begin(), slopes.end(), 0.0);
  for (std::size_t n = 0; n < network.outputs.size(); n += neurons_at_once) {
    const double* const pull = neurons + n * lanes;
    const double* const weights = &network.weights[n * n_descriptors];
    for (std::size_t d = 0; d < n_descriptors; ++d) {
      double* const slope = &slopes[d * lanes];
      const double w0 = weights[d], w1 = weights[n_descriptors + d];
      const double w2 = weights[2 * n_descriptors + d], w3 = weights[3 * n_descriptors + d];
#pragma omp simd
      for (std::size_t l = 0; l < lanes; ++l) {
        slope[l] += w0 * pull[l] + w1 * pull[lanes + l] + w2 * pull[2 * lanes + l] + w3 * pull[3 * lanes + l];
      }
    }
  }
}

}  // namespace

void evaluate_nep_network(const NepNetwork& network, std::span<const double> descriptors, const NepOutput& output) {
  EXPECTS(network.outputs.size() % neurons_at_once == 0 && output.neurons.size() == network.outputs.size() * lanes);
  EXPECTS(network.weights.size() * lanes == network.outputs.size() * descriptors.size());
  EXPECTS(output.slopes.size() == descriptors.size());
  feed_forward(network, descriptors, output.neurons.data());
  for (double& neuron : output.neurons) neuron *= 2;
  exponentials(output.neurons);
  find_outputs(network, output.neurons.data(), output.energies);
  feed_back(network, output.neurons.data(), output.slopes);
}

}  // namespace cardhouse
