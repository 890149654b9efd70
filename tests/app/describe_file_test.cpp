#include "engine/app/describe_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <sstream>

#include "analysis/form_factors.hpp"
#include "analysis/registry.hpp"
#include "analysis/turbostratic.hpp"
#include "engine/app/description.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/stream.hpp"
#include "engine/io/csv.hpp"
#include "engine/io/structure_files.hpp"
#include "engine/io/text_file.hpp"
#include "tests/app/graphite_sample.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string complaint_about(const DescribeRequest& request) {
  try {
    describe_file(request, {});
  } catch (const InputError& error) {
    return error.what();
  }
  return "no complaint";
}

DescribeRequest quiet_request(const std::string& file, const std::string& folder) {
  DescribeRequest request;
  request.file = file;
  request.folder = folder;
  request.quiet = true;
  return request;
}

// NaN when there is none.
double number_in(const std::string& run_file, const std::string& quantity) {
  for (const SummaryRow& row : collect_summary(RunFile::open(run_file, FileMode::Read)))
    if (row.quantity == quantity) return row.value.value;
  return std::nan("");
}

// What a diffractometer records of such a carbon from 1.2 to 4.2 1/angstrom, with a flat background and a thousandth of
// noise.
std::string measured_pattern(const TurbostraticCarbon& carbon, double wavelength) {
  Stream stream(1, Purpose::Test);
  const std::vector<double> q = q_grid(1.2, 4.2, 45);
  const std::vector<double> structure_factor = turbostratic_structure_factor(carbon, q);
  std::string text = "# 2 theta, intensity\n";
  for (std::size_t i = 0; i < q.size(); ++i) {
    const double angle = two_theta(q[i], wavelength);
    const double f = form_factor(Element::C, q[i]);
    const double cosine = std::cos(angle * std::acos(-1.0) / 180);
    const double intensity = 50 * f * f * structure_factor[i] * 0.5 * (1 + cosine * cosine) + 30;
    text += fmt::format("{:.5f} {:.8g}\n", angle, intensity * (1 + 1e-3 * (2 * stream.uniform() - 1)));
  }
  return text;
}

// What the command prints; the output folder is the request's.
std::string page_of(const DescribeRequest& request) {
  std::ostringstream page;
  std::streambuf* const before = std::cout.rdbuf(page.rdbuf());
  const std::string complaint = complaint_about(request);
  std::cout.rdbuf(before);
  EXPECT_EQ(complaint, "no complaint");
  return page.str();
}

TEST(DescribeFile, reads_the_layers_of_a_measured_pattern) {
  const ScratchFolder scratch;
  const TurbostraticCarbon carbon{3.65, 24, 3.2, 0.02, 0.15, 2.44, 0.004};
  const DescribeRequest request =
      quiet_request(scratch.with_text("mine.xy", measured_pattern(carbon, copper_k_alpha)), scratch.path("out"));
  const std::string page = page_of(request);
  EXPECT_THAT(page,
              AllOf(HasSubstr("d002"), HasSubstr("Lc"), HasSubstr("La"), HasSubstr("wavelength 1.5406 angstrom")));
  const std::string stored = scratch.path("out/description.h5");
  EXPECT_NEAR(number_in(stored, "d002"), 0.365, 0.001);
  EXPECT_NEAR(number_in(stored, "La"), 2.4, 0.15);
  EXPECT_NEAR(number_in(stored, "Lc"), 0.365 * 3.2, 0.1);
  EXPECT_LT(number_in(stored, "misfit"), 2e-3);
  EXPECT_THAT(read_text_file(scratch.path("out/pattern_fit.csv")),
              testing::StartsWith("q [1/angstrom],two_theta [degree],intensity [1],model [1]"));
}

TEST(DescribeFile, takes_a_pattern_at_the_wavelength_it_was_measured_with) {
  const ScratchFolder scratch;
  const double molybdenum = 0.7093;
  DescribeRequest request =
      quiet_request(scratch.with_text("mo.xy", measured_pattern({}, molybdenum)), scratch.path("o"));
  request.wavelength = "0.07093 nm";
  page_of(request);
  EXPECT_NEAR(number_in(scratch.path("o/description.h5"), "d002"), 0.36, 0.002);
}

TEST(DescribeFile, writes_every_table_of_the_chosen_descriptors_and_no_other) {
  const ScratchFolder scratch;
  const std::string file = scratch.path("graphite.xyz");
  write_extended_xyz(file, {as_frame(samples::graphite())});
  DescribeRequest request = quiet_request(file, scratch.path("out"));
  request.only = {"xrd", "pores", "composition", "network"};
  page_of(request);
  const RunFile stored = RunFile::open(scratch.path("out/description.h5"), FileMode::Read);
  std::vector<std::string> wanted{"summary"};
  for (const std::string& group : descriptor_groups(request.only)) {
    const auto& entry = find_entry(descriptors(), group, "descriptor");
    for (const NamedTable& table : entry.make(stored.read_structure("build/structure"), {}).tables) {
      wanted.push_back(table.name);
      EXPECT_EQ(read_text_file(scratch.path("out/" + table.name + ".csv")), csv_text(table.table)) << table.name;
      EXPECT_EQ(csv_text(stored.read_table("describe/" + table.name)), csv_text(table.table));
    }
  }
  EXPECT_GE(wanted.size(), 5u);
  EXPECT_THAT(stored.list("describe"), testing::UnorderedElementsAreArray(wanted));
}

TEST(DescribeFile, measures_pores_with_the_probe_it_is_given) {
  const ScratchFolder scratch;
  const std::string file = scratch.path("slit.xyz");
  write_extended_xyz(file, {as_frame(samples::graphite(9.5))});
  const auto nitrogen_area = [&](std::vector<std::string> probes) {
    DescribeRequest request = quiet_request(file, scratch.path("slit"));
    request.only = {"pores"};
    request.probes = std::move(probes);
    page_of(request);
    return number_in(scratch.path("slit/description.h5"), "nitrogen area");
  };
  // Graphene has 2630 m2/g on two sides; two of eight sides face the slit, nearer to each other for a larger probe.
  EXPECT_NEAR(nitrogen_area({}), 2630.0 / 4, 170);
  EXPECT_EQ(nitrogen_area({"nitrogen=10"}), 0);
}

TEST(DescribeFile, leaves_the_vacuum_beside_a_slab_out_of_density_and_pores) {
  const ScratchFolder scratch;
  const std::string file = scratch.path("slab.xyz");
  write_extended_xyz(file, {as_frame(samples::graphite(14))});
  DescribeRequest request = quiet_request(file, scratch.path("slab"));
  request.only = {"density", "pores"};
  request.vacuum_axis = "c";
  page_of(request);
  const std::string stored = scratch.path("slab/description.h5");
  // Four layers of 1.42 angstrom bonds between their van der Waals surfaces, 3 x 3.4 + 2 x 1.7 angstrom.
  const double area = 1.5 * std::sqrt(3.0) * 1.42 * 1.42 / 2, density = 4 * 12.011 * 1.66054 / (area * 13.6);
  EXPECT_NEAR(number_in(stored, "geometric density"), density, 1e-3 * density);
  EXPECT_NEAR(number_in(stored, "helium density"), density, 0.02 * density);
  EXPECT_EQ(number_in(stored, "open pore volume"), 0);
  // What gas touches are the two faces: two of eight sides of graphene, 2630 m2/g on both.
  EXPECT_NEAR(number_in(stored, "nitrogen open area"), 2630.0 / 4, 40);
}

TEST(DescribeFile, records_the_diffractogram_of_the_instrument_it_is_told) {
  const ScratchFolder scratch;
  const std::string file = scratch.path("graphite.xyz");
  write_extended_xyz(file, {as_frame(samples::graphite())});
  const auto strongest = [&](const std::string& wavelength) {
    DescribeRequest request = quiet_request(file, scratch.path("xrd"));
    request.only = {"xrd"};
    request.wavelength = wavelength;
    request.instrument.monochromator = 26.6;
    request.line_width = {0, 0, 0.04};
    page_of(request);
    const Table table =
        RunFile::open(scratch.path("xrd/description.h5"), FileMode::Read).read_table("describe/diffraction");
    const auto& intensity = table.columns[4].values;
    const auto top = std::max_element(intensity.begin(), intensity.end()) - intensity.begin();
    return std::sin(table.columns[3].values[static_cast<std::size_t>(top)] * std::acos(-1.0) / 360);
  };
  EXPECT_NEAR(strongest("0.7093") / strongest("1.5406"), 0.7093 / 1.5406, 0.01);
}

TEST(DescribeFile, refuses_with_a_reason) {
  const ScratchFolder scratch;
  const std::string file = scratch.path("graphite.xyz");
  write_extended_xyz(file, {as_frame(samples::graphite())});
  DescribeRequest request = quiet_request(file, scratch.path("out"));
  request.only = {"difraction"};
  EXPECT_THAT(complaint_about(request), HasSubstr("did you mean 'diffraction'"));
  request = quiet_request(file, scratch.path("out"));
  request.probes = {"argon=3.4"};
  EXPECT_THAT(complaint_about(request), HasSubstr("unknown probe 'argon'"));
  request.only = {"pores"};
  request.probes = {"helium=5"};
  EXPECT_THAT(complaint_about(request), HasSubstr("must ascend from helium"));
  request = quiet_request(file, scratch.path("out"));
  request.bonds_within = "185";
  EXPECT_THAT(complaint_about(request), HasSubstr("outside 1.5 to 2.2 angstrom"));
  request.bonds_within = "1.85 eV";
  EXPECT_THAT(complaint_about(request), HasSubstr("is no length"));
  request = quiet_request(file, scratch.path("out"));
  request.counts = true;
  EXPECT_THAT(complaint_about(request), HasSubstr("is no measured pattern"));
  request = quiet_request(file, scratch.path("out"));
  request.vacuum_axis = "z";
  EXPECT_THAT(complaint_about(request), HasSubstr("--vacuum-axis: 'z' is no cell vector"));
  request.vacuum_axis = "c";
  EXPECT_THAT(complaint_about(request), HasSubstr("no vacuum beside a slab"));
  request = quiet_request(scratch.with_text("one.xy", "10 a\n"), scratch.path("out"));
  EXPECT_THAT(complaint_about(request), HasSubstr("one.xy:1"));
  request = quiet_request(scratch.with_text("short.xy", "10 5\n20 6\n"), scratch.path("out"));
  EXPECT_THAT(complaint_about(request), AllOf(HasSubstr("short.xy"), HasSubstr("do not hold (002) and (10)")));
  request.stage = "relax";
  EXPECT_THAT(complaint_about(request), HasSubstr("is a measured pattern"));
  EXPECT_EQ(scratch.files(), 3u) << "a refused request leaves nothing behind";
}

}  // namespace
}  // namespace cardhouse
