// SPDX-License-Identifier: MIT
// What summary.h promises: classes of errors, extremes and occurrences that add up.
#define BOOST_TEST_MODULE accuracy_summary
#include "ogive/accuracy/summary.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

namespace accuracy = ogive::accuracy;

constexpr double infinity = std::numeric_limits<double>::infinity();

BOOST_AUTO_TEST_CASE(classes_are_closed_above) {
  BOOST_TEST(accuracy::histogram_class(0.0) == 0U);
  BOOST_TEST(accuracy::histogram_class(0.5) == 0U);
  BOOST_TEST(accuracy::histogram_class(std::nextafter(0.5, 1.0)) == 1U);
  BOOST_TEST(accuracy::histogram_class(1.0) == 1U);
  BOOST_TEST(accuracy::histogram_class(std::nextafter(1.0, 2.0)) == 2U);
  BOOST_TEST(accuracy::histogram_class(3.0) == 3U);
  BOOST_TEST(accuracy::histogram_class(infinity) == accuracy::histogram_size - 1);
}

BOOST_AUTO_TEST_CASE(the_upper_end_of_a_class_belongs_to_it) {
  for (std::size_t k = 0; k + 1 < accuracy::histogram_size; ++k) {
    const double upper = accuracy::histogram_upper(k);
    BOOST_TEST(accuracy::histogram_class(upper) == k);
    BOOST_TEST(accuracy::histogram_class(std::nextafter(upper, infinity)) == k + 1);
  }
  BOOST_TEST(accuracy::histogram_upper(accuracy::histogram_size - 1) == infinity);
}

BOOST_AUTO_TEST_CASE(an_occurrence_keeps_its_least_and_greatest_x) {
  accuracy::Occurrence occurrence;
  BOOST_TEST(std::isnan(occurrence.first));
  occurrence.add(3);
  occurrence.add(-7, 10);
  occurrence.add(1);
  BOOST_TEST(occurrence.count == 12U);
  BOOST_TEST(occurrence.first == -7);
  BOOST_TEST(occurrence.last == 3);
  occurrence.add(accuracy::Occurrence{});  // nothing
  BOOST_TEST(occurrence.count == 12U);
  BOOST_TEST(occurrence.first == -7);
}

BOOST_AUTO_TEST_CASE(merging_keeps_the_worst_and_adds_the_counts) {
  accuracy::ErrorSummary a, b;
  a.inputs = 10;
  a.histogram[0] = 9;
  a.ulp = {0.75, 1, 0.5};
  a.core_inputs = 2;
  a.sum_ulp = 1;
  a.sum_squared_ulp = 1;
  b.inputs = 5;
  b.histogram[0] = 5;
  b.ulp = {0.75, 2, 0.6};  // as bad: the first one stays
  b.absolute = {0.25, 2, 0.6};
  b.core_inputs = 2;
  b.sum_ulp = 3;
  b.sum_squared_ulp = 7;
  a.merge(b);
  BOOST_TEST(a.inputs == 15U);
  BOOST_TEST(a.misrounded() == 1U);
  BOOST_TEST(a.ulp.x == 1);
  BOOST_TEST(a.absolute.value == 0.25);
  BOOST_TEST(a.absolute.x == 2);
  BOOST_TEST(a.mean_ulp() == 1.0);
  BOOST_TEST(a.rms_ulp() == std::sqrt(2.0));
}

BOOST_AUTO_TEST_CASE(a_first_error_of_zero_has_a_place) {
  accuracy::Worst worst;
  worst.keep(0, 5, 1);
  BOOST_TEST(worst.x == 5);
  worst.keep(0, 6, 1);
  BOOST_TEST(worst.x == 5);
}
