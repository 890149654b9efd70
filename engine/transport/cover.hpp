#pragma once

#include <cstdint>

namespace cardhouse {

/// How much of what the surroundings of a hop can be is covered: what they are now, what they have been, or a wide
/// range around that, which is rarely left.
enum class Cover : std::uint8_t { Present, Remembered, Wide };

/// Whose bounds an event has overtaken: none, those that cover what has been, or all.
enum class Overtaken : std::uint8_t { None, Remembered, All };

}  // namespace cardhouse
