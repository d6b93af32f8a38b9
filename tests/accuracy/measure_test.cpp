// SPDX-License-Identifier: MIT
// What measure.h promises: the right way for each type, and a claim held against what was found.
#define BOOST_TEST_MODULE accuracy_measure
#include "ogive/accuracy/measure.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "accuracy/subjects.h"
#include "ogive/base/errors.h"

namespace accuracy = ogive::accuracy;
using ogive::FloatType, ogive::sigmoid::Variant;
using subjects::each;

namespace {

Variant two_branch() {
  Variant variant;
  variant.name = "two_branch";
  variant.float16 = each<ogive::float16, subjects::half>;
  variant.float32 = each<float, subjects::two_branch>;
  variant.float64 = each<double, subjects::two_branch>;
  variant.claim32.ulp = 2.41;
  return variant;
}

const accuracy::MeasureOptions small{.low = -4.5, .high = -4, .samples = 100000};

}  // namespace

BOOST_AUTO_TEST_CASE(sweeps_the_small_types_and_searches_in_float64) {
  const Variant variant = two_branch();
  BOOST_TEST(accuracy::measure(variant, FloatType::float16, small).exhaustive);
  BOOST_TEST(accuracy::measure(variant, FloatType::float32, small).exhaustive);
  BOOST_TEST(!accuracy::measure(variant, FloatType::float64, small).exhaustive);
  BOOST_TEST((accuracy::measure(variant, FloatType::float64, small).type == FloatType::float64));
}

BOOST_AUTO_TEST_CASE(a_type_that_does_not_exist_is_bad_input) {
  BOOST_TEST(!accuracy::exists(two_branch(), FloatType::bfloat16));
  BOOST_CHECK_EXCEPTION(accuracy::measure(two_branch(), FloatType::bfloat16), ogive::InputError,
                        [](const ogive::InputError& error) {
                          return std::string(error.what()).find("'two_branch' does not exist for bfloat16") != std::string::npos;
                        });
}

BOOST_AUTO_TEST_CASE(a_claim_is_kept_or_broken) {
  Variant variant = two_branch();
  const auto found = accuracy::measure(variant, FloatType::float32, small);
  BOOST_TEST(accuracy::keeps_claim(variant, found));
  variant.claim32.ulp = 2.3;
  BOOST_TEST(!accuracy::keeps_claim(variant, found));
  variant.claim32 = {};
  BOOST_TEST(accuracy::keeps_claim(variant, found));  // nothing is claimed
  variant.claim32.absolute = 1e-3;
  BOOST_TEST(accuracy::keeps_claim(variant, found));
  variant.claim32.absolute = 1e-12;
  BOOST_TEST(!accuracy::keeps_claim(variant, found));
}

BOOST_AUTO_TEST_CASE(a_nan_breaks_any_claim) {
  Variant variant = two_branch();
  variant.float32 = each<float, subjects::nan_once>;
  variant.claim32.ulp = 100;
  const accuracy::MeasureOptions around{.low = -5, .high = -4};
  BOOST_TEST(!accuracy::keeps_claim(variant, accuracy::measure(variant, FloatType::float32, around)));
}
