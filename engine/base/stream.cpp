#include "engine/base/stream.hpp"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

__extension__ using Product = unsigned __int128;

}  // namespace

Stream::Stream(std::uint64_t seed, Purpose purpose, std::uint64_t step, std::uint64_t entity)
    : key_{seed, static_cast<std::uint64_t>(purpose)}, counter_{0, step, entity, 0} {}

Stream Stream::scripted(std::vector<double> uniforms) {
  Stream stream(0, Purpose::Test);
  stream.script_ = std::move(uniforms);
  stream.scripted_ = true;
  return stream;
}

void Stream::refill() {
  using Generator = r123::Philox4x64;
  const auto block = Generator{}(Generator::ctr_type{{counter_[0], counter_[1], counter_[2], counter_[3]}},
                                 Generator::key_type{{key_[0], key_[1]}});
  for (unsigned i = 0; i < 4; ++i) block_[i] = block[i];
  ++counter_[0];
  used_ = 0;
}

std::uint64_t Stream::bits() {
  EXPECTS(!scripted_);
  if (used_ == 4) refill();
  return block_[used_++];
}

double Stream::uniform() {
  if (scripted_) {
    EXPECTS(played_ < script_.size());
    return script_[played_++];
  }
  return open_unit(bits());
}

std::uint64_t Stream::below(std::uint64_t n) {
  EXPECTS(n > 0);
  if (scripted_) return static_cast<std::uint64_t>(uniform() * static_cast<double>(n));
  // Lemire 2019 (doi:10.1145/3230636): the high word of a 128-bit product, rejecting the few low words that would bias.
  const std::uint64_t threshold = (0 - n) % n;
  for (;;) {
    const auto product = static_cast<Product>(bits()) * n;
    if (static_cast<std::uint64_t>(product) >= threshold) return static_cast<std::uint64_t>(product >> 64);
  }
}

double Stream::exponential() {
  return -std::log(uniform());
}

double Stream::normal() {
  const double radius = std::sqrt(2 * exponential());
  return radius * std::cos(2 * std::numbers::pi * uniform());
}

}  // namespace cardhouse
