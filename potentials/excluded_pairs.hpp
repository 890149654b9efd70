#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/image_sites.hpp"

namespace cardhouse {

/// The pairs that non-bonded terms leave out because a chain of at most three bonds joins them (1-2, 1-3 and 1-4
/// neighbours). A pair is one image of the second atom: other images of it in a small cell still interact.
class ExcludedPairs {
 public:
  /// Walks the bonds of `bonds`, each taken as the shortest image in the present configuration.
  void rebuild(const Atoms& atoms, const BondGraph& bonds, const ImageSites& sites);

  /// No excluded pair was farther apart then [angstrom].
  double reach() const { return reach_; }
  /// Keys of the excluded images round `atom`, sorted, in a buffer of the caller.
  void collect(std::uint32_t atom, std::vector<std::uint64_t>& keys) const;
  /// The key of an image of `atom`; the shift is relative to the wrapped position of the first atom of the pair.
  static std::uint64_t key(std::uint32_t atom, const ImageShift& shift) {
    const auto byte = [](int cells) { return static_cast<std::uint64_t>(cells + 128); };
    return (std::uint64_t{atom} << 24) | (byte(shift[0]) << 16) | (byte(shift[1]) << 8) | byte(shift[2]);
  }

 private:
  struct Step {
    std::uint32_t neighbour;
    ImageShift shift;
  };
  void walk(std::uint32_t atom, ImageShift shift, int bonds_left, std::vector<std::uint64_t>& keys) const;

  std::vector<std::uint32_t> starts_;
  std::vector<Step> steps_;
  double reach_ = 0;
};

}  // namespace cardhouse
