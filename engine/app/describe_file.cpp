#include "engine/app/describe_file.hpp"

#include <fmt/core.h>
#include <omp.h>

#include <filesystem>
#include <iostream>

#include "engine/app/carbon_input.hpp"
#include "engine/app/describe_settings.hpp"
#include "engine/app/description.hpp"
#include "engine/app/pattern_description.hpp"
#include "engine/app/plots.hpp"
#include "engine/app/version.hpp"
#include "engine/base/progress.hpp"
#include "engine/base/units.hpp"
#include "engine/io/csv.hpp"
#include "engine/io/text_file.hpp"

namespace cardhouse {
namespace {

namespace fs = std::filesystem;

// "nitrogen=3.64".
void read_probe(const std::string& text, PoreOptions& pores) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  if (equals == std::string::npos)
    throw InputError("--probe: '" + text + "' has no diameter", "write a diameter behind its name, like helium=2.6");
  set_probe(name, text.substr(equals + 1), "--probe", pores);
}

PoreOptions pore_options(const DescribeRequest& request) {
  PoreOptions pores;
  for (const std::string& probe : request.probes) read_probe(probe, pores);
  if (request.vacuum_axis) pores.vacuum_axis = read_vacuum_axis(*request.vacuum_axis, "--vacuum-axis");
  check_pore_options(pores);
  return pores;
}

Instrument instrument_of(const DescribeRequest& request) {
  Instrument instrument = request.instrument;
  if (request.wavelength) instrument.wavelength = read_length(*request.wavelength, "--wavelength", 0.1, 3);
  if (!request.line_width.empty()) set_line_width(request.line_width, "--line-width", instrument);
  check_instrument(instrument);
  return instrument;
}

std::string formula(const Atoms& atoms) {
  std::string text;
  for (const Element element : all_elements())
    if (const std::size_t n = count(atoms, element); n > 0) text += fmt::format(" {} {}", n, symbol(element));
  return text;
}

std::string format_cell(const Cell& cell) {
  const auto& [a, b, c] = cell.vectors();
  const std::string edges = fmt::format("{:.2f} x {:.2f} x {:.2f} nm", norm(a) / 10, norm(b) / 10, norm(c) / 10);
  return cell.is_orthorhombic() ? edges : edges + ", oblique";
}

std::string head_of(const CarbonInput& input) {
  const Atoms& atoms = input.carbon.atoms;
  return fmt::format("{}, described by Cardhouse {} ({})\n  {} atoms:{}; cell {}\n  {} bonds: {}\n", input.origin,
                     version_number(), version_hash(), atoms.size(), formula(atoms), format_cell(atoms.cell),
                     input.carbon.bonds.bonds().size(), input.bonds_from);
}

// What is written, whatever was described.
struct Page {
  std::string head;
  std::vector<DescribedGroup> groups;
  std::optional<CarbonStructure> carbon;
};

// No deck made this file: a remark stands in its place.
RunHeader header_of(const std::string& file) {
  RunHeader header;
  header.deck_name = "cardhouse describe " + file;
  header.deck_text = "# " + header.deck_name + "\n";
  header.version = version_number();
  header.git_hash = version_hash();
  header.build = build_description();
  header.threads = omp_get_max_threads();
  return header;
}

void write_run(const std::string& path, const std::string& source, const Page& page) {
  RunFile file = RunFile::create(path, header_of(source));
  if (page.carbon) {
    file.begin_stage("build");
    file.write_structure("build/structure", *page.carbon);
    file.complete_stage("build");
  }
  file.begin_stage("describe");
  write_description(file, page.groups);
  file.complete_stage("describe");
  file.set_complete(true);
}

// Returns the names of the curves.
std::string write_curves(const std::string& folder, const Page& page) {
  std::string names;
  for (const DescribedGroup& group : page.groups)
    for (const NamedTable& table : group.found.tables) {
      write_csv(folder + "/" + table.name + ".csv", table.table);
      names += (names.empty() ? "" : ", ") + table.name;
    }
  return names;
}

std::string make_folder(const DescribeRequest& request) {
  const std::string folder = request.folder.value_or(fs::path(request.file).stem().string() + "-description");
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem) throw InputError("cannot make the output folder '" + folder + "' (" + problem.message() + ")");
  return folder;
}

void write_page(const DescribeRequest& request, const Page& page) {
  const std::string folder = make_folder(request);
  const std::string text = page.head + "\n" + format_groups(page.groups);
  std::cout << text;
  replace_text_file(folder + "/description.txt", text);
  replace_text_file(folder + "/numbers.csv", numbers_csv(page.groups));
  const std::string curves = write_curves(folder, page);
  write_run(folder + "/description.h5", request.file, page);
  std::cout << "\nwritten to " << folder << ": description.txt, numbers.csv, description.h5"
            << (curves.empty() ? "" : "; curves with units as CSV: " + curves) << "\n";
  if (!request.plots) return;
  const std::string problem = draw_plots(folder + "/description.h5", folder);
  if (!problem.empty()) std::cout << "no plots: " << problem << "\n";
}

Page describe_structure(const DescribeRequest& request) {
  const std::vector<std::string> names = descriptor_groups(request.only);
  DescriptorOptions options;
  options.pores = pore_options(request);
  options.instrument = instrument_of(request);
  CarbonInputOptions wanted{request.stage, {}};
  if (request.bonds_within) wanted.bonds_within = read_length(*request.bonds_within, "--bonds-within", 1.5, 2.2);
  CarbonInput input = read_carbon(request.file, wanted);
  Progress::Options shown;
  shown.enabled = !request.quiet && standard_output_is_terminal();
  shown.terminal = true;
  Progress progress(std::cout, "describe", shown);
  std::vector<DescribedGroup> groups = describe_carbon(input.carbon, names, options, {}, progress.observer());
  progress.done();
  std::string head = head_of(input);
  return {std::move(head), std::move(groups), std::move(input.carbon)};
}

void refuse_for_pattern(const DescribeRequest& request) {
  if (request.stage || request.bonds_within || !request.only.empty() || !request.probes.empty() || request.vacuum_axis)
    throw InputError({request.file, 0, {}}, "is a measured pattern by its name (no atoms to choose from)",
                     "a pattern takes --counts and the options of the instrument alone");
}

Page describe_pattern_page(const DescribeRequest& request) {
  refuse_for_pattern(request);
  PatternDescription pattern = describe_pattern(request.file, instrument_of(request), request.counts);
  return {std::move(pattern.head), {std::move(pattern.group)}, {}};
}

}  // namespace

void describe_file(const DescribeRequest& request, const Communicator& ranks) {
  if (!ranks.is_root()) return;
  if (is_pattern_file(request.file)) return write_page(request, describe_pattern_page(request));
  if (request.counts)
    throw InputError({request.file, 0, {}}, "is no measured pattern by its name",
                     "--counts belongs to .xy, .dat, .txt, .csv, .chi");
  write_page(request, describe_structure(request));
}

}  // namespace cardhouse
