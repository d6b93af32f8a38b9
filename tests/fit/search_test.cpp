// SPDX-License-Identifier: MIT
// The search: as good as brute force, in every orientation, for every shape.
#define BOOST_TEST_MODULE fit_search
#include "ogive/fit/search.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "fit/support/brute_force.h"
#include "fit/support/generator.h"
#include "ogive/fit/reduced.h"

namespace fit = ogive::fit;
using fit::Eliminate;
using fit::Points;
using fit::SearchResult;
using ogive::curve::Family;
using ogive::curve::Linear;

namespace {

constexpr double best_claim = 1e-8;   // of the least F, relative to brute force
constexpr double same_claim = 1e-9;   // of F, found again in another way
constexpr double truth_claim = 1e-9;  // of F for data without noise, relative to the sum of squares

double least_F(const SearchResult& found) { return std::min(found.interior.F, found.limit.F); }

template <class Shape>
Points exact_points(Shape shape, double k, double x0, double L, double b, Linear linear) {
  std::vector<double> x, y;
  for (int i = 0; i <= 14; ++i) {
    x.push_back(0.5 * i - 3);
    y.push_back(b + L * shape(k * (x.back() - x0)).value);
  }
  return fit::make_points(x, y, linear);
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_search_finds_what_brute_force_finds) {
  for (const auto& set : {ogive::fit_test::easy_curves(15, 1), ogive::fit_test::hard_curves(45, 2)})
    for (const auto& curve : set) {
      const Points points = fit::make_points(curve.x, curve.y, Linear::L_and_b);
      const double F = least_F(fit::search(points, Family::logistic, Linear::L_and_b));
      const double rss = (points.pure_error + F) * points.scale * points.scale;
      const double best = ogive::fit_test::least_rss(curve.x, curve.y);
      BOOST_TEST(rss <= best * (1 + best_claim), rss << ", not " << best);
      BOOST_TEST(rss >= best * (1 - best_claim), rss << ", less than " << best);
    }
}

BOOST_AUTO_TEST_CASE(a_nearly_straight_curve_ends_in_a_limit_or_converges) {
  ogive::Random random(4);
  for (const double noise : {1e-2, 1e-2, 1e-2, 1e-3, 1e-3, 1e-3, 1e-4, 1e-4, 1e-4}) {
    std::vector<double> x, y;
    for (int j = 1; j <= 10; ++j) {
      x.push_back(j);
      y.push_back(j + noise * random.normal());
    }
    const Points points = fit::make_points(x, y, Linear::L_and_b);
    const SearchResult found = fit::search(points, Family::logistic, Linear::L_and_b);
    const double best = ogive::fit_test::least_rss(x, y) / (points.scale * points.scale);
    // The nearer the line, the more digits cancel in the derivatives.
    BOOST_TEST(least_F(found) <= best * (1 + (noise < 1e-2 ? 1e-3 : 1e-6)), least_F(found) / best - 1);
    if (noise < 1e-2) continue;
    BOOST_TEST((found.interior.converged || found.limit.F <= found.interior.F * (1 + best_claim)));
  }
}

BOOST_AUTO_TEST_CASE(data_without_noise_are_found_by_their_own_shape) {
  for (const double k : {0.9, -2.0, 5.0})
    for (const double L : {2.0, -3.0})
      for (const Linear linear : {Linear::L_and_b, Linear::L_only}) {
        const double b = linear == Linear::L_and_b ? 1.0 : 0.0;
        const auto check = [&](const Points& points, Family family) {
          const SearchResult found = fit::search(points, family, linear);
          BOOST_TEST(found.interior.F <= truth_claim * points.tss, "k " << k << " L " << L << ": " << found.interior.F);
        };
        check(exact_points(ogive::curve::LogisticShape{}, k, 0.4, L, b, linear), Family::logistic);
        check(exact_points(ogive::curve::GompertzShape{}, k, 0.4, L, b, linear), Family::gompertz);
        check(exact_points(ogive::curve::RichardsShape{2.2}, k, 0.4, L, b, linear), Family::richards);
      }
}

BOOST_AUTO_TEST_CASE(the_optimum_belongs_to_the_points_that_it_names) {
  for (const auto& curve : ogive::fit_test::easy_curves(20, 3))
    for (const Linear linear : {Linear::L_and_b, Linear::L_only, Linear::none}) {
      const Points points = fit::make_points(curve.x, curve.y, linear);
      const auto o = fit::search(points, Family::gompertz, linear).interior;
      if (!o.exists()) continue;
      const Points side = o.mirrored ? mirrored(points) : points;
      const auto eliminate = linear == Linear::L_and_b  ? Eliminate::L_and_b
                             : linear == Linear::L_only ? Eliminate::L
                                                        : Eliminate::none;
      const auto e = fit::Reduced(side, ogive::curve::GompertzShape{}, eliminate).evaluate(o.k, o.a);
      BOOST_TEST(std::fabs(e.F / o.F - 1) <= same_claim);
      BOOST_TEST(std::fabs(e.L - o.L) <= same_claim * std::fabs(o.L));
      BOOST_TEST(o.k > 0);
    }
}

BOOST_AUTO_TEST_CASE(seen_from_the_other_side_the_least_F_is_the_same) {
  for (const auto& curve : ogive::fit_test::hard_curves(40, 5))
    for (const Family family : {Family::logistic, Family::gompertz})
      for (const Linear linear : {Linear::L_and_b, Linear::L_only}) {
        const Points points = fit::make_points(curve.x, curve.y, linear);
        const double here = least_F(fit::search(points, family, linear));
        BOOST_TEST(std::fabs(least_F(fit::search(mirrored(points), family, linear)) / here - 1) <= same_claim);
        BOOST_TEST(std::fabs(least_F(fit::search(negated(points), family, linear)) / here - 1) <= same_claim);
      }
}

BOOST_AUTO_TEST_CASE(richards_is_at_least_as_good_as_the_logistic_and_gompertz) {
  for (const auto& curve : ogive::fit_test::easy_curves(8, 6)) {
    const Points points = fit::make_points(curve.x, curve.y, Linear::L_and_b);
    const double richards = least_F(fit::search(points, Family::richards, Linear::L_and_b));
    for (const Family family : {Family::logistic, Family::gompertz})
      BOOST_TEST(richards <= least_F(fit::search(points, family, Linear::L_and_b)) * (1 + same_claim));
  }
}

BOOST_AUTO_TEST_CASE(a_start_costs_evaluations_and_changes_no_result) {
  for (const auto& curve : ogive::fit_test::easy_curves(10, 7)) {
    const Points points = fit::make_points(curve.x, curve.y, Linear::L_and_b);
    const SearchResult without = fit::search(points, Family::logistic, Linear::L_and_b);
    for (const double k : {5.0, -5.0}) {  // either sign is a description of some curve
      const fit::UserStart start{k, 0.1 * k, 1};
      const SearchResult with = fit::search(points, Family::logistic, Linear::L_and_b, &start);
      BOOST_TEST(with.evaluations > without.evaluations);
      BOOST_TEST(std::fabs(with.interior.F / without.interior.F - 1) <= same_claim);
    }
  }
}

BOOST_AUTO_TEST_CASE(two_points_or_one_have_limits_only) {
  for (const std::vector<double>& x : {std::vector<double>{1}, {1, 2}}) {
    const Points points = fit::make_points(x, x, Linear::L_and_b);
    const SearchResult found = fit::search(points, Family::logistic, Linear::L_and_b);
    BOOST_TEST(!found.interior.exists());
    BOOST_TEST(found.limit.F <= points.noise_floor);
  }
}
