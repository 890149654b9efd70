#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/contracts.hpp"

namespace cardhouse {

/// A partner and the strength of the pair in eight bytes: 26 bits of index, 38 bits of a signed fixed-point number.
/// Sums of fixed-point numbers are exact, so that adding and taking away never drifts.
class PackedPair {
 public:
  static constexpr std::size_t most_partners = std::size_t{1} << 26;

  /// EXPECTS index < most_partners and |value| < 2^37.
  PackedPair(std::size_t index, std::int64_t value)
      : bits_(static_cast<std::uint64_t>(value) << 26 | static_cast<std::uint64_t>(index)) {
    EXPECTS(index < most_partners);
    EXPECTS(value < (std::int64_t{1} << 37) && value >= -(std::int64_t{1} << 37));
  }
  std::uint32_t index() const { return static_cast<std::uint32_t>(bits_ & (most_partners - 1)); }
  std::int64_t value() const { return static_cast<std::int64_t>(bits_) >> 26; }

 private:
  std::uint64_t bits_;
};

/// Rows of different lengths, one behind the other.
template <class T>
class PackedRows {
 public:
  PackedRows() : offsets_{0} {}
  std::size_t rows() const { return offsets_.size() - 1; }
  std::span<const T> of(std::size_t row) const {
    return {values_.data() + offsets_[row], values_.data() + offsets_[row + 1]};
  }
  std::size_t first(std::size_t row) const { return offsets_[row]; }  ///< place of its first value among all
  void push(const T& value) { values_.push_back(value); }
  void close_row() {
    EXPECTS(values_.size() < (std::size_t{1} << 32));
    offsets_.push_back(static_cast<std::uint32_t>(values_.size()));
  }
  void shrink() {
    offsets_.shrink_to_fit();
    values_.shrink_to_fit();
  }
  std::size_t bytes() const { return offsets_.size() * sizeof(std::uint32_t) + values_.size() * sizeof(T); }

 private:
  std::vector<std::uint32_t> offsets_;
  std::vector<T> values_;
};

}  // namespace cardhouse
