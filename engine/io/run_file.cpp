#include "engine/io/run_file.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/io/run_repair.hpp"
#include "engine/io/structure_group.hpp"
#include "engine/io/trajectory_layout.hpp"

namespace cardhouse {

namespace {

const std::string home = "/cardhouse";
const std::string run_group = "/cardhouse/run";
const std::string stages_group = "/cardhouse/stages";

std::string stage_path(const std::string& name) {
  return stages_group + "/" + name;
}

/// The mandatory group of H5MD 1.1 and its units module (nongnu.org/h5md, "H5MD root level", "modules/units").
void write_h5md(Hdf5File& file, const RunHeader& header) {
  file.create_group("/h5md/author");
  file.create_group("/h5md/creator");
  file.create_group("/h5md/modules/units");
  file.set_attribute("/h5md", "version", std::vector<std::int64_t>{1, 1});
  file.set_attribute("/h5md/author", "name", FixedText{header.author});
  file.set_attribute("/h5md/creator", "name", FixedText{"Cardhouse"});
  file.set_attribute("/h5md/creator", "version", FixedText{header.version});
  file.set_attribute("/h5md/modules/units", "version", std::vector<std::int64_t>{1, 0});
  file.set_attribute("/h5md/modules/units", "system", FixedText{"SI"});
}

void write_header(Hdf5File& file, const RunHeader& header) {
  const std::int64_t ranks = header.ranks, threads = header.threads;
  file.write_text(run_group + "/deck", header.deck_text, "the deck, word for word");
  file.write_text(run_group + "/deck_name", header.deck_name, "path of the deck as given");
  file.write_text(run_group + "/version", header.version, "version of Cardhouse");
  file.write_text(run_group + "/git_hash", header.git_hash, "commit of the source tree");
  file.write_text(run_group + "/build", header.build, "compiler and build options");
  file.write<std::uint64_t>(run_group + "/seed", {&header.seed, 1}, {}, {"1", "seed of all random streams"});
  file.write<std::int64_t>(run_group + "/ranks", {&ranks, 1}, {}, {"1", "number of MPI ranks"});
  file.write<std::int64_t>(run_group + "/threads", {&threads, 1}, {}, {"1", "threads a rank"});
  file.link(run_group, "/parameters");
}

}  // namespace

RunFile RunFile::create(const std::string& path, const RunHeader& header, const Communicator& ranks) {
  RunFile run(Hdf5File::create(path, ranks));
  Hdf5File& file = run.file_;
  file.create_group(stages_group);
  file.set_attribute(home, "format_version", format_version);
  for (const char* name : {"complete", "flushing", "trajectory_frames"})
    file.set_attribute(home, name, std::int64_t{0});
  write_h5md(file, header);
  write_header(file, header);
  file.flush();
  return run;
}

RunFile RunFile::open(const std::string& path, FileMode mode, const Communicator& ranks) {
  RunFile run(Hdf5File::open(path, mode, ranks));
  const SourcePlace place{path, 0, home};
  if (!run.file_.exists(home) || !run.file_.has_attribute(home, "format_version"))
    throw InputError(place, "is not the file of a Cardhouse run (no format version)");
  const std::int64_t version = run.file_.integer_attribute(home, "format_version");
  if (version < 1 || version > format_version)
    throw InputError(place,
                     "has format version " + std::to_string(version) + " (this program reads up to " +
                         std::to_string(format_version) + ")",
                     "use a newer Cardhouse");
  if (mode == FileMode::Read || run.file_.integer_attribute(home, "flushing") == 0) return run;
  run.file_.close();
  repair_run_file(path, ranks);
  return RunFile(Hdf5File::open(path, mode, ranks));
}

RunHeader RunFile::header() const {
  RunHeader header;
  header.deck_text = file_.read_text(run_group + "/deck");
  header.deck_name = file_.read_text(run_group + "/deck_name");
  header.version = file_.read_text(run_group + "/version");
  header.git_hash = file_.read_text(run_group + "/git_hash");
  header.build = file_.read_text(run_group + "/build");
  header.seed = file_.read<std::uint64_t>(run_group + "/seed").at(0);
  header.ranks = static_cast<int>(file_.read<std::int64_t>(run_group + "/ranks").at(0));
  header.threads = static_cast<int>(file_.read<std::int64_t>(run_group + "/threads").at(0));
  header.author = file_.text_attribute("/h5md/author", "name");
  return header;
}

bool RunFile::complete() const {
  return file_.integer_attribute(home, "complete") == 1;
}

void RunFile::set_complete(bool complete) {
  flush();
  file_.set_attribute(home, "complete", std::int64_t{complete});
  file_.flush_object(home);
}

void RunFile::flush() {
  flush(flushed_frames());
}

/// HDF5 writes a flush piece by piece and has no journal: the mark tells whoever opens the file that the pieces may not
/// fit together. Mark and number of frames lie in one object, whose few bytes are written alone.
void RunFile::flush(std::size_t frames) {
  file_.set_attribute(home, "flushing", std::int64_t{1});
  file_.flush_object(home);
  file_.flush();
  file_.set_attribute(home, "trajectory_frames", static_cast<std::int64_t>(frames));
  file_.set_attribute(home, "flushing", std::int64_t{0});
  file_.flush_object(home);
}

std::size_t RunFile::flushed_frames() const {
  return static_cast<std::size_t>(file_.integer_attribute(home, "trajectory_frames"));
}

bool RunFile::has_trajectory() const {
  using namespace trajectory_layout;
  return file_.exists(particles) && file_.has_attribute(particles, "host_atoms");
}

void RunFile::begin_stage(const std::string& stage) {
  EXPECTS(!stage.empty() && stage.find('/') == std::string::npos);
  const std::string group = stage_path(stage);
  remove_stage(stage);
  std::int64_t last = 0;
  for (const auto& other : file_.list(stages_group))
    last = std::max(last, file_.integer_attribute(stage_path(other), "order"));
  file_.create_group(group);
  file_.set_attribute(group, "complete", std::int64_t{0});
  file_.set_attribute(group, "order", last + 1);
  flush();
}

void RunFile::complete_stage(const std::string& stage) {
  EXPECTS(file_.exists(stage_path(stage)));
  flush();
  file_.set_attribute(stage_path(stage), "complete", std::int64_t{1});
  file_.flush_object(stage_path(stage));
}

void RunFile::remove_stage(const std::string& stage) {
  using namespace trajectory_layout;
  const bool owns_trajectory = file_.exists(particles) && file_.has_attribute(particles, "stage") &&
                               file_.text_attribute(particles, "stage") == stage;
  if (owns_trajectory) remove_trajectory(file_);
  if (file_.exists(stage_path(stage))) file_.remove(stage_path(stage));
  flush(owns_trajectory ? 0 : flushed_frames());
}

bool RunFile::stage_complete(const std::string& stage) const {
  return file_.exists(stage_path(stage)) && file_.integer_attribute(stage_path(stage), "complete") == 1;
}

std::vector<std::string> RunFile::stages() const {
  auto names = file_.list(stages_group);
  const auto order = [&](const std::string& name) { return file_.integer_attribute(stage_path(name), "order"); };
  std::sort(names.begin(), names.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
  return names;
}

std::string RunFile::writable(const std::string& name) const {
  EXPECTS(name.find('/') != std::string::npos && file_.exists(stage_path(name.substr(0, name.find('/')))));
  return stage_path(name);
}

void RunFile::write_values(const std::string& name, std::span<const double> values, const DataLabel& label,
                           const Shape& shape) {
  file_.write(writable(name), values, shape, label);
}

void RunFile::write_values(const std::string& name, std::span<const double> values, const DataLabel& label) {
  write_values(name, values, label, {values.size()});
}

void RunFile::write_integers(const std::string& name, std::span<const std::int64_t> values, const DataLabel& label,
                             const Shape& shape) {
  file_.write(writable(name), values, shape, label);
}

void RunFile::write_integers(const std::string& name, std::span<const std::int64_t> values, const DataLabel& label) {
  write_integers(name, values, label, {values.size()});
}

void RunFile::write_scalar(const std::string& name, double value, const DataLabel& label) {
  write_values(name, {&value, 1}, label, {});
}

void RunFile::write_text(const std::string& name, const std::string& text, const std::string& meaning) {
  file_.write_text(writable(name), text, meaning);
}

void RunFile::write_table(const std::string& name, const Table& table) {
  EXPECTS(is_well_formed(table));
  const std::string group = writable(name);
  if (file_.exists(group)) file_.remove(group);
  file_.create_group(group);
  std::vector<std::string> order;
  for (const auto& column : table.columns) {
    order.push_back(column.name);
    file_.write<double>(group + "/" + column.name, column.values, {column.values.size()},
                        {column.unit, column.meaning});
  }
  file_.set_attribute(group, "columns", order);
}

void RunFile::write_structure(const std::string& name, const CarbonStructure& structure) {
  write_structure_group(file_, writable(name), structure);
}

bool RunFile::has(const std::string& name) const {
  return file_.exists(stage_path(name));
}

std::vector<double> RunFile::read_values(const std::string& name) const {
  return file_.read<double>(stage_path(name));
}

std::vector<std::int64_t> RunFile::read_integers(const std::string& name) const {
  return file_.read<std::int64_t>(stage_path(name));
}

double RunFile::read_scalar(const std::string& name) const {
  const auto values = read_values(name);
  if (values.size() == 1) return values.front();
  throw InputError({path(), 0, stage_path(name)}, "is not one number (it holds " + std::to_string(values.size()) + ")");
}

std::string RunFile::read_text(const std::string& name) const {
  return file_.read_text(stage_path(name));
}

Table RunFile::read_table(const std::string& name) const {
  const std::string group = stage_path(name);
  if (!file_.exists(group)) throw InputError({path(), 0, group}, "no such table");
  Table table;
  for (const auto& column : file_.texts_attribute(group, "columns")) {
    const std::string data_set = group + "/" + column;
    const DataLabel label = file_.label(data_set);
    table.columns.push_back({column, label.unit, label.meaning, file_.read<double>(data_set)});
  }
  if (!is_well_formed(table)) throw InputError({path(), 0, group}, "is damaged (columns of different lengths)");
  return table;
}

CarbonStructure RunFile::read_structure(const std::string& name) const {
  return read_structure_group(file_, stage_path(name));
}

Shape RunFile::shape(const std::string& name) const {
  return file_.shape(stage_path(name));
}

DataLabel RunFile::label(const std::string& name) const {
  return file_.label(stage_path(name));
}

std::vector<std::string> RunFile::list(const std::string& name) const {
  return file_.list(stage_path(name));
}

}  // namespace cardhouse
