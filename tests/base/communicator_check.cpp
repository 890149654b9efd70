// Run under mpirun: checks every exchange of Communicator against what each rank can compute alone.
#include "engine/base/communicator.hpp"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <string>

namespace {

using cardhouse::Communicator;
using cardhouse::Parcel;

/// Every rank has i + 1 values for the rank i behind it, none for its predecessor; returns the number of failures.
int exchange_failures(const Communicator& world) {
  const auto ranks = static_cast<std::size_t>(world.size());
  const auto length = [&](int from, int to) {
    const int behind = (to - from + world.size()) % world.size();
    return behind == world.size() - 1 ? std::size_t{0} : static_cast<std::size_t>(behind) + 1;
  };
  std::vector<std::size_t> lengths(ranks), expected(ranks);
  std::vector<std::vector<double>> given(ranks), taken(ranks);
  std::vector<Parcel> sent, received;
  for (int other = 0; other < world.size(); ++other) {
    const auto at = static_cast<std::size_t>(other);
    lengths[at] = length(world.rank(), other);
    expected[at] = length(other, world.rank());
    given[at].assign(lengths[at], 100.0 * world.rank() + other);
    taken[at].assign(expected[at], -1);
    sent.push_back({other, given[at]});
    received.push_back({other, taken[at]});
  }
  int failures = world.announce(lengths) != expected;
  world.exchange(sent, received);
  for (int other = 0; other < world.size(); ++other) {
    const std::vector<double>& values = taken[static_cast<std::size_t>(other)];
    failures += std::ranges::any_of(values, [&](double v) { return v != 100.0 * other + world.rank(); });
  }
  return failures;
}

/// Every rank sends its number as often as it is high, to its successor alone; returns the number of failures.
int trade_failures(const Communicator& world) {
  const int next = (world.rank() + 1) % world.size();
  const int before = (world.rank() + world.size() - 1) % world.size();
  std::vector<double> own(static_cast<std::size_t>(world.rank()), world.rank());
  const Parcel sent[] = {{next, own}};
  const int from[] = {before};
  const auto received = world.trade(sent, from);
  const std::vector<double> expected(static_cast<std::size_t>(before), before);
  return received.size() != 1 || received[0] != expected;
}

}  // namespace

int main(int argc, char** argv) {
  cardhouse::ParallelSession session(argc, argv);
  const auto world = cardhouse::Communicator::world();
  const double own = world.rank() + 1;
  int failures = argc > 1 && world.size() != std::stoi(argv[1]) ? 1 : 0;

  std::vector<double> summed{own, 10 * own};
  world.sum(summed);
  const double expected = world.size() * (world.size() + 1) / 2.0;
  failures += summed != std::vector<double>{expected, 10 * expected};

  const std::vector<double> mine(static_cast<std::size_t>(world.rank()), own);
  failures += world.gather(mine).size() != static_cast<std::size_t>(world.size() * (world.size() - 1) / 2);

  std::string text = world.is_root() ? "from the root" : "";
  world.broadcast(text);
  failures += text != "from the root";

  failures += exchange_failures(world);
  failures += trade_failures(world);

  failures += !world.any(world.rank() == world.size() - 1) || world.any(false);
  if (failures > 0) std::fprintf(stderr, "rank %d: %d exchanges failed\n", world.rank(), failures);
  return failures;
}
