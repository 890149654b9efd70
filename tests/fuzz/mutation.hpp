#pragma once
// Damage done to files at random, as hands, mail programs and full disks do it.

#include <string>

#include "engine/base/stream.hpp"

namespace cardhouse::fuzz {

/// A text with one to four of: bytes changed, put in or taken out; lines removed, repeated or swapped; numbers replaced
/// by extreme or malformed ones; words replaced by others of the file or by signs that formats give a meaning; cut
/// short.
std::string damaged_text(std::string text, Stream& stream);

/// A binary file with one to four of: bits flipped, integers replaced by extreme ones, bytes erased, cut short.
std::string damaged_bytes(std::string bytes, Stream& stream);

}  // namespace cardhouse::fuzz
