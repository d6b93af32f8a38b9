// SPDX-License-Identifier: MIT
// The head with two halves.
#define BOOST_TEST_MODULE layer_split_head
#include "ogive/layer/split_head.h"

#include <boost/test/unit_test.hpp>
#include <vector>

using namespace ogive::layer;

BOOST_AUTO_TEST_CASE(gives_means_and_then_log_deviations) {
  const SplitHead head{2, 1};
  BOOST_TEST(head.outputs() == 2);
  const std::vector<double> p = {3, 10, 4, 20, 0.5, -0.5}, x = {1, 2};  // mean 3 4 | 0.5, log sigma 10 20 | -0.5
  std::vector<double> y(2);
  head.forward<double>(p, {x.data(), 2, 1}, {y.data(), 2, 1});
  BOOST_TEST(y[0] == 11.5);
  BOOST_TEST(y[1] == 49.5);
}

BOOST_AUTO_TEST_CASE(starts_with_a_deviation_of_1_for_any_input) {
  const SplitHead head{4, 2};
  std::vector<double> p(head.parameters(), 9), y(4);
  ogive::Random random(3);
  head.initialise(p, Initialiser::glorot, random);
  const std::vector<double> x = {1, -2, 3, 100};
  head.forward<double>(p, {x.data(), 4, 1}, {y.data(), 4, 1});
  BOOST_TEST((y[0] != 0 && y[1] != 0));
  BOOST_TEST((y[2] == 0 && y[3] == 0));
}
