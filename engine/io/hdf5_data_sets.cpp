#include <algorithm>
#include <functional>
#include <numeric>

#include "engine/base/contracts.hpp"
#include "engine/io/hdf5_file.hpp"
#include "engine/io/hdf5_handle.hpp"

namespace cardhouse {

namespace {

using Extent = std::vector<hsize_t>;

constexpr std::size_t chunked_above = 4096;       ///< smaller data sets are stored in one piece [bytes]
constexpr std::size_t chunk_bytes = 1024 * 1024;  ///< what the chunk cache of a default reader holds
constexpr unsigned deflate_level = 4;

struct NumberType {
  hid_t memory;
  hid_t file;
};

template <class T>
NumberType number_type() {
  if constexpr (std::same_as<T, double>) return {H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE};
  if constexpr (std::same_as<T, std::int64_t>) return {H5T_NATIVE_INT64, H5T_STD_I64LE};
  if constexpr (std::same_as<T, std::uint64_t>) return {H5T_NATIVE_UINT64, H5T_STD_U64LE};
  if constexpr (std::same_as<T, std::int32_t>) return {H5T_NATIVE_INT32, H5T_STD_I32LE};
  if constexpr (std::same_as<T, std::uint8_t>) return {H5T_NATIVE_UINT8, H5T_STD_U8LE};
}

/// Whether every value of the stored type can be read as T (integers as doubles too, though beyond 2^53 rounded).
template <class T>
bool fits(hid_t data_set) {
  const Handle type(H5Dget_type(data_set));
  const hid_t stored = type.get();
  const H5T_class_t kind = H5Tget_class(stored);
  if (std::same_as<T, double>) return kind == H5T_FLOAT || kind == H5T_INTEGER;
  if (kind == H5T_ENUM) return std::is_signed_v<T> && H5Tget_size(stored) <= sizeof(T);
  if (kind != H5T_INTEGER) return false;
  const bool stored_signed = H5Tget_sign(stored) == H5T_SGN_2;
  if (H5Tget_size(stored) == sizeof(T)) return stored_signed == std::is_signed_v<T>;
  return H5Tget_size(stored) < sizeof(T) && (std::is_signed_v<T> || !stored_signed);
}

template <class T>
std::string wrong_type() {
  if (std::same_as<T, double>) return "does not hold numbers";
  return "does not hold integers of " + std::to_string(8 * sizeof(T)) + " bits";
}

std::size_t volume(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

Handle space_of(const Shape& shape) {
  const Extent extent(shape.begin(), shape.end());
  return Handle(shape.empty() ? H5Screate(H5S_SCALAR)
                              : H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr));
}

/// Whole trailing dimensions, as many of the leading ones as fit into one chunk.
Extent chunk_of(const Shape& shape, std::size_t element_bytes) {
  Extent chunk(shape.size());
  std::size_t budget = chunk_bytes / element_bytes;
  for (std::size_t d = shape.size(); d-- > 0;) {
    chunk[d] = std::max<std::size_t>(1, std::min(shape[d], budget));
    budget /= chunk[d];
  }
  return chunk;
}

void set_filters(hid_t creation) {
  H5Pset_shuffle(creation);
  H5Pset_deflate(creation, deflate_level);
}

Handle storage_of(const Shape& shape, std::size_t element_bytes) {
  Handle creation(H5Pcreate(H5P_DATASET_CREATE));
  if (shape.empty() || volume(shape) * element_bytes < chunked_above) return creation;
  const Extent chunk = chunk_of(shape, element_bytes);
  H5Pset_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data());
  set_filters(creation.get());
  return creation;
}

/// Long rows are one deflated chunk each, so that a finished row is never touched again; short ones share a chunk that
/// is rewritten in place.
Handle row_storage(const Extent& rows, std::size_t row_bytes) {
  Handle creation(H5Pcreate(H5P_DATASET_CREATE));
  Extent chunk = rows;
  chunk.front() = std::max<std::size_t>(1, chunked_above / row_bytes);
  H5Pset_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data());
  if (row_bytes >= chunked_above) set_filters(creation.get());
  return creation;
}

Shape shape_of(hid_t data_set) {
  const Handle space(H5Dget_space(data_set));
  Extent extent(static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space.get()))));
  H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr);
  return {extent.begin(), extent.end()};
}

Handle transfer_properties(const Communicator& ranks) {
  Handle transfer(H5Pcreate(H5P_DATASET_XFER));
  if (ranks.native()) H5Pset_dxpl_mpio(transfer.get(), H5FD_MPIO_COLLECTIVE);
  return transfer;
}

Handle row_selection(hid_t data_set, std::size_t row) {
  Handle space(H5Dget_space(data_set));
  const Shape shape = shape_of(data_set);
  Extent count(shape.begin(), shape.end()), start(shape.size(), 0);
  count.front() = 1;
  start.front() = row;
  H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr);
  return space;
}

Handle link_with_parents() {
  Handle creation(H5Pcreate(H5P_LINK_CREATE));
  H5Pset_create_intermediate_group(creation.get(), 1);
  return creation;
}

Handle enumeration_type(const Enumeration& names) {
  Handle type(H5Tenum_create(H5T_STD_I32LE));
  for (const auto& [name, value] : names) {
    std::int32_t stored = value;
    H5Tconvert(H5T_NATIVE_INT32, H5T_STD_I32LE, 1, &stored, nullptr, H5P_DEFAULT);
    H5Tenum_insert(type.get(), name.c_str(), &stored);
  }
  return type;
}

}  // namespace

/// What is created or written, and its types in memory and in the file.
struct Hdf5File::NewDataSet {
  const std::string& name;
  hid_t memory_type;
  hid_t file_type;
};

void Hdf5File::write_selection(const NewDataSet& target, std::int64_t data_set, std::int64_t file_space,
                               const void* data) {
  hsize_t count = static_cast<hsize_t>(H5Sget_select_npoints(file_space));
  const Handle memory_space(H5Screate_simple(1, &count, nullptr)), transfer = transfer_properties(ranks_);
  if (!ranks_.is_root()) {
    H5Sselect_none(file_space);
    H5Sselect_none(memory_space.get());
  }
  checked(H5Dwrite(data_set, target.memory_type, memory_space.get(), file_space, transfer.get(), data), target.name,
          "cannot be written");
}

void Hdf5File::write_whole(const NewDataSet& target, const Shape& shape, const void* data) {
  if (exists(target.name)) remove(target.name);
  const Handle space = space_of(shape), links = link_with_parents();
  const Handle storage = storage_of(shape, H5Tget_size(target.file_type));
  const Handle data_set(
      H5Dcreate2(handle_, target.name.c_str(), target.file_type, space.get(), links.get(), storage.get(), H5P_DEFAULT));
  checked(data_set.get(), target.name, "cannot make the data set");
  if (volume(shape) > 0) write_selection(target, data_set.get(), space.get(), data);
}

template <StoredNumber T>
void Hdf5File::write(const std::string& name, std::span<const T> values, const Shape& shape, const DataLabel& label) {
  EXPECTS(values.size() == volume(shape));
  const auto [memory, file] = number_type<T>();
  write_whole({name, memory, file}, shape, values.data());
  set_label(name, label);
}

void Hdf5File::write_enumerated(const std::string& name, std::span<const std::int32_t> values, const Enumeration& names,
                                const std::string& meaning) {
  const Handle type = enumeration_type(names);
  write_whole({name, type.get(), type.get()}, {values.size()}, values.data());
  set_label(name, {"1", meaning});
}

void Hdf5File::write_text(const std::string& name, const std::string& text, const std::string& meaning) {
  const Handle type = text_type(std::max<std::size_t>(1, text.size()));
  write_whole({name, type.get(), type.get()}, {}, text.c_str());
  set_attribute(name, "meaning", meaning);
}

void Hdf5File::set_label(const std::string& name, const DataLabel& label) {
  set_attribute(name, "unit", label.unit);
  set_attribute(name, "meaning", label.meaning);
}

DataLabel Hdf5File::label(const std::string& name) const {
  const auto text = [&](const char* which) {
    return has_attribute(name, which) ? text_attribute(name, which) : std::string();
  };
  return {text("unit"), text("meaning")};
}

std::int64_t Hdf5File::open_data_set(const std::string& name) const {
  if (!exists(name)) fail(name, "no such data set");
  return checked(H5Dopen2(handle_, name.c_str(), H5P_DEFAULT), name, "is not a data set");
}

Shape Hdf5File::shape(const std::string& name) const {
  return shape_of(Handle(open_data_set(name)).get());
}

template <StoredNumber T>
std::vector<T> Hdf5File::read(const std::string& name) const {
  const Handle data_set(open_data_set(name));
  if (!fits<T>(data_set.get())) fail(name, wrong_type<T>());
  std::vector<T> values(volume(shape_of(data_set.get())));
  if (values.empty()) return values;
  checked(H5Dread(data_set.get(), number_type<T>().memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), name,
          "cannot be read");
  return values;
}

std::string Hdf5File::read_text(const std::string& name) const {
  const Handle data_set(open_data_set(name));
  const Handle type(H5Dget_type(data_set.get()));
  if (H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) > 0 || !shape_of(data_set.get()).empty())
    fail(name, "does not hold one text");
  std::string padded(H5Tget_size(type.get()), '\0');
  checked(H5Dread(data_set.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, padded.data()), name, "cannot be read");
  return without_padding(padded);
}

template <StoredNumber T>
void Hdf5File::create_rows(const std::string& name, const RowFormat<T>& format, const DataLabel& label) {
  EXPECTS(volume(format.row_shape) > 0);
  if (exists(name)) remove(name);
  const auto [memory, file] = number_type<T>();
  Extent none(format.row_shape.begin(), format.row_shape.end());
  none.insert(none.begin(), 0);
  Extent most = none;
  most.front() = H5S_UNLIMITED;
  const Handle space(H5Screate_simple(static_cast<int>(none.size()), none.data(), most.data()));
  const Handle storage = row_storage(none, volume(format.row_shape) * sizeof(T)), links = link_with_parents();
  H5Pset_fill_value(storage.get(), memory, &format.fill);
  const Handle data_set(H5Dcreate2(handle_, name.c_str(), file, space.get(), links.get(), storage.get(), H5P_DEFAULT));
  checked(data_set.get(), name, "cannot make the data set");
  set_label(name, label);
}

template <StoredNumber T>
void Hdf5File::append_row(const std::string& name, std::span<const T> row) {
  const Handle data_set(open_data_set(name));
  const Shape shape = shape_of(data_set.get());
  Extent extent(shape.begin(), shape.end());
  extent.front() += 1;
  checked(H5Dset_extent(data_set.get(), extent.data()), name, "cannot grow");
  const Handle selection = row_selection(data_set.get(), shape.front());
  EXPECTS(H5Sget_select_npoints(selection.get()) == static_cast<hssize_t>(row.size()));
  const auto [memory, file] = number_type<T>();
  write_selection({name, memory, file}, data_set.get(), selection.get(), row.data());
}

template <StoredNumber T>
std::vector<T> Hdf5File::read_row(const std::string& name, std::size_t row) const {
  const Handle data_set(open_data_set(name));
  const Shape shape = shape_of(data_set.get());
  if (!fits<T>(data_set.get())) fail(name, wrong_type<T>());
  if (shape.empty() || row >= shape.front()) fail(name, "has no row " + std::to_string(row));
  const Handle selection = row_selection(data_set.get(), row);
  hsize_t count = static_cast<hsize_t>(H5Sget_select_npoints(selection.get()));
  std::vector<T> values(count);
  const Handle memory_space(H5Screate_simple(1, &count, nullptr));
  checked(
      H5Dread(data_set.get(), number_type<T>().memory, memory_space.get(), selection.get(), H5P_DEFAULT, values.data()),
      name, "cannot be read");
  return values;
}

std::size_t Hdf5File::rows(const std::string& name) const {
  const Shape all = shape(name);
  return all.empty() ? 0 : all.front();
}

std::size_t Hdf5File::intact_rows(const std::string& name) const {
  const Handle data_set(open_data_set(name));
  const std::size_t count = shape_of(data_set.get()).front();
  Extent row(shape_of(data_set.get()).size(), 0);
  for (; row.front() < count; ++row.front()) {
    unsigned filters = 0;
    haddr_t address = HADDR_UNDEF;
    hsize_t bytes = 0;
    const auto found = H5Dget_chunk_info_by_coord(data_set.get(), row.data(), &filters, &address, &bytes);
    if (found < 0 || address == HADDR_UNDEF) break;
  }
  return row.front();
}

void Hdf5File::copy_rows(const Hdf5File& from, const std::string& name, std::size_t count) {
  const Handle source(from.open_data_set(name));
  const Handle type(H5Dget_type(source.get())), storage(H5Dget_create_plist(source.get())), links = link_with_parents();
  const Shape shape = shape_of(source.get());
  EXPECTS(!shape.empty());
  Extent extent(shape.begin(), shape.end()), most = extent;
  extent.front() = count;
  most.front() = H5S_UNLIMITED;
  const Handle space(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), most.data()));
  const Handle target(
      H5Dcreate2(handle_, name.c_str(), type.get(), space.get(), links.get(), storage.get(), H5P_DEFAULT));
  checked(target.get(), name, "cannot make the data set");
  std::vector<char> bytes(volume(shape) / std::max<std::size_t>(1, shape.front()) * H5Tget_size(type.get()));
  for (std::size_t row = 0; row < count; ++row) {
    const Handle read_from = row_selection(source.get(), row), write_to = row_selection(target.get(), row);
    hsize_t numbers = static_cast<hsize_t>(H5Sget_select_npoints(read_from.get()));
    const Handle memory(H5Screate_simple(1, &numbers, nullptr));
    from.checked(H5Dread(source.get(), type.get(), memory.get(), read_from.get(), H5P_DEFAULT, bytes.data()), name,
                 "cannot be read");
    write_selection({name, type.get(), type.get()}, target.get(), write_to.get(), bytes.data());
  }
  set_label(name, from.label(name));
}

void Hdf5File::truncate_rows(const std::string& name, std::size_t count) {
  const Handle data_set(open_data_set(name));
  const Shape shape = shape_of(data_set.get());
  EXPECTS(!shape.empty() && count <= shape.front());
  Extent extent(shape.begin(), shape.end());
  extent.front() = count;
  checked(H5Dset_extent(data_set.get(), extent.data()), name, "cannot be shortened");
}

#define CARDHOUSE_STORE(T)                                                                                  \
  template void Hdf5File::write<T>(const std::string&, std::span<const T>, const Shape&, const DataLabel&); \
  template std::vector<T> Hdf5File::read<T>(const std::string&) const;                                      \
  template void Hdf5File::create_rows<T>(const std::string&, const RowFormat<T>&, const DataLabel&);        \
  template void Hdf5File::append_row<T>(const std::string&, std::span<const T>);                            \
  template std::vector<T> Hdf5File::read_row<T>(const std::string&, std::size_t) const;
CARDHOUSE_STORE(double)
CARDHOUSE_STORE(std::int64_t)
CARDHOUSE_STORE(std::uint64_t)
CARDHOUSE_STORE(std::int32_t)
CARDHOUSE_STORE(std::uint8_t)
#undef CARDHOUSE_STORE

}  // namespace cardhouse
