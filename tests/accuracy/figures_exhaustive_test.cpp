// SPDX-License-Identifier: MIT
// The figures of figures_test.cpp over every float32 number, for the variants that are fast enough: the worst errors are where that
// test looks for them, and the counts are those that were measured elsewhere.
#define BOOST_TEST_MODULE accuracy_figures_exhaustive
#include <boost/test/unit_test.hpp>
#include <limits>

#include "accuracy/figures.h"

using figures::exactly_at, figures::to_two_digits, figures::to_three_digits;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

ogive::accuracy::ErrorSummary everywhere(const char* variant) { return figures::found(variant, -infinity, infinity); }

}  // namespace

BOOST_AUTO_TEST_CASE(eigen_3_4) {
  const auto errors = everywhere("eigen34_rational");
  BOOST_TEST(errors.inputs == 4278190082U);
  BOOST_TEST(errors.ulp.value == 5.9e6, to_two_digits);
  BOOST_TEST(errors.normal_ulp.value == 8950, to_three_digits);
  BOOST_TEST(errors.absolute.value == 1.74e-7, to_three_digits);
  BOOST_TEST(errors.drop.x == -8.7605, boost::test_tools::tolerance(1e-5));
  BOOST_TEST(static_cast<double>(errors.not_monotone.count) == 9.5e6, to_two_digits);
  BOOST_TEST(errors.nan.count == 0U);
}

BOOST_AUTO_TEST_CASE(onnx_runtime_before_its_results_were_clamped) {
  const auto errors = figures::found("mlas", -infinity, -10);
  BOOST_TEST(static_cast<double>(errors.out_of_range.count) == 1.04e9, to_three_digits);
}

BOOST_AUTO_TEST_CASE(hard_sigmoid_of_pytorch) {
  const auto pytorch = everywhere("hard_pytorch");
  BOOST_TEST(pytorch.ulp.value == 1.7e7, to_two_digits);
  BOOST_TEST(pytorch.absolute.value == 0.0692, to_three_digits);
  BOOST_TEST(pytorch.not_monotone.count == 0U);
  BOOST_TEST(pytorch.lost_nan.count > 0U);  // NaN becomes 1
}

BOOST_AUTO_TEST_CASE(ultra_fast_sigmoid) {
  const auto errors = everywhere("ultra_fast");
  BOOST_TEST(errors.absolute.value == 0.0276, to_three_digits);
  BOOST_TEST(static_cast<double>(errors.not_monotone.count) == 5.5e6, to_two_digits);
}

BOOST_AUTO_TEST_CASE(second_rough_sigmoid) {
  const auto second = everywhere("simd_rough2");
  BOOST_TEST(second.absolute.value == 0.001721, to_three_digits);
  BOOST_TEST(second.not_monotone.count == 0U);
}

BOOST_AUTO_TEST_CASE(softsign) {
  const auto errors = everywhere("softsign_scaled");
  BOOST_TEST(errors.absolute.value == 0.0823, to_three_digits);
  BOOST_TEST(static_cast<double>(errors.not_monotone.count) == 1.1e7, boost::test_tools::tolerance(0.05));
}

BOOST_AUTO_TEST_CASE(word2vec) {
  const auto errors = figures::found("word2vec", -infinity, infinity);  // its domain: -6 to 6
  BOOST_TEST(errors.absolute.value == 0.00913, boost::test_tools::tolerance(0.005));
  BOOST_TEST(errors.asymmetry.value == 0.015, boost::test_tools::tolerance(0.01));
}
