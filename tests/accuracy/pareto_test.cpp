// SPDX-License-Identifier: MIT
// What pareto.h promises.
#define BOOST_TEST_MODULE accuracy_pareto
#include "ogive/accuracy/pareto.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

using ogive::accuracy::Cost, ogive::accuracy::pareto;
using Indices = std::vector<std::size_t>;

BOOST_AUTO_TEST_CASE(keeps_what_nothing_beats_by_time_ascending) {
  const std::vector<Cost> costs = {{0.44, 0.76}, {0.19, 3.85}, {0.30, 6.58}, {0.25, 2.40}, {0.80, 0.76}};
  BOOST_TEST(pareto(costs) == (Indices{1, 3, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_equals_the_first_is_kept) {
  const std::vector<Cost> costs = {{1, 1}, {1, 1}, {1, 2}, {2, 1}};
  BOOST_TEST(pareto(costs) == (Indices{0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_not_worth_choosing) {
  const std::vector<Cost> costs = {{1, std::nan("")}, {std::nan(""), 1}, {5, 5}};
  BOOST_TEST(pareto(costs) == (Indices{2}), boost::test_tools::per_element());
  BOOST_TEST(pareto({}).empty());
}

BOOST_AUTO_TEST_CASE(times_within_the_spread_are_equal) {
  const std::vector<Cost> costs = {{1.00, 3}, {1.01, 2}, {1.50, 1}};
  BOOST_TEST(pareto(costs) == (Indices{0, 1, 2}), boost::test_tools::per_element());
  BOOST_TEST(pareto(costs, 0.02) == (Indices{1, 2}), boost::test_tools::per_element());
}
