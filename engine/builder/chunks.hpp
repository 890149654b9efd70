#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cardhouse {

constexpr std::uint32_t chunk_size = 1024;

constexpr std::size_t chunk_count(std::uint32_t size) {
  return (size + chunk_size - 1) / chunk_size;
}

/// Calls work(number, first, last) for every chunk of `size` things, chunks shared out to threads. With one stream a
/// chunk, results do not depend on the number of threads.
template <class Work>
void for_each_chunk(std::uint32_t size, Work&& work) {
  const auto chunks = static_cast<std::ptrdiff_t>(chunk_count(size));
#pragma omp parallel for schedule(static)
  for (std::ptrdiff_t number = 0; number < chunks; ++number) {
    const auto first = static_cast<std::uint32_t>(number) * chunk_size;
    work(static_cast<std::size_t>(number), first, std::min(size, first + chunk_size));
  }
}

}  // namespace cardhouse
