#pragma once
// HDF5 for the rest of this room: groups, typed data sets with unit and meaning, attributes. Every data set is written
// in the earliest file format, which every reader of the last twenty years opens; above 4 kB it is chunked, shuffled
// and deflated. Under a parallel communicator opening, writing, flushing and closing are collective and every rank
// passes the same data, which the root writes; any rank may read alone. Errors are InputErrors "file: data set: problem
// (reason)".

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/communicator.hpp"

namespace cardhouse {

/// What a data set holds: its unit as H5MD spells units ("Angstrom", "g cm-3", "1" for a pure number) and one phrase.
struct DataLabel {
  std::string unit;
  std::string meaning;
};

using Shape = std::vector<std::size_t>;  ///< slowest index first; empty for a scalar

template <class T>
concept StoredNumber = std::same_as<T, double> || std::same_as<T, std::int64_t> || std::same_as<T, std::uint64_t> ||
    std::same_as<T, std::int32_t> || std::same_as<T, std::uint8_t>;

/// Text of fixed length, where a standard asks for it; plain strings become variable-length UTF-8.
struct FixedText {
  std::string text;
};
/// Texts are padded with zeros to one length; integers are 64 bit.
using AttributeValue =
    std::variant<std::string, FixedText, std::int64_t, std::vector<std::int64_t>, std::vector<std::string>>;

/// Names of the values of an integer data set (an HDF5 enumeration).
using Enumeration = std::vector<std::pair<std::string, std::int32_t>>;

/// A data set that grows by rows: the shape of one row and the value of what was never written.
template <StoredNumber T>
struct RowFormat {
  Shape row_shape;
  T fill{};
};

enum class FileMode { Read, ReadWrite };

class Hdf5File {
 public:
  /// Makes an empty file, replacing an old one.
  static Hdf5File create(const std::string& path, const Communicator& ranks = {});
  /// Throws InputError when the file is missing, no HDF5, truncated or open for writing elsewhere.
  static Hdf5File open(const std::string& path, FileMode mode, const Communicator& ranks = {});
  Hdf5File(Hdf5File&& other) noexcept;
  Hdf5File& operator=(Hdf5File&& other) noexcept;
  ~Hdf5File();
  void close();  ///< early; nothing else may be called afterwards

  const std::string& path() const { return path_; }
  bool is_parallel() const { return ranks_.native() != nullptr; }
  /// Hands everything written so far to the operating system: it survives the end of this process by any signal.
  void flush();
  /// The same for one object alone (a group's attributes, not what lies in it).
  void flush_object(const std::string& object);

  /// Lets everything in the file be reached although the end of its data, noted by the last flush, lies before it.
  /// Serial files only.
  void extend_to_file_size();

  // Objects, named by absolute paths "/group/name".
  bool exists(const std::string& object) const;
  std::vector<std::string> list(const std::string& group) const;    ///< names in alphabetical order
  void create_group(const std::string& group);                      ///< with parents; nothing when it exists
  void link(const std::string& existing, const std::string& name);  ///< a second, equal name (hard link)
  void copy(const Hdf5File& from, const std::string& object);       ///< with all below it, under the same name
  void remove(const std::string& object);                           ///< the name and what only it leads to

  // Whole data sets. Writing replaces an old one and makes missing groups. Reading converts between number types, but
  // never a real number to an integer.
  template <StoredNumber T>
  void write(const std::string& name, std::span<const T> values, const Shape& shape, const DataLabel& label);
  void write_enumerated(const std::string& name, std::span<const std::int32_t> values, const Enumeration& names,
                        const std::string& meaning);
  void write_text(const std::string& name, const std::string& text, const std::string& meaning);
  template <StoredNumber T>
  std::vector<T> read(const std::string& name) const;
  std::string read_text(const std::string& name) const;
  Shape shape(const std::string& name) const;
  DataLabel label(const std::string& name) const;  ///< empty texts where an attribute is missing

  // Data sets that grow by rows; rows are the first index.
  template <StoredNumber T>
  void create_rows(const std::string& name, const RowFormat<T>& format, const DataLabel& label);
  template <StoredNumber T>
  void append_row(const std::string& name, std::span<const T> row);
  template <StoredNumber T>
  std::vector<T> read_row(const std::string& name, std::size_t row) const;
  std::size_t rows(const std::string& name) const;
  /// Number of leading rows whose data can be reached; less than rows(name) only in a torn file.
  std::size_t intact_rows(const std::string& name) const;
  /// The first `count` rows of another file's data set, without touching its others.
  void copy_rows(const Hdf5File& from, const std::string& name, std::size_t count);
  /// EXPECTS count <= rows(name).
  void truncate_rows(const std::string& name, std::size_t count);

  // Attributes; setting replaces (an integer only by an integer).
  void set_attribute(const std::string& object, const std::string& name, const AttributeValue& value);
  void set_reference(const std::string& object, const std::string& name, const std::string& target);
  bool has_attribute(const std::string& object, const std::string& name) const;
  std::string text_attribute(const std::string& object, const std::string& name) const;
  std::int64_t integer_attribute(const std::string& object, const std::string& name) const;
  std::vector<std::string> texts_attribute(const std::string& object, const std::string& name) const;

 private:
  struct NewDataSet;
  Hdf5File(std::string path, const Communicator& ranks, std::int64_t handle);
  /// The collective write of what the root selects; the other ranks take part with nothing.
  void write_selection(const NewDataSet& target, std::int64_t data_set, std::int64_t file_space, const void* data);
  void write_whole(const NewDataSet& target, const Shape& shape, const void* data);
  std::int64_t open_data_set(const std::string& name) const;
  void overwrite(const std::string& object, const std::string& name, std::int64_t value);
  void set_label(const std::string& name, const DataLabel& label);
  [[noreturn]] void fail(const std::string& object, const std::string& problem) const;
  std::int64_t checked(std::int64_t result, const std::string& object, const char* problem) const;

  std::string path_;
  Communicator ranks_;
  std::int64_t handle_;  ///< hid_t of the file
};

}  // namespace cardhouse
