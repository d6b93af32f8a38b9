// SPDX-License-Identifier: MIT
// Profile intervals: at a finite end the best curve with that value is just not significantly worse; checked by dense scans over
// the other parameters.
#define BOOST_TEST_MODULE fit_profile
#include "ogive/fit/profile.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "fit/support/generator.h"
#include "fit/support/plain.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/quantiles.h"
#include "ogive/fit/search.h"
#include "ogive/fit/solve.h"

namespace fit = ogive::fit;
using fit::Eliminate;
using fit::Ends;
using fit::Frame;
using fit::infinite;
using ogive::fit_test::least;
using ogive::fit_test::Real;

namespace {

constexpr double nearby_share = 1e-6;  // of the way from the best value to an end
constexpr double jump_claim = 1e-4;    // of an end of x0 at a point, where the profile jumps, in units of half the range
constexpr double end_claim = 1e-5;     // of F at an end, relative to the rise from the best F to the critical one
constexpr double unit_claim = 1e-6;    // of an end in other units, relative to the width of the interval

struct Case {
  Frame frame;
  double critical;
  std::vector<Ends> ends;
};

Case profile(const std::vector<double>& x, const std::vector<double>& y, const char* name = "logistic") {
  const auto& model = ogive::curve::model(name);
  const fit::Points points = fit::make_points(x, y, model.linear);
  Case result{fit::make_frame(points, model, fit::search(points, model.family, model.linear)), 0, {}};
  fit::solve(result.frame);
  const int dof = static_cast<int>(x.size() - model.parameters.size());
  const double t = fit::t_quantile(0.95, dof), F = result.frame.best.F;
  result.critical = F + (F + points.pure_error) * t * t / dof;
  const std::vector<double> reach(model.parameters.size(), fit::unknown);
  result.ends = fit::profile_ends(result.frame, result.critical, reach);
  return result;
}

// The least F of the steps whose gap holds x0: the profile at x0 jumps where x0 passes a point.
Real step_at(const fit::Points& points, Real x0) {
  std::vector<Real> v;
  for (const double u : points.u) v.push_back(u > x0 ? 1 : 0);
  return ogive::fit_test::regression(points, v, Eliminate::L_and_b).rss;
}

// min of F over all logistic curves with b and L free, k > 0 and, but for x0, L > 0, whose parameter `place` has that value.
Real scan(const Frame& frame, int place, Real value) {
  const fit::Points& points = frame.points;
  const auto F = [&](Real k, Real x0, Eliminate eliminate, Real fixed) {
    const auto found =
        ogive::fit_test::regression(points, ogive::fit_test::logistic_at(points, k, k * x0), eliminate, fixed, fixed);
    return found.L > 0 || place == frame.places.x0 ? found.rss : static_cast<Real>(infinite);
  };
  const Real k_low = std::log(0.02L), k_high = std::log(1e5L);
  if (place == frame.places.x0)
    return std::min(step_at(points, value),
                    least([&](Real t) { return F(std::exp(t), value, Eliminate::L_and_b, 0); }, k_low, k_high));
  if (place == frame.places.k)
    return least([&](Real x0) { return F(value, x0, Eliminate::L_and_b, 0); }, -2 - 20 / value, 2 + 20 / value);
  const auto eliminate = place == frame.places.L ? Eliminate::b : Eliminate::L;
  return least(
      [&](Real t) {
        const Real k = std::exp(t), reach = 1.5L + 8 / k;
        return least([&](Real x0) { return F(k, x0, eliminate, value); }, -reach, reach, 24);
      },
      k_low, std::log(1000.0L), 24);
}

bool at_point(const fit::Points& points, double x0) {
  return std::any_of(points.u.begin(), points.u.end(), [&](double u) { return std::fabs(u - x0) <= jump_claim; });
}

void check_finite_ends(const Case& c, const char* what) {
  for (int place = 0; place < 4; ++place) {
    const auto [lower, upper] = c.ends[static_cast<std::size_t>(place)];
    const double value = c.frame.theta(c.frame.best)[static_cast<std::size_t>(place)];
    BOOST_TEST_CONTEXT(what << ", parameter " << place << ": " << lower << " <= " << value << " <= " << upper) {
      BOOST_TEST(lower <= value);
      BOOST_TEST(value <= upper);
      const double claim = end_claim * (c.critical - c.frame.best.F);
      for (const double end : {lower, upper}) {
        if (std::isinf(end) || end == 0) continue;
        double nearby = nearby_share * (end - value);
        if (place == c.frame.places.x0 && at_point(c.frame.points, end)) nearby = std::copysign(2 * jump_claim, nearby);
        BOOST_TEST(static_cast<double>(scan(c.frame, place, end - nearby)) <= c.critical + claim);
        BOOST_TEST(static_cast<double>(scan(c.frame, place, end + nearby)) >= c.critical - claim);
      }
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(at_a_finite_end_the_best_curve_is_just_not_significantly_worse) {
  int number = 0;
  for (const auto& curve : ogive::fit_test::easy_curves(2, 5)) {
    const Case c = profile(curve.x, curve.y);
    check_finite_ends(c, ("easy curve " + std::to_string(number++)).c_str());
  }
}

BOOST_AUTO_TEST_CASE(hard_curves_have_ends_like_others) {
  int number = 0, finite = 0;
  for (const auto& curve : ogive::fit_test::hard_curves(5, 6)) {
    const Case c = profile(curve.x, curve.y);
    if (c.frame.best.is_limit) continue;
    ++finite;
    check_finite_ends(c, ("hard curve " + std::to_string(number++)).c_str());
  }
  BOOST_TEST(finite >= 2);
}

BOOST_AUTO_TEST_CASE(an_end_is_infinite_where_the_limit_is_not_significantly_worse) {
  int number = 0, infinite_ones = 0;
  for (const auto& curve : ogive::fit_test::hard_curves(30, 7)) {
    const Case c = profile(curve.x, curve.y);
    const fit::Points& points = c.frame.points;
    BOOST_TEST_CONTEXT("hard curve " << number++) {
      int evaluations = 0;
      const auto exponential = [&](int sign) {
        return best_exponential(points, Eliminate::L_and_b, sign, fit::Direction::rising, evaluations).F;
      };
      const double step = best_step(points, fit::PrefixSums(points), Eliminate::L_and_b, fit::Direction::rising).F;
      const double line = best_line(points, fit::Direction::rising).F, constant = points.tss;
      const auto end = [&](int place) { return c.ends[static_cast<std::size_t>(place)]; };
      if (c.frame.best.is_limit && c.frame.best.limit.kind == fit::Limit::Kind::constant) continue;
      const fit::Places& places = c.frame.places;
      BOOST_TEST((end(places.k).upper == infinite) == (step <= c.critical));
      if (constant <= c.critical) {
        BOOST_TEST((end(places.x0).lower == -infinite && end(places.x0).upper == infinite));
        BOOST_TEST((end(places.L).lower == 0 && end(places.L).upper == infinite));
        BOOST_TEST(end(places.b).lower == -infinite);
        continue;
      }
      const double out_high = std::min(line, exponential(+1)), out_low = std::min(line, exponential(-1));
      infinite_ones += out_high <= c.critical || out_low <= c.critical;
      if (out_high <= c.critical) BOOST_TEST(end(places.x0).upper == infinite);
      if (out_low <= c.critical) BOOST_TEST(end(places.x0).lower == -infinite);
      BOOST_TEST((end(places.L).upper == infinite) == (std::min(out_low, out_high) <= c.critical));
      BOOST_TEST((end(places.b).lower == -infinite) == (out_low <= c.critical));
      BOOST_TEST((end(places.k).lower == 0) == (line <= c.critical));
      BOOST_TEST(std::isfinite(end(places.b).upper));
    }
  }
  BOOST_TEST(infinite_ones >= 5);
}

BOOST_AUTO_TEST_CASE(the_ends_of_one_plateau_and_of_dose_zero_are_those_of_a_scan) {
  const std::vector<double> log_dose = {-HUGE_VAL, -2, -1, 0, 1, 2, 3};
  check_finite_ends(profile(log_dose, {0.1, 0.2, 0.5, 1.3, 2.4, 2.7, 2.9}), "dose 0");
  const std::vector<double> x = {1, 2, 2, 3, 3, 4, 5, 6};
  check_finite_ends(profile(x, {0.1, 0.1, 0.3, 0.8, 0.7, 1.9, 2.8, 3.2}), "replicates");
}

BOOST_AUTO_TEST_CASE(without_a_lower_plateau_to_fit_L_is_at_least_the_level_of_the_data) {
  // The constant 5 is not significantly worse, but no curve of L < 4 is anywhere near.
  const Case c = profile({1, 2, 3, 4, 5, 6, 7, 8}, {5, 5.1, 4.9, 5.05, 4.95, 5.1, 5, 4.9}, "logistic3");
  const auto end = [&](int place) { return c.ends[static_cast<std::size_t>(place)]; };
  BOOST_TEST(c.frame.to_user(c.frame.places.L, end(c.frame.places.L).lower) > 4.5);
  BOOST_TEST((end(c.frame.places.x0).lower == -infinite && end(c.frame.places.x0).upper == infinite));
}

BOOST_AUTO_TEST_CASE(where_only_replicates_scatter_the_level_is_known_no_better_than_their_mean) {
  const Case c = profile({1, 1, 2, 2, 3, 3, 4, 4, 5, 5}, {0, 1, 0, 1, 0, 1, 0, 1, 0, 1});
  const double t = fit::t_quantile(0.95, 6), half = t * std::sqrt(2.5 / 6 / 10);  // of the mean of ten, with 6 degrees left
  const auto end = [&](int place) { return c.ends[static_cast<std::size_t>(place)]; };
  BOOST_TEST(std::fabs(c.frame.to_user(c.frame.places.b, end(c.frame.places.b).upper) - 0.5 - half) <= unit_claim);
  BOOST_TEST((end(c.frame.places.b).lower == -infinite && end(c.frame.places.L).upper == infinite));
}

BOOST_AUTO_TEST_CASE(ends_move_with_the_units_of_x_and_y) {
  for (const auto& curve : ogive::fit_test::easy_curves(3, 9)) {
    const Case here = profile(curve.x, curve.y);
    for (const double unit : {1e-6, 1e6}) {
      const auto other = ogive::fit_test::with_scaled_y(ogive::fit_test::with_moved_x(curve, unit, 3 * unit), unit);
      const Case there = profile(other.x, other.y);
      for (int place = 0; place < 4; ++place) {
        const auto [lower, upper] = here.ends[static_cast<std::size_t>(place)];
        const auto [other_lower, other_upper] = there.ends[static_cast<std::size_t>(place)];
        const double claim = unit_claim * (upper - lower);
        const auto close = [claim](double p, double q) { return p == q || std::fabs(p - q) <= claim; };
        BOOST_TEST(close(lower, other_lower));  // in the frame there are no units
        BOOST_TEST(close(upper, other_upper));
      }
    }
  }
}
