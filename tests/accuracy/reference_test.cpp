// SPDX-License-Identifier: MIT
// What reference.h promises: the truth to the last bit, and errors in the ulp of base/ulp.h.
#define BOOST_TEST_MODULE accuracy_reference
#include "ogive/accuracy/reference.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

namespace accuracy = ogive::accuracy;
using accuracy::correctly_rounded, accuracy::ulp_error;
using ogive::FloatType, ogive::sigmoid::Target;

constexpr double infinity = std::numeric_limits<double>::infinity();

BOOST_AUTO_TEST_CASE(rounds_to_the_type) {
  BOOST_TEST(correctly_rounded(Target::logistic, FloatType::float32, 1.0) == double{0.7310585786300049F});
  BOOST_TEST(correctly_rounded(Target::logistic, FloatType::float64, 1.0) == 0.7310585786300049);
  BOOST_TEST(correctly_rounded(Target::logistic, FloatType::bfloat16, 5.75) == 0.99609375);
  BOOST_TEST(correctly_rounded(Target::derivative, FloatType::float32, 0.0) == 0.25);
  BOOST_TEST(correctly_rounded(Target::softplus, FloatType::float64, 0.0) == 0x1.62e42fefa39efp-1);
  BOOST_TEST(correctly_rounded(Target::log_logistic, FloatType::float32, -300.0) == -300);
  BOOST_TEST(correctly_rounded(Target::logit, FloatType::float64, 0.75) == std::log(3.0));
  BOOST_TEST(correctly_rounded(Target::logit, FloatType::float64, 0.5) == 0);
}

BOOST_AUTO_TEST_CASE(keeps_subnormal_results) {
  const double least = std::numeric_limits<float>::denorm_min();
  BOOST_TEST(correctly_rounded(Target::logistic, FloatType::float32, -103.9) == least);
  BOOST_TEST(correctly_rounded(Target::logistic, FloatType::float32, -103.98) == 0);  // e^-103.98 is below half of it
  BOOST_TEST(correctly_rounded(Target::logistic, FloatType::float64, -745.0) == std::numeric_limits<double>::denorm_min());
  BOOST_TEST(correctly_rounded(Target::logistic, FloatType::float16, -17.0) == 0x1p-24);
}

BOOST_AUTO_TEST_CASE(knows_the_ends) {
  for (const FloatType type : {FloatType::float16, FloatType::bfloat16, FloatType::float32, FloatType::float64}) {
    BOOST_TEST(correctly_rounded(Target::logistic, type, -infinity) == 0);
    BOOST_TEST(correctly_rounded(Target::logistic, type, infinity) == 1);
    BOOST_TEST(correctly_rounded(Target::derivative, type, infinity) == 0);
    BOOST_TEST(correctly_rounded(Target::softplus, type, infinity) == infinity);
    BOOST_TEST(correctly_rounded(Target::softplus, type, -infinity) == 0);
    BOOST_TEST(correctly_rounded(Target::log_logistic, type, -infinity) == -infinity);
    BOOST_TEST(correctly_rounded(Target::logit, type, 0.0) == -infinity);
    BOOST_TEST(correctly_rounded(Target::logit, type, 1.0) == infinity);
    BOOST_TEST(std::isnan(correctly_rounded(Target::logit, type, -0.25)));
    BOOST_TEST(std::isnan(correctly_rounded(Target::logistic, type, std::nan(""))));
  }
}

BOOST_AUTO_TEST_CASE(decides_ties_that_a_double_cannot_see) {
  // s = 1/2 + x/4 - x^3/48: here 1/2 + x/4 is a tie between two floats, of which the upper one is even, and the last term is
  // 2^-69.8.
  constexpr double x = 0x1.8p-22, below = 0.5 + 0x1p-24, above = 0.5 + 0x1p-23;
  BOOST_TEST(static_cast<float>(0.5 + x / 4) == above);
  BOOST_TEST(correctly_rounded(Target::logistic, FloatType::float32, x) == below);
  BOOST_TEST(ulp_error(Target::logistic, FloatType::float32, x, below) < 0.5);
  BOOST_TEST(ulp_error(Target::logistic, FloatType::float32, x, above) > 0.5);
}

BOOST_AUTO_TEST_CASE(errors_are_in_the_ulp_of_the_true_value) {
  // Just below 1 the unit is 2^-24: s(20) = 1 - 2.06e-9.
  BOOST_TEST(ulp_error(Target::logistic, FloatType::float32, 20, 1.0) == 2.0611536181902037e-09 * 0x1p24,
             boost::test_tools::tolerance(1e-12));
  // At 1/2 it is 2^-24, too, and at the least subnormal number 2^-149.
  BOOST_TEST(ulp_error(Target::logistic, FloatType::float32, 0, 0.5 + 0x1p-23) == 2.0);
  BOOST_TEST(ulp_error(Target::logistic, FloatType::float32, -90, 0.0) == std::exp(-90.0) * 0x1p149,
             boost::test_tools::tolerance(1e-12));
  BOOST_TEST(ulp_error(Target::logistic, FloatType::float16, 0, 0.5 - 0x1p-12) == 0.5);
}

BOOST_AUTO_TEST_CASE(an_error_is_never_nan) {
  const double nan = std::nan("");
  BOOST_TEST(ulp_error(Target::logistic, FloatType::float32, 1, nan) == infinity);
  BOOST_TEST(ulp_error(Target::logistic, FloatType::float32, nan, 0.5) == infinity);
  BOOST_TEST(ulp_error(Target::logistic, FloatType::float32, nan, nan) == 0);
  BOOST_TEST(ulp_error(Target::logistic, FloatType::float32, 1, infinity) == infinity);
  BOOST_TEST(ulp_error(Target::logit, FloatType::float32, 1, infinity) == 0);
  BOOST_TEST(ulp_error(Target::logit, FloatType::float32, 1, 100.0) == infinity);
}

BOOST_AUTO_TEST_CASE(prints_the_truth) {
  BOOST_TEST(accuracy::exact_decimal(Target::logistic, 1.0, 20) == "0.73105857863000487925");
  BOOST_TEST(accuracy::exact_decimal(Target::logistic, std::nan("")) == "nan");
  BOOST_TEST(accuracy::exact_decimal(Target::logit, 0.0) == "-inf");
}

BOOST_AUTO_TEST_CASE(knows_where_results_are_normal) {
  BOOST_TEST(accuracy::is_normal(Target::logistic, FloatType::float32, -87.0));
  BOOST_TEST(!accuracy::is_normal(Target::logistic, FloatType::float32, -87.4));
  BOOST_TEST(accuracy::is_normal(Target::logistic, FloatType::float64, -708.0));
  BOOST_TEST(!accuracy::is_normal(Target::logistic, FloatType::float16, -9.8));
}
