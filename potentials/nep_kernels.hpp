#pragma once
// The inner loops of the neuroevolution potential (equations: nep.hpp), in vector registers as wide as the processor
// has them. Distances come in whole groups of `nep_lanes`; what fills a group up stands at the cut-off, where every
// function is zero.

#include <cstddef>
#include <cstdint>
#include <span>

namespace cardhouse {

inline constexpr std::size_t nep_lanes = 8;
inline constexpr std::size_t nep_harmonics = 24;  ///< real spherical harmonics of l = 1 to 4
inline constexpr std::size_t nep_most_basis = 65;

inline constexpr std::size_t whole_lanes(std::size_t n) {
  return (n + nep_lanes - 1) / nep_lanes * nep_lanes;
}

/// Adds the basis functions f_k of all distances [angstrom] to sums[k].
void add_nep_basis(std::span<const double> distances, double cutoff, std::span<double> sums);

/// Coefficients of basis functions for every distance: own[k] + others[offsets[p] + k].
struct NepPairCoefficients {
  std::span<const double> own;
  const double* others;
  const std::uint32_t* offsets;
};
/// slopes[p] = sum_k (coefficient k of p) df_k/dr at distance p.
void find_nep_slopes(std::span<const double> distances, double cutoff, const NepPairCoefficients& coefficients,
                     double* slopes);

/// The functions g_n = sum_k c[n][k] f_k and dg_n/dr of some distances; value[n * stride + p].
struct NepFunctions {
  double* values;
  double* slopes;
  std::size_t stride;
  std::size_t count;
};
void find_nep_functions(std::span<const double> distances, double cutoff, std::span<const double> coefficients,
                        const NepFunctions& functions);

/// Real spherical harmonics of some pairs, values[p * nep_harmonics + m].
struct NepHarmonics {
  const double* values;
  std::size_t pairs;
};
/// sums[n][m] = sum_p g_n(p) Y_m(p).
void sum_nep_harmonics(const NepFunctions& functions, const NepHarmonics& harmonics, double* sums);

/// Derivatives of an energy by what the sums are made of.
struct NepPairSlopes {
  double* by_harmonic;  ///< [p][m]: sum_n g_n(p) pulls[n][m]
  double* by_distance;  ///< [p]: sum_nm dg_n/dr(p) pulls[n][m] Y_m(p)
};
/// Given pulls[n][m] = dE/d(sums[n][m]).
void spread_nep_harmonics(const NepFunctions& functions, const NepHarmonics& harmonics, const double* pulls,
                          const NepPairSlopes& slopes);

/// A network with its descriptors scaled; rows of neurons in whole groups of four, filled up with zeros.
struct NepNetwork {
  std::span<const double> weights;     ///< [neuron][descriptor]
  std::span<const double> thresholds;  ///< [neuron]
  std::span<const double> outputs;     ///< [neuron]
};
/// What a network gives for nep_lanes atoms at once.
struct NepOutput {
  std::span<double> neurons;  ///< room for outputs.size() * nep_lanes numbers
  std::span<double> slopes;   ///< [descriptor][lane]
  double* energies;           ///< [lane] [eV]
};
/// sum_n output_n tanh(sum_d weight_nd q_d - threshold_n) and its derivatives by q_d; descriptors[d][lane].
void evaluate_nep_network(const NepNetwork& network, std::span<const double> descriptors, const NepOutput& output);

}  // namespace cardhouse
