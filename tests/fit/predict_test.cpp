// SPDX-License-Identifier: MIT
// Predictions: they are the curve whose rss the result reports, and their bands are those of the delta method.
#define BOOST_TEST_MODULE fit_predict
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <vector>

#include "fit/support/delta.h"
#include "fit/support/generator.h"
#include "fit/support/plain.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/fit.h"
#include "ogive/fit/quantiles.h"

namespace fit = ogive::fit;
using fit::Prediction;
using fit::Result;

namespace {

using Values = std::vector<double>;

constexpr double rss_claim = 1e-8;   // of the rss of the predictions, relative to that of the result
constexpr double rounding = 1e-20;   // and to the sum of squares of y, where the fit is perfect
constexpr double band_claim = 1e-6;  // relative: inverting J'J loses digits that the library's QR keeps

// Fits, and checks that the predictions at x leave the reported rss.
Result checked(const Values& x, const Values& y, const char* model = "logistic") {
  const Result result = fit::fit(ogive::curve::model(model), {x, y}, {.interval = fit::Interval::wald});
  const double rss = ogive::fit_test::rss_of(fit::predict(result, x), y);
  double squares = 0;
  for (const double value : y) squares += value * value;
  BOOST_TEST(std::fabs(rss - result.rss) <= rss_claim * result.rss + rounding * squares,
             to_string(result.shape) << ": predictions leave " << rss << ", the result says " << result.rss);
  return result;
}

double half(const Prediction& p) { return (p.upper - p.lower) / 2; }

}  // namespace

BOOST_AUTO_TEST_CASE(predictions_leave_the_rss_of_the_result) {
  std::map<fit::Shape, int> shapes;
  for (const auto& set : {ogive::fit_test::easy_curves(40, 1), ogive::fit_test::hard_curves(150, 2)})
    for (const auto& curve : set) {
      ++shapes[checked(curve.x, curve.y).shape];
      const auto back = mirrored(curve);
      checked(back.x, back.y);
    }
  BOOST_TEST(shapes[fit::Shape::regular] >= 40);
  BOOST_TEST(shapes[fit::Shape::exponential] >= 5);
  BOOST_TEST(shapes[fit::Shape::step] >= 1);
}

BOOST_AUTO_TEST_CASE(predictions_of_every_model_leave_the_rss_of_the_result) {
  for (const auto& curve : ogive::fit_test::hard_curves(12, 3)) {
    Values dose;
    for (const double x : curve.x) dose.push_back(std::exp(curve.shifted ? (x - 1e6) / 1e3 : x));
    dose.front() = 0;
    checked(dose, curve.y, "loglogistic");
    for (const char* model : {"gompertz", "logistic3", "logistic2"}) checked(curve.x, curve.y, model);
  }
}

BOOST_AUTO_TEST_CASE(predictions_at_the_edges_of_a_step_leave_the_rss_of_the_result) {
  // x that no scaling returns to the bit, in any unit; a rise between two of them, or at one.
  for (const double unit : {1e-300, 1e-3, 1.0, 3e7, 1e295})
    for (const double offset : {0.0, 1.0, 1e6})
      for (const double sign : {1.0, -1.0}) {
        Values x;
        for (const double t : {0.1, 0.3, 0.7, 1.1, 1.3, 1.7, 1.9, 2.3}) x.push_back(unit * (offset + t / 3));
        BOOST_TEST((checked(x, {sign, 0, sign, 0, 9 * sign, 10 * sign, 9 * sign, 10 * sign}).shape == fit::Shape::step));
        BOOST_TEST((checked(x, {sign, 0, sign, 4 * sign, 10 * sign, 9 * sign, 10 * sign, 9 * sign}).limit.middle == 4 * sign));
        checked(x, {0, 0, 0, 0, 9 * sign, 10 * sign, 9 * sign, 10 * sign}, "logistic3");
      }
  const Values dose = {0, 0, 1e-3, 1e-3, 0.1, 0.1, 7, 7};
  BOOST_TEST((checked(dose, {0, 0.2, 0, 0.2, 5, 5.2, 5, 5.2}, "loglogistic").shape == fit::Shape::step));
}

BOOST_AUTO_TEST_CASE(the_band_of_a_curve_is_that_of_the_delta_method) {
  for (const char* name : {"logistic", "gompertz", "loglogistic"})
    for (auto curve : ogive::fit_test::easy_curves(5, 4)) {
      const auto& model = ogive::curve::model(name);
      if (model.log_dose)
        for (double& x : curve.x) x = std::exp(x);
      const Result result = checked(curve.x, curve.y, name);
      if (!result.good()) continue;
      Values theta;
      for (const auto& estimate : result.parameters) theta.push_back(estimate.value);
      const auto inverse = ogive::fit_test::inverse_information(model, theta, curve.x);
      const double t = fit::t_quantile(0.95, 16);
      for (const Prediction& p : fit::predict(result, Values{0.5, 1, 1.5, 3, 4, 9, 100})) {
        const double se = result.rse * ogive::fit_test::length(ogive::fit_test::gradient_at(model, theta, p.x), inverse);
        BOOST_TEST(p.y == model.value(p.x, theta));
        BOOST_TEST(std::fabs(half(p) - t * se) <= band_claim * t * se);
        BOOST_TEST(std::fabs((p.upper + p.lower) / 2 - p.y) <= band_claim * half(p));
      }
    }
}

BOOST_AUTO_TEST_CASE(the_band_of_a_line_is_that_of_linear_regression) {
  const Values x = {1, 2, 3, 4, 5, 6, 7, 8};
  Values y;
  for (const double at : x) y.push_back(at + 0.01 * std::pow(at - 4.5, 3));  // steeper outside: no sigmoid does that
  const Result result = checked(x, y);
  BOOST_REQUIRE((result.shape == fit::Shape::line));
  const double t = fit::t_quantile(0.95, result.dof);
  for (const Prediction& p : fit::predict(result, Values{-3, 4.5, 8, 20})) {
    const double se = result.rse * std::sqrt(1.0 / 8 + std::pow(p.x - 4.5, 2) / 42);
    BOOST_TEST(std::fabs(half(p) - t * se) <= band_claim * t * se);
  }
}

BOOST_AUTO_TEST_CASE(the_band_of_an_exponential_is_that_of_the_delta_method) {
  Values x, y;
  for (int i = 0; i < 12; ++i) {
    x.push_back(i);
    y.push_back(3 - 2 * std::exp(-0.3 * i) - 0.2 * std::exp(-0.6 * i));  // a logistic has + there
  }
  const Result result = checked(x, y);
  BOOST_REQUIRE((result.shape == fit::Shape::exponential));
  const fit::Limit& limit = result.limit;
  const auto gradient = [&](double at) {  // of low + high expm1(rate (x - center)), by low, high, rate
    const double d = at - limit.center, e = std::exp(limit.rate * d);
    return Values{1, e - 1, limit.high * d * e};
  };
  ogive::fit_test::Matrix information(3, std::vector<long double>(3));
  for (const double at : x)
    for (std::size_t p = 0; p < 3; ++p)
      for (std::size_t q = 0; q < 3; ++q) information[p][q] += static_cast<long double>(gradient(at)[p]) * gradient(at)[q];
  const auto inverse = ogive::fit_test::inverse(information);
  const double t = fit::t_quantile(0.95, result.dof);
  for (const Prediction& p : fit::predict(result, Values{-1, 0, 5.5, 11, 30})) {
    BOOST_TEST(std::fabs(p.y - (limit.low + limit.high * std::expm1(limit.rate * (p.x - limit.center)))) <= 1e-12);
    const double se = result.rse * ogive::fit_test::length(gradient(p.x), inverse);
    BOOST_TEST(std::fabs(half(p) - t * se) <= band_claim * t * se);
  }
}

BOOST_AUTO_TEST_CASE(within_the_gap_of_a_step_the_band_spans_both_levels) {
  const Values x = {1, 2, 3, 4, 5, 6, 7}, y = {0.2, 0, 0.2, 0, 5.2, 5, 5.2};
  for (const double sign : {1.0, -1.0}) {
    Values signed_y = y;
    for (double& value : signed_y) value *= sign;
    const Result result = checked(x, signed_y);
    BOOST_REQUIRE((result.shape == fit::Shape::step));
    const auto p = fit::predict(result, Values{4, 4.2, 4.9, 5, -1e300, 1e300});
    const double t = fit::t_quantile(0.95, result.dof);
    BOOST_TEST(std::fabs(half(p[0]) - t * result.rse / 2) <= band_claim);             // the mean of four
    BOOST_TEST(std::fabs(half(p[3]) - t * result.rse / std::sqrt(3)) <= band_claim);  // the mean of three
    for (const std::size_t within : {1u, 2u}) {
      BOOST_TEST(p[within].lower == std::min(p[0].lower, p[3].lower));
      BOOST_TEST(p[within].upper == std::max(p[0].upper, p[3].upper));
    }
    BOOST_TEST(p[4].y == p[0].y);
    BOOST_TEST(p[5].y == p[3].y);
  }
}

BOOST_AUTO_TEST_CASE(where_nothing_was_fitted_nothing_is_predicted) {
  for (const auto& [x, y] : {std::pair{Values{1, 2}, Values{1, 2}}, {Values{1, 2}, Values{1}}}) {
    const auto p = fit::predict(fit::fit(ogive::curve::model("logistic"), {x, y}), Values{1.5});
    BOOST_TEST(p.size() == 1);
    BOOST_TEST(p[0].x == 1.5);
    BOOST_TEST((std::isnan(p[0].y) && std::isnan(p[0].lower) && std::isnan(p[0].upper)));
  }
}
