#pragma once
// Leaving a few states between which a system cycles, without simulating the cycles.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/stream.hpp"

namespace cardhouse {

/// States that a system visits again and again before it leaves them for good: a superbasin.
struct ChainRates {
  struct Move {
    std::uint32_t from, to;
    double rate;  ///< [1/s]
  };
  std::vector<double> exits;  ///< total rate at which each state leaves the chain [1/s]; their number is that of states
  std::vector<Move> moves;    ///< between states; in both directions, in detailed balance with `weights`
  std::vector<double> weights;  ///< equilibrium probability of each state, in any unit; positive
};

/// The law of the first exit from such states: when, and from which state. It is that of the chain itself, not of its
/// mean: with p(t) the probabilities of the states, dp/dt = -H p, the exit times are drawn from S(t) = sum_j p_j(t) and
/// the state from p_j(t) exits_j (Novotny 1995, doi:10.1103/PhysRevLett.74.1; Boulougouris & Theodorou 2007,
/// doi:10.1063/1.2784124). In detailed balance H is similar to a symmetric matrix, whose spectrum is found once.
///
/// Rates of one chain span up to 25 decades. Where rounding hides the slow end of the spectrum, S is a single
/// exponential; its mean and the state are then found by elimination without subtractions (Grassmann, Taksar & Heyman
/// 1985, doi:10.1287/opre.33.5.1107), to all digits. That law is wrong by at most unmixed() of the exits.
class AbsorbingChain {
 public:
  struct Exit {
    double time;          ///< [s]
    std::uint32_t state;  ///< it leaves from
  };

  /// EXPECTS positive weights and rates, moves in detailed balance to 1e-6, at least one positive exit that every state
  /// can come to.
  explicit AbsorbingChain(ChainRates rates);

  std::size_t size() const { return rates_.exits.size(); }
  Exit sample(std::uint32_t start, Stream& stream) const;

  double mean_exit_time(std::uint32_t start) const;                   ///< [s]
  std::vector<double> exit_probabilities(std::uint32_t start) const;  ///< by the state it leaves from
  /// Probability that it is still there after `time`.
  double survival(std::uint32_t start, double time) const;
  /// Whether the law of exit times is resolved, rather than a single exponential.
  bool is_resolved() const { return resolved_; }
  /// Share of the exits that come before the states have mixed, where the law is a single exponential: the time of
  /// mixing over that of exit, at most 1. Zero where the law is resolved.
  double unmixed() const;

 private:
  struct Elimination {
    double mean;
    std::vector<double> exits;
  };
  void find_spectrum();
  void eliminate_all();
  Elimination eliminate(std::uint32_t start) const;
  double resolved_survival(std::uint32_t start, double time) const;
  double exit_time(std::uint32_t start, double survival) const;
  std::vector<double> exits_at(std::uint32_t start, double time) const;

  ChainRates rates_;
  std::vector<double> decays_;        ///< eigenvalues, rising [1/s]
  std::vector<double> modes_;         ///< eigenvectors of the symmetric form, one after the other
  std::vector<double> amplitudes_;    ///< sum over states of mode times the root of the weight
  std::vector<Elimination> reduced_;  ///< by start
  bool resolved_ = true;
};

}  // namespace cardhouse
