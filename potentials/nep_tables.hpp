#pragma once

#include <string>
#include <vector>

#include "potentials/nep_angular.hpp"
#include "potentials/nep_file.hpp"
#include "potentials/nep_repulsion.hpp"

namespace cardhouse {

/// A model cut down to the elements of one structure and laid out for the inner loops. Kinds are numbers of elements.
class NepTables {
 public:
  /// What belongs to an atom and a neighbour of given kinds.
  struct Pair {
    double radial_cutoff;                 ///< [angstrom]
    double angular_cutoff;                ///< [angstrom]
    std::vector<double> radial;           ///< coefficients [function][basis]
    std::vector<double> angular;          ///< the same
    std::vector<NepRepulsion> repulsion;  ///< one or none
  };

  /// Throws InputError, naming `path`, for an element that the model does not have.
  NepTables(const NepModel& model, const std::vector<Element>& kinds, const std::string& path);

  std::size_t kinds() const { return networks_.size(); }
  const Pair& pair(std::size_t centre, std::size_t other) const { return pairs_[centre * kinds() + other]; }
  NepNetwork network(std::size_t kind) const {
    const NepModel::Network& network = networks_[kind];
    return {network.weights, network.thresholds, network.outputs};
  }
  double largest_radial_cutoff() const;   ///< [angstrom]
  double largest_angular_cutoff() const;  ///< of repulsion as well [angstrom]

  std::size_t radial_functions;
  std::size_t angular_functions;
  std::size_t radial_basis;
  std::size_t neurons;  ///< filled up
  NepInvariants invariants;
  double bias;  ///< [eV]

  std::size_t descriptors() const { return radial_functions + angular_functions * invariants.rows(); }

 private:
  std::vector<Pair> pairs_;
  std::vector<NepModel::Network> networks_;
};

}  // namespace cardhouse
