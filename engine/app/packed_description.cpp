#include "engine/app/packed_description.hpp"

#include <cstring>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

class Packer {
 public:
  void number(double value) { append(&value, sizeof value); }
  void count(std::size_t value) { append(&value, sizeof value); }
  void text(const std::string& value) {
    count(value.size());
    bytes_ += value;
  }
  std::string take() { return std::move(bytes_); }

 private:
  void append(const void* data, std::size_t size) { bytes_.append(static_cast<const char*>(data), size); }
  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(const std::string& bytes) : bytes_(bytes) {}
  double number() { return read<double>(); }
  std::size_t count() { return read<std::size_t>(); }
  std::string text() {
    const std::size_t size = count();
    EXPECTS(at_ + size <= bytes_.size());
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }

 private:
  template <class Value>
  Value read() {
    EXPECTS(at_ + sizeof(Value) <= bytes_.size());
    Value value;
    std::memcpy(&value, bytes_.data() + at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  const std::string& bytes_;
  std::size_t at_ = 0;
};

void pack_column(const Column& column, Packer& packer) {
  packer.text(column.name);
  packer.text(column.unit);
  packer.text(column.meaning);
  packer.count(column.values.size());
  for (const double value : column.values) packer.number(value);
}

Column unpack_column(Unpacker& unpacker) {
  Column column{unpacker.text(), unpacker.text(), unpacker.text(), {}};
  column.values.resize(unpacker.count());
  for (double& value : column.values) value = unpacker.number();
  return column;
}

}  // namespace

std::string pack(const Description& description) {
  Packer packer;
  packer.count(description.values.size());
  for (const Descriptor& descriptor : description.values) {
    packer.text(descriptor.name);
    packer.number(descriptor.estimate.value);
    packer.number(descriptor.estimate.error);
    packer.text(descriptor.unit);
    packer.text(descriptor.remark);
  }
  packer.count(description.tables.size());
  for (const NamedTable& table : description.tables) {
    packer.text(table.name);
    packer.count(table.table.columns.size());
    for (const Column& column : table.table.columns) pack_column(column, packer);
  }
  return packer.take();
}

Description unpack(const std::string& bytes) {
  Unpacker unpacker(bytes);
  Description description;
  description.values.resize(unpacker.count());
  for (Descriptor& descriptor : description.values) {
    descriptor.name = unpacker.text();
    descriptor.estimate.value = unpacker.number();
    descriptor.estimate.error = unpacker.number();
    descriptor.unit = unpacker.text();
    descriptor.remark = unpacker.text();
  }
  description.tables.resize(unpacker.count());
  for (NamedTable& table : description.tables) {
    table.name = unpacker.text();
    table.table.columns.resize(unpacker.count());
    for (Column& column : table.table.columns) column = unpack_column(unpacker);
  }
  return description;
}

}  // namespace cardhouse
