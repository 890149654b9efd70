#include "engine/base/communicator.hpp"

#include <gtest/gtest.h>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

TEST(Communicator, is_a_serial_run_by_default) {
  const Communicator serial;
  EXPECT_EQ(serial.rank(), 0);
  EXPECT_EQ(serial.size(), 1);
  EXPECT_TRUE(serial.is_root());
  EXPECT_EQ(serial.native(), nullptr);
}

TEST(Communicator, serial_exchanges_change_nothing) {
  const Communicator serial;
  std::vector<double> values{1, 2, 3};
  serial.sum(values);
  serial.broadcast(values);
  EXPECT_EQ(values, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(serial.gather(values), values);
  EXPECT_TRUE(serial.any(true));
  EXPECT_FALSE(serial.any(false));
}

TEST(Communicator, a_serial_rank_exchanges_with_itself) {
  const Communicator serial;
  std::vector<double> given{1, 2, 3};
  std::vector<double> taken(3);
  const Parcel sent{0, given};
  const Parcel received{0, taken};
  serial.exchange({&sent, 1}, {&received, 1});
  EXPECT_EQ(taken, given);
  EXPECT_EQ(serial.announce(std::vector<std::size_t>{7}), std::vector<std::size_t>{7});
  EXPECT_THROW(serial.exchange({&sent, 1}, {}), ContractViolation);
}

}  // namespace
}  // namespace cardhouse
