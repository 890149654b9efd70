#include "potentials/block_sums.hpp"

namespace cardhouse {

void for_blocks(std::size_t n, const std::function<void(std::size_t block)>& work) {
#pragma omp parallel for schedule(dynamic) if (n > 1)
  for (std::size_t block = 0; block < n; ++block) work(block);
}

}  // namespace cardhouse
