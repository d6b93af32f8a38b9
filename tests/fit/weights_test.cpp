// SPDX-License-Identifier: MIT
// Weights of points: against points given several times, against arithmetic of fifty digits, against R.
#define BOOST_TEST_MODULE fit_weights
#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "fit/support/brute_force.h"
#include "fit/support/generator.h"
#include "ogive/base/random.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/fit.h"
#include "ogive/fit/quantiles.h"

using ogive::curve::Model;
using ogive::fit::fit;
using ogive::fit::Interval;
using ogive::fit::Options;
using ogive::fit::Result;
using ogive::fit::Shape;
using ogive::fit::Status;
using ogive::fit_test::Curve;

namespace {

using Values = std::vector<double>;
using Real = boost::multiprecision::cpp_bin_float_50;

// Claims.
constexpr double same_rss = 1e-9;       // of two descriptions of one problem
constexpr double best_share = 1e-6;     // RSS above the least one
constexpr double same_estimate = 1e-6;  // of a standard error
constexpr double same_error = 1e-6;     // of itself
constexpr double same_ratio = 1e-9;     // of what has no unit
constexpr double same_end = 1e-5;       // of an interval's end, in its width
constexpr double as_printed = 1e-7;     // of numbers that R found by its own convergence
constexpr double spline_end = 5e-4;     // R interpolates its profile; of the width

const Model& logistic() { return ogive::curve::model("logistic"); }

Options with(Interval interval) {
  Options options;
  options.interval = interval;
  return options;
}

Values integer_weights(ogive::Random& random, std::size_t n) {
  Values w;
  for (std::size_t i = 0; i < n; ++i) w.push_back(1 + static_cast<double>(random.below(4)));
  return w;
}

// From 1 / range to range, as many on every scale.
Values any_weights(ogive::Random& random, std::size_t n, double range) {
  Values w;
  for (std::size_t i = 0; i < n; ++i) w.push_back(std::exp(random.uniform(-1, 1) * std::log(range)));
  return w;
}

struct Rows {
  Values x, y;
};

// Each point as often as its weight says.
Rows repeated(const Values& x, const Values& y, const Values& w) {
  Rows rows;
  for (std::size_t i = 0; i < x.size(); ++i)
    for (int times = 0; times < static_cast<int>(w[i]); ++times) {
      rows.x.push_back(x[i]);
      rows.y.push_back(y[i]);
    }
  return rows;
}

bool near(double a, double b, double share) { return std::fabs(a - b) <= share * std::max(std::fabs(a), std::fabs(b)); }

// The data of a curve as a model of that kind takes them.
Curve suited(Curve curve, const Model& model) {
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if (model.log_dose) curve.x[i] = std::exp(curve.x[i]);
    if (model.linear != ogive::curve::Linear::L_and_b) curve.y[i] -= std::min(curve.truth.b, curve.truth.b + curve.truth.L);
    if (model.linear == ogive::curve::Linear::none) curve.y[i] /= std::fabs(curve.truth.L);
  }
  return curve;
}

// Parameters L, x0, k, b by Gauss and Newton in fifty digits, from where the fit ended; with (J'WJ)^-1 and the sums of squares.
struct Exact {
  std::vector<Real> theta;
  std::vector<std::vector<Real>> inverse;
  Real rss = 0, tss = 0;
};

void invert(std::vector<std::vector<Real>>& a) {
  const std::size_t n = a.size();
  for (std::size_t i = 0; i < n; ++i) {
    const Real pivot = a[i][i];  // a positive matrix: no pivoting
    a[i][i] = 1;
    for (Real& entry : a[i]) entry /= pivot;
    for (std::size_t j = 0; j < n; ++j) {
      if (j == i) continue;
      const Real factor = a[j][i];
      a[j][i] = 0;
      for (std::size_t c = 0; c < n; ++c) a[j][c] -= factor * a[i][c];
    }
  }
}

Exact exact_fit(const Values& x, const Values& y, const Values& w, const Result& from) {
  Exact exact;
  for (const auto& parameter : from.parameters) exact.theta.emplace_back(parameter.value);
  for (int round = 0; round < 60; ++round) {
    std::vector<std::vector<Real>> information(4, std::vector<Real>(4, Real(0)));
    std::vector<Real> right(4, Real(0));
    exact.rss = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto& [L, x0, k, b] = std::tie(exact.theta[0], exact.theta[1], exact.theta[2], exact.theta[3]);
      const Real f = 1 / (1 + exp(-k * (Real(x[i]) - x0))), slope = L * f * (1 - f);
      const Real gradient[] = {f, -k * slope, (Real(x[i]) - x0) * slope, Real(1)};
      const Real residual = Real(y[i]) - b - L * f;
      exact.rss += Real(w[i]) * residual * residual;
      for (std::size_t p = 0; p < 4; ++p) {
        right[p] += Real(w[i]) * gradient[p] * residual;
        for (std::size_t q = 0; q < 4; ++q) information[p][q] += Real(w[i]) * gradient[p] * gradient[q];
      }
    }
    invert(information);
    for (std::size_t p = 0; p < 4; ++p)
      for (std::size_t q = 0; q < 4; ++q) exact.theta[p] += information[p][q] * right[q];
    exact.inverse = information;
  }
  Real weight = 0, mean = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    weight += Real(w[i]);
    mean += Real(w[i]) * Real(y[i]);
  }
  mean /= weight;
  for (std::size_t i = 0; i < x.size(); ++i) exact.tss += Real(w[i]) * (Real(y[i]) - mean) * (Real(y[i]) - mean);
  return exact;
}

}  // namespace

BOOST_AUTO_TEST_CASE(integer_weights_are_points_given_several_times_but_for_the_degrees_of_freedom) {
  ogive::Random random(51);
  std::size_t compared = 0;
  for (const char* name : {"logistic", "logistic3", "logistic2", "loglogistic", "gompertz", "richards4"}) {
    const Model& model = ogive::curve::model(name);
    for (const Curve& plain : ogive::fit_test::easy_curves(8, 52)) {
      const Curve curve = suited(plain, model);
      const Values w = integer_weights(random, curve.x.size());
      const Rows rows = repeated(curve.x, curve.y, w);
      const Result weighted = fit(model, {curve.x, curve.y, w}, with(Interval::wald));
      const Result replicated = fit(model, {rows.x, rows.y}, with(Interval::wald));
      BOOST_TEST(near(weighted.rss, replicated.rss, same_rss), name << ": " << weighted.rss << " " << replicated.rss);
      BOOST_TEST(near(weighted.tss, replicated.tss, same_rss));
      BOOST_TEST(weighted.n == curve.x.size());
      BOOST_TEST(replicated.n == rows.x.size());
      if (weighted.shape != Shape::regular || replicated.shape != Shape::regular) continue;
      ++compared;
      const double fewer = std::sqrt(static_cast<double>(replicated.dof) / weighted.dof);
      for (std::size_t p = 0; p < weighted.parameters.size(); ++p) {
        const auto &here = weighted.parameters[p], &there = replicated.parameters[p];
        if (here.value == 0 && there.value == 0) continue;  // nu at its end
        BOOST_TEST(std::fabs(here.value - there.value) <= same_estimate * there.se, name << " " << p);
        BOOST_TEST(near(here.se, fewer * there.se, same_error), name << " " << p << ": " << here.se << " " << there.se);
      }
    }
  }
  BOOST_TEST(compared > 30U);
}

BOOST_AUTO_TEST_CASE(no_curve_has_a_smaller_weighted_rss) {
  ogive::Random random(53);
  for (const bool hard : {false, true})
    for (const Curve& curve : hard ? ogive::fit_test::hard_curves(25, 54) : ogive::fit_test::easy_curves(5, 55)) {
      const Values w = integer_weights(random, curve.x.size());
      const Rows rows = repeated(curve.x, curve.y, w);
      const Result result = fit(logistic(), {curve.x, curve.y, w}, with(Interval::none));
      const double least = ogive::fit_test::least_rss(rows.x, rows.y);
      BOOST_TEST(result.rss <= least * (1 + best_share));
    }
}

BOOST_AUTO_TEST_CASE(any_weights_give_the_numbers_of_fifty_digits) {
  ogive::Random random(56);
  std::size_t compared = 0;
  for (const double range : {3.0, 10.0, 300.0})
    for (const Curve& curve : ogive::fit_test::easy_curves(12, 57)) {
      const Values w = any_weights(random, curve.x.size(), range);
      const Result result = fit(logistic(), {curve.x, curve.y, w}, with(Interval::wald));
      if (result.shape != Shape::regular) continue;
      const Exact exact = exact_fit(curve.x, curve.y, w, result);
      const double n = static_cast<double>(curve.x.size()), rss = static_cast<double>(exact.rss), q = 5;
      BOOST_TEST(near(result.rss, rss, same_rss));
      BOOST_TEST(near(result.tss, static_cast<double>(exact.tss), same_rss));
      BOOST_TEST(near(result.rse, std::sqrt(rss / (n - 4)), same_rss));
      BOOST_TEST(near(result.r2, static_cast<double>(1 - exact.rss / exact.tss), same_ratio));
      const double F = static_cast<double>((exact.tss - exact.rss) / 3 / (exact.rss / (n - 4)));
      BOOST_TEST(near(result.f_statistic, F, same_rss));
      double log_weights = 0;
      for (const double weight : w) log_weights += std::log(weight);
      const double aicc = n * std::log(rss / n) - log_weights + 2 * q + 2 * q * (q + 1) / (n - q - 1);
      BOOST_TEST(std::fabs(result.aicc - aicc) <= same_ratio * (std::fabs(aicc) + n));
      const double t = ogive::fit::t_quantile(0.95, result.dof);
      for (std::size_t p = 0; p < 4; ++p) {
        const auto& e = result.parameters[p];
        const double se = std::sqrt(rss / (n - 4) * static_cast<double>(exact.inverse[p][p]));
        BOOST_TEST(std::fabs(e.value - static_cast<double>(exact.theta[p])) <= same_estimate * se);
        BOOST_TEST(near(e.se, se, same_error));
        BOOST_TEST(near(e.upper - e.lower, 2 * t * se, same_error));
      }
      ++compared;
    }
  BOOST_TEST(compared > 25U);
}

BOOST_AUTO_TEST_CASE(numbers_are_those_of_nls_in_r) {
  // nls(y ~ b + L / (1 + exp(-k * (x - x0))), weights = w), its deviance, sigma, logLik and confint: R 4, 2026-11-22. (The last
  // point was left out for confint, which counts points of weight 0 where the others do not.)
  const Values x = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  const Values y = {0.11, 0.23, 0.18, 0.55, 0.86, 1.62, 2.31, 2.71, 3.16, 3.12, 3.41, 3.28};
  const Values w = {4, 2.5, 0.5, 1, 8, 0.25, 3, 1.5, 0.1, 6, 2, 0};
  const Values value = {3.154129350637903, 5.202222785276495, 0.943994287549085, 0.112736810153623};
  const Values se = {0.0947720845677886, 0.1051683628132288, 0.0786290992902213, 0.0594162218990603};
  const Values lower = {2.9395281153199750, 4.9615027613885223, 0.7554184989464823, -0.0361117086585483};
  const Values upper = {3.415605559099857, 5.468181940819941, 1.154010777688593, 0.249510684906663};
  const Result result = fit(logistic(), {x, y, w});
  BOOST_TEST(result.n == 11U);
  BOOST_TEST(result.dof == 7);
  BOOST_TEST(near(result.rss, 0.128602184115887, as_printed));
  BOOST_TEST(near(result.rse, 0.135542394061725, as_printed));
  BOOST_TEST(near(result.tss, 44.0779403812825, as_printed));
  BOOST_TEST(near(result.aicc, -30.9271783661654, as_printed));  // AIC - n log(2 pi e) + 2 q (q + 1) / (n - q - 1)
  for (std::size_t p = 0; p < 4; ++p) {
    const auto& e = result.parameters[p];
    BOOST_TEST(std::fabs(e.value - value[p]) <= as_printed * std::fabs(value[p]));
    BOOST_TEST(near(e.se, se[p], 1e2 * as_printed), p << ": " << e.se);
    BOOST_TEST(std::fabs(e.lower - lower[p]) <= spline_end * (upper[p] - lower[p]), p << ": " << e.lower);
    BOOST_TEST(std::fabs(e.upper - upper[p]) <= spline_end * (upper[p] - lower[p]), p << ": " << e.upper);
  }
}

BOOST_AUTO_TEST_CASE(the_unit_of_weights_changes_nothing_but_the_unit_of_the_rss) {
  ogive::Random random(58);
  std::vector<Curve> curves = ogive::fit_test::hard_curves(25, 59);
  for (const Curve& curve : ogive::fit_test::easy_curves(5, 60)) curves.push_back(curve);
  for (const Curve& curve : curves) {
    const Values w = any_weights(random, curve.x.size(), 10);
    const Result here = fit(logistic(), {curve.x, curve.y, w});
    for (const double unit : {1e-280, 1e-6, 7.0, 1e280}) {
      Values scaled = w;
      for (double& weight : scaled) weight *= unit;
      const Result there = fit(logistic(), {curve.x, curve.y, scaled});
      BOOST_TEST(to_string(there.shape) == to_string(here.shape));
      BOOST_TEST(to_string(there.status) == to_string(here.status));
      BOOST_TEST(near(there.rss / unit, here.rss, same_rss));
      BOOST_TEST(near(there.tss / unit, here.tss, same_rss));
      BOOST_TEST(near(there.rse / std::sqrt(unit), here.rse, same_rss));
      BOOST_TEST(near(there.r2, here.r2, same_rss));
      BOOST_TEST(near(there.aicc, here.aicc, same_rss));
      BOOST_TEST(near(there.f_statistic, here.f_statistic, same_rss));
      if (here.shape != Shape::regular || here.status != Status::ok) continue;
      for (std::size_t p = 0; p < 4; ++p) {
        const auto &e = there.parameters[p], &f = here.parameters[p];
        BOOST_TEST(std::fabs(e.value - f.value) <= same_estimate * f.se);
        BOOST_TEST(near(e.se, f.se, same_error));
        BOOST_TEST((e.lower == f.lower || std::fabs(e.lower - f.lower) <= same_end * f.se), e.lower << " " << f.lower);
        BOOST_TEST((e.upper == f.upper || std::fabs(e.upper - f.upper) <= same_end * f.se), e.upper << " " << f.upper);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(equal_weights_are_none) {
  for (const Curve& curve : ogive::fit_test::hard_curves(20, 61)) {
    const Result none = fit(logistic(), {curve.x, curve.y}, with(Interval::wald));
    for (const double weight : {1.0, 4.0}) {
      const Result equal = fit(logistic(), {curve.x, curve.y, Values(curve.x.size(), weight)}, with(Interval::wald));
      BOOST_TEST(equal.rss == weight * none.rss);
      BOOST_TEST(equal.rse == std::sqrt(weight) * none.rse);
      BOOST_TEST(equal.aicc == none.aicc);
      for (std::size_t p = 0; p < 4; ++p) {
        const auto &e = equal.parameters[p], &f = none.parameters[p];
        BOOST_TEST((e.value == f.value || (std::isnan(e.value) && std::isnan(f.value))));
        BOOST_TEST((e.se == f.se || (std::isnan(e.se) && std::isnan(f.se))));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_profile_with_weights_is_that_of_the_points_given_several_times) {
  // With the same t^2 / dof: a confidence for which the quantiles fit.
  ogive::Random random(62);
  for (const Curve& curve : ogive::fit_test::easy_curves(8, 63)) {
    const Values w = integer_weights(random, curve.x.size());
    const Rows rows = repeated(curve.x, curve.y, w);
    const Result replicated = fit(logistic(), {rows.x, rows.y});
    const double t = ogive::fit::t_quantile(0.95, replicated.dof);
    const int dof = static_cast<int>(curve.x.size()) - 4;
    const double wanted = t * std::sqrt(static_cast<double>(dof) / replicated.dof);
    double low = 0.01, high = 0.9999;
    for (int i = 0; i < 100; ++i) (ogive::fit::t_quantile((low + high) / 2, dof) < wanted ? low : high) = (low + high) / 2;
    Options options;
    options.confidence = low;
    const Result weighted = fit(logistic(), {curve.x, curve.y, w}, options);
    for (std::size_t p = 0; p < 4; ++p) {
      const auto &e = weighted.parameters[p], &f = replicated.parameters[p];
      BOOST_TEST(std::fabs(e.lower - f.lower) <= same_end * f.se);
      BOOST_TEST(std::fabs(e.upper - f.upper) <= same_end * f.se);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_point_of_weight_zero_is_not_there_whatever_it_holds) {
  const Curve curve = ogive::fit_test::easy_curves(1, 64).front();
  ogive::Random random(65);
  const Values w = any_weights(random, curve.x.size(), 10);
  const Result without = fit(logistic(), {curve.x, curve.y, w});
  Values x = {1e9}, y = {std::numeric_limits<double>::quiet_NaN()}, weights = {0};
  x.insert(x.end(), curve.x.begin(), curve.x.end());
  y.insert(y.end(), curve.y.begin(), curve.y.end());
  weights.insert(weights.end(), w.begin(), w.end());
  const Result with_it = fit(logistic(), {x, y, weights});
  BOOST_TEST(with_it.n == without.n);
  BOOST_TEST(with_it.rss == without.rss);
  BOOST_TEST(with_it.aicc == without.aicc);
  for (std::size_t p = 0; p < 4; ++p) {
    BOOST_TEST(with_it.parameters[p].value == without.parameters[p].value);
    BOOST_TEST(with_it.parameters[p].lower == without.parameters[p].lower);
  }
}

BOOST_AUTO_TEST_CASE(weights_that_mean_nothing_are_bad_data) {
  const Curve curve = ogive::fit_test::easy_curves(1, 66).front();
  const std::size_t n = curve.x.size();
  const auto refused = [&](const Values& w, const std::string& message) {
    const Result result = fit(logistic(), {curve.x, curve.y, w});
    BOOST_TEST((result.status == Status::bad_data));
    BOOST_TEST(result.message == message);
    BOOST_TEST(std::isnan(result.rss));
  };
  const auto one = [&](double odd) {
    Values w(n, 1.0);
    w[3] = odd;
    return w;
  };
  refused(one(-1), "a weight is negative");
  refused(one(std::numeric_limits<double>::infinity()), "a weight is not finite");
  refused(one(-std::numeric_limits<double>::infinity()), "a weight is not finite");
  refused(one(std::numeric_limits<double>::quiet_NaN()), "a weight is not finite");
  refused(Values(n, 0.0), "every weight is 0");
  refused(Values(n - 1, 1.0), "the weights are not as many as the points");
  Values both = one(-1);
  both[0] = 0;
  refused(both, "a weight is negative");
}

BOOST_AUTO_TEST_CASE(too_few_points_of_any_weight_are_too_few) {
  const Values x = {1, 2, 3, 4, 5}, y = {0, 0.1, 0.9, 1, 1}, w = {1, 1, 0, 0, 1};
  BOOST_TEST((fit(logistic(), {x, y, w}).status == Status::too_few_points));
}

BOOST_AUTO_TEST_CASE(the_order_of_weighted_rows_changes_no_bit) {
  ogive::Random random(67);
  Curve curve = ogive::fit_test::easy_curves(1, 68).front();
  for (double& x : curve.x) x = std::round(x);
  Values w = any_weights(random, curve.x.size(), 10);
  const Result here = fit(logistic(), {curve.x, curve.y, w});
  std::reverse(curve.x.begin(), curve.x.end());
  std::reverse(curve.y.begin(), curve.y.end());
  std::reverse(w.begin(), w.end());
  const Result there = fit(logistic(), {curve.x, curve.y, w});
  BOOST_TEST(there.rss == here.rss);
  for (std::size_t p = 0; p < 4; ++p) BOOST_TEST(there.parameters[p].value == here.parameters[p].value);
}

BOOST_AUTO_TEST_CASE(a_weighted_step_has_weighted_levels_and_bands) {
  const Values x = {1, 2, 3, 4, 5, 6, 7, 8}, y = {0.2, 0, 0.2, 0, 5.2, 5, 5.2, 5}, w = {3, 1, 3, 1, 1, 1, 1, 5};
  const Result result = fit(logistic(), {x, y, w});
  BOOST_REQUIRE((result.shape == Shape::step));
  const double low = (0.2 * 6 + 0) / 8, high = (5.2 * 2 + 5 * 6) / 8;
  constexpr double rounding = 1e-12;
  BOOST_TEST(std::fabs(result.limit.low - low) <= rounding);
  BOOST_TEST(std::fabs(result.limit.high - high) <= rounding);
  double rss = 0;
  for (std::size_t i = 0; i < 8; ++i) rss += w[i] * std::pow(y[i] - (i < 4 ? low : high), 2);
  BOOST_TEST(near(result.rss, rss, rounding));
  const double half = ogive::fit::t_quantile(0.95, 4) * std::sqrt(rss / 4 / 8);  // 8: the weight on either side
  const Values at = {2, 7};
  for (const auto& p : predict(result, at)) BOOST_TEST(near(p.upper - p.lower, 2 * half, rounding));
}

BOOST_AUTO_TEST_CASE(the_band_is_narrow_where_the_weights_are_large) {
  // The variance of the mean at a point of overwhelming weight is that of the point.
  Values x, y, w;
  ogive::Random random(69);
  for (int i = 0; i < 24; ++i) {
    x.push_back(i);
    y.push_back(3 / (1 + std::exp(-0.6 * (i - 12))) + 0.02 * random.normal());
    w.push_back(i == 10 ? 1e6 : 1.0);
  }
  const Result result = fit(logistic(), {x, y, w});
  BOOST_REQUIRE(result.good());
  const Values at = {10};
  const auto p = predict(result, at).front();
  const double half = ogive::fit::t_quantile(0.95, result.dof) * result.rse / std::sqrt(1e6);
  constexpr double others_help = 1e-3;
  BOOST_TEST(near(p.upper - p.lower, 2 * half, others_help));
}

BOOST_AUTO_TEST_CASE(weights_of_twelve_decades_still_give_the_least_rss) {
  // 1 / sd^2 of readings whose sd is a share of them. The best curve is known: the truth, to within its noise.
  ogive::Random random(70);
  for (int i = 0; i < 20; ++i) {
    Values x, y, w;
    for (int j = 0; j < 24; ++j) {
      x.push_back(-6 + 0.5 * j);
      const double clean = 1e6 / (1 + std::exp(-2.2 * x.back()));
      y.push_back(clean * (1 + 0.02 * random.normal()));
      w.push_back(1 / (clean * clean));
    }
    const Result result = fit(ogive::curve::model("logistic3"), {x, y, w});
    double truth = 0;
    for (std::size_t j = 0; j < x.size(); ++j) truth += w[j] * std::pow(y[j] - 1e6 / (1 + std::exp(-2.2 * x[j])), 2);
    BOOST_TEST(result.good());
    BOOST_TEST(result.rss <= truth);
    BOOST_TEST(result.rss >= truth / 10);
  }
}
