#include "engine/base/communicator.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace cardhouse
