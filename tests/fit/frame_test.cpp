// SPDX-License-Identifier: MIT
// The frame: reflections, parameters in the user's units, and stand-ins for limits.
#define BOOST_TEST_MODULE fit_frame
#include "ogive/fit/frame.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "fit/support/generator.h"
#include "ogive/curve/registry.h"

namespace fit = ogive::fit;
using fit::Frame;
using fit::Limit;
using fit::Points;
using fit::Theta;

namespace {

using Values = std::vector<double>;

constexpr double rounding = 1e-12;
constexpr double stand_in_claim = 1e-6;  // of F at the stand-in, relative to that of the limit

Frame frame_of(const Values& x, const Values& y, const char* name = "logistic") {
  const auto& model = ogive::curve::model(name);
  const Points points = fit::make_points(x, y, model.linear);
  return fit::make_frame(points, model, fit::search(points, model.family, model.linear));
}

double F_of(const Frame& frame) {
  const Theta theta = frame.theta(frame.best);
  double F = 0;
  for (std::size_t j = 0; j < frame.points.size(); ++j)
    F += frame.points.weight[j] *
         std::pow(frame.points.y[j] - frame.plain->value(frame.points.u[j], std::span(theta).first(frame.parameter_count())), 2);
  return F;
}

// The curve in the user's units leaves the same residuals.
double user_rss(const Frame& frame, const Values& x, const Values& y) {
  Theta theta = frame.theta(frame.best);
  for (std::size_t p = 0; p < frame.parameter_count(); ++p) theta[p] = frame.to_user(static_cast<int>(p), theta[p]);
  double rss = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    rss += std::pow(y[i] - frame.model->value(x[i], std::span(theta).first(frame.parameter_count())), 2);
  return rss;
}

const Values eight = {1, 2, 3, 4, 5, 6, 7, 8};

}  // namespace

BOOST_AUTO_TEST_CASE(places_are_those_of_the_parameters) {
  const fit::Places four = fit::Places::of(ogive::curve::model("logistic"));
  BOOST_TEST((four.L == 0 && four.x0 == 1 && four.k == 2 && four.b == 3 && four.nu == -1));
  const fit::Places dose = fit::Places::of(ogive::curve::model("loglogistic"));
  BOOST_TEST((dose.L == 0 && dose.x0 == 1 && dose.k == 2 && dose.b == 3));
  const fit::Places two = fit::Places::of(ogive::curve::model("logistic2"));
  BOOST_TEST((two.L == -1 && two.x0 == 0 && two.k == 1 && two.b == -1));
  BOOST_TEST(fit::Places::of(ogive::curve::model("richards4")).nu == 3);
}

BOOST_AUTO_TEST_CASE(every_curve_rises_in_its_frame) {
  for (const auto& set : {ogive::fit_test::easy_curves(30, 1), ogive::fit_test::hard_curves(60, 2)})
    for (const auto& curve : set)
      for (const char* name : {"logistic", "logistic3", "gompertz"}) {
        const Frame frame = frame_of(curve.x, curve.y, name);
        BOOST_TEST(frame.best.k > 0);
        if (frame.best.is_limit && frame.best.limit.kind == Limit::Kind::constant) continue;
        BOOST_TEST(frame.best.L > 0, name << " " << frame.best.L);
        if (frame.best.is_limit) continue;
        BOOST_TEST(std::fabs(F_of(frame) / frame.best.F - 1) <= 1e-9);
        const double squares = frame.points.scale * frame.points.scale;
        BOOST_TEST(std::fabs(user_rss(frame, curve.x, curve.y) / (frame.best.F * squares) - 1) <= 1e-6, name);
      }
}

BOOST_AUTO_TEST_CASE(a_curve_and_its_parameters_go_back_and_forth) {
  const Frame frame = frame_of(eight, {0, 0.1, 0.3, 1.2, 2.1, 2.8, 2.9, 3.1}, "richards");
  const Theta theta = frame.theta(frame.best);
  const Theta again = frame.theta(frame.curve(theta));
  for (std::size_t p = 0; p < frame.parameter_count(); ++p) BOOST_TEST(std::fabs(again[p] - theta[p]) <= rounding);
  BOOST_TEST(frame.curve(theta).F == frame.best.F);
}

BOOST_AUTO_TEST_CASE(slopes_are_the_derivatives_of_values_in_the_users_units) {
  const Values falling = {3.1, 2.9, 2.8, 2.1, 1.2, 0.3, 0.1, 0};
  for (const char* name : {"logistic", "loglogistic", "gompertz", "logistic3"}) {
    const Frame frame = frame_of(eight, falling, name);
    for (int place = 0; place < static_cast<int>(frame.parameter_count()); ++place)
      for (const double value : {-0.4, 0.3, 1.2}) {
        const double h = 1e-4;
        const double slope = (frame.to_user(place, value + h) - frame.to_user(place, value - h)) / (2 * h);
        BOOST_TEST(std::fabs(frame.user_slope(place, value) / slope - 1) <= 1e-7, name << " " << place);
      }
  }
}

BOOST_AUTO_TEST_CASE(a_stand_in_is_as_good_as_its_limit) {
  Values line, growth, decay;
  for (const double at : eight) {
    line.push_back(at + 0.01 * std::pow(at - 4.5, 3));
    growth.push_back(1 + std::exp(0.5 * (at - 8)) + 0.1 * std::exp(at - 8));
    decay.push_back(3 - 2 * std::exp(-0.5 * at) - 0.5 * std::exp(-at));
  }
  const auto check = [&](const Values& y, Limit::Kind kind, const char* name) {
    for (const bool falls : {false, true}) {
      Values other = y;
      if (falls) std::reverse(other.begin(), other.end());
      const Frame frame = frame_of(eight, other, name);
      BOOST_TEST_REQUIRE((frame.best.is_limit && frame.best.limit.kind == kind), name << " " << static_cast<int>(kind));
      BOOST_TEST(frame.best.limit.F <= frame.best.F * (1 + rounding));  // the same limit in the frame
      BOOST_TEST(F_of(frame) <= frame.best.F * (1 + stand_in_claim) + frame.points.tss * stand_in_claim,
                 name << " " << static_cast<int>(kind) << ": " << F_of(frame) << ", not " << frame.best.F);
      BOOST_TEST((frame.best.k > 0 && frame.best.L > 0));
    }
  };
  check(line, Limit::Kind::line, "logistic");
  check(growth, Limit::Kind::exponential, "logistic");
  check(decay, Limit::Kind::exponential, "logistic");
  for (const char* name : {"logistic", "gompertz"}) {
    check({0.2, 0, 0.2, 0, 5.2, 5, 5.2, 5}, Limit::Kind::step, name);
    check({0.2, 0, 0.2, 0, 2.2, 5.2, 5, 5.2}, Limit::Kind::step, name);
  }
  check({0, 0, 0, 0, 5.2, 5, 5.2, 5}, Limit::Kind::step, "logistic3");
}

BOOST_AUTO_TEST_CASE(a_stand_in_is_finite_where_x_are_too_near_to_tell_apart) {
  for (const Values& x : {Values{0, 1e-300, 2e-300, 0.5, 1}, Values{-1e300, 0, 1e-300, 2e-300, 1e300}}) {
    const Frame frame = frame_of(x, {1, 1.2, 4, 4.2, 4});
    BOOST_TEST(std::isfinite(frame.best.k + frame.best.a + frame.best.L + frame.best.b), frame.best.k << " " << frame.best.a);
  }
}

BOOST_AUTO_TEST_CASE(a_curve_that_only_rounding_sets_apart_from_the_line_is_the_line) {
  Values y;
  for (const double at : eight) y.push_back(at + 0.001 * std::pow(at - 4.5, 3));
  const Frame frame = frame_of(eight, y);
  BOOST_TEST(frame.best.is_limit);
  BOOST_TEST((frame.best.limit.kind == Limit::Kind::line));
}
