// SPDX-License-Identifier: MIT
// Standard errors, covariances and values of limits against their definitions in the user's units.
#define BOOST_TEST_MODULE fit_infer
#include "ogive/fit/infer.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "fit/support/delta.h"
#include "fit/support/generator.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/quantiles.h"

namespace fit = ogive::fit;
using fit::infinite;
using fit::Interval;
using fit::Result;

namespace {

using Values = std::vector<double>;

constexpr double se_claim = 1e-6;  // relative: inverting J'J loses digits that the library's QR keeps
constexpr double rounding = 1e-13;

Result fitted(const Values& x, const Values& y, const char* model = "logistic", Interval interval = Interval::wald) {
  return fit::fit(ogive::curve::model(model), {x, y}, {.interval = interval});
}

double value(const Result& result, const char* name) {
  return result.parameters[static_cast<std::size_t>(result.model->index_of(name))].value;
}

Values estimates(const Result& result) {
  Values theta;
  for (const auto& estimate : result.parameters) theta.push_back(estimate.value);
  return theta;
}

const Values eight = {1, 2, 3, 4, 5, 6, 7, 8};

}  // namespace

BOOST_AUTO_TEST_CASE(standard_errors_are_those_of_the_textbook) {
  for (const char* name : {"logistic", "loglogistic", "gompertz", "logistic3"})
    for (auto curve : ogive::fit_test::easy_curves(4, 6)) {
      const auto& model = ogive::curve::model(name);
      for (std::size_t i = 0; i < curve.x.size(); ++i) {
        if (model.log_dose) curve.x[i] = std::exp(curve.x[i]);
        if (model.linear != ogive::curve::Linear::L_and_b) curve.y[i] -= std::min(curve.truth.b, curve.truth.b + curve.truth.L);
      }
      const Result result = fitted(curve.x, curve.y, name);
      if (!result.good()) continue;
      const Values theta = estimates(result);
      const auto inverse = ogive::fit_test::inverse_information(model, theta, curve.x);
      const std::size_t count = theta.size();
      const double t = fit::t_quantile(0.95, result.dof);
      for (std::size_t p = 0; p < count; ++p) {
        const auto& e = result.parameters[p];
        const double se = result.rse * std::sqrt(static_cast<double>(inverse[p][p]));
        BOOST_TEST(std::fabs(e.se - se) <= se_claim * se, name << " " << p << ": " << e.se << " " << se);
        BOOST_TEST(std::fabs(e.upper - e.value - t * e.se) <= rounding * (std::fabs(e.value) + e.se));
        BOOST_TEST(std::fabs(e.value - e.lower - t * e.se) <= rounding * (std::fabs(e.value) + e.se));
        for (std::size_t q = 0; q < count; ++q) {
          const double cosine = static_cast<double>(inverse[p][q] / std::sqrt(inverse[p][p] * inverse[q][q]));
          BOOST_TEST(std::fabs(result.correlation[p * count + q] - cosine) <= se_claim);
          const double covariance = result.covariance[p * count + q];
          BOOST_TEST(std::fabs(covariance - cosine * e.se * result.parameters[q].se) <=
                     10 * se_claim * e.se * result.parameters[q].se);
        }
      }
      // Derived quantities, by their gradients.
      const std::size_t derived = model.derived_quantities.size();
      Values values(derived), jacobian(derived * count);
      model.derive(theta, values, jacobian);
      for (std::size_t d = 0; d < derived; ++d) {
        const double se = result.rse * ogive::fit_test::length(std::span(jacobian).subspan(d * count, count), inverse);
        BOOST_TEST(result.derived[d].value == values[d]);
        BOOST_TEST(std::fabs(result.derived[d].se - se) <= se_claim * se);
      }
    }
}

BOOST_AUTO_TEST_CASE(standard_errors_have_the_units_of_their_parameters) {
  for (const auto& curve : ogive::fit_test::easy_curves(5, 7)) {
    const Result here = fitted(curve.x, curve.y);
    const double x_unit = 0x1p-20, y_unit = 0x1p30;  // powers of two: only the last bits of the shift differ
    const auto other = ogive::fit_test::with_scaled_y(ogive::fit_test::with_moved_x(curve, x_unit, 0), y_unit);
    const Result there = fitted(other.x, other.y);
    const Values factor = {y_unit, x_unit, 1 / x_unit, y_unit};
    for (std::size_t p = 0; p < 4; ++p)
      BOOST_TEST(std::fabs(there.parameters[p].se / (factor[p] * here.parameters[p].se) - 1) <= se_claim);
  }
}

BOOST_AUTO_TEST_CASE(intervals_contain_the_value_and_none_means_none) {
  for (const auto& curve : ogive::fit_test::hard_curves(60, 8)) {
    const Result result = fitted(curve.x, curve.y, "logistic", Interval::profile);
    for (const auto& e : result.parameters) {
      if (std::isnan(e.value) || std::isnan(e.lower) || std::isnan(e.upper)) continue;
      BOOST_TEST(e.lower <= e.value);
      BOOST_TEST(e.value <= e.upper);
    }
    for (const auto& e : fitted(curve.x, curve.y, "logistic", Interval::none).parameters)
      BOOST_TEST((std::isnan(e.se) && std::isnan(e.lower) && std::isnan(e.upper)));
  }
}

BOOST_AUTO_TEST_CASE(a_step_has_an_infinite_slope_and_a_midpoint_within_its_gap) {
  for (const double direction : {1.0, -1.0}) {
    Values x = eight;
    for (double& at : x) at *= direction;
    const Result r = fitted(x, {0.2, 0, 0.2, 0, 5.2, 5, 5.2, 5}, "logistic", Interval::profile);
    BOOST_REQUIRE((r.shape == fit::Shape::step));
    BOOST_TEST(value(r, "k") == direction * infinite);
    BOOST_TEST(std::isnan(value(r, "x0")));
    BOOST_TEST(std::fabs(value(r, "L") - 5) <= rounding);
    BOOST_TEST(std::fabs(value(r, "b") - 0.1) <= rounding);
    BOOST_TEST(r.limit.left == std::min(4 * direction, 5 * direction));
    BOOST_TEST(r.limit.right == std::max(4 * direction, 5 * direction));
    BOOST_TEST(std::fabs((direction > 0 ? r.limit.low : r.limit.high) - 0.1) <= rounding);
    BOOST_TEST(r.parameters[1].lower <= r.limit.left);
    BOOST_TEST(r.parameters[1].upper >= r.limit.right);
    const auto& k = r.parameters[2];
    BOOST_TEST((direction > 0 ? k.upper : k.lower) == direction * infinite);
    BOOST_TEST(std::isfinite(direction > 0 ? k.lower : k.upper));
  }
}

BOOST_AUTO_TEST_CASE(an_exponential_keeps_the_plateau_in_sight_and_its_rate) {
  for (const double direction : {1.0, -1.0}) {
    Values x, y;
    for (int i = 0; i < 12; ++i) {
      x.push_back(direction * 10 * i);
      y.push_back(3 - 2 * std::exp(0.3 * i - 3.3));
    }
    const Result r = fitted(x, y, "logistic", Interval::profile);
    BOOST_REQUIRE((r.limit.kind == fit::Limit::Kind::exponential));
    BOOST_TEST(std::fabs(r.limit.rate - direction * 0.03) <= 1e-7);
    BOOST_TEST(r.limit.center == direction * 110);
    BOOST_TEST(std::fabs(r.limit.low - 1) <= 1e-6);
    BOOST_TEST(std::fabs(r.limit.high + 2) <= 1e-5);
    BOOST_TEST(value(r, "L") == infinite);
    BOOST_TEST(std::fabs(value(r, "k") + direction * 0.03) <= 1e-7);  // it falls
    BOOST_TEST(value(r, "x0") == direction * infinite);
    BOOST_TEST(value(r, "b") == -infinite);
  }
}

BOOST_AUTO_TEST_CASE(a_falling_curve_has_its_lower_plateau_in_b_and_a_negative_slope) {
  for (const auto& curve : ogive::fit_test::easy_curves(30, 9)) {
    const Result r = fitted(curve.x, curve.y);
    BOOST_TEST(value(r, "L") > 0);
    BOOST_TEST((value(r, "k") > 0) == (curve.truth.L * curve.truth.k > 0));
  }
}
