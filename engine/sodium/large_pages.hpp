#pragma once

#include <cstddef>
#include <cstdlib>
#include <limits>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace cardhouse {

/// Allocator of arrays that are read at random: from 2 MiB on it asks the system for pages of that size, so that
/// looking up an address does not cost more than the memory behind it. Where there are none, ordinary pages serve.
template <class T>
struct LargePages {
  using value_type = T;
  LargePages() = default;
  template <class U>
  LargePages(const LargePages<U>&) {}

  T* allocate(std::size_t count) {
    constexpr std::size_t page = std::size_t{1} << 21;
    if (count > (std::numeric_limits<std::size_t>::max() - page) / sizeof(T)) throw std::bad_array_new_length();
    const std::size_t bytes = count * sizeof(T);
    const std::size_t alignment = bytes >= page ? page : 64;
    const std::size_t whole = (bytes + alignment - 1) / alignment * alignment;
    void* memory = std::aligned_alloc(alignment, whole);
    if (memory == nullptr && whole > 0) throw std::bad_alloc();
#ifdef __linux__
    if (bytes >= page) madvise(memory, whole, MADV_HUGEPAGE);
#endif
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t) {
    std::free(memory);
  }
  friend bool operator==(const LargePages&, const LargePages&) {
    return true;
  }
};

}  // namespace cardhouse
