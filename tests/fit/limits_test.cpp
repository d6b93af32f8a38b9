// SPDX-License-Identifier: MIT
// Limits: closed forms against plain loops and dense scans.
#define BOOST_TEST_MODULE fit_limits
#include "ogive/fit/limits.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "fit/support/plain.h"
#include "ogive/base/random.h"

namespace fit = ogive::fit;
using fit::Direction;
using fit::Eliminate;
using fit::LimitCurve;
using fit::Points;
using fit::PrefixSums;
using ogive::fit_test::Real;

namespace {

constexpr double rounding = 1e-13;    // of a few dozen additions, relative to the total sum of squares
constexpr double scan_claim = 1e-11;  // of a search in one unknown, likewise
constexpr int cases = 60;             // random ones
constexpr auto free_ones = {Eliminate::L_and_b, Eliminate::L, Eliminate::none};

ogive::curve::Linear linear_of(Eliminate e) {
  return e == Eliminate::L_and_b ? ogive::curve::Linear::L_and_b
         : e == Eliminate::L     ? ogive::curve::Linear::L_only
                                 : ogive::curve::Linear::none;
}

Points random_points(ogive::Random& random, Eliminate eliminate) {
  std::vector<double> x, y;
  const std::size_t n = 4 + random.below(9);
  const double slope = random.uniform(-3, 3), middle = random.uniform(-1, 1), noise = random.uniform(0.05, 1);
  for (std::size_t i = 0; i < n; ++i) {
    x.push_back(random.below(4) == 0 && i > 0 ? x.back() : random.uniform(-1, 1));
    y.push_back(1 / (1 + std::exp(slope * (middle - x.back()))) + noise * random.normal());
  }
  return fit::make_points(x, y, linear_of(eliminate));
}

double total(const Points& points) {
  double sum = points.total_weight;
  for (std::size_t j = 0; j < points.size(); ++j) sum += points.weight[j] * points.y[j] * points.y[j];
  return sum;
}

Real about(const Points& points, std::size_t first, std::size_t last, Real level) {
  Real sum = 0;
  for (std::size_t j = first; j < last; ++j) sum += points.weight[j] * (points.y[j] - level) * (points.y[j] - level);
  return sum;
}

Real mean(const Points& points, std::size_t first, std::size_t last) {
  Real sum = 0, weight = 0;
  for (std::size_t j = first; j < last; ++j) {
    sum += points.weight[j] * points.y[j];
    weight += points.weight[j];
  }
  return weight > 0 ? sum / weight : 0;
}

// All steps, one by one: levels left and right, one point or none between.
Real least_step(const Points& points, Eliminate eliminate, Direction direction) {
  const std::size_t m = points.size();
  Real least = std::numeric_limits<Real>::infinity();
  for (std::size_t end = 0; end <= m; ++end)
    for (std::size_t begin = end; begin <= std::min(m, end + 1); ++begin) {
      if (eliminate == Eliminate::L_and_b && (end == 0 || begin == m)) continue;
      if (eliminate == Eliminate::L && begin == m) continue;
      const Real left = eliminate == Eliminate::L_and_b ? mean(points, 0, end) : 0;
      const Real right = eliminate == Eliminate::none ? 1 : mean(points, begin, m);
      if (direction == Direction::rising && right <= left) continue;
      if (begin > end) {
        const Real middle = points.y[end];
        if (middle < std::min(left, right) || middle > std::max(left, right)) continue;
      }
      least = std::min(least, about(points, 0, end, left) + about(points, begin, m, right));
    }
  return least;
}

Real F_of(const LimitCurve& curve, const Points& points) {
  Real sum = 0;
  for (std::size_t j = 0; j < points.size(); ++j)
    sum += points.weight[j] * std::pow(static_cast<Real>(points.y[j]) - fit::limit_value(curve, points, points.u[j]), 2);
  return sum;
}

Real exponential_at(const Points& points, Eliminate eliminate, Real rate, bool rising) {
  std::vector<Real> v;
  const Real end = rate > 0 ? points.u.back() : points.u.front();
  for (const double u : points.u) v.push_back(std::exp(rate * (u - end)));
  const auto found = ogive::fit_test::regression(points, v, eliminate);
  return rising && found.L * rate <= 0 ? std::numeric_limits<Real>::infinity() : found.rss;
}

}  // namespace

BOOST_AUTO_TEST_CASE(prefix_sums_agree_with_loops_over_every_run) {
  ogive::Random random(1);
  const Points points = random_points(random, Eliminate::none);
  const PrefixSums sums(points);
  const double claim = rounding * total(points);
  for (std::size_t first = 0; first <= points.size(); ++first)
    for (std::size_t last = first; last <= points.size(); ++last) {
      const Real level = mean(points, first, last);
      BOOST_TEST(std::fabs(sums.mean(first, last) - level) <= claim);
      BOOST_TEST(std::fabs(sums.about_mean(first, last) - about(points, first, last, level)) <= claim);
      BOOST_TEST(std::fabs(sums.about(0.7, first, last) - about(points, first, last, 0.7)) <= claim);
    }
}

BOOST_AUTO_TEST_CASE(the_best_step_is_the_best_of_all_steps) {
  ogive::Random random(2);
  for (const Eliminate eliminate : free_ones)
    for (int i = 0; i < cases; ++i) {
      const Points points = random_points(random, eliminate);
      for (const Direction direction : {Direction::any, Direction::rising}) {
        const LimitCurve step = best_step(points, PrefixSums(points), eliminate, direction);
        const Real expected = least_step(points, eliminate, direction);
        BOOST_TEST(step.exists() == std::isfinite(expected));
        if (!step.exists()) continue;
        BOOST_TEST(std::fabs(step.F - expected) <= rounding * total(points));
        BOOST_TEST(std::fabs(step.F - F_of(step, points)) <= rounding * total(points));
        if (direction == Direction::rising) BOOST_TEST(step.high > step.low);
      }
    }
}

BOOST_AUTO_TEST_CASE(the_best_line_and_constant_are_regressions) {
  ogive::Random random(3);
  for (int i = 0; i < cases; ++i) {
    const Points points = random_points(random, Eliminate::L_and_b);
    const std::vector<Real> u(points.u.begin(), points.u.end());
    const auto line = ogive::fit_test::regression(points, u, Eliminate::L_and_b);
    const LimitCurve found = best_line(points), constant = best_constant(points, Eliminate::L_and_b);
    BOOST_TEST(std::fabs(found.F - line.rss) <= rounding * total(points));
    BOOST_TEST(std::fabs(found.F - F_of(found, points)) <= rounding * total(points));
    BOOST_TEST(best_line(points, Direction::rising).exists() == (line.L > 0));
    BOOST_TEST(std::fabs(constant.F - points.tss) <= rounding * total(points));
    BOOST_TEST(std::fabs(constant.F - F_of(constant, points)) <= rounding * total(points));
  }
}

BOOST_AUTO_TEST_CASE(a_constant_stays_between_the_plateaus_where_these_are_fixed) {
  const std::vector<double> x = {1, 2, 3};
  const auto level = [&](std::vector<double> y) {
    return best_constant(fit::make_points(x, y, ogive::curve::Linear::none), Eliminate::none).low;
  };
  BOOST_TEST(level({-1, -2, -3}) == 0.0);
  BOOST_TEST(level({0.25, 0.5, 0.75}) == 0.5);
  BOOST_TEST(level({2, 2, 2}) == 1.0);
}

BOOST_AUTO_TEST_CASE(the_best_exponential_is_that_of_a_dense_scan) {
  ogive::Random random(4);
  int found = 0;
  for (const Eliminate eliminate : {Eliminate::L_and_b, Eliminate::L})
    for (int i = 0; i < cases; ++i) {
      const Points points = random_points(random, eliminate);
      const double gap_claim = scan_claim * total(points);
      for (const int sign : {1, -1})
        for (const Direction direction : {Direction::any, Direction::rising}) {
          int evaluations = 0;
          const LimitCurve curve = best_exponential(points, eliminate, sign, direction, evaluations);
          BOOST_TEST((evaluations > 0) == (points.size() >= 3));
          const bool rising = direction == Direction::rising;
          const auto F = [&](Real t) { return exponential_at(points, eliminate, sign * std::exp(t), rising); };
          const Real low = std::log(1e-3L), high = std::log(300.0L);
          const Real inside = ogive::fit_test::least(F, low, high);
          const Real others = std::min<Real>({least_step(points, eliminate, Direction::any), F(low), F(high), best_line(points).F,
                                              best_constant(points, eliminate).F});
          if (inside < others - gap_claim) {
            ++found;
            BOOST_TEST(curve.exists());
            BOOST_TEST(curve.F <= inside + gap_claim);
          }
          if (!curve.exists()) continue;
          BOOST_TEST(std::fabs(curve.F - F_of(curve, points)) <= gap_claim);
          BOOST_TEST((sign * curve.rate > 0 && (!rising || curve.high * curve.rate > 0)));
        }
    }
  BOOST_TEST(found > cases / 4);
}

BOOST_AUTO_TEST_CASE(limits_that_dose_zero_forbids_do_not_exist) {
  const Points points = fit::make_points(std::vector<double>{-HUGE_VAL, 0, 1, 2, 3}, std::vector<double>{0, 1, 1.5, 3, 7},
                                         ogive::curve::Linear::L_and_b);
  int evaluations = 0;
  BOOST_TEST(!best_line(points).exists());
  BOOST_TEST(!best_exponential(points, Eliminate::L_and_b, -1, Direction::any, evaluations).exists());
  const LimitCurve rise = best_exponential(points, Eliminate::L_and_b, +1, Direction::any, evaluations);
  BOOST_TEST(std::fabs(rise.F - F_of(rise, points)) <= scan_claim * total(points));
  BOOST_TEST(best_step(points, PrefixSums(points), Eliminate::L_and_b).exists());
}
