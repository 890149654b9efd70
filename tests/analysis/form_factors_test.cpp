#include "analysis/form_factors.hpp"

#include <gtest/gtest.h>

namespace cardhouse {
namespace {

const Element all[] = {Element::H, Element::B,  Element::C,  Element::N,  Element::O,
                       Element::F, Element::Na, Element::Mg, Element::Al, Element::Si,
                       Element::P, Element::S,  Element::K,  Element::Ca, Element::Zn};

TEST(FormFactors, equal_the_number_of_electrons_in_forward_direction) {
  for (Element element : all) {
    EXPECT_NEAR(form_factor(element, 0), static_cast<double>(element), 0.03) << symbol(element);
  }
}

TEST(FormFactors, fall_with_the_angle_and_stay_positive) {
  for (Element element : all) {
    for (double q = 0; q < 8; q += 0.5) {
      EXPECT_GT(form_factor(element, q), form_factor(element, q + 0.5)) << symbol(element) << q;
      EXPECT_GT(form_factor(element, q + 0.5), 0) << symbol(element) << q;
    }
  }
}

TEST(FormFactors, reproduce_the_tabulated_values_of_carbon) {
  // International Tables C, table 6.1.1.1, carbon at sin(theta)/lambda = 0.1, 0.3 and 0.5 1/angstrom.
  EXPECT_NEAR(form_factor(Element::C, 4 * 3.14159265 * 0.1), 5.108, 0.02);
  EXPECT_NEAR(form_factor(Element::C, 4 * 3.14159265 * 0.3), 2.494, 0.02);
  EXPECT_NEAR(form_factor(Element::C, 4 * 3.14159265 * 0.5), 1.685, 0.02);
}

}  // namespace
}  // namespace cardhouse
