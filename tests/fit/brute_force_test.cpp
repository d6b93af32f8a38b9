// SPDX-License-Identifier: MIT
// The judge of the fitter must itself be judged: on data whose least RSS is known in closed form, and by its invariances.
#define BOOST_TEST_MODULE fit_brute_force
#include "fit/support/brute_force.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

#include "fit/support/generator.h"

using ogive::fit_test::brute_force;
using ogive::fit_test::Curve;
using ogive::fit_test::Infimum;
using ogive::fit_test::least_rss;
using ogive::fit_test::LeastRss;

namespace {

using Values = std::vector<double>;

// What the tests claim. All are far above the rounding of the search and far below what would change a verdict on a fitter.
constexpr double same_share = 1e-8;    // least RSS of one curve in other units, or computed in another way
constexpr double exact_share = 1e-18;  // least RSS of data without noise, as a share of their sum of squares about the mean
constexpr std::size_t curves = 60;     // of each set

double logistic(double L, double x0, double k, double b, double x) { return b + L / (1 + std::exp(-k * (x - x0))); }

Values logistic_at(const Values& x, double L, double x0, double k, double b) {
  Values y;
  for (const double value : x) y.push_back(logistic(L, x0, k, b, value));
  return y;
}

double about_mean(const Values& y) {
  double mean = 0;
  for (const double value : y) mean += value / static_cast<double>(y.size());
  double sum = 0;
  for (const double value : y) sum += (value - mean) * (value - mean);
  return sum;
}

bool equal(double a, double b) { return std::fabs(a - b) <= same_share * std::max(a, b); }

// A third way to the least RSS inside, from the truth: cyclic search along each of the four parameters. Only an upper bound.
double rss_near_truth(const Curve& curve) {
  Values p = {curve.truth.L, curve.truth.x0, curve.truth.k, curve.truth.b};
  const auto rss = [&] {
    double sum = 0;
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
      const double residual = curve.y[i] - logistic(p[0], p[1], p[2], p[3], curve.x[i]);
      sum += residual * residual;
    }
    return sum;
  };
  Values step = {0.1 * std::fabs(p[0]), 0.1 / std::fabs(p[2]), 0.1 * p[2], 0.1 * std::fabs(p[0])};
  double best = rss();
  for (int round = 0; round < 200; ++round) {
    for (std::size_t j = 0; j < p.size(); ++j) {
      const double before = p[j];
      bool better = false;
      for (const double sign : {1.0, -1.0}) {
        p[j] = before + sign * step[j];
        const double value = rss();
        if (value < best) {
          best = value;
          better = true;
          break;
        }
        p[j] = before;
      }
      step[j] *= better ? 1.5 : 0.5;
    }
  }
  return best;
}

}  // namespace

BOOST_AUTO_TEST_CASE(data_without_noise_leave_nothing) {
  const Values x = {-3, -2.5, -1, -0.2, 0.4, 1.1, 2, 3};
  for (const double k : {0.3, -1.5, 4.0, -9.0}) {
    for (const double x0 : {-3.5, 0.1, 2.9}) {
      const Values y = logistic_at(x, 2.5, x0, k, -1);
      const LeastRss best = brute_force(x, y);
      BOOST_TEST(best.rss <= exact_share * about_mean(y), "k = " << k << ", x0 = " << x0 << ", rss " << best.rss);
      BOOST_TEST((best.infimum == Infimum::interior), to_string(best.infimum));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_constant_a_line_a_step_and_an_exponential_are_named) {
  const Values x = {0, 1, 2, 3, 4, 5, 6, 7};
  const auto named = [&](const Values& y, Infimum expected) {
    const LeastRss best = brute_force(x, y);
    BOOST_TEST((best.infimum == expected), to_string(best.infimum) << " instead of " << to_string(expected));
    BOOST_TEST(best.rss <= exact_share * (1 + about_mean(y)));
  };
  named(Values(8, 3.5), Infimum::constant);
  named({1, 3, 5, 7, 9, 11, 13, 15}, Infimum::line);
  named({2, 2, 2, 2, 2, 7, 7, 7}, Infimum::two_level_step);
  named({7, 7, 7, 4, 2, 2, 2, 2}, Infimum::three_level_step);
  for (const double rate : {0.4, -0.4}) {
    Values y;
    for (const double value : x) y.push_back(1 - 3 * std::exp(rate * value));
    named(y, Infimum::exponential);
  }
}

BOOST_AUTO_TEST_CASE(a_noisy_step_leaves_the_spread_about_its_two_levels) {
  // The levels are 0 and 10, the deviations about them sum to zero; no slope between x = 4 and x = 5 can lower the sum of squares,
  // because the last low point lies below its level and the first high one above.
  const Values x = {1, 2, 3, 4, 5, 6, 7, 8};
  const Values y = {0.25, 0.5, -0.25, -0.5, 10.5, 9.75, 10.25, 9.5};
  const LeastRss best = brute_force(x, y);
  BOOST_TEST(equal(best.rss, 1.25), best.rss);
  BOOST_TEST((best.infimum == Infimum::two_level_step), to_string(best.infimum));
}

BOOST_AUTO_TEST_CASE(replicates_leave_the_spread_within_their_groups) {
  // Four distinct x with a logistic through the group means: only the spread (1 + 1) remains.
  const Values x = {0, 3, 1, 2, 0, 3};
  Values y = logistic_at(x, 5, 1.3, 1.7, 2);
  y[0] += 0.7071067811865476;
  y[4] -= 0.7071067811865476;
  y[1] -= 0.7071067811865476;
  y[5] += 0.7071067811865476;
  BOOST_TEST(equal(least_rss(x, y), 2.0), least_rss(x, y));
}

BOOST_AUTO_TEST_CASE(replicates_weigh_as_much_as_they_are) {
  // The best of a bump is a step beside it: one point and three, or two, share a level. (1 * 3 / 4) 3^2 and (1 * 1 / 2) 3^2.
  BOOST_TEST(equal(least_rss(Values{1, 2, 2, 2, 3}, Values{0, 3, 3, 3, 0}), 6.75));
  BOOST_TEST(equal(least_rss(Values{1, 2, 3}, Values{0, 3, 0}), 4.5));
}

BOOST_AUTO_TEST_CASE(one_two_and_three_points_leave_nothing) {
  BOOST_TEST(least_rss(Values{3}, Values{5}) == 0.0);
  BOOST_TEST(least_rss(Values{3, 4}, Values{5, 9}) <= exact_share);
  BOOST_TEST(least_rss(Values{1, 2, 4}, Values{1, 2, 7}) <= 49 * exact_share);
  BOOST_TEST(equal(least_rss(Values{1, 2, 4}, Values{0, 3, 0}), 4.5));  // a bump: the best is a step
  BOOST_TEST(equal(least_rss(Values{2, 2, 2}, Values{1, 2, 3}), 2.0));  // one x only: the mean
}

BOOST_AUTO_TEST_CASE(neighbours_too_near_for_any_slope_still_make_a_step) {
  const Values y = {1, 1, 4, 4, 4};
  BOOST_TEST(least_rss(Values{0, 1e-300, 2e-300, 0.5, 1}, y) <= exact_share * about_mean(y));
  BOOST_TEST(least_rss(Values{-1e300, 1e-300, 2e-300, 1, 1e300}, y) <= exact_share * about_mean(y));
}

BOOST_AUTO_TEST_CASE(a_mirrored_or_rescaled_curve_leaves_as_much) {
  for (const auto& set : {ogive::fit_test::easy_curves(curves, 11), ogive::fit_test::hard_curves(curves, 12)}) {
    for (const Curve& curve : set) {
      const double expected = least_rss(curve.x, curve.y);
      const Curve back = mirrored(curve);
      BOOST_TEST(equal(least_rss(back.x, back.y), expected));
      const Curve upside_down = with_scaled_y(curve, -0x1p20);
      BOOST_TEST(equal(least_rss(upside_down.x, upside_down.y), expected * 0x1p40));
      // A power of two and no shift: the points stay what they are to the last bit.
      const Curve wider = with_moved_x(curve, 0x1p-30, 0);
      BOOST_TEST(equal(least_rss(wider.x, wider.y), expected));
    }
  }
}

BOOST_AUTO_TEST_CASE(rounding_never_passes_for_a_fit) {
  // The best of this curve is an exponential of little slope. On the way there, where k is 1e-15, what is left of the logistic
  // after its mean is subtracted is noise; a search that does not stop in time fits noise with noise, to 0.4 % less.
  const Curve curve = ogive::fit_test::hard_curves(218, 12).back();
  const Curve back = mirrored(curve);
  BOOST_TEST(equal(least_rss(curve.x, curve.y), least_rss(back.x, back.y)));
}

BOOST_AUTO_TEST_CASE(no_search_from_the_truth_finds_less) {
  for (const auto& set : {ogive::fit_test::easy_curves(curves, 21), ogive::fit_test::hard_curves(curves, 22)})
    for (const Curve& curve : set) BOOST_TEST(least_rss(curve.x, curve.y) <= rss_near_truth(curve) * (1 + same_share));
}

BOOST_AUTO_TEST_CASE(hard_curves_come_in_all_kinds) {
  std::size_t one_plateau = 0;
  std::size_t noisy = 0;
  std::size_t flat = 0;
  std::size_t outliers = 0;
  std::size_t shifted = 0;
  const auto set = ogive::fit_test::hard_curves(2000, 31);
  for (const Curve& curve : set) {
    one_plateau += curve.one_plateau;
    noisy += curve.noisy;
    flat += curve.flat;
    outliers += curve.outliers;
    shifted += curve.shifted;
    BOOST_TEST((curve.x.front() > 1e5) == curve.shifted);
  }
  // Five standard deviations of the count about its expectation.
  const auto expected = [&](std::size_t count, double share) {
    const double n = static_cast<double>(set.size());
    return std::fabs(static_cast<double>(count) - share * n) <= 5 * std::sqrt(share * (1 - share) * n);
  };
  BOOST_TEST(expected(one_plateau, 0.5));
  BOOST_TEST(expected(noisy, 0.3));
  BOOST_TEST(expected(flat, 0.03));
  BOOST_TEST(expected(outliers, 0.03));
  BOOST_TEST(expected(shifted, 0.5));
}
