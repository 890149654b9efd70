#include "engine/transport/flow_cap.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/constants.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double warm = 500;  // [K]

// A ring of sites along x that closes on its periodic image, one barrier a link.
SiteNetwork ring(const std::vector<double>& barriers) {
  SiteNetwork network = synthetic::empty(4.0 * static_cast<double>(barriers.size()));
  for (std::size_t i = 0; i < barriers.size(); ++i)
    network.sites.push_back(synthetic::site({4.0 * static_cast<double>(i), 0, 0}, SiteClass::Gallery));
  for (std::uint32_t i = 0; i < barriers.size(); ++i)
    network.links.push_back({i, static_cast<std::uint32_t>((i + 1) % barriers.size()), {4, 0, 0}, barriers[i]});
  return network;
}

Occupation filled(const Hamiltonian& h, std::size_t number) {
  Occupation state(h);
  for (std::size_t i = 0; state.count() < number; ++i) state.insert(i);
  return state;
}

TEST(FlowCap, finds_the_weakest_link_of_the_strongest_way_through) {
  const SiteNetwork network = ring({0.1, 0.1, 0.1, 0.1});
  EXPECT_NEAR(percolating_strength(network, {5, 3, 7, 4}), 3, 1e-12);
  EXPECT_EQ(percolating_strength(network, {5, 0, 7, 4}), 0);
}

TEST(FlowCap, takes_a_way_round_a_weak_link) {
  SiteNetwork network = ring({0.1, 0.1, 0.1, 0.1});
  network.links.push_back({1, 2, {4, 0, 0}, 0.2});
  EXPECT_NEAR(percolating_strength(network, {5, 0.01, 7, 4, 2}), 2, 1e-12);
}

// Sodium without interaction on equal sites: p = N/M on every site.
TEST(FlowCap, flows_are_those_of_a_lattice_gas) {
  const SiteNetwork network = ring({0.2, 0.3, 0.2, 0.25, 0.2, 0.2});
  const Hamiltonian h(network, synthetic::parameters(HamiltonianTerms::none()));
  const auto flows = link_flows(network, filled(h, 2), {warm, 4e12});
  for (std::size_t k = 0; k < flows.size(); ++k) {
    const double rate = 4e12 * std::exp(-network.links[k].barrier / (constants::boltzmann * warm));
    EXPECT_NEAR(flows[k].slow, rate, 1e-9 * rate);
    EXPECT_NEAR(flows[k].flow, rate * (1.0 / 3) * (2.0 / 3), 1e-9 * rate);
  }
}

TEST(FlowCap, flows_do_not_depend_on_the_sense_of_a_link) {
  SiteNetwork network = ring({0.2, 0.3, 0.2, 0.25, 0.2, 0.2});
  for (std::size_t i = 0; i < network.sites.size(); ++i)
    network.sites[i].energy = -0.07 * static_cast<double>(i * i % 5);
  SiteNetwork turned = network;
  for (SiteLink& link : turned.links) link = {link.second, link.first, -1.0 * link.displacement, link.barrier};
  const auto parameters = synthetic::parameters(HamiltonianTerms::none());
  const Hamiltonian h(network, parameters);
  const Hamiltonian other(turned, parameters);
  const auto one = link_flows(network, filled(h, 3), {warm, 4e12});
  const auto two = link_flows(turned, filled(other, 3), {warm, 4e12});
  for (std::size_t k = 0; k < one.size(); ++k) {
    EXPECT_NEAR(one[k].flow / two[k].flow, 1, 1e-9);
    EXPECT_NEAR(one[k].slow / two[k].slow, 1, 1e-9);
  }
}

TEST(FlowCap, is_a_multiple_of_what_the_bottleneck_needs) {
  const SiteNetwork network = ring({0.1, 0.5, 0.1, 0.1});
  const Hamiltonian h(network, synthetic::parameters(HamiltonianTerms::none()));
  const FlowCap cap = find_flow_cap(network, link_flows(network, filled(h, 1), {warm, 4e12}), 100);
  const double slow = 4e12 * std::exp(-0.5 / (constants::boltzmann * warm));
  EXPECT_NEAR(cap.flow, 100 * cap.bottleneck, 1e-6 * slow);
  EXPECT_NEAR(cap.bottleneck, slow * 0.25 * 0.75, 1e-6 * slow);
}

TEST(FlowCap, is_infinite_where_nothing_is_to_gain_and_waits_ten_hours_where_no_way_leads_through) {
  const SiteNetwork even = ring({0.2, 0.21, 0.2, 0.2});
  const Hamiltonian h(even, synthetic::parameters(HamiltonianTerms::none()));
  EXPECT_TRUE(std::isinf(find_flow_cap(even, link_flows(even, filled(h, 1), {warm, 4e12}), 100).flow));
  SiteNetwork open = ring({0.2, 0.9, 0.2, 0.2});
  open.links.pop_back();
  const Hamiltonian closed(open, synthetic::parameters(HamiltonianTerms::none()));
  const FlowCap none = find_flow_cap(open, link_flows(open, filled(closed, 1), {warm, 4e12}), 100);
  EXPECT_EQ(none.bottleneck, 0);
  EXPECT_NEAR(none.flow, 100 / lost_after, 1e-12);
}

TEST(FlowCap, brings_every_flow_down_to_the_cap_and_leaves_lower_ones) {
  const std::vector<LinkFlow> flows{{50, 200}, {1, 1000}, {0, 0}};
  const std::vector<double> caps = caps_of_rates(flows, 10);
  EXPECT_DOUBLE_EQ(caps[0], 40);  // a quarter of the time ready: 10 hops a second
  EXPECT_TRUE(std::isinf(caps[1]));
  EXPECT_TRUE(std::isinf(caps[2]));
}

// Two sites of which one sodium always holds one, too close for two: it goes to and fro all the time, although either
// site taken by itself is full.
TEST(FlowCap, knows_that_neighbours_exclude_each_other) {
  SiteNetwork network = synthetic::empty(40);
  network.sites = {synthetic::site({0, 0, 0}, SiteClass::Gallery, -1),
                   synthetic::site({2, 0, 0}, SiteClass::Gallery, -1),
                   synthetic::site({20, 0, 0}, SiteClass::Gallery, 0)};
  network.links = {{0, 1, {2, 0, 0}, 0.2}};
  HamiltonianTerms terms = HamiltonianTerms::none();
  terms.exclusion = true;
  const Hamiltonian h(network, synthetic::parameters(terms));
  ASSERT_GT(Occupation(h).coupling(0, 1).core, 0);
  const double rate = 4e12 * std::exp(-0.2 / (constants::boltzmann * warm));
  const auto flows = link_flows(network, filled(h, 1), {warm, 4e12});
  EXPECT_NEAR(flows[0].flow, rate / 2, 0.01 * rate);
}

TEST(FlowCap, lowers_what_a_run_crosses_too_often_and_nothing_else) {
  const SiteNetwork network = ring({0.2, 0.2, 0.2, 0.2, 0.2});
  const Hamiltonian h(network, synthetic::parameters(HamiltonianTerms::none()));
  Occupation state(h);
  state.insert(0);
  const double rate = 4e12 * std::exp(-0.2 / (constants::boltzmann * warm));
  HopConditions conditions{warm, 4e12, 0, std::vector<double>(5, 2 * rate)};
  // Links 0 and 4 touch the sodium; 0 has eight times the flow allowed, 4 less than twice, 2 has no sodium beside it.
  const auto lowered = lower_caps(network, state, {{160, 0, 160, 0, 39}, 1, 10}, conditions);
  EXPECT_EQ(lowered, std::vector<std::size_t>{0});
  EXPECT_NEAR(conditions.caps[0], rate / 8, 1e-9 * rate);
  EXPECT_EQ(conditions.caps[2], 2 * rate);
  EXPECT_EQ(conditions.caps[4], 2 * rate);
  EXPECT_TRUE(lower_caps(network, state, {{9, 0, 0, 0, 0}, 1e-3, 10}, conditions).empty());  // too few to tell
}

}  // namespace
}  // namespace cardhouse
