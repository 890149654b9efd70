#pragma once
// Good files of every kind: those that are shipped, and small made-up ones of formats that come without.

#include <initializer_list>
#include <string_view>
#include <vector>

#include "tests/fuzz/readers.hpp"

namespace cardhouse::fuzz {

/// Files of inputs/<folder>; all that end in ".toml" when none is named.
std::vector<Seed> shipped(const std::string& folder, std::initializer_list<std::string_view> files = {});

std::vector<Seed> decks();
std::vector<Seed> extended_xyz();
std::vector<Seed> lammps_data();
std::vector<Seed> nep_files();
std::vector<Seed> patterns();
std::vector<Seed> run_files();
std::vector<Seed> setfl_files();

}  // namespace cardhouse::fuzz
