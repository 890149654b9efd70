#pragma once
// Parameter files of no material, for tests of potentials that come without one.

#include <fmt/core.h>

#include <cmath>
#include <functional>
#include <string>

#include "engine/base/stream.hpp"

namespace cardhouse::samples {

/// A nep.txt for carbon and hydrogen with a small network of random numbers, all invariants and repulsion.
inline std::string made_up_nep() {
  std::string text =
      "nep4_zbl 2 C H\nzbl 0.6 1.3\ncutoff 5 3.5 4.5 3 200 50\nn_max 3 2\nbasis_size 5 4\nl_max 4 2 1\nANN 6 0\n";
  constexpr int descriptors = 4 + 3 * 6;
  Stream stream(21, Purpose::Test);
  const auto add = [&](int n, double width) {
    for (int k = 0; k < n; ++k) text += fmt::format("{:.7e}\n", width * stream.normal());
  };
  for (int element = 0; element < 2; ++element) add(6 * descriptors, 0.2), add(6, 0.5), add(6, 0.5);
  add(1, 1);
  add((4 * 6 + 3 * 5) * 4, 0.4);
  for (int d = 0; d < descriptors; ++d) text += fmt::format("{:.7e}\n", 0.2 + 0.2 * stream.uniform());
  return text;
}

/// A setfl file for sodium, one element, smooth up to a cut-off of 6 angstrom.
inline std::string made_up_setfl() {
  constexpr int points = 200;
  constexpr double cutoff = 6;
  constexpr double step = cutoff / (points - 1);
  std::string text =
      fmt::format("made up\nfor tests\n\n1 Na\n{0} 0.05 {0} {1:.16e} {2}\n11 22.99 4.2 bcc\n", points, step, cutoff);
  const auto add = [&](double spacing, const std::function<double(double)>& f) {
    for (int k = 0; k < points; ++k) text += fmt::format("{:.16e}\n", f(k * spacing));
  };
  const auto tail = [](double r) { return std::pow(1 - r / cutoff, 3); };
  add(0.05, [](double density) { return -std::sqrt(density + 0.5); });
  add(step, [&](double r) { return 8 * std::exp(-r / 2) * tail(r); });
  add(step, [&](double r) { return r * (900 * std::exp(-2 * r) - 0.3) * tail(r); });
  return text;
}

}  // namespace cardhouse::samples
