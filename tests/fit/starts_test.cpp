// SPDX-License-Identifier: MIT
// Starts: inverses, the curves through pairs and single points, their bounds, the grid.
#define BOOST_TEST_MODULE fit_starts
#include "ogive/fit/starts.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "fit/support/generator.h"
#include "fit/support/plain.h"

namespace fit = ogive::fit;
using fit::Eliminate;
using fit::Points;
using fit::Start;
using ogive::curve::Linear;

namespace {

constexpr double inverse_claim = 1e-12;
constexpr double through_claim = 1e-12;
constexpr double no_target = HUGE_VAL;

std::vector<Start> starts_of(const Points& points, double target = no_target, std::size_t most = 1000) {
  return local_starts(points, fit::PrefixSums(points), Eliminate::L_and_b, fit::LogisticInverse{}, target, most);
}

Points step_with(const std::vector<double>& within) {
  std::vector<double> x, y;
  for (int i = 0; i < 4; ++i) y.push_back(0);
  for (const double value : within) y.push_back(value);
  for (int i = 0; i < 4; ++i) y.push_back(1);
  for (std::size_t i = 0; i < y.size(); ++i) x.push_back(static_cast<double>(i));
  return fit::make_points(x, y, Linear::none);
}

double logistic(double z) { return 1 / (1 + std::exp(-z)); }

}  // namespace

BOOST_AUTO_TEST_CASE(inverses_undo_their_shapes) {
  for (const double f : {1e-6, 0.02, 0.3, 0.5, 0.98, 1 - 1e-6}) {
    BOOST_TEST(std::fabs(ogive::curve::LogisticShape{}(fit::LogisticInverse{}(f)).value / f - 1) <= inverse_claim);
    for (const double nu : {0.0, 1e-14, 0.05, 1.0, 7.0, 50.0})
      BOOST_TEST(std::fabs(ogive::curve::RichardsShape{nu}(fit::RichardsInverse{nu}(f)).value / f - 1) <= inverse_claim * (1 + nu),
                 "nu " << nu << ", f " << f);
    BOOST_TEST(std::fabs(ogive::curve::GompertzShape{}(fit::RichardsInverse{0}(f)).value / f - 1) <= inverse_claim);
  }
}

BOOST_AUTO_TEST_CASE(one_start_passes_through_two_points_within_the_rise) {
  const Points points = step_with({0.3, 0.8});
  const auto starts = starts_of(points);
  const bool found = std::any_of(starts.begin(), starts.end(), [&](const Start& s) {
    return std::fabs(logistic(s.k * points.u[4] - s.a) - 0.3) <= through_claim &&
           std::fabs(logistic(s.k * points.u[5] - s.a) - 0.8) <= through_claim;
  });
  BOOST_TEST(found);
}

BOOST_AUTO_TEST_CASE(one_start_passes_through_a_single_point_within_the_rise) {
  for (const double within : {0.1, 0.5, 0.9}) {
    const Points points = step_with({within});
    const auto starts = starts_of(points);
    const bool found = std::any_of(starts.begin(), starts.end(), [&](const Start& s) {
      return std::fabs(logistic(s.k * points.u[4] - s.a) - within) <= through_claim && logistic(s.k * points.u[3] - s.a) < 0.01 &&
             logistic(s.k * points.u[5] - s.a) > 0.99;
    });
    BOOST_TEST(found);
  }
}

BOOST_AUTO_TEST_CASE(starts_come_with_the_best_bounds_first_and_below_the_target) {
  for (const auto& curve : ogive::fit_test::hard_curves(20, 4)) {
    const Points points = fit::make_points(curve.x, curve.y, Linear::L_and_b);
    const auto all = starts_of(points);
    const auto by_bound = [](const Start& a, const Start& b) { return a.bound < b.bound; };
    BOOST_TEST(std::is_sorted(all.begin(), all.end(), by_bound));
    for (const Start& start : all) BOOST_TEST((start.k > 0 && std::isfinite(start.k) && std::isfinite(start.a)));
    const auto few = starts_of(points, no_target, 5);
    BOOST_TEST(few.size() == std::min<std::size_t>(5, all.size()));
    for (std::size_t i = 0; i < few.size(); ++i) BOOST_TEST(few[i].bound == all[i].bound);
    if (all.empty()) continue;
    const double target = all[all.size() / 2].bound;
    for (const Start& start : starts_of(points, target)) BOOST_TEST(start.bound < fit::one_point_slack * target);
  }
}

BOOST_AUTO_TEST_CASE(no_steep_curve_is_below_the_least_bound) {
  // Curves with at most two points within the rise and the others on the plateaus, one by one.
  for (const auto& curve : ogive::fit_test::hard_curves(10, 5)) {
    const Points points = fit::make_points(curve.x, curve.y, Linear::L_and_b);
    const auto all = starts_of(points);
    if (all.empty()) continue;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const double k = 60 / (points.u[i + 1] - points.u[i]);
      for (const double share : {0.0, 0.3, 0.6, 1.0}) {
        const double x0 = points.u[i] + share * (points.u[i + 1] - points.u[i]);
        const auto v = ogive::fit_test::logistic_at(points, k, k * x0);
        if (std::count_if(v.begin(), v.end(), [](auto f) { return f > 1e-9L && f < 1 - 1e-9L; }) > 1) continue;
        const double F = static_cast<double>(ogive::fit_test::regression(points, v, Eliminate::L_and_b).rss);
        BOOST_TEST(F >= all.front().bound * (1 - 1e-6));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_point_far_away_is_no_partner_and_no_neighbour) {
  const Points points =
      fit::make_points(std::vector<double>{-HUGE_VAL, 1, 2, 3, 4}, std::vector<double>{0, 0.1, 0.5, 0.9, 1}, Linear::L_and_b);
  const auto starts = starts_of(points);
  BOOST_TEST(!starts.empty());
  for (const Start& start : starts) BOOST_TEST((std::isfinite(start.k) && std::isfinite(start.a) && start.k > 1e-3));
}

BOOST_AUTO_TEST_CASE(the_grid_covers_the_rise_within_two_units_of_z_or_a_sixth_of_the_range) {
  double last_k = 0;
  for (const auto& row : fit::coarse_grid()) {
    BOOST_TEST(row.k > last_k);
    BOOST_TEST(row.k <= 3 * std::max(last_k, 0.5));
    last_k = row.k;
    BOOST_TEST(row.x0.front() <= -1.0);
    BOOST_TEST(row.x0.back() >= 1.0);
    for (std::size_t i = 1; i < row.x0.size(); ++i) BOOST_TEST(row.x0[i] - row.x0[i - 1] <= std::max(2 / row.k, 0.15) + 1e-12);
  }
}
