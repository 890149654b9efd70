#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/io/hdf5_file.hpp"
#include "engine/io/table.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// Where a run comes from; stored in its file word for word.
struct RunHeader {
  std::string deck_text;
  std::string deck_name;
  std::string version;  ///< of the program
  std::string git_hash;
  std::string build;  ///< compiler, build type, options
  std::uint64_t seed = 0;
  int ranks = 1;
  int threads = 1;
  std::string author = "unknown";  ///< H5MD wants a name
};

/// The file of one run: HDF5 in the layout of FORMAT.md, readable as H5MD 1.1. What a stage produced lies under
/// /cardhouse/stages/<stage>; data are named "stage/name" or "stage/group/name". All complete stages and all trajectory
/// frames survive a killed process, even one killed in the middle of a flush (see open).
///
///     auto run = RunFile::create("run.h5", header);
///     run.begin_stage("ocv");
///     run.write_table("ocv/curve", table);
///     run.complete_stage("ocv");
///     run.set_complete(true);
///
/// Under a parallel communicator every writing call is collective with equal arguments; a rank may read alone. Reading
/// what is not there throws InputError with file, data set and reason.
class RunFile {
 public:
  static constexpr std::int64_t format_version = 1;

  /// Replaces a file of the same name.
  static RunFile create(const std::string& path, const RunHeader& header, const Communicator& ranks = {});
  /// Throws InputError when the file is no run of ours or of a newer format. A file whose writer was killed during a
  /// flush is repaired first when it is opened for writing (run_repair.hpp).
  static RunFile open(const std::string& path, FileMode mode, const Communicator& ranks = {});

  const std::string& path() const { return file_.path(); }
  RunHeader header() const;
  /// Whether the run came to its planned end.
  bool complete() const;
  void set_complete(bool complete);
  /// Makes everything written so far survive the end of this process. While it lasts, /cardhouse@flushing is 1.
  void flush();
  /// For the trajectory writer: with the flush the trajectory has that many frames.
  void flush(std::size_t frames);
  std::size_t flushed_frames() const;
  bool has_trajectory() const;

  /// Starts a stage with nothing in it; what an earlier attempt left is removed.
  void begin_stage(const std::string& stage);
  /// Marks the stage as done, after everything in it has reached the file.
  void complete_stage(const std::string& stage);
  /// Forgets a stage and all its data, its trajectory included; nothing when it is not there.
  void remove_stage(const std::string& stage);
  bool stage_complete(const std::string& stage) const;
  std::vector<std::string> stages() const;  ///< in the order they were begun

  // Writing replaces older data of that name. EXPECTS that the stage was begun and shape and values agree.
  void write_values(const std::string& name, std::span<const double> values, const DataLabel& label,
                    const Shape& shape);
  void write_values(const std::string& name, std::span<const double> values, const DataLabel& label);
  void write_integers(const std::string& name, std::span<const std::int64_t> values, const DataLabel& label,
                      const Shape& shape);
  void write_integers(const std::string& name, std::span<const std::int64_t> values, const DataLabel& label);
  void write_scalar(const std::string& name, double value, const DataLabel& label);
  void write_text(const std::string& name, const std::string& text, const std::string& meaning);
  void write_table(const std::string& name, const Table& table);  ///< EXPECTS is_well_formed(table)
  void write_structure(const std::string& name, const CarbonStructure& structure);

  bool has(const std::string& name) const;
  std::vector<double> read_values(const std::string& name) const;
  std::vector<std::int64_t> read_integers(const std::string& name) const;
  double read_scalar(const std::string& name) const;
  std::string read_text(const std::string& name) const;
  Table read_table(const std::string& name) const;
  CarbonStructure read_structure(const std::string& name) const;
  Shape shape(const std::string& name) const;
  DataLabel label(const std::string& name) const;
  std::vector<std::string> list(const std::string& name) const;  ///< what lies in "stage" or "stage/group"

  /// The container itself, for the parts of the layout outside the stages.
  Hdf5File& container() { return file_; }
  const Hdf5File& container() const { return file_; }

 private:
  explicit RunFile(Hdf5File file) : file_(std::move(file)) {}
  std::string writable(const std::string& name) const;

  Hdf5File file_;
};

}  // namespace cardhouse
