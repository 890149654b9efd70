#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "engine/structure/atoms.hpp"
#include "potentials/uniform_spline.hpp"

namespace cardhouse {

/// Where the numbers of explicit sodium come from. Empty names mean the shipped files.
struct SodiumInteractionFiles {
  std::string pairs = {};               ///< of pair-forms; default Na_CHO.toml
  std::string metal = "second-moment";  ///< or "embedded-atom", or "none": sodium then has pair terms alone
  std::string metal_parameters = {};    ///< default of second-moment: Na_second_moment_rescaled.toml; else a setfl file
};

/// Energies of explicit sodium as functions of distance, ready for local sums:
///   E = sum_(sodium i) [sum_(host a) V_a(r_ia) + F(rho_i)] + sum_(i<j) phi(r_ij),   rho_i = sum_j rho(r_ij)
/// F(rho) = -sqrt(rho) in the second-moment approximation, the embedding function of the file for embedded atoms. phi
/// holds the pair part of the metal and the sodium-sodium term of the pair file, if there is one (such as a screened
/// Coulomb repulsion of donated charges: form "screened-coulomb").
///
/// Analytic terms are tabulated at steps of 0.001 angstrom, which changes no energy of a pair by more than 1e-11 of its
/// value where it matters (below 10 eV); those of embedded atoms are splines already, the same as in EmbeddedAtom.
class SodiumInteractions {
 public:
  /// No interactions at all: an ideal gas.
  SodiumInteractions() = default;
  /// Throws InputError for unreadable files and an unknown metal.
  explicit SodiumInteractions(const SodiumInteractionFiles& files);

  double host_cutoff() const { return host_cutoff_; }      ///< [angstrom]; 0: does not feel the host
  double sodium_cutoff() const { return sodium_cutoff_; }  ///< [angstrom]; 0: does not feel other sodium
  std::size_t host_kinds() const { return host_.size(); }
  /// Number of the host element for host_energy. Throws InputError for one that the pair file does not name.
  std::size_t host_kind(Element element) const;
  /// V of a host atom of this kind [eV].
  double host_energy(std::size_t kind, double r) const { return host_[kind].at(r).value; }

  struct PairTerms {
    double energy = 0;   ///< phi [eV]
    double density = 0;  ///< rho, in the unit of the metal
  };
  PairTerms sodium_terms(double r) const {
    PairTerms terms;
    if (metal_ && r < metal_->cutoff) terms = {metal_->product.at(r).value / r, metal_->density.at(r).value};
    if (repulsion_) terms.energy += repulsion_->at(r).value;
    return terms;
  }
  /// F(rho) [eV]; zero without a metal.
  double embedding(double density) const {
    if (!metal_) return 0;
    if (!metal_->embedding) return density > 0 ? -std::sqrt(density) : 0;
    const auto [value, slope] = metal_->embedding->at(density);
    return value + slope * std::max(0.0, density - metal_->embedding->end());
  }
  bool is_metallic() const { return metal_.has_value(); }

 private:
  struct Metal {
    double cutoff;
    UniformSpline product;  ///< r phi(r)
    UniformSpline density;
    std::optional<UniformSpline> embedding;  ///< absent: -sqrt
  };
  static std::optional<Metal> read_metal(const SodiumInteractionFiles& files);
  void read_pairs(const std::string& path);

  std::vector<Element> elements_;
  std::vector<UniformSpline> host_;
  std::vector<Element> silent_;
  std::optional<UniformSpline> repulsion_;
  std::optional<Metal> metal_;
  double host_cutoff_ = 0;
  double sodium_cutoff_ = 0;
  std::string file_;
};

/// Distances below which an atom is never put [angstrom].
struct OverlapFloor {
  double sodium = 0;         ///< to other sodium
  std::vector<double> host;  ///< by kind of host atom

  double to_host(std::size_t kind) const { return kind < host.size() ? host[kind] : 0; }
};

/// The floor below which the lone pair costs more than 70 kT + 3.5 eV: configurations with such a pair have a weight
/// below e^-70 = 4e-31 as long as what else the atom gains there is less than 3.5 eV (estimate: twice the cohesive
/// energy of sodium, and 1.25 eV between two walls). Second-moment energies obey the bound because -sqrt(a + b) >=
/// -sqrt(a) - sqrt(b). Zero for pairs that never cost as much. EXPECTS temperature > 0.
OverlapFloor overlap_floor(const SodiumInteractions& interactions, double temperature);

}  // namespace cardhouse
