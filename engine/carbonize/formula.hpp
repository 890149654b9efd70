#pragma once
// Integer element formulae: what chemistry conserves exactly.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Numbers of atoms of each element.
class Formula {
 public:
  std::int64_t& operator[](Element element) { return counts_[static_cast<std::size_t>(element)]; }
  std::int64_t operator[](Element element) const { return counts_[static_cast<std::size_t>(element)]; }
  Formula& operator+=(const Formula& other);
  Formula& operator-=(const Formula& other);
  friend Formula operator+(Formula a, const Formula& b) { return a += b; }
  friend Formula operator-(Formula a, const Formula& b) { return a -= b; }
  friend Formula operator*(std::int64_t factor, const Formula& formula);
  friend bool operator==(const Formula&, const Formula&) = default;
  double mass() const;  ///< [dalton]

 private:
  std::array<std::int64_t, 31> counts_{};  ///< by atomic number
};

/// Whether it holds sodium, potassium, magnesium, calcium, aluminium, manganese, iron, nickel or zinc.
bool holds_metal(const Formula& formula);

/// "C12H16O8" -> C 12, H 16, O 8; a symbol may come twice ("CH3OH"). Throws InputError for anything else.
Formula parse_formula(std::string_view text);

/// The formula as text, in the order of all_elements(): "C12H16O8".
std::string format_formula(const Formula& formula);

}  // namespace cardhouse
