#pragma once

#include <string>

#include "analysis/registry.hpp"

namespace cardhouse {

/// A description as bytes for other ranks of the same run, and back; bit by bit the same.
std::string pack(const Description& description);
Description unpack(const std::string& bytes);

}  // namespace cardhouse
