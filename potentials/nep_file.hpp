#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cardhouse {

/// What a nep.txt of GPUMD holds (gpumd.org/nep/output_files/nep_txt.html; symbols of Fan 2022,
/// doi:10.1063/5.0106617), in the order of the file. Used by nep.hpp, which has the equations.
struct NepModel {
  struct Cutoff {
    double radial;   ///< [angstrom]
    double angular;  ///< [angstrom]
  };
  /// Screened repulsion of nuclei that is added; see nep_repulsion.hpp.
  struct Repulsion {
    double inner;                                ///< [angstrom]
    double outer;                                ///< [angstrom]
    std::optional<double> typewise_factor = {};  ///< of the sum of covalent radii, bounds `outer` for each pair
  };
  /// One hidden layer: E = sum_n output_n tanh(sum_d weight_nd scaler_d q_d - threshold_n) - bias.
  struct Network {
    std::vector<double> weights;     ///< [neuron][descriptor]
    std::vector<double> thresholds;  ///< [neuron]
    std::vector<double> outputs;     ///< [neuron] [eV]
  };

  int version = 4;                    ///< 3: one network for all elements; 4: one for each
  std::vector<std::string> elements;  ///< symbols
  std::optional<Repulsion> repulsion;
  std::vector<Cutoff> cutoffs;       ///< of each element; those of a pair are the mean
  std::size_t radial_functions = 0;  ///< n_max + 1
  std::size_t angular_functions = 0;
  std::size_t radial_basis = 0;  ///< basis_size + 1
  std::size_t angular_basis = 0;
  std::size_t largest_l = 0;   ///< of the three-body terms, 1 to 4
  bool has_four_body = false;  ///< q_222
  bool has_five_body = false;  ///< q_1111
  std::size_t neurons = 0;
  std::vector<Network> networks;             ///< one, or one an element
  double bias = 0;                           ///< [eV]
  std::vector<double> radial_coefficients;   ///< [function][basis][element of the centre][other element]
  std::vector<double> angular_coefficients;  ///< the same
  std::vector<double> scalers;               ///< [descriptor]

  std::size_t angular_rows() const { return largest_l + has_four_body + has_five_body; }
  std::size_t descriptors() const { return radial_functions + angular_functions * angular_rows(); }
};

/// Reads versions 3 and 4 of the format, with or without ZBL repulsion. Throws InputError with file and line for other
/// versions and variants (dipole, charge, temperature, flexible ZBL, terms beyond q_222 and q_1111), and for a file
/// that is cut short or too long.
NepModel read_nep_file(const std::string& path);

}  // namespace cardhouse
