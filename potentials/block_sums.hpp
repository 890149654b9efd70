#pragma once
// Work shared by threads in blocks, with results that do not depend on how many threads there are.

#include <cstddef>
#include <functional>
#include <type_traits>
#include <vector>

namespace cardhouse {

/// Calls work(block) for every block below n, by several threads when there is more than one block. Each call writes
/// what is its own.
void for_blocks(std::size_t n, const std::function<void(std::size_t block)>& work);

/// The sum of work(block), added in the order of the blocks.
template <class Work>
auto sum_blocks(std::size_t n, const Work& work) {
  std::vector<std::invoke_result_t<Work, std::size_t>> parts(n);
  for_blocks(n, [&](std::size_t block) { parts[block] = work(block); });
  std::invoke_result_t<Work, std::size_t> sum{};
  for (const auto& part : parts) sum += part;
  return sum;
}

}  // namespace cardhouse
