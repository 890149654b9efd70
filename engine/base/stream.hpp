#pragma once
// Counter-based random numbers (Philox4x64-10; Salmon et al., SC'11, doi:10.1145/2063384.2063405, library Random123).
// A stream is keyed by what is simulated (seed, purpose, step, entity), never by where: results do not depend on the
// number of ranks or threads.

#include <array>
#include <cstdint>
#include <vector>

namespace cardhouse {

/// What a stream is used for. New purposes are appended; the numbers are part of what makes a run reproducible.
enum class Purpose : std::uint64_t {
  Test = 0,
  ReactionLattice = 1,
  LamellarField = 2,
  Edges = 3,
  Relaxation = 4,
  GrandCanonical = 5,
  Transport = 6,
  Sampling = 7,
  Dynamics = 8,
  Protocol = 9,
  Sectors = 10,
};

/// The upper 52 bits as a number of the open interval (0, 1): the middle of one of 2^52 equal parts. With 53 bits the
/// last middle would round to exactly one.
constexpr double open_unit(std::uint64_t bits) {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

/// A sequence of random numbers. Pass it as `Stream&`, last argument; do not store it.
class Stream {
 public:
  Stream(std::uint64_t seed, Purpose purpose, std::uint64_t step = 0, std::uint64_t entity = 0);

  /// A stream for tests whose uniform() plays the given numbers in turn and throws ContractViolation when they end.
  static Stream scripted(std::vector<double> uniforms);

  std::uint64_t bits();                  ///< 64 random bits
  double uniform();                      ///< in the open interval (0, 1)
  std::uint64_t below(std::uint64_t n);  ///< integer in [0, n), n > 0, without modulo bias
  double exponential();                  ///< mean 1
  double normal();                       ///< mean 0, variance 1

 private:
  void refill();

  std::array<std::uint64_t, 2> key_{};
  std::array<std::uint64_t, 4> counter_{};
  std::array<std::uint64_t, 4> block_{};
  unsigned used_ = 4;
  std::vector<double> script_;
  std::size_t played_ = 0;
  bool scripted_ = false;
};

}  // namespace cardhouse
