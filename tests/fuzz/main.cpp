// Damages good files of every kind and reads them: each is to be read, or refused with an InputError.
//   fuzz_readers --cases 100              a hundred cases of the cheapest readers, fewer of dear ones
//   fuzz_readers --reader nep --case 17   one case again, in this process (for a debugger)
// A case depends on seed, reader and number alone.

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>

#include "engine/base/errors.hpp"
#include "tests/fuzz/isolated_cases.hpp"
#include "tests/fuzz/mutation.hpp"
#include "tests/fuzz/readers.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse::fuzz {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::size_t cases = 100;
  std::uint64_t seed = 1;
  std::string reader;  ///< all when empty
  std::optional<std::size_t> only;
  std::string folder = ".";  ///< where files that were not refused properly go
};

/// Damaged files of one reader.
class Cases {
 public:
  Cases(const Reader& reader, std::uint64_t seed) : reader_(reader), seeds_(reader.seeds()), seed_(seed) {}

  Seed file(std::size_t number) const {
    std::uint64_t step = 0;
    for (const char c : reader_.name) step = step * 131 + static_cast<unsigned char>(c);
    Stream stream(seed_, Purpose::Test, step, number);
    const Seed& good = seeds_[stream.below(seeds_.size())];
    return {good.name, (reader_.binary ? damaged_bytes : damaged_text)(good.bytes, stream)};
  }
  const std::vector<Seed>& good_files() const { return seeds_; }

 private:
  const Reader& reader_;
  std::vector<Seed> seeds_;
  std::uint64_t seed_;
};

/// The folder in which files of a reader stand, with the other libraries beside it.
std::string room_for(const Reader& reader, const ScratchFolder& scratch) {
  const fs::path room = scratch.path(std::string(reader.name));
  for (const auto& library : fs::directory_iterator(inputs_folder()))
    if (library.is_directory() && library.path().filename() != reader.name) {
      fs::create_directories(room);
      fs::create_directory_symlink(library.path(), room / library.path().filename());
    }
  fs::create_directories(room / reader.name);
  return room / reader.name;
}

/// What is wrong with reading this file, or nothing.
std::string complaint(const Reader& reader, const std::string& folder, const Seed& file) {
  const std::string path = folder + "/" + file.name;
  std::ofstream(path, std::ios::binary) << file.bytes;
  std::string reason;
  try {
    reader.read(path);
  } catch (const InputError& error) {
    if (std::string_view(error.what()).empty()) reason = "refused without a word";
  } catch (const std::exception& error) {
    reason = std::string("throws: ") + error.what();
  } catch (...) {
    reason = "throws something that is no exception";
  }
  fs::remove(path);
  return reason;
}

/// The seeds themselves have to be good: what is refused before it is damaged tests nothing.
std::size_t count_refused(const Reader& reader, const std::string& folder, const std::vector<Seed>& files) {
  std::size_t refused = 0;
  for (const Seed& file : files) {
    const std::string path = folder + "/" + file.name;
    std::ofstream(path, std::ios::binary) << file.bytes;
    try {
      reader.read(path);
    } catch (const std::exception& error) {
      fmt::print("{}: the good file {} is refused: {}\n", reader.name, file.name, error.what());
      ++refused;
    }
    fs::remove(path);
  }
  return refused;
}

void keep(const Reader& reader, const CaseFailure& failure, const Seed& file, const Options& options) {
  fs::create_directories(options.folder);
  const std::string kept = fmt::format("{}/{}-{}-{}", options.folder, reader.name, failure.number, file.name);
  std::ofstream(kept, std::ios::binary) << file.bytes;
  fmt::print("{}, case {} of seed {}: {}\n  file: {}\n", reader.name, failure.number, options.seed, failure.reason,
             kept);
}

std::size_t fuzz(const Reader& reader, const Options& options, const ScratchFolder& scratch) {
  constexpr long seconds = 10;  // a good file of the dearest reader takes a tenth of one, sanitizers ten times as long
  const Cases cases(reader, options.seed);
  const std::string folder = room_for(reader, scratch);
  if (options.only) {
    fmt::print("{}\n", complaint(reader, folder, cases.file(*options.only)));
    return 0;
  }
  const std::size_t refused = count_refused(reader, folder, cases.good_files());
  const std::size_t n = std::max<std::size_t>(1, options.cases / static_cast<std::size_t>(reader.cost));
  const auto failures =
      run_isolated(n, seconds, [&](std::size_t number) { return complaint(reader, folder, cases.file(number)); });
  for (const CaseFailure& failure : failures) keep(reader, failure, cases.file(failure.number), options);
  const auto ours = static_cast<std::size_t>(std::ranges::count_if(
      failures, [&](const CaseFailure& failure) { return !reader.binary || failure.reason.starts_with("throws"); }));
  fmt::print("{}: {} cases, {} failures, {} inside HDF5\n", reader.name, n, ours, failures.size() - ours);
  std::fflush(stdout);
  return refused + ours;
}

}  // namespace
}  // namespace cardhouse::fuzz

int main(int argc, char** argv) {
  using namespace cardhouse::fuzz;
  Options options;
  CLI::App app("Damages files of every kind and reads them.");
  app.add_option("--cases", options.cases, "cases of the cheapest readers");
  app.add_option("--seed", options.seed, "another set of cases");
  app.add_option("--reader", options.reader, "one kind of file");
  app.add_option("--case", options.only, "one case, in this process");
  app.add_option("--folder", options.folder, "where offending files are kept");
  CLI11_PARSE(app, argc, argv);
  const cardhouse::ScratchFolder scratch;
  std::size_t wrong = 0;
  for (const Reader& reader : readers())
    if (options.reader.empty() || options.reader == reader.name) wrong += fuzz(reader, options, scratch);
  return wrong == 0 ? 0 : 1;
}
