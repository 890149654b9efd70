#include "engine/sodium/network_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/base/contracts.hpp"
#include "engine/sodium/hamiltonian.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

TEST(NetworkOrder, gives_every_configuration_the_energy_it_had) {
  Stream stream(21, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(60, 16, stream);
  const std::vector<std::uint32_t> order = curve_order(network);
  const SiteNetwork sorted = reordered(network, order);
  const Hamiltonian before(network, synthetic::parameters());
  const Hamiltonian after(sorted, synthetic::parameters());
  ASSERT_FALSE(std::ranges::is_sorted(order));
  int finite = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    std::vector<std::uint8_t> old_order(60, 0), new_order(60, 0);
    for (std::size_t k = 0; k < 60; ++k) old_order[order[k]] = new_order[k] = stream.uniform() < 0.05;
    const double energy = before.energy(old_order);
    if (std::isinf(energy)) {
      ASSERT_EQ(after.energy(new_order), energy);
      continue;
    }
    ++finite;
    ASSERT_NEAR(after.energy(new_order), energy, 1e-11);
  }
  EXPECT_GT(finite, 200);
  ASSERT_EQ(sorted.links.size(), network.links.size());
  for (const SiteLink& link : sorted.links) {
    const Vector3 way = network.sites[order[link.second]].position - network.sites[order[link.first]].position;
    EXPECT_LT(norm(network.cell.minimum_image(way) - link.displacement), 1e-9);
  }
}

TEST(NetworkOrder, refuses_what_is_no_permutation) {
  Stream stream(22, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(3, 16, stream);
  EXPECT_THROW(reordered(network, std::vector<std::uint32_t>{0, 1, 1}), ContractViolation);
  EXPECT_THROW(reordered(network, std::vector<std::uint32_t>{0, 1}), ContractViolation);
}

}  // namespace
}  // namespace cardhouse
