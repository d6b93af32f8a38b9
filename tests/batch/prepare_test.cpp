// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE batch_prepare
#include "ogive/batch/prepare.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <vector>

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

ogive::batch::Prepared prepared(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w = {}) {
  ogive::batch::Prepared result;
  ogive::batch::prepare(x.data(), y.data(), w.empty() ? nullptr : w.data(), x.size(), result);
  return result;
}

using Values = std::vector<double>;

}  // namespace

BOOST_AUTO_TEST_CASE(points_are_sorted_and_missing_ones_left_out) {
  const auto p = prepared({3, missing, 1, 2}, {30, 5, 10, missing});
  BOOST_TEST(p.x == Values({1, 3}), boost::test_tools::per_element());
  BOOST_TEST(p.y == Values({10, 30}), boost::test_tools::per_element());
  BOOST_TEST(p.n == 2U);
  BOOST_TEST(p.missing == 2U);
  BOOST_TEST(!p.weighted);
  BOOST_TEST(p.pure_error == 0.0);
}

BOOST_AUTO_TEST_CASE(replicates_become_their_mean_with_a_weight_and_a_pure_error) {
  const auto p = prepared({2, 1, 2, 2}, {4, 0, 6, 8});
  BOOST_TEST(p.x == Values({1, 2}), boost::test_tools::per_element());
  BOOST_TEST(p.y == Values({0, 6}), boost::test_tools::per_element());
  BOOST_TEST(p.w == Values({1, 3}), boost::test_tools::per_element());
  BOOST_TEST(p.weighted);
  BOOST_TEST(p.pure_error == 8.0);
}

BOOST_AUTO_TEST_CASE(the_order_of_rows_changes_no_bit) {
  const auto p = prepared({1, 1, 1, 2}, {0.1, 0.2, 0.3, 1});
  const auto q = prepared({2, 1, 1, 1}, {1, 0.3, 0.1, 0.2});
  BOOST_TEST(p.y == q.y, boost::test_tools::per_element());
  BOOST_TEST(p.pure_error == q.pure_error);
}

BOOST_AUTO_TEST_CASE(infinite_values_are_seen_and_an_empty_curve_is_empty) {
  BOOST_TEST(!prepared({1, 2}, {1, std::numeric_limits<double>::infinity()}).finite);
  BOOST_TEST(!prepared({-std::numeric_limits<double>::infinity(), 2}, {1, 1}).finite);
  BOOST_TEST(prepared({}, {}).x.empty());
  BOOST_TEST(prepared({missing}, {1}).missing == 1U);
}

BOOST_AUTO_TEST_CASE(weights_lose_their_unit_and_those_of_replicates_are_added) {
  for (const double unit : {1.0, 0x1p-1000, 0x1p1000}) {
    const auto p = prepared({2, 1, 2, 3}, {4, 0, 8, 8}, {3 * unit, 2 * unit, unit, 2 * unit});
    BOOST_TEST(p.x == Values({1, 2, 3}), boost::test_tools::per_element());
    BOOST_TEST(p.y == Values({0, 5, 8}), boost::test_tools::per_element());
    BOOST_TEST(p.w == Values({1, 2, 1}), boost::test_tools::per_element());
    BOOST_TEST(p.weighted);
    BOOST_TEST(p.weight_unit == 2 * unit);
    BOOST_TEST(p.pure_error == 1.5 * 1 + 0.5 * 9);
    BOOST_TEST(p.n == 4U);
  }
  constexpr double rounding = 1e-14;
  BOOST_TEST(std::fabs(prepared({1, 2}, {1, 2}, {2, 5}).sum_log_weights - std::log(10)) <= rounding);
}

BOOST_AUTO_TEST_CASE(equal_weights_are_no_weights) {
  const auto p = prepared({1, 2, 3}, {1, 2, 3}, {0.7, 0.7, 0.7});
  BOOST_TEST(!p.weighted);
  BOOST_TEST(p.w == Values({1, 1, 1}), boost::test_tools::per_element());
  BOOST_TEST(p.weight_unit == 0.7);
}

BOOST_AUTO_TEST_CASE(weights_of_zero_are_missing_and_odd_ones_are_seen) {
  const auto p = prepared({1, 2, 3}, {10, 20, 30}, {1, 0, 1});
  BOOST_TEST(p.x == Values({1, 3}), boost::test_tools::per_element());
  BOOST_TEST(p.missing == 1U);
  BOOST_TEST(p.finite);
  for (const double odd : {-1.0, missing, std::numeric_limits<double>::infinity()})
    BOOST_TEST(!prepared({1, 2, 3}, {10, 20, 30}, {1, odd, 1}).finite);
  BOOST_TEST(prepared({1, 2, missing}, {10, 20, 30}, {1, 1, -1}).finite);  // the weight of a missing point
  BOOST_TEST(!prepared({1, 2}, {10, 20}, {1e-9, 1}).even);
  BOOST_TEST(prepared({1, 2}, {10, 20}, {1e-3, 1}).even);
}
