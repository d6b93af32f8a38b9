// SPDX-License-Identifier: MIT
// What compare.h promises: one row for each type that exists, and bits that agree.
#define BOOST_TEST_MODULE accuracy_compare
#include "ogive/accuracy/compare.h"

#include <boost/test/unit_test.hpp>

#include "accuracy/subjects.h"

namespace accuracy = ogive::accuracy;
using ogive::FloatType;
using subjects::each;

BOOST_AUTO_TEST_CASE(each_type_that_exists_has_a_row) {
  ogive::sigmoid::Variant variant;
  variant.name = "two_branch";
  variant.float16 = each<ogive::float16, subjects::half>;
  variant.bfloat16 = each<ogive::bfloat16, subjects::brain>;
  variant.float64 = each<double, subjects::two_branch>;
  const auto rows = accuracy::compare(variant, {.samples = 100000});
  BOOST_REQUIRE(rows.size() == 3U);
  BOOST_TEST((rows[0].type == FloatType::float16));
  BOOST_TEST((rows[1].type == FloatType::bfloat16));
  BOOST_TEST((rows[2].type == FloatType::float64));
  // A correctly rounded result agrees in all bits but the rounding: relative error 2^-p at most.
  BOOST_TEST(rows[0].bits >= 11);
  BOOST_TEST(rows[0].bits < 12);
  BOOST_TEST(rows[1].bits >= 8);
  BOOST_TEST(rows[1].bits < 9);
  BOOST_TEST(rows[2].bits > 50);
  BOOST_TEST(rows[2].bits < 53);
  for (const auto& row : rows) BOOST_TEST(row.mean_bits >= row.bits);
  BOOST_TEST(rows[0].absolute.value > rows[2].absolute.value);
}

BOOST_AUTO_TEST_CASE(the_range_lost_to_flushing_is_named) {
  accuracy::Measurement measurement;
  measurement.type = FloatType::float32;
  measurement.inside.flushed = {7, -103.9, -88.7};
  measurement.inside.relative = {0x1p-20, 1, 1};
  const accuracy::TypeRow row = accuracy::type_row(measurement);
  BOOST_TEST(row.flushed.first == -103.9);
  BOOST_TEST(row.flushed.last == -88.7);
  BOOST_TEST(row.bits == 20);
}

BOOST_AUTO_TEST_CASE(a_function_without_error_agrees_in_all_bits_and_one_that_is_all_wrong_in_none) {
  accuracy::Measurement measurement;
  measurement.type = FloatType::bfloat16;
  BOOST_TEST(accuracy::type_row(measurement).bits == 9);
  measurement.inside.relative = {5, 1, 1};
  BOOST_TEST(accuracy::type_row(measurement).bits == 0);
}
