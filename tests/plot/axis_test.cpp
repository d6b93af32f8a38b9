// SPDX-License-Identifier: MIT
// What axis.h promises: places, marks and labels, for any span.
#define BOOST_TEST_MODULE plot_axis
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "ogive/plot/axis.h"

using ogive::plot::Axis;
using ogive::plot::Range;

namespace {

constexpr double same_place = 1e-9;  // a billionth of the axis cannot be seen
constexpr double inf = std::numeric_limits<double>::infinity();

std::vector<std::string> labels(const Axis& axis) {
  std::vector<std::string> result;
  for (const auto& tick : axis.ticks) result.push_back(tick.label);
  return result;
}

using Labels = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_CASE(places_values_evenly_between_the_ends) {
  const Axis axis = Axis::linear({10, 20}, 5);
  BOOST_TEST(axis.place(10) == 0);
  BOOST_TEST(axis.place(20) == 1);
  BOOST_TEST(std::fabs(axis.place(12.5) - 0.25) < same_place);
}

BOOST_AUTO_TEST_CASE(marks_round_numbers_with_exact_labels) {
  BOOST_TEST(labels(Axis::linear({0, 10}, 5)) == (Labels{"0", "2", "4", "6", "8", "10"}), boost::test_tools::per_element());
  BOOST_TEST(labels(Axis::linear({-0.31, 0.31}, 4)) == (Labels{"-0.2", "0", "0.2"}), boost::test_tools::per_element());
  BOOST_TEST(labels(Axis::linear({20000.0001, 20000.0009}, 4)) == (Labels{"20000.0002", "20000.0004", "20000.0006", "20000.0008"}),
             boost::test_tools::per_element());
  BOOST_TEST(labels(Axis::linear({0, 3e-7}, 4)) == (Labels{"0", "1e-7", "2e-7", "3e-7"}), boost::test_tools::per_element());
  BOOST_TEST(labels(Axis::linear({0, 2.1e12}, 5)) == (Labels{"0", "0.5e12", "1.0e12", "1.5e12", "2.0e12"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(stays_finite_on_every_span) {
  const double largest = std::numeric_limits<double>::max();
  const double smallest = std::numeric_limits<double>::denorm_min();
  for (const auto& ends :
       {std::pair{0.0, 1e-300}, std::pair{-1e300, 1e300}, std::pair{-largest, largest}, std::pair{0.0, smallest},
        std::pair{5.0, 5.0}, std::pair{1e300, 1e300}, std::pair{1.0, std::nextafter(1.0, 2.0)}, std::pair{0.0, 0.0}}) {
    Range range;
    range.add(ends.first);
    range.add(ends.second);
    const Axis axis = Axis::linear(range.widened(0.05), 5);
    for (const double value : {ends.first, ends.second}) {
      BOOST_TEST(axis.place(value) >= 0, ends.first << " to " << ends.second);
      BOOST_TEST(axis.place(value) <= 1, ends.first << " to " << ends.second);
    }
    BOOST_TEST(axis.ticks.size() < 20U);
    for (const auto& tick : axis.ticks) BOOST_TEST(std::isfinite(tick.place));
  }
}

BOOST_AUTO_TEST_CASE(passes_over_values_that_are_not_finite) {
  Range range;
  range.add(std::numeric_limits<double>::quiet_NaN());
  range.add(inf);
  BOOST_TEST(range.empty());
  BOOST_TEST(!range.widened(0.1).empty());
}

BOOST_AUTO_TEST_CASE(marks_powers_of_ten_on_a_log_axis) {
  BOOST_TEST(labels(Axis::log10({-2, 3}, 7)) == (Labels{"0.01", "0.1", "1", "10", "100", "1000"}),
             boost::test_tools::per_element());
  BOOST_TEST(labels(Axis::log10({-9, -6}, 7)) == (Labels{"1e-9", "1e-8", "1e-7", "1e-6"}), boost::test_tools::per_element());
  BOOST_TEST(labels(Axis::log10({0, 1}, 7)) == (Labels{"1", "2", "5", "10"}), boost::test_tools::per_element());
  BOOST_TEST(labels(Axis::log10({-30, 30}, 7)).size() <= 7U);
  BOOST_TEST(Axis::log10({0.31, 0.33}, 4).ticks.size() >= 2U);  // within one decade: even marks instead
}

BOOST_AUTO_TEST_CASE(draws_dose_zero_left_of_a_break) {
  Axis axis = Axis::log10({-2, 2}, 5);
  axis.add_limit();
  BOOST_TEST(axis.place(0) == Axis::limit_place);
  BOOST_TEST(std::fabs(axis.place(0.01) - Axis::rest_begin) < same_place);
  BOOST_TEST(std::fabs(axis.place(100) - 1) < same_place);
  BOOST_TEST(axis.ticks.front().label == "0");
}

BOOST_AUTO_TEST_CASE(typesets_minus_and_powers) {
  BOOST_TEST(ogive::plot::typeset("-0.5") == "\u22120.5");
  BOOST_TEST(ogive::plot::typeset("2e-7") == "2\u00d710\u207b\u2077");
  BOOST_TEST(ogive::plot::typeset("1e12") == "10\u00b9\u00b2");
  BOOST_TEST(ogive::plot::typeset("-inf") == "\u2212\u221e");
}
