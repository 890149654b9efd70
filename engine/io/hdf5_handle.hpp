#pragma once
// Private to this room's HDF5 sources: the only header that includes hdf5.h.

#include <hdf5.h>

#include <string>
#include <utility>

namespace cardhouse {

/// Owns one HDF5 identifier of any kind; closes it at the end of its life. Negative means "none".
class Handle {
 public:
  Handle() = default;
  explicit Handle(hid_t id) : id_(id) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) H5Idec_ref(id_);
  }
  hid_t get() const { return id_; }
  hid_t release() { return std::exchange(id_, -1); }

 private:
  hid_t id_ = -1;
};

/// The innermost reason HDF5 gives for the call that just failed; must be asked for before any other HDF5 call.
std::string hdf5_reason();

/// String type of `length` bytes, zero padded, UTF-8; length 0 stands for variable length.
Handle text_type(std::size_t length);

/// `text` cut at its first zero byte.
inline std::string without_padding(const std::string& text) {
  return text.substr(0, text.find('\0'));
}

}  // namespace cardhouse
