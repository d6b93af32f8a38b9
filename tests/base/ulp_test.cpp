// SPDX-License-Identifier: MIT
// What ulp.h promises: the unit belongs to the exact value, it stops shrinking at the subnormals, and every pair of values has an
// error.
#define BOOST_TEST_MODULE base_ulp
#include "ogive/base/ulp.h"

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>

using Wide = boost::multiprecision::cpp_bin_float_50;

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// 1 + 2^-(p - 1): the next number above 1.
template <class T>
Wide after_one() {
  using boost::multiprecision::ldexp;
  return 1 + ldexp(Wide(1), 1 - ogive::float_format<T>.precision);
}
}  // namespace

BOOST_AUTO_TEST_CASE(has_the_smaller_unit_just_below_a_power_of_two) {
  BOOST_TEST(ogive::ulp<float>(1.0) == 0x1p-23);
  BOOST_TEST(ogive::ulp<float>(1 - 0x1p-50) == 0x1p-24);
  BOOST_TEST(ogive::ulp<double>(Wide(1)).convert_to<double>() == 0x1p-52);
  BOOST_TEST(ogive::ulp<double>(Wide(1) - Wide(0x1p-100)).convert_to<double>() == 0x1p-53);
  BOOST_TEST(ogive::ulp<ogive::float16>(-0.75) == 0x1p-11);
  BOOST_TEST(ogive::ulp<ogive::bfloat16>(0.75) == 0x1p-8);
}

BOOST_AUTO_TEST_CASE(keeps_the_least_subnormal_as_the_unit_below_the_normal_numbers) {
  for (const double s : {0.0, 1e-300, 0x1p-149, 0x1.8p-127}) BOOST_TEST(ogive::ulp<float>(s) == 0x1p-149);
  BOOST_TEST(ogive::ulp<float>(0x1p-126) == 0x1p-149);
  BOOST_TEST(ogive::ulp<float>(0x1p-125) == 0x1p-148);
  BOOST_TEST(ogive::ulp<ogive::float16>(1e-10) == 0x1p-24);
  BOOST_TEST(ogive::ulp<ogive::bfloat16>(0.0) == 0x1p-133);
  BOOST_TEST(ogive::ulp<double>(Wide(0)).convert_to<double>() == 0x1p-1074);
}

BOOST_AUTO_TEST_CASE(has_no_unit_for_nan_and_infinity) {
  for (const double s : {infinity, -infinity, not_a_number}) BOOST_TEST(std::isnan(ogive::ulp<float>(s)));
}

BOOST_AUTO_TEST_CASE(measures_half_a_unit_at_a_tie_from_both_sides) {
  const double tie = 1 - 0x1p-25;  // between the last float before 1 and 1
  BOOST_TEST(ogive::ulp_error(1.0f, tie) == 0.5);
  BOOST_TEST(ogive::ulp_error(0x1.fffffep-1f, tie) == 0.5);
}

BOOST_AUTO_TEST_CASE(counts_whole_units_in_each_type) {
  BOOST_TEST(ogive::ulp_error(ogive::float16{0x3c00}, after_one<ogive::float16>()) == 1.0);
  BOOST_TEST(ogive::ulp_error(ogive::bfloat16{0x3f80}, after_one<ogive::bfloat16>()) == 1.0);
  BOOST_TEST(ogive::ulp_error(1.0f, after_one<float>()) == 1.0);
  BOOST_TEST(ogive::ulp_error(1.0, after_one<double>()) == 1.0);
  BOOST_TEST(ogive::ulp_error(-1.0, Wide(-after_one<double>())) == 1.0);
}

BOOST_AUTO_TEST_CASE(sees_a_result_flushed_to_zero) {
  BOOST_TEST(ogive::ulp_error(0.0f, 0x1p-126) == 0x1p23);
  BOOST_TEST(ogive::ulp_error(0.0f, 0x1p-150) == 0.5);
}

BOOST_AUTO_TEST_CASE(sees_the_sign) { BOOST_TEST(ogive::ulp_error(-1.0f, 1.0) == 0x1p24); }

BOOST_AUTO_TEST_CASE(is_total) {
  const float nan32 = std::numeric_limits<float>::quiet_NaN(), inf32 = std::numeric_limits<float>::infinity();
  BOOST_TEST(ogive::ulp_error(nan32, not_a_number) == 0.0);
  BOOST_TEST(ogive::ulp_error(nan32, 0.5) == infinity);
  BOOST_TEST(ogive::ulp_error(0.5f, not_a_number) == infinity);
  BOOST_TEST(ogive::ulp_error(nan32, infinity) == infinity);
  BOOST_TEST(ogive::ulp_error(inf32, infinity) == 0.0);
  BOOST_TEST(ogive::ulp_error(-inf32, -infinity) == 0.0);
  BOOST_TEST(ogive::ulp_error(inf32, -infinity) == infinity);
  BOOST_TEST(ogive::ulp_error(inf32, 1.0) == infinity);
  BOOST_TEST(ogive::ulp_error(1.0f, infinity) == infinity);
  BOOST_TEST(ogive::ulp_error(-0.0f, 0.0) == 0.0);
}

BOOST_AUTO_TEST_CASE(does_the_example_of_the_header) {
  const double exact = 1 / (1 + std::exp(-17.31));
  BOOST_TEST(ogive::ulp<float>(exact) == 0x1p-24);
  BOOST_TEST(ogive::ulp_error(1.0f, exact) > 0.5);
  BOOST_TEST(ogive::ulp_error(1.0f, exact) < 0.51);
}
