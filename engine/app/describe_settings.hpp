#pragma once
// What a user may choose about a description: keys of `[describe]`, options of `cardhouse describe`.

#include <string>

#include "analysis/registry.hpp"
#include "engine/base/deck.hpp"

namespace cardhouse {

/// A length as text, "0.185 nm", or "1.85" in angstrom. Throws InputError, naming `option`, for what is no length or
/// lies outside the bounds [angstrom].
double read_length(const std::string& text, const std::string& option, double least, double largest);

/// Sets the kinetic diameter of one probe: carbon_dioxide, helium, nitrogen, sodium, solvated_sodium. Throws InputError
/// for other names.
void set_probe(const std::string& name, const std::string& diameter, const std::string& option, PoreOptions& pores);

/// Number of the cell vector "a", "b" or "c" along which vacuum lies, for PoreOptions. Throws InputError.
int read_vacuum_axis(const std::string& text, const std::string& option);

/// "u,v,w" of a line width, FWHM^2 = u tan^2 theta + v tan theta + w [degree^2]. Throws InputError.
void set_line_width(const std::vector<double>& terms, const std::string& option, Instrument& instrument);

/// The keys of `[describe]`, all optional: vacuum_axis, probes, and the instrument of the simulated diffractogram
/// (wavelength, polarised, monochromator, optical_thickness, second_line, line_width). Throws InputError.
DescriptorOptions read_describe_settings(const DeckTable& deck);

}  // namespace cardhouse
