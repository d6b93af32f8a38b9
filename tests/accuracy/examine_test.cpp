// SPDX-License-Identifier: MIT
// What examine.h promises, chunk by chunk: known results need no look, wrong constants are told by their ends.
#define BOOST_TEST_MODULE accuracy_examine
#include "ogive/accuracy/examine.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "accuracy/subjects.h"
#include "ogive/accuracy/reference.h"

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

namespace {

/// The same chunk, examined as neighbours in one pass and, as if of a type that has no such pass, block by block.
struct Both : Fixture {
  accuracy::ErrorSummary one_pass, by_blocks;
  void examine_both(Target target, const accuracy::Known& known = {}) {
    Side side = core;
    accuracy::Examiner first(target, FloatType::float32, known);
    one_pass = by_blocks = {};
    // A worst error already in the summary leaves nothing for a second look.
    for (accuracy::ErrorSummary* found : {&one_pass, &by_blocks})
      for (accuracy::Worst* worst : {&found->ulp, &found->normal_ulp, &found->absolute, &found->relative}) worst->keep(3.9, 0, 0);
    first.examine({side, &x, &y, count, true, false}, one_pass);
    side.kind = Side::Kind::identity;  // nothing is known to be right, and there is no pass for neighbours
    accuracy::Examiner second(target, FloatType::float32);
    second.examine({side, &x, &y, count, true, false}, by_blocks);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(one_pass_and_blocks_find_the_same_defects_at_any_place, Both) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  for (const float start : {1.25F, -1.25F, 0x1p-14F, -20.5F, 0.9999F, -3.99995F}) {
    neighbours(start);
    const accuracy::Floats right = y;
    for (const std::size_t i : {std::size_t{0}, std::size_t{7}, std::size_t{511}, count - 9, count - 8, count - 1, count}) {
      for (const float defect : {right[i], nan, infinity, -infinity, 0.0F, -right[i], 1.5F, std::nextafter(right[i], 0.0F),
                                 std::nextafter(right[i], 1.0F), right[i] * (1 + 0x1p-21F), 0.5F}) {
        y = right;
        y[i] = defect;
        examine_both(Target::logistic);
        BOOST_TEST_CONTEXT("from " << start << ", input " << i << ": " << defect) {
          BOOST_TEST(one_pass.histogram == by_blocks.histogram, boost::test_tools::per_element());
          BOOST_TEST(subjects::same(one_pass.ulp, by_blocks.ulp));
          BOOST_TEST(subjects::same(one_pass.absolute, by_blocks.absolute));
          BOOST_TEST(subjects::same(one_pass.nan, by_blocks.nan));
          BOOST_TEST(subjects::same(one_pass.infinite, by_blocks.infinite));
          BOOST_TEST(subjects::same(one_pass.out_of_range, by_blocks.out_of_range));
          BOOST_TEST(subjects::same(one_pass.flushed, by_blocks.flushed));
          BOOST_TEST(subjects::same(one_pass.not_monotone, by_blocks.not_monotone));
          BOOST_TEST(subjects::same(one_pass.drop, by_blocks.drop));
        }
      }
    }
  }
}

BOOST_FIXTURE_TEST_CASE(a_worst_error_known_from_elsewhere_hides_only_smaller_ones, Fixture) {
  neighbours(1.25F);
  accuracy::Examiner all(Target::logistic, FloatType::float32);
  all.examine({core, &x, &y, count, false, false}, summary);
  const auto found_with = [&](double part) {
    const accuracy::Known known{summary.ulp.value * part, summary.normal_ulp.value * part, summary.absolute.value * part,
                                summary.relative.value * part, 0};
    accuracy::Examiner other(Target::logistic, FloatType::float32, known);
    accuracy::ErrorSummary found;
    other.examine({core, &x, &y, count, false, false}, found);
    return found;
  };
  const accuracy::ErrorSummary equal = found_with(1 - 0x1p-20), greater = found_with(1.5);
  BOOST_TEST(subjects::same(equal.ulp, summary.ulp));
  BOOST_TEST(subjects::same(equal.relative, summary.relative));
  BOOST_TEST(std::isnan(greater.ulp.x));  // not located
  BOOST_TEST(greater.histogram == summary.histogram, boost::test_tools::per_element());
  BOOST_TEST(greater.core_inputs == count);
  // The two ways to the truth are within 2^-49 of each other, which is 2^-25 ulp.
  constexpr double two_truths = 0x1p-25;
  BOOST_TEST(greater.sum_ulp == summary.sum_ulp, boost::test_tools::tolerance(two_truths));
  BOOST_TEST(greater.sum_squared_ulp == summary.sum_squared_ulp, boost::test_tools::tolerance(two_truths));
}

namespace {

/// What is found in a chunk by the definitions alone, with MPFR, input by input.
accuracy::ErrorSummary one_by_one(const accuracy::Floats& x, const accuracy::Floats& y, std::size_t count, double right) {
  accuracy::ErrorSummary expected;
  const bool falls = std::signbit(x[0]);
  for (std::size_t i = 0; i < count; ++i) {
    const double error = accuracy::ulp_error(Target::logistic, FloatType::float32, x[i], y[i]);
    ++expected.histogram[accuracy::histogram_class(error)];
    expected.ulp.keep(error, x[i], y[i]);
    if (y[i] < 0 || y[i] > 1) expected.out_of_range.add(x[i]);
    if (y[i] == 0 && right != 0) expected.flushed.add(x[i]);
    if (i == 0 || !(falls ? y[i] > y[i - 1] : y[i] < y[i - 1])) continue;
    const std::size_t at = falls ? i - 1 : i;
    expected.not_monotone.add(x[at]);
    const double truth = accuracy::correctly_rounded(Target::logistic, FloatType::float64, x[at]);
    expected.drop.keep(std::fabs(double{y[i]} - double{y[i - 1]}) / accuracy::ulp(FloatType::float32, truth), x[at], y[at]);
  }
  return expected;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(rough_results_of_a_constant_are_counted_as_one_by_one, Fixture) {
  constexpr Side middle{Side::Kind::constant, 0.5, true, true};
  // Near 0, near the ends of the constants, and far away; not where the double is a power of two, and the truth just below it.
  for (const auto& place : {std::pair{0x1p-100F, middle}, std::pair{0x1p-30F, middle}, std::pair{-0x1p-30F, middle},
                            std::pair{20.0F, one}, std::pair{-120.0F, zero}, std::pair{-3000.0F, zero}}) {
    const float start = place.first;
    const Side side = place.second;
    neighbours(start);
    const accuracy::Floats right = y;
    const auto straight = [&](std::size_t i) { return right[i] + 0x1p-18F * static_cast<float>(i); };
    const auto rising = [&](std::size_t i) { return 0.2503F + 0x1p-8F * static_cast<float>(i); };
    const auto falling = [&](std::size_t i) { return 0.7503F - 0x1p-8F * static_cast<float>(i); };
    const auto in_steps = [&](std::size_t i) { return i % 300 < 7 ? right[i] + 0x1p-14F * static_cast<float>(i % 300) : right[i]; };
    const auto huge = [&](std::size_t i) { return std::ldexp(-1.1F, static_cast<int>(i / 8)); };
    const auto nothing = [&](std::size_t) { return 0.0F; };
    const auto check = [&](const char* name, auto result) {
      for (std::size_t i = 0; i <= count; ++i) y[i] = result(i);
      summary = {};
      accuracy::Examiner fresh(Target::logistic, FloatType::float32);
      fresh.examine({side, &x, &y, count, false, false}, summary);
      const accuracy::ErrorSummary expected = one_by_one(x, y, count, side.value);
      BOOST_TEST_CONTEXT("from " << start << ", " << name) {
        // From 80 ulp on classes are by the double, which cannot tell 2^23 ulp from a little more.
        if (y[0] != 0) BOOST_TEST(summary.histogram == expected.histogram, boost::test_tools::per_element());
        constexpr double of_a_double = 0x1p-40;
        BOOST_TEST(summary.ulp.value == expected.ulp.value, boost::test_tools::tolerance(of_a_double));
        BOOST_TEST(subjects::same(summary.out_of_range, expected.out_of_range));
        BOOST_TEST(subjects::same(summary.flushed, expected.flushed));
        BOOST_TEST(subjects::same(summary.not_monotone, expected.not_monotone));
        BOOST_TEST(subjects::same(summary.drop, expected.drop));
      }
    };
    check("straight", straight);
    check("rising", rising);
    check("falling", falling);
    check("in steps", in_steps);
    check("huge", huge);
    if (side.value != 0) check("nothing", nothing);
  }
}

BOOST_AUTO_TEST_CASE(a_wrong_constant_of_many_chunks_is_what_each_of_them_alone_would_say) {
  constexpr Side middle{Side::Kind::constant, 0.5, true, true};
  constexpr std::size_t count = 500;
  for (const float result : {0.5F + 0x1p-22F, 0.5F + 0x1p-24F, 0.4F, 0.0F, 0x1p-130F}) {
    for (const float sign : {1.0F, -1.0F}) {
      accuracy::Examiner all(Target::logistic, FloatType::float32);
      accuracy::ErrorSummary together, apart;
      accuracy::Floats x{}, y{};
      y.fill(result);
      for (float start = 0x1p-120F; start < 0x1p-26F; start *= 16) {
        x[0] = sign * start;
        for (std::size_t i = 1; i < count; ++i) x[i] = std::nextafter(x[i - 1], sign);
        all.examine({middle, &x, &y, count, false, false}, together);
        accuracy::Examiner fresh(Target::logistic, FloatType::float32);
        accuracy::ErrorSummary alone;
        fresh.examine({middle, &x, &y, count, false, false}, alone);
        apart.merge(alone);
      }
      BOOST_TEST_CONTEXT(result << " on the side of " << sign) { BOOST_TEST(subjects::same(together, apart)); }
    }
  }
}

BOOST_FIXTURE_TEST_CASE(a_run_of_results_at_a_boundary_where_the_truth_rests_has_the_errors_of_mpfr, Fixture) {
  neighbours(3000);  // the truth is 1 - e^-3000: these results are a little less than 1, 2 and 4 ulp off
  const std::array<float, 4> results{1 - 0x1p-24F, 1 - 0x1p-23F, 1.0F, 1 - 0x1p-22F};
  for (std::size_t i = 0; i <= count; ++i) y[i] = results[i / 100 % results.size()];
  examine(one);
  const accuracy::ErrorSummary expected = one_by_one(x, y, count, 1);
  BOOST_TEST(summary.histogram == expected.histogram, boost::test_tools::per_element());
  BOOST_TEST(subjects::same(summary.ulp, expected.ulp));
}
