#include "engine/base/batch_math.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>

#include "engine/base/vector_widths.hpp"

namespace cardhouse {
namespace {

constexpr double ln2_high = 0x1.62e42fefa3800p-1;  // its last bits are zero: multiples up to 2048 are exact
constexpr double ln2_low = 0x1.ef35793c76730p-45;
constexpr double log2_e = 0x1.71547652b82fep+0;
constexpr double round_to_integer = 0x1.8p52;  // added and taken away, rounds; the sum ends in the integer's bits
constexpr std::uint64_t one = 0x3ff0000000000000;

/// e^x = 2^k e^r with |r| <= ln(2)/2 and the Taylor series of e^r to r^13, whose rest is below 5e-18.
inline __attribute__((always_inline)) double exponential(double x) {
  x = x < -708 ? -708 : x;
  x = x > 708 ? 708 : x;
  const double shifted = x * log2_e + round_to_integer;
  const double k = shifted - round_to_integer;
  const double r = (x - k * ln2_high) - k * ln2_low;
  double sum = 1.0 / 6227020800;
  sum = sum * r + 1.0 / 479001600;
  sum = sum * r + 1.0 / 39916800;
  sum = sum * r + 1.0 / 3628800;
  sum = sum * r + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 0.5;
  sum = sum * r + 1;
  sum = sum * r + 1;
  return sum * std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) << 52) + one);
}

/// ln x = k ln 2 + 2 artanh(s), x = 2^k m with m between 0.707 and 1.414 and s = (m - 1)/(m + 1); series to s^21.
inline __attribute__((always_inline)) double logarithm(double x) {
  x = x < 1e-300 ? 1e-300 : x;
  constexpr std::uint64_t least_m = 0x3fe6a09e667f3bcd;  // sqrt(1/2)
  constexpr std::uint64_t exponent = 0xfff0000000000000;
  constexpr std::uint64_t bias = std::uint64_t{1024} << 52;  // keeps the exponent positive
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t k_bits = bits - least_m + bias;
  const double m = std::bit_cast<double>(bits - ((k_bits & exponent) - bias));
  const double k = std::bit_cast<double>((k_bits >> 52) | std::bit_cast<std::uint64_t>(0x1p52)) - (0x1p52 + 1024);
  const double s = (m - 1) / (m + 1);
  const double z = s * s;
  double sum = 1.0 / 21;
  sum = sum * z + 1.0 / 19;
  sum = sum * z + 1.0 / 17;
  sum = sum * z + 1.0 / 15;
  sum = sum * z + 1.0 / 13;
  sum = sum * z + 1.0 / 11;
  sum = sum * z + 1.0 / 9;
  sum = sum * z + 1.0 / 7;
  sum = sum * z + 1.0 / 5;
  sum = sum * z + 1.0 / 3;
  return k * ln2_high + (2 * s + (2 * s * z * sum + k * ln2_low));
}

}  // namespace

CARDHOUSE_FOR_EACH_VECTOR_WIDTH void exponentials(std::span<double> values) {
  double* const value = values.data();
  const std::size_t n = values.size();
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) value[i] = exponential(value[i]);
}

CARDHOUSE_FOR_EACH_VECTOR_WIDTH void logarithms(std::span<double> values) {
  double* const value = values.data();
  const std::size_t n = values.size();
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) value[i] = logarithm(value[i]);
}

}  // namespace cardhouse
