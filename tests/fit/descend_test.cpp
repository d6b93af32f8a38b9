// SPDX-License-Identifier: MIT
// Descents: derivatives along the coordinates of a step, and where descents end.
#define BOOST_TEST_MODULE fit_descend
#include "ogive/fit/descend.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "fit/support/generator.h"
#include "fit/support/plain.h"
#include "ogive/fit/limits.h"

namespace fit = ogive::fit;
using fit::Descent;
using fit::DescentOptions;
using fit::Eliminate;
using fit::Points;
using fit::Reduced;
using fit::Region;
using ogive::curve::Linear;
using ogive::curve::LogisticShape;
using ogive::fit_test::Real;

namespace {

// Differences in long double with a step of 1e-5: 1e-10 of truncation, 1e-9 of rounding in the second.
constexpr Real difference = 1e-5L;
constexpr double difference_claim = 1e-7;
constexpr double optimum_claim = 1e-11;  // of F at the end of a descent, relative

Points easy(std::uint64_t seed) {
  const auto curve = ogive::fit_test::easy_curves(1, seed).front();
  return fit::make_points(curve.x, curve.y, Linear::L_and_b);
}

Real F(const Points& points, Real k, Real a) {
  return ogive::fit_test::regression(points, ogive::fit_test::logistic_at(points, k, a), Eliminate::L_and_b).rss;
}

}  // namespace

BOOST_AUTO_TEST_CASE(derivatives_along_a_step_are_those_of_the_path_that_it_takes) {
  const Points points = easy(1);
  // |a| <= k + 1 is inside; the rest is where a plateau is out of sight on either side.
  // Where a valley is followed, every place counts as inside, with an anchor of its own.
  const std::pair<double, double> places[] = {{2.0, 0.5}, {5.0, -3.0}, {2.0, 4.5}, {1.5, -6.0}};
  for (const bool follow_valley : {false, true})
    for (const auto& [k, a] : places) {
      BOOST_TEST_CONTEXT("k " << k << " a " << a << " follow " << follow_valley) {
        const auto evaluation = Reduced(points, LogisticShape{}, Eliminate::L_and_b).evaluate(k, a);
        const auto frame = fit::detail::step_frame(evaluation, k, a, follow_valley);
        BOOST_TEST(frame.inside == (std::fabs(a) <= k + 1 || follow_valley));
        BOOST_TEST((frame.anchor == a / k) == !follow_valley);
        const auto along = [&, k = k, a = a](Real d0, Real d1) {
          const Real next_k = k * std::exp(d1);
          const Real side = a < 0 ? -1 : 1;
          const Real anchor = frame.anchor;  // zeta = k anchor - a moves by d0
          return F(points, next_k, frame.inside ? next_k * anchor - (k * anchor - a + d0) : a - side * std::log1p(d0));
        };
        const Real h = difference;
        const double g0 = static_cast<double>((along(-h, 0) - along(h, 0)) / (4 * h));
        const double g1 = static_cast<double>((along(0, -h) - along(0, h)) / (4 * h));
        const double h00 = static_cast<double>((along(h, 0) + along(-h, 0) - 2 * along(0, 0)) / (2 * h * h));
        const double h11 = static_cast<double>((along(0, h) + along(0, -h) - 2 * along(0, 0)) / (2 * h * h));
        const double h01 = static_cast<double>((along(h, h) + along(-h, -h) - along(h, -h) - along(-h, h)) / (8 * h * h));
        // A step in tau moves z by k (u - anchor), which with an anchor far outside is more than k.
        const double reach = frame.inside ? k * std::max(1.0, std::fabs(frame.anchor - a / k) + 1) : k;
        const double claim = difference_claim * points.tss * std::max(1.0, reach * reach);
        BOOST_TEST(std::fabs(frame.g0 - g0) <= claim);
        BOOST_TEST(std::fabs(frame.g1 - g1) <= claim);
        BOOST_TEST(std::fabs(frame.hessian.m00 - h00) <= claim);
        BOOST_TEST(std::fabs(frame.hessian.m01 - h01) <= claim);
        BOOST_TEST(std::fabs(frame.hessian.m11 - h11) <= claim);
      }
    }
}

BOOST_AUTO_TEST_CASE(a_descent_ends_where_no_neighbour_is_lower) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Points points = easy(seed);
    Reduced reduced(points, LogisticShape{}, Eliminate::L_and_b);
    const Descent d = fit::descend(reduced, 3, 0, Region::of(points));
    if (d.escaped) continue;
    BOOST_TEST(d.converged);
    const Real here = F(points, d.k, d.a);
    BOOST_TEST(std::fabs(static_cast<double>(here) / d.F - 1) <= optimum_claim);
    for (const Real step : {1e-2L, 1e-4L})
      for (int i = 0; i < 8; ++i) {
        const Real angle = static_cast<Real>(i) * 0.785398L;
        const Real k = d.k * std::exp(step * std::cos(angle)), x0 = d.a / d.k + step * std::sin(angle) / d.k;
        BOOST_TEST(static_cast<double>(F(points, k, k * x0)) >= static_cast<double>(here) * (1 - optimum_claim));
      }
  }
}

BOOST_AUTO_TEST_CASE(a_descent_never_goes_up_and_keeps_to_its_budget) {
  const auto set = ogive::fit_test::hard_curves(30, 3);
  for (const auto& curve : set)
    for (const double k : {0.5, 6.0, 60.0})
      for (const double x0 : {-1.2, 0.1, 0.9}) {
        const Points points = fit::make_points(curve.x, curve.y, Linear::L_and_b);
        Reduced reduced(points, LogisticShape{}, Eliminate::L_and_b);
        DescentOptions options;
        options.max_evaluations = 9;
        const Descent d = fit::descend(reduced, k, k * x0, Region::of(points), options);
        BOOST_TEST(reduced.evaluations() <= 10);  // one more after convergence
        BOOST_TEST(d.F <= static_cast<double>(F(points, k, k * x0)) * (1 + optimum_claim));
      }
}

BOOST_AUTO_TEST_CASE(a_descent_to_a_limit_says_that_it_escaped) {
  const std::vector<double> x = {1, 2, 3, 4, 5, 6, 7, 8};
  std::vector<double> line, growth;
  for (const double at : x) {
    line.push_back(at + 0.01 * std::pow(at - 4.5, 3));
    growth.push_back(std::exp(0.5 * at) + 1e-4 * std::exp(at));
  }
  const std::vector<double> step = {0.2, 0, 0.2, 0, 5.2, 5, 5.2, 5};
  for (const auto& y : {line, growth, step}) {
    const Points points = fit::make_points(x, y, Linear::L_and_b);
    Reduced reduced(points, LogisticShape{}, Eliminate::L_and_b);
    DescentOptions options;
    options.max_evaluations = 400;
    const Descent d = fit::descend(reduced, 4, 0.1, Region::of(points), options);
    // A step may also be reached to rounding on the way.
    const double limit = fit::best_step(points, fit::PrefixSums(points), Eliminate::L_and_b).F;
    BOOST_TEST((d.escaped || std::fabs(d.F / limit - 1) <= optimum_claim), "k " << d.k << " a " << d.a << " F " << d.F);
  }
}

BOOST_AUTO_TEST_CASE(a_descent_without_prospects_is_abandoned) {
  const Points points = easy(4);
  Reduced reduced(points, LogisticShape{}, Eliminate::L_and_b);
  DescentOptions options;
  options.target = 1e-9 * points.tss;  // far below the noise
  const Descent d = fit::descend(reduced, 3, 0, Region::of(points), options);
  BOOST_TEST(d.abandoned);
  BOOST_TEST(!d.converged);
}

BOOST_AUTO_TEST_CASE(next_to_the_line_a_midpoint_far_away_is_reached) {
  // k = 0.02: within the data the curve is nearly straight, and x0 is 30 times half the range away.
  std::vector<double> x, y;
  for (int i = -10; i <= 10; ++i) {
    x.push_back(0.1 * i);
    y.push_back(1e4 / (1 + std::exp(-0.02 * (0.1 * i - 30))));
  }
  const Points points = fit::make_points(x, y, Linear::L_and_b);
  Reduced reduced(points, LogisticShape{}, Eliminate::L_and_b);
  DescentOptions options;
  options.floor = points.noise_floor;
  options.max_evaluations = 200;
  const Descent d = fit::descend(reduced, 0.1, 0, Region::of(points), options);
  // The matrix loses half its digits here: what is left is small, but not at the level of rounding.
  BOOST_TEST(d.F <= 1e-6 * best_line(points).F);
}

BOOST_AUTO_TEST_CASE(the_region_reaches_to_slopes_that_are_steps_between_any_two_points) {
  const auto region = [](const std::vector<double>& x) {
    return Region::of(fit::make_points(x, std::vector<double>(x.size(), 1.0), Linear::L_and_b));
  };
  BOOST_TEST(region({-1, 0, 1}).max_k == 400);
  BOOST_TEST(std::fabs(region({-1, 0, 0.001, 1}).max_k / 4e5 - 1) <= 1e-12);
  BOOST_TEST(region({-1, 0, 1e-300, 1}).max_k == 1e12);
}
