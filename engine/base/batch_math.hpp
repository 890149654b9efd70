#pragma once

#include <span>

namespace cardhouse {

// Exponentials and logarithms of many numbers at once, in vector registers as wide as the processor has them. Within
// two units in the last place of the exact value, for finite arguments. Results do not depend on where in the span a
// number stands.

/// Replaces each x by e^x; x is held between -708 and 708.
void exponentials(std::span<double> values);

/// Replaces each x by ln x; x is held above 1e-300.
void logarithms(std::span<double> values);

}  // namespace cardhouse
