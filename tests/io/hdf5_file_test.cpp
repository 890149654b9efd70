#include "engine/io/hdf5_file.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <limits>
#include <numeric>

#include "engine/base/errors.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const DataLabel metres{"m", "a length"};

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

template <StoredNumber T>
void expect_extremes_survive(const ScratchFolder& folder) {
  const std::vector<T> values{std::numeric_limits<T>::lowest(), T{0}, T{1}, std::numeric_limits<T>::max()};
  const std::string path = folder.path("extremes.h5");
  Hdf5File::create(path).write<T>("/deep/down/values", values, {2, 2}, metres);
  const auto file = Hdf5File::open(path, FileMode::Read);
  EXPECT_EQ(file.read<T>("/deep/down/values"), values);
  EXPECT_THAT(file.shape("/deep/down/values"), ElementsAre(2, 2));
}

TEST(Hdf5File, keeps_the_extremes_of_every_number_type) {
  const ScratchFolder folder;
  expect_extremes_survive<double>(folder);
  expect_extremes_survive<std::int64_t>(folder);
  expect_extremes_survive<std::uint64_t>(folder);
  expect_extremes_survive<std::int32_t>(folder);
  expect_extremes_survive<std::uint8_t>(folder);
}

TEST(Hdf5File, keeps_unit_and_meaning_and_foreign_letters) {
  const ScratchFolder folder;
  const std::string path = folder.path("a.h5");
  {
    auto file = Hdf5File::create(path);
    const double value = 2.5;
    file.write<double>("/x", {&value, 1}, {}, {"\xC3\x85", "L\xC3\xA4nge"});
    file.write_text("/text", "na\xC3\xAFve\nline 2", "two lines");
    file.write_text("/empty", "", "nothing");
  }
  const auto file = Hdf5File::open(path, FileMode::Read);
  EXPECT_EQ(file.label("/x").unit, "\xC3\x85");
  EXPECT_EQ(file.label("/x").meaning, "L\xC3\xA4nge");
  EXPECT_TRUE(file.shape("/x").empty());
  EXPECT_EQ(file.read_text("/text"), "na\xC3\xAFve\nline 2");
  EXPECT_EQ(file.read_text("/empty"), "");
}

TEST(Hdf5File, keeps_attributes_of_every_kind) {
  const ScratchFolder folder;
  auto file = Hdf5File::create(folder.path("a.h5"));
  file.create_group("/g");
  file.set_attribute("/g", "text", "first");
  file.set_attribute("/g", "text", "second");
  file.set_attribute("/g", "fixed", FixedText{"four"});
  file.set_attribute("/g", "integer", std::int64_t{-3});
  file.set_attribute("/g", "texts", std::vector<std::string>{"a", "", "long one"});
  EXPECT_EQ(file.text_attribute("/g", "text"), "second");
  EXPECT_EQ(file.text_attribute("/g", "fixed"), "four");
  EXPECT_EQ(file.integer_attribute("/g", "integer"), -3);
  EXPECT_THAT(file.texts_attribute("/g", "texts"), ElementsAre("a", "", "long one"));
  EXPECT_TRUE(file.has_attribute("/g", "text"));
  EXPECT_FALSE(file.has_attribute("/g", "other"));
}

TEST(Hdf5File, deflates_large_data_sets_and_reads_them_back) {
  const ScratchFolder folder;
  const std::string path = folder.path("large.h5");
  std::vector<double> values(1 << 19);
  std::iota(values.begin(), values.end(), 0.0);
  Hdf5File::create(path).write<double>("/values", values, {2, values.size() / 2}, metres);
  EXPECT_LT(std::filesystem::file_size(path), values.size() * sizeof(double) / 4);
  EXPECT_EQ(Hdf5File::open(path, FileMode::Read).read<double>("/values"), values);
}

TEST(Hdf5File, replaces_a_data_set_by_one_of_another_shape_and_type) {
  const ScratchFolder folder;
  auto file = Hdf5File::create(folder.path("a.h5"));
  file.write<double>("/x", std::vector<double>{1, 2, 3}, {3}, metres);
  file.write<std::int64_t>("/x", std::vector<std::int64_t>{4, 5}, {1, 2}, metres);
  EXPECT_THAT(file.read<std::int64_t>("/x"), ElementsAre(4, 5));
}

TEST(Hdf5File, stores_an_array_without_elements) {
  const ScratchFolder folder;
  auto file = Hdf5File::create(folder.path("a.h5"));
  file.write<std::int64_t>("/none", {}, {0, 2}, metres);
  EXPECT_TRUE(file.read<std::int64_t>("/none").empty());
  EXPECT_THAT(file.shape("/none"), ElementsAre(0, 2));
}

TEST(Hdf5File, lists_finds_links_and_removes_objects) {
  const ScratchFolder folder;
  auto file = Hdf5File::create(folder.path("a.h5"));
  file.write<double>("/b/x", std::vector<double>{1}, {1}, metres);
  file.create_group("/a");
  file.link("/b/x", "/a/y");
  EXPECT_THAT(file.list("/"), ElementsAre("a", "b"));
  file.remove("/b");
  EXPECT_FALSE(file.exists("/b/x"));
  EXPECT_TRUE(file.exists("/"));
  EXPECT_THAT(file.read<double>("/a/y"), ElementsAre(1));
}

TEST(Hdf5File, grows_and_shortens_by_rows) {
  const ScratchFolder folder;
  auto file = Hdf5File::create(folder.path("rows.h5"));
  for (const std::size_t width : {std::size_t{3}, std::size_t{2000}}) {  // rows sharing a chunk, rows deflated alone
    const std::string name = "/rows" + std::to_string(width);
    file.create_rows<double>(name, {{width}}, metres);
    for (int row = 0; row < 5; ++row) file.append_row<double>(name, std::vector<double>(width, row));
    file.truncate_rows(name, 2);
    file.append_row<double>(name, std::vector<double>(width, 9.0));
    EXPECT_EQ(file.rows(name), 3u);
    EXPECT_EQ(file.read_row<double>(name, 1), std::vector<double>(width, 1.0));
    EXPECT_EQ(file.read_row<double>(name, 2), std::vector<double>(width, 9.0));
  }
}

TEST(Hdf5File, stores_integers_with_named_values) {
  const ScratchFolder folder;
  auto file = Hdf5File::create(folder.path("a.h5"));
  file.write_enumerated("/species", std::vector<std::int32_t>{6, 11, 6}, {{"C", 6}, {"Na", 11}}, "elements");
  EXPECT_THAT(file.read<std::int32_t>("/species"), ElementsAre(6, 11, 6));
  EXPECT_THAT(file.read<std::int64_t>("/species"), ElementsAre(6, 11, 6));
}

TEST(Hdf5File, never_reads_a_real_number_as_an_integer) {
  const ScratchFolder folder;
  const std::string path = folder.path("a.h5");
  auto file = Hdf5File::create(path);
  file.write<double>("/x", std::vector<double>{1.5}, {1}, metres);
  file.write<std::int64_t>("/n", std::vector<std::int64_t>{1L << 40}, {1}, metres);
  file.write_text("/t", "words", "text");
  EXPECT_EQ(message_of([&] { file.read<std::int64_t>("/x"); }), path + ": /x: does not hold integers of 64 bits");
  EXPECT_THROW(file.read<std::int32_t>("/n"), InputError);
  EXPECT_THROW(file.read<std::uint64_t>("/n"), InputError);
  EXPECT_THROW(file.read<double>("/t"), InputError);
  EXPECT_THROW(file.read_text("/x"), InputError);
  EXPECT_THAT(file.read<double>("/n"), ElementsAre(1099511627776.0));
}

TEST(Hdf5File, names_file_and_data_set_when_something_is_missing) {
  const ScratchFolder folder;
  const std::string path = folder.path("a.h5");
  auto file = Hdf5File::create(path);
  EXPECT_EQ(message_of([&] { file.read<double>("/lost/x"); }), path + ": /lost/x: no such data set");
  EXPECT_THAT(message_of([&] { file.list("/lost"); }), HasSubstr(path + ": /lost: no such group"));
  EXPECT_THAT(message_of([&] { file.text_attribute("/", "a"); }), HasSubstr("/@a: no such attribute"));
  EXPECT_THAT(message_of([&] { file.read_row<double>("/x", 0); }), HasSubstr("/x: no such data set"));
}

TEST(Hdf5File, says_why_a_file_cannot_be_opened) {
  const ScratchFolder folder;
  const std::string missing = folder.path("missing.h5");
  EXPECT_EQ(message_of([&] { Hdf5File::open(missing, FileMode::Read); }), missing + ": no such file");
  const std::string text = folder.with_text("notes.h5", "this is no HDF5 file");
  EXPECT_THAT(message_of([&] { Hdf5File::open(text, FileMode::Read); }), HasSubstr("is not an HDF5 file ("));
  EXPECT_THAT(message_of([&] { Hdf5File::create(folder.path("no/such/folder.h5")); }),
              HasSubstr("cannot be created ("));
}

TEST(Hdf5File, notices_a_truncated_file) {
  const ScratchFolder folder;
  const std::string path = folder.path("a.h5");
  Hdf5File::create(path).write<double>("/x", std::vector<double>(400, 1.0), {400}, metres);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_THAT(message_of([&] { Hdf5File::open(path, FileMode::Read); }),
              AllOf(HasSubstr(path), HasSubstr("cannot be opened ("), HasSubstr("truncated")));
}

TEST(Hdf5File, prints_nothing_when_it_fails) {
  const ScratchFolder folder;
  testing::internal::CaptureStderr();
  EXPECT_THROW(Hdf5File::open(folder.with_text("a.h5", "x"), FileMode::Read), InputError);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Hdf5File, refuses_to_write_into_a_file_opened_for_reading) {
  const ScratchFolder folder;
  const std::string path = folder.path("a.h5");
  Hdf5File::create(path);
  auto file = Hdf5File::open(path, FileMode::Read);
  EXPECT_THAT(message_of([&] { file.write<double>("/x", {}, {0}, metres); }), HasSubstr("no write intent"));
}

TEST(Hdf5File, can_be_read_by_the_oldest_readers) {
  const ScratchFolder folder;
  const std::string path = folder.path("a.h5");
  Hdf5File::create(path).write<double>("/x", std::vector<double>(4000, 1.0), {4000}, metres);
  std::ifstream bytes(path, std::ios::binary);
  bytes.seekg(8);
  EXPECT_EQ(bytes.get(), 0) << "superblock version behind the signature (HDF5 file format specification 2.0, II.A)";
}

}  // namespace
}  // namespace cardhouse
