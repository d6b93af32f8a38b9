// SPDX-License-Identifier: MIT
// What examine.h promises, chunk by chunk: known results need no look, wrong constants are told by their ends.
#define BOOST_TEST_MODULE accuracy_examine
#include "ogive/accuracy/examine.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <memory>

#include "accuracy/subjects.h"

namespace accuracy = ogive::accuracy;
using accuracy::Side;
using ogive::FloatType, ogive::sigmoid::Target;

namespace {

struct Fixture {
  accuracy::Examiner examiner{Target::logistic, FloatType::float32};
  accuracy::Floats x{}, y{};
  accuracy::ErrorSummary summary;
  static constexpr std::size_t count = 1000;

  /// `count` neighbours from `first` on, with their correctly rounded results.
  void neighbours(float first) {
    for (std::size_t i = 0; i <= count; ++i) {
      x[i] = i == 0 ? first : std::nextafter(x[i - 1], std::copysign(std::numeric_limits<float>::infinity(), first));
      y[i] = subjects::double_inside(x[i]);
    }
  }
  bool examine(Side side, bool has_next = false) { return examiner.examine({side, &x, &y, count, has_next, false}, summary); }
};

constexpr Side zero{Side::Kind::constant, 0, false, true};
constexpr Side one{Side::Kind::constant, 1, true, true};
constexpr Side core{Side::Kind::core, 0, true, true};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_right_constant_is_known, Fixture) {
  neighbours(-200);
  BOOST_TEST(examine(zero));
  BOOST_TEST(summary.inputs == count);
  BOOST_TEST(summary.misrounded() == 0U);
  BOOST_TEST(summary.core_inputs == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_wrong_constant_is_told_by_its_ends, Fixture) {
  neighbours(-200);
  y.fill(0x1p-140F);  // 2^9 of the least subnormal number
  BOOST_TEST(!examine(zero));
  BOOST_TEST(summary.misrounded() == count);
  BOOST_TEST(summary.ulp.value == 0x1p9);
  BOOST_TEST(summary.histogram[accuracy::histogram_class(0x1p9)] == count);
  BOOST_TEST(summary.normal_ulp.value == 0);  // the truth is not normal there
}

BOOST_FIXTURE_TEST_CASE(a_constant_of_nan_or_infinity_is_counted, Fixture) {
  neighbours(-200);
  y.fill(std::numeric_limits<float>::quiet_NaN());
  examine(zero);
  BOOST_TEST(summary.nan.count == count);
  BOOST_TEST(summary.nan.first == double{x[count - 1]});
  BOOST_TEST(summary.nan.last == -200);
  y.fill(std::numeric_limits<float>::infinity());
  examine(zero);
  BOOST_TEST(summary.infinite.count == count);
  BOOST_TEST(summary.out_of_range.count == count);
  BOOST_TEST(std::isinf(summary.ulp.value));
  BOOST_TEST(summary.misrounded() == 2 * count);
}

BOOST_FIXTURE_TEST_CASE(one_wrong_result_among_constants_is_found, Fixture) {
  neighbours(30);
  y[700] = 1 - 0x1p-24F;
  BOOST_TEST(!examine(one));
  BOOST_TEST(summary.misrounded() == 1U);
  BOOST_TEST(summary.ulp.x == double{x[700]});
  BOOST_TEST(summary.not_monotone.count == 1U);
  BOOST_TEST(summary.not_monotone.first == double{x[700]});
}

BOOST_FIXTURE_TEST_CASE(a_step_down_to_the_next_chunk_is_seen, Fixture) {
  neighbours(30);
  y[count] = 0.5F;
  BOOST_TEST(examine(one, true));
  BOOST_TEST(summary.not_monotone.count == 1U);
  BOOST_TEST(summary.not_monotone.first == double{x[count]});
  BOOST_TEST(summary.drop.value == 0x1p23);
  BOOST_TEST(summary.misrounded() == 0U);  // that input is the next chunk's
}

BOOST_FIXTURE_TEST_CASE(a_core_chunk_adds_to_the_mean, Fixture) {
  neighbours(1.25F);
  BOOST_TEST(!examine(core));
  BOOST_TEST(summary.misrounded() == 0U);
  BOOST_TEST(summary.core_inputs == count);
  BOOST_TEST(summary.mean_ulp() > 0.2);  // rounding errors alone are spread evenly over [0, 1/2]
  BOOST_TEST(summary.mean_ulp() < 0.3);
  BOOST_TEST(summary.ulp.value <= 0.5);
  BOOST_TEST(summary.ulp.value > 0.49);
}

BOOST_FIXTURE_TEST_CASE(a_number_for_nan_is_counted, Fixture) {
  x.fill(std::numeric_limits<float>::quiet_NaN());
  y = x;
  y[3] = 0;
  examine({Side::Kind::undefined, 0, false, true});
  BOOST_TEST(summary.lost_nan.count == 1U);
  BOOST_TEST(summary.inputs == 0U);
}
