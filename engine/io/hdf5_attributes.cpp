#include <algorithm>

#include "engine/io/hdf5_file.hpp"
#include "engine/io/hdf5_handle.hpp"

namespace cardhouse {

namespace {

/// One attribute as HDF5 wants it: type, extent and memory.
struct Encoded {
  Handle type;
  Handle space;
  std::vector<char> bytes;
};

Handle line_space(hsize_t length) {
  return Handle(H5Screate_simple(1, &length, nullptr));
}

template <class T>
std::vector<char> bytes_of(const T* values, std::size_t count) {
  const char* first = reinterpret_cast<const char*>(values);
  return {first, first + count * sizeof(T)};
}

Encoded encode(const std::string& text) {
  const char* pointer = text.c_str();
  return {text_type(0), Handle(H5Screate(H5S_SCALAR)), bytes_of(&pointer, 1)};
}

Encoded encode(const FixedText& fixed) {
  const std::size_t length = std::max<std::size_t>(1, fixed.text.size());
  std::vector<char> bytes(fixed.text.begin(), fixed.text.end());
  bytes.resize(length, '\0');
  return {text_type(length), Handle(H5Screate(H5S_SCALAR)), std::move(bytes)};
}

Encoded encode(const std::int64_t& value) {
  return {Handle(H5Tcopy(H5T_STD_I64LE)), Handle(H5Screate(H5S_SCALAR)), bytes_of(&value, 1)};
}

Encoded encode(const std::vector<std::int64_t>& values) {
  return {Handle(H5Tcopy(H5T_STD_I64LE)), line_space(values.size()), bytes_of(values.data(), values.size())};
}

Encoded encode(const std::vector<std::string>& texts) {
  std::size_t length = 1;
  for (const auto& text : texts) length = std::max(length, text.size());
  std::vector<char> bytes;
  for (const auto& text : texts) {
    bytes.insert(bytes.end(), text.begin(), text.end());
    bytes.resize(bytes.size() + length - text.size(), '\0');
  }
  return {text_type(length), line_space(texts.size()), std::move(bytes)};
}

}  // namespace

void Hdf5File::set_attribute(const std::string& object, const std::string& name, const AttributeValue& value) {
  const Encoded encoded = std::visit([](const auto& v) { return encode(v); }, value);
  if (const auto* integer = std::get_if<std::int64_t>(&value); integer && has_attribute(object, name))
    return overwrite(object, name, *integer);
  if (has_attribute(object, name)) H5Adelete_by_name(handle_, object.c_str(), name.c_str(), H5P_DEFAULT);
  const Handle attribute(H5Acreate_by_name(handle_, object.c_str(), name.c_str(), encoded.type.get(),
                                           encoded.space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  checked(attribute.get(), object + "@" + name, "cannot make the attribute");
  if (encoded.bytes.empty()) return;
  checked(H5Awrite(attribute.get(), encoded.type.get(), encoded.bytes.data()), object + "@" + name,
          "cannot write the attribute");
}

/// Changes eight bytes of the file in place: no moment without the attribute. The object is opened first because
/// HDF5 1.10 cannot write an attribute opened by the name of its object.
void Hdf5File::overwrite(const std::string& object, const std::string& name, std::int64_t value) {
  const Handle opened(H5Oopen(handle_, object.c_str(), H5P_DEFAULT));
  checked(opened.get(), object, "no such object");
  const Handle attribute(H5Aopen(opened.get(), name.c_str(), H5P_DEFAULT));
  checked(attribute.get(), object + "@" + name, "no such attribute");
  checked(H5Awrite(attribute.get(), H5T_NATIVE_INT64, &value), object + "@" + name, "cannot write the integer");
}

void Hdf5File::set_reference(const std::string& object, const std::string& name, const std::string& target) {
  hobj_ref_t reference{};
  checked(H5Rcreate(&reference, handle_, target.c_str(), H5R_OBJECT, -1), target, "cannot be referred to");
  if (has_attribute(object, name)) H5Adelete_by_name(handle_, object.c_str(), name.c_str(), H5P_DEFAULT);
  const Handle space(H5Screate(H5S_SCALAR));
  const Handle attribute(H5Acreate_by_name(handle_, object.c_str(), name.c_str(), H5T_STD_REF_OBJ, space.get(),
                                           H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  checked(attribute.get(), object + "@" + name, "cannot make the attribute");
  checked(H5Awrite(attribute.get(), H5T_STD_REF_OBJ, &reference), object + "@" + name, "cannot write the attribute");
}

bool Hdf5File::has_attribute(const std::string& object, const std::string& name) const {
  return H5Aexists_by_name(handle_, object.c_str(), name.c_str(), H5P_DEFAULT) > 0;
}

std::string Hdf5File::text_attribute(const std::string& object, const std::string& name) const {
  const std::string place = object + "@" + name;
  const Handle attribute(H5Aopen_by_name(handle_, object.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT));
  checked(attribute.get(), place, "no such attribute");
  const Handle type(H5Aget_type(attribute.get()));
  if (H5Tget_class(type.get()) != H5T_STRING) fail(place, "is not text");
  if (H5Tis_variable_str(type.get()) <= 0) {
    std::string padded(H5Tget_size(type.get()), '\0');
    checked(H5Aread(attribute.get(), type.get(), padded.data()), place, "cannot be read");
    return without_padding(padded);
  }
  char* text = nullptr;
  checked(H5Aread(attribute.get(), type.get(), &text), place, "cannot be read");
  const std::string result = text ? text : "";
  H5free_memory(text);
  return result;
}

std::int64_t Hdf5File::integer_attribute(const std::string& object, const std::string& name) const {
  const std::string place = object + "@" + name;
  const Handle attribute(H5Aopen_by_name(handle_, object.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT));
  checked(attribute.get(), place, "no such attribute");
  const Handle space(H5Aget_space(attribute.get()));
  if (H5Sget_simple_extent_npoints(space.get()) != 1) fail(place, "is not one integer");
  std::int64_t value = 0;
  checked(H5Aread(attribute.get(), H5T_NATIVE_INT64, &value), place, "is not an integer");
  return value;
}

std::vector<std::string> Hdf5File::texts_attribute(const std::string& object, const std::string& name) const {
  const std::string place = object + "@" + name;
  const Handle attribute(H5Aopen_by_name(handle_, object.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT));
  checked(attribute.get(), place, "no such attribute");
  const Handle type(H5Aget_type(attribute.get()));
  if (H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) > 0)
    fail(place, "is not a list of texts");
  const Handle space(H5Aget_space(attribute.get()));
  const std::size_t length = H5Tget_size(type.get());
  const auto count = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get()));
  std::string bytes(length * count, '\0');
  if (count > 0) checked(H5Aread(attribute.get(), type.get(), bytes.data()), place, "cannot be read");
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) texts.push_back(without_padding(bytes.substr(i * length, length)));
  return texts;
}

}  // namespace cardhouse
