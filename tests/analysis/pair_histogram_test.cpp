#include "analysis/pair_histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

Atoms random_atoms(const Cell& cell, std::size_t n) {
  Stream stream(11, Purpose::Test);
  Atoms atoms{cell, {}, {}};
  for (std::size_t i = 0; i < n; ++i) {
    atoms.add(i % 4 == 0   ? Element::H
              : i % 9 == 0 ? Element::Na
                           : Element::C,
              cell.to_cartesian({3 * stream.uniform(), stream.uniform(), stream.uniform() - 1}));
  }
  return atoms;
}

TEST(PairHistogram, counts_every_pair_that_the_double_loop_counts) {
  for (const Cell& cell : {Cell::orthorhombic(13, 30, 21), Cell({18, 0, 0}, {7, 20, 0}, {-5, 6, 15})}) {
    const Atoms atoms = random_atoms(cell, 150);
    const PairHistogram histogram = PairHistogram::periodic(atoms, 0, 0.1);
    const auto& elements = histogram.elements();
    std::map<std::array<std::size_t, 4>, std::uint64_t> expected;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      for (std::size_t j = 0; j < atoms.size(); ++j) {
        const double r = norm(cell.minimum_image(atoms.positions[i] - atoms.positions[j]));
        if (i == j || r >= histogram.range()) continue;
        const auto index = [&](std::size_t k) {
          return static_cast<std::size_t>(std::find(elements.begin(), elements.end(), atoms.elements[k]) -
                                          elements.begin());
        };
        const std::size_t a = std::min(index(i), index(j)), b = std::max(index(i), index(j));
        ++expected[{octant(cell, atoms.positions[i]), a, b, static_cast<std::size_t>(r / 0.1)}];
      }
    }
    for (std::size_t o = 0; o < n_octants; ++o) {
      for (std::size_t a = 0; a < elements.size(); ++a) {
        for (std::size_t b = a; b < elements.size(); ++b) {
          const auto pairs = histogram.pairs(o, a, b);
          for (std::size_t k = 0; k < pairs.size(); ++k) {
            const auto found = expected.find({o, a, b, k});
            ASSERT_EQ(pairs[k], found == expected.end() ? 0 : found->second) << o << ' ' << a << ' ' << b << ' ' << k;
          }
        }
      }
    }
  }
}

TEST(PairHistogram, finds_three_neighbours_at_the_bond_length_of_graphite) {
  const Atoms atoms = samples::graphite(6, 4, 2);
  const PairHistogram histogram = PairHistogram::periodic(atoms, 5, 0.01);
  std::uint64_t bonded = 0;
  for (std::size_t o = 0; o < n_octants; ++o) {
    const auto pairs = histogram.pairs(o, 0, 0);
    bonded += std::accumulate(pairs.begin() + 140, pairs.begin() + 145, std::uint64_t{0});
  }
  EXPECT_EQ(bonded, 3 * atoms.size());
}

TEST(PairHistogram, counts_all_pairs_of_a_cluster_twice) {
  const Atoms atoms = random_atoms(Cell::cubic(10), 40);
  const PairHistogram histogram = PairHistogram::cluster(atoms.positions, atoms.elements);
  std::uint64_t all = 0;
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t b = a; b < 3; ++b) {
      const auto pairs = histogram.pairs(0, a, b);
      all += std::accumulate(pairs.begin(), pairs.end(), std::uint64_t{0});
    }
  }
  EXPECT_EQ(all, 40U * 39U);
}

}  // namespace
}  // namespace cardhouse
