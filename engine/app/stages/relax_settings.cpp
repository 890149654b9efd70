#include "engine/app/stages/relax_settings.hpp"

#include <fmt/core.h>

#include <filesystem>

#include "engine/app/stage.hpp"
#include "potentials/registry.hpp"
#include "potentials/shipped_parameters.hpp"

namespace cardhouse {
namespace {

namespace fs = std::filesystem;

std::string parameter_file(const DeckTable& deck, const std::string& potential) {
  if (!deck.has("parameters")) return {};
  const std::string name = deck.text("parameters");
  if (find_potential(potential).file == ParameterFile::None)
    deck.fail("parameters", "the potential '" + potential + "' reads no parameter file", "leave the key out");
  const fs::path beside = fs::path(deck.place("parameters").file).parent_path() / name;
  std::error_code impossible;  // a name may be too long to be one
  if (fs::is_regular_file(beside, impossible)) return beside.string();
  try {
    return shipped_parameters(name);
  } catch (const InputError&) {
    deck.fail("parameters", "there is no file '" + beside.string() + "', and none of that name comes with the program",
              "give a path as seen from the deck, or a name in inputs/potentials");
  }
}

double positive(const DeckTable& deck, const std::string& key, Dimension dimension, const std::string& fallback) {
  const double value = deck.quantity(key, dimension, fallback);
  if (value <= 0) deck.fail(key, "must be positive", "try " + fallback);
  return value;
}

double temperature(const DeckTable& deck, const std::string& key) {
  const double value = positive(deck, key, dimension::temperature, "300 K");
  if (value > 20000) deck.fail(key, "above 20000 K", "carbon melts near 5000 K");
  return value;
}

void read_lengths_of_time(const DeckTable& deck, DynamicsOptions& options) {
  options.time = positive(deck, "time", dimension::time, "1 ps");
  options.step = positive(deck, "step", dimension::time, "0.5 fs");
  if (options.step > 5e-15) deck.fail("step", "above 5 fs", "a C-C bond swings in 21 fs; use 0.5 to 1 fs");
  if (options.step > options.time) deck.fail("step", "longer than the whole dynamics", "give a longer time");
  if (options.time / options.step > 1e9) deck.fail("time", "more than 10^9 steps", "give a shorter time");
  options.heat_time = positive(deck, "heat_time", dimension::time, "100 fs");
  options.pressure_time = positive(deck, "pressure_time", dimension::time, "1 ps");
}

DynamicsOptions read_dynamics(const DeckTable& deck, CellRelaxation cell) {
  DynamicsOptions options;
  const std::string ensemble = deck.has("ensemble") ? deck.choice("ensemble", {"nve", "nvt", "npt"}) : "nvt";
  options.ensemble = ensemble == "nve" ? Ensemble::Nve : ensemble == "nvt" ? Ensemble::Nvt : Ensemble::Npt;
  if (options.ensemble == Ensemble::Npt && cell == CellRelaxation::None)
    deck.fail("ensemble", "'npt' moves the cell, which [relax] keeps fixed", "set cell = \"isotropic\" or use \"nvt\"");
  if (cell != CellRelaxation::None) options.cell = cell;
  options.temperature = temperature(deck, "temperature");
  if (deck.has("final_temperature")) options.final_temperature = temperature(deck, "final_temperature");
  options.pressure = deck.quantity("pressure", dimension::pressure, "0 GPa");
  if (deck.has("pressure") && options.ensemble != Ensemble::Npt)
    deck.fail("pressure", "'" + ensemble + "' holds no pressure", "set ensemble = \"npt\" or leave the key out");
  read_lengths_of_time(deck, options);
  const long samples = deck.integer("samples", options.samples);
  if (samples < 10 || samples > 1000000) deck.fail("samples", fmt::format("{} samples", samples), "use 10 to 1000000");
  options.samples = static_cast<int>(samples);
  return options;
}

MinimiserOptions read_minimiser(const DeckTable& deck) {
  MinimiserOptions options;
  const long steps = deck.integer("max_steps", default_relax_steps);
  if (steps < 1 || steps > 1000000)
    deck.fail("max_steps", fmt::format("{} steps", steps), "use 1 to 1000000, 100 to 2000 are common");
  options.max_steps = static_cast<int>(steps);
  options.force_tolerance = deck.quantity("force_tolerance", dimension::force, "0.02 eV/angstrom");
  if (options.force_tolerance <= 0)
    deck.fail("force_tolerance", "a tolerance must be positive", "try 0.02 eV/angstrom");
  const std::string cell = deck.has("cell") ? deck.choice("cell", {"fixed", "isotropic", "diagonal"}) : "isotropic";
  if (cell == "isotropic") options.cell = CellRelaxation::Isotropic;
  if (cell == "diagonal") options.cell = CellRelaxation::Diagonal;
  if (deck.has("minimiser") && deck.choice("minimiser", {"fire", "lbfgs"}) == "lbfgs")
    options.kind = MinimiserKind::Lbfgs;
  return options;
}

int read_bricks(const DeckTable& deck) {
  if (!deck.has("bricks")) return 0;
  const long bricks = deck.integer("bricks", 0);
  if (bricks < 1 || bricks > 65536)
    deck.fail("bricks", fmt::format("{} bricks", bricks), "use 1 to 65536, or leave the key out: one for each rank");
  return static_cast<int>(bricks);
}

}  // namespace

RelaxSettings read_relax_settings(const DeckTable& deck) {
  RelaxSettings settings;
  RelaxOptions& options = settings.options;
  options.potential = deck.text("potential", options.potential);
  options.place = deck.place("potential");
  find_potential(options.potential, options.place);
  options.parameter_file = parameter_file(deck, options.potential);
  options.minimiser = read_minimiser(deck);
  options.bricks = read_bricks(deck);
  if (const auto dynamics = deck.optional_table("dynamics")) {
    options.dynamics = read_dynamics(*dynamics, options.minimiser.cell);
    const long frames = dynamics->integer("frames", 0);
    if (frames < 0 || frames > options.dynamics->samples)
      dynamics->fail("frames", fmt::format("{} frames of {} samples", frames, options.dynamics->samples),
                     "use 0 to the number of samples");
    settings.frames = static_cast<int>(frames);
  }
  return settings;
}

}  // namespace cardhouse
