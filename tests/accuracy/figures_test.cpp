// SPDX-License-Identifier: MIT
// Well-known sigmoids have the errors that were measured for them elsewhere, exhaustively and with other programs: the variants of
// the catalogue are what they stand for, and the sweep sees what is there. Each one is swept where its worst error is;
// figures_exhaustive_test.cpp shows that it is nowhere else.
#define BOOST_TEST_MODULE accuracy_figures
#include <boost/test/unit_test.hpp>

#include "accuracy/figures.h"

using figures::exactly_at, figures::found, figures::to_two_digits, figures::to_three_digits;

BOOST_AUTO_TEST_CASE(textbook_flushes_to_zero_and_has_2_48_ulp_on_normal_results) {
  const auto flush = found("textbook", -89, -88);
  BOOST_TEST(flush.ulp.value == 2.1e6, to_two_digits);
  BOOST_TEST(flush.ulp.x == -88.7228394, exactly_at);
  BOOST_TEST(flush.flushed.count > 0U);
  const auto normal = found("textbook", -17, -16);
  BOOST_TEST(normal.normal_ulp.value == 2.48, to_three_digits);
  BOOST_TEST(normal.normal_ulp.x == -16.6357, boost::test_tools::tolerance(1e-5));
  BOOST_TEST(found("textbook", 7, 8).absolute.value == 8.9e-8, to_two_digits);
}

BOOST_AUTO_TEST_CASE(two_branch_has_2_40_ulp_and_does_not_flush) {
  const auto worst = found("two_branch", -4.2, -4.1);
  BOOST_TEST(worst.ulp.value == 2.40, to_three_digits);
  BOOST_TEST(worst.ulp.x == -4.1572938, exactly_at);
  BOOST_TEST(found("two_branch", -104, -88).flushed.count == 0U);
}

BOOST_AUTO_TEST_CASE(tanh_form_is_zero_below_minus_18) {
  const auto far = found("tanh_form", -20, -18.1);
  BOOST_TEST(far.flushed.count == far.inputs);
  BOOST_TEST(far.ulp.value == 1.7e7, to_two_digits);
}

BOOST_AUTO_TEST_CASE(the_rational_form_of_eigen_3_4_cancels_down_to_minus_9_and_flushes_below_minus_87) {
  const auto cancelled = found("eigen34_rational", -9, -8);
  BOOST_TEST(cancelled.ulp.value == 8950, to_three_digits);
  BOOST_TEST(cancelled.ulp.x == -8.4666, boost::test_tools::tolerance(1e-5));
  BOOST_TEST(cancelled.drop.value == 1.2e4, boost::test_tools::tolerance(0.03));
  BOOST_TEST(cancelled.drop.x == -8.7605, boost::test_tools::tolerance(1e-5));
  const auto flush = found("eigen34_rational", -88, -87);
  BOOST_TEST(flush.ulp.value == 5.9e6, to_two_digits);
  BOOST_TEST(flush.ulp.x == -87.68, boost::test_tools::tolerance(1e-4));
  const auto right = found("eigen34_rational", 11, 13);
  BOOST_TEST(right.absolute.value == 1.74e-7, to_three_digits);
  BOOST_TEST(right.absolute.x == 12.04, boost::test_tools::tolerance(1e-3));
}

BOOST_AUTO_TEST_CASE(the_rational_form_of_onnx_runtime_is_negative_far_below_zero) {
  const auto below = found("mlas", -20, -18);
  BOOST_TEST(below.out_of_range.count == below.inputs);
  BOOST_TEST(found("mlas_clamped", -20, -18).out_of_range.count == 0U);
}

BOOST_AUTO_TEST_CASE(the_rough_sigmoids_of_the_simd_library_err_by_0_0023_and_0_0017) {
  BOOST_TEST(found("simd_rough", 5, 6).absolute.value == 0.002294, to_three_digits);
  const auto second = found("simd_rough2", 2, 3).absolute;
  BOOST_TEST(second.value == 0.001721, to_three_digits);
  BOOST_TEST(second.x == 2.43, boost::test_tools::tolerance(0.02));
}

BOOST_AUTO_TEST_CASE(hard_sigmoids_err_at_their_corners) {
  BOOST_TEST(found("hard_keras", 2, 3).absolute.value == 0.0759, to_three_digits);
  BOOST_TEST(found("hard_binarynet", 0.5, 1.5).absolute.value == 0.269, to_three_digits);
  BOOST_TEST(found("hard_pytorch", 1, 2).absolute.value == 0.0692, to_three_digits);
  BOOST_TEST(found("ultra_fast", 0.5, 1).absolute.value == 0.0276, to_three_digits);
  BOOST_TEST(found("plan", 0.5, 1.5).absolute.value == 0.0189, to_three_digits);
  BOOST_TEST(found("hard_pytorch", -4, -3).ulp.value == 1.7e7, to_two_digits);  // 0, where the truth is 0.04
}

BOOST_AUTO_TEST_CASE(algebraic_curves_err_where_they_leave_the_true_one) {
  BOOST_TEST(found("softsign_scaled", 3.5, 4).absolute.value == 0.0823, to_three_digits);
  BOOST_TEST(found("inverse_root", 0.5, 1).absolute.value == 0.124, to_three_digits);
  BOOST_TEST(found("inverse_square", 0.25, 0.5).absolute.value == 0.0332, to_three_digits);
}

BOOST_AUTO_TEST_CASE(eureqa_errs_by_its_constant_and_flushes_like_textbook) {
  BOOST_TEST(found("eureqa", 1, 2).absolute.value == 2.84e-6, to_three_digits);
  BOOST_TEST(found("eureqa", -89, -88).ulp.value == 2.1e6, to_two_digits);
}

BOOST_AUTO_TEST_CASE(schraudolphs_exp_errs_by_0_0100) {
  BOOST_TEST(found("schraudolph", -0.05, -0.03).absolute.value == 0.0100, boost::test_tools::tolerance(0.005));
}

BOOST_AUTO_TEST_CASE(a_table_with_interpolation_errs_by_its_step_inside_and_by_its_end_outside) {
  BOOST_TEST(found("lerp_4096", 1, 2).absolute.value == 3.3e-7, boost::test_tools::tolerance(0.05));
  const auto outside = figures::measured("lerp_4096", -8.1, -8).outside;
  BOOST_TEST(outside.absolute.value == 3.35e-4, to_three_digits);  // just below -8 it is 0
}

BOOST_AUTO_TEST_CASE(the_table_of_word2vec_errs_by_0_00913) {
  BOOST_TEST(found("word2vec", 0.1, 1).absolute.value == 0.00913, boost::test_tools::tolerance(0.005));
}
