#include "engine/app/describe_settings.hpp"

#include <fmt/core.h>

#include <utility>
#include <vector>

#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

Instrument read_instrument(const DeckTable& deck) {
  Instrument instrument;
  if (deck.has("wavelength"))
    instrument.wavelength = read_length(deck.text("wavelength"), "describe.wavelength", 0.1, 3);
  instrument.polarised = deck.flag("polarised", instrument.polarised);
  instrument.monochromator = deck.number("monochromator", instrument.monochromator);
  instrument.optical_thickness = deck.number("optical_thickness", instrument.optical_thickness);
  instrument.second_line = deck.number("second_line", instrument.second_line);
  if (deck.has("line_width")) set_line_width(deck.numbers("line_width"), "describe.line_width", instrument);
  check_instrument(instrument);
  return instrument;
}

}  // namespace

double read_length(const std::string& text, const std::string& option, double least, double largest) {
  const Quantity quantity = parse_quantity(text);
  if (quantity.dimension != dimension::none && quantity.dimension != dimension::length)
    throw InputError(option + ": '" + text + "' is no length", "give angstroms or a length with its unit");
  if (quantity.value < least || quantity.value > largest)
    throw InputError(fmt::format("{}: {} is outside {:g} to {:g} angstrom", option, text, least, largest));
  return quantity.value;
}

void set_probe(const std::string& name, const std::string& diameter, const std::string& option, PoreOptions& pores) {
  const std::vector<std::pair<std::string, double*>> known{{"carbon_dioxide", &pores.carbon_dioxide_diameter},
                                                           {"helium", &pores.helium_diameter},
                                                           {"nitrogen", &pores.nitrogen_diameter},
                                                           {"sodium", &pores.sodium_diameter},
                                                           {"solvated_sodium", &pores.solvated_sodium_diameter}};
  std::vector<std::string> names;
  for (const auto& [probe, value] : known) {
    names.push_back(probe);
    if (probe != name) continue;
    *value = read_length(diameter, option, 1, 20);
    return;
  }
  throw InputError(option + ": unknown probe '" + name + "'", suggest_name(name, names));
}

int read_vacuum_axis(const std::string& text, const std::string& option) {
  if (text == "a" || text == "b" || text == "c") return text[0] - 'a';
  throw InputError(option + ": '" + text + "' is no cell vector", "give a, b or c, the one along which vacuum lies");
}

void set_line_width(const std::vector<double>& terms, const std::string& option, Instrument& instrument) {
  if (terms.size() != 3) throw InputError(option + ": a line width has three terms, u, v and w [degree^2]");
  instrument.caglioti_u = terms[0];
  instrument.caglioti_v = terms[1];
  instrument.caglioti_w = terms[2];
}

DescriptorOptions read_describe_settings(const DeckTable& deck) {
  DescriptorOptions options;
  if (deck.has("vacuum_axis"))
    options.pores.vacuum_axis = read_vacuum_axis(deck.text("vacuum_axis"), "describe.vacuum_axis");
  if (const auto probes = deck.optional_table("probes"))
    for (const std::string& name : probes->keys())
      set_probe(name, probes->text(name), "describe.probes." + name, options.pores);
  check_pore_options(options.pores);
  options.instrument = read_instrument(deck);
  return options;
}

}  // namespace cardhouse
