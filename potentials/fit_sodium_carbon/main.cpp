// Fits the sodium-carbon pair term and prints its parameter file.
// usage: fit_sodium_carbon [reference.toml] > inputs/potentials/Na_C.toml

#include <cstdio>
#include <exception>

#include "potentials/shipped_parameters.hpp"
#include "potentials/sodium_carbon_fit.hpp"

int main(int argc, char** argv) {
  using namespace cardhouse;
  try {
    const auto reference = load_sodium_carbon_reference(argc > 1 ? argv[1] : shipped_parameters("Na_C_reference.toml"));
    std::fputs(sodium_carbon_file(reference, fit_sodium_carbon(reference)).c_str(), stdout);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
