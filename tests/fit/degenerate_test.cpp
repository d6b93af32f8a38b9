// SPDX-License-Identifier: MIT
// Data on which a fit has every right to fail, and every model: a named status, no exception, no number that is none.
#define BOOST_TEST_MODULE fit_degenerate
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "fit/support/generator.h"
#include "fit/support/promises.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/fit.h"

using ogive::curve::Model;
using ogive::fit::Result;
using ogive::fit::Shape;
using ogive::fit::Status;
using ogive::fit_test::broken_promise;

namespace {

using Values = std::vector<double>;

struct Case {
  std::string name;
  Values x, y;
};

// What holds whatever the data are; empty: nothing is broken.
std::string broken(const Result& result, const Case& data) {
  if (result.model == nullptr) return "no model";
  if (result.parameters.size() != result.model->parameters.size()) return "not one estimate per parameter";
  if (to_string(result.status).empty() || to_string(result.shape).empty()) return "no name";
  const bool limit = result.limit.kind != ogive::fit::Limit::Kind::none;
  for (const auto& list : {result.parameters, result.derived})
    for (const auto& estimate : list) {
      const std::string words = broken_promise(estimate);
      // Where data without noise tend to a limit, no curve is near enough to tell how far an interval reaches to that side.
      if (!words.empty() && !(limit && words == "half an interval")) return words;
    }
  if (result.status == Status::bad_data) return {};
  if (!(result.rss >= 0) || !(result.tss >= 0)) return "rss or tss is no number";
  if (result.status == Status::too_few_points) return {};
  if (result.good())
    for (const auto& estimate : result.parameters)
      if (!std::isfinite(estimate.value)) return "a good result with a parameter that is none";
  Values at = data.x;
  std::sort(at.begin(), at.end());
  for (std::size_t i = 0; i + 1 < data.x.size(); ++i) at.push_back(at[i] / 2 + at[i + 1] / 2);
  if (result.limit.kind == ogive::fit::Limit::Kind::none)  // of the limits, the exponential and the line have no plateau
    for (const double far : {0.0, 1e-300, 1.0, 1e300}) at.push_back(far);
  for (const auto& prediction : predict(result, at)) {
    if (!std::isfinite(prediction.y)) return "a prediction that is not finite";
    if (prediction.lower > prediction.upper) return "a band the wrong way round";
    if (prediction.lower > prediction.y || prediction.upper < prediction.y) return "a prediction outside its band";
  }
  return {};
}

// With every model, with all kinds of intervals.
void check(const Case& data) {
  for (const Model& model : ogive::curve::models()) {
    if (model.log_dose && std::any_of(data.x.begin(), data.x.end(), [](double x) { return x < 0; })) continue;
    for (const auto interval : {ogive::fit::Interval::profile, ogive::fit::Interval::wald, ogive::fit::Interval::none}) {
      Result result;
      BOOST_CHECK_NO_THROW(result = ogive::fit::fit(model, {data.x, data.y}, {.interval = interval}));
      const std::string words = broken(result, data);
      BOOST_TEST(words == "", data.name << ", " << model.name << " (" << to_string(result.status) << ", " << to_string(result.shape)
                                        << "): " << words);
    }
  }
}

Values grid(std::size_t n, double first, double last) {
  Values x;
  for (std::size_t i = 0; i < n; ++i) x.push_back(first + (last - first) * static_cast<double>(i) / static_cast<double>(n - 1));
  return x;
}

template <class Function>
Values map(const Values& x, Function&& f) {
  Values y;
  for (const double value : x) y.push_back(f(value));
  return y;
}

Result logistic(const Values& x, const Values& y) { return ogive::fit::fit(ogive::curve::model("logistic"), {x, y}); }

// Both are the same to the last bit; NaN equals NaN.
bool identical(const Result& p, const Result& q) {
  const auto same = [](double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; };
  bool all = p.status == q.status && p.shape == q.shape && same(p.rss, q.rss) && same(p.aicc, q.aicc) && p.message == q.message;
  for (std::size_t i = 0; i < p.parameters.size(); ++i)
    all = all && same(p.parameters[i].value, q.parameters[i].value) && same(p.parameters[i].se, q.parameters[i].se) &&
          same(p.parameters[i].lower, q.parameters[i].lower) && same(p.parameters[i].upper, q.parameters[i].upper);
  return all;
}

}  // namespace

BOOST_AUTO_TEST_CASE(none_to_four_points) {
  const Values x = {1, 2, 3, 4};
  const Values y = {0.5, 0.7, 2, 2.1};
  for (std::size_t n = 0; n <= x.size(); ++n) {
    const auto end = static_cast<std::ptrdiff_t>(n);
    const Case data = {std::to_string(n) + " points", {x.begin(), x.begin() + end}, {y.begin(), y.begin() + end}};
    check(data);
    const Result result = logistic(data.x, data.y);
    const Status expected = n == 0 ? Status::bad_data : n < 4 ? Status::too_few_points : Status::ok;
    BOOST_TEST((result.status == expected), n << " points: " << to_string(result.status));
    BOOST_TEST(!result.message.empty());
  }
}

BOOST_AUTO_TEST_CASE(replicates_are_not_distinct_points) {
  const Case data = {"three distinct x", {1, 1, 2, 2, 3, 3, 3}, {0, 0.1, 1, 1.2, 2, 2.1, 1.9}};
  check(data);
  const Result result = logistic(data.x, data.y);
  BOOST_TEST((result.status == Status::too_few_points));
  BOOST_TEST(result.distinct == 3U);
  check({"two distinct x", {1, 2, 1, 2, 1, 2}, {0, 1, 0.1, 1.1, 0.2, 1.2}});
}

BOOST_AUTO_TEST_CASE(constant_x_and_constant_y) {
  check({"constant x", Values(8, 2.0), {1, 2, 3, 4, 5, 6, 7, 8}});
  check({"all zeros", Values(8, 0.0), Values(8, 0.0)});
  for (const double level : {0.0, 1.0, -3.0, 0.1, 1e-300, 1e300}) {
    check({"constant y", grid(8, 0, 7), Values(8, level)});
    const Result result = logistic(grid(8, 0, 7), Values(8, level));
    BOOST_TEST((result.shape == Shape::flat));
    BOOST_TEST(result.rss == 0.0);
  }
}

BOOST_AUTO_TEST_CASE(points_that_are_not_numbers_are_bad_data) {
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    BOOST_TEST((logistic({1, 2, bad, 4, 5, 6}, {1, 1, 2, 3, 4, 4}).status == Status::bad_data));
    BOOST_TEST((logistic({1, 2, 3, 4, 5, 6}, {1, 1, 2, bad, 4, 4}).status == Status::bad_data));
    check({"not a number", {1, 2, bad, 4, 5, 6}, {1, 1, bad, 3, 4, 4}});
  }
  BOOST_TEST((logistic({1, 2, 3, 4, 5}, {1, 2, 3, 4}).status == Status::bad_data));
  const Values dose = {-1, 1, 2, 3, 4};
  BOOST_TEST((ogive::fit::fit(ogive::curve::model("loglogistic"), {dose, dose}).status == Status::bad_data));
}

BOOST_AUTO_TEST_CASE(exact_lines_steps_ramps_and_exponentials) {
  const Values x = grid(12, 0, 11);
  for (const double sign : {1.0, -1.0}) {
    check({"line", x, map(x, [&](double u) { return 2 + sign * 0.3 * u; })});
    check({"step", x, map(x, [&](double u) { return u < 4.5 ? 1 : 1 + sign; })});
    check({"ramp", x, map(x, [&](double u) { return sign * std::clamp(u - 3.5, 0.0, 4.0); })});
    check({"exponential", x, map(x, [&](double u) { return 1 - std::exp(sign * 0.4 * u); })});
    check({"bump", x, map(x, [&](double u) { return u == 5 ? sign : 0.0; })});
    check({"zigzag", x, map(x, [&](double u) { return sign * std::fmod(u, 2); })});
    check({"parabola", x, map(x, [&](double u) { return sign * u * u; })});
  }
  BOOST_TEST((logistic(x, map(x, [](double u) { return 2 + 0.3 * u; })).shape == Shape::line));
  BOOST_TEST((logistic(x, map(x, [](double u) { return u < 4.5 ? 1.0 : 2.0; })).shape == Shape::step));
  BOOST_TEST((logistic(x, map(x, [](double u) { return 1 - std::exp(0.4 * u); })).shape == Shape::exponential));
  BOOST_TEST((logistic(x, map(x, [](double u) { return 1 - std::exp(-0.4 * u); })).shape == Shape::exponential));
}

BOOST_AUTO_TEST_CASE(spans_of_1e_minus_300_and_1e300) {
  const Values u = grid(12, 0, 1);
  const Values v = {0.1, 0.05, 0.12, 0.1, 0.3, 0.6, 1.1, 1.3, 1.5, 1.45, 1.6, 1.55};
  for (const double x_unit : {1e-300, 1e300, 1.0}) {
    for (const double y_unit : {1e-300, 1e300, 1.0}) {
      const Case data = {"x * " + std::to_string(std::log10(x_unit)) + ", y * " + std::to_string(std::log10(y_unit)) + " decades",
                         map(u, [&](double x) { return x * x_unit; }), map(v, [&](double y) { return y * y_unit; })};
      check(data);
      BOOST_TEST((logistic(data.x, data.y).shape == Shape::regular), data.name);
    }
  }
}

// Here k or the range of x is no double any more: a named status and no exception is all that can be asked for.
BOOST_AUTO_TEST_CASE(spans_at_the_ends_of_double) {
  const double largest = std::numeric_limits<double>::max();
  const Case whole = {"the whole range", {-largest, -1e300, 0, 1e-300, 1, largest}, {-largest, 0, 0, 1, 2, largest}};
  const Case denormal = {"denormal", map(grid(12, 0, 1), [](double x) { return 1e-308 * x; }), grid(12, 0, 1)};
  for (const Case& data : {whole, denormal}) {
    for (const Model& model : ogive::curve::models()) {
      if (model.log_dose && data.x.front() < 0) continue;
      Result result;
      BOOST_CHECK_NO_THROW(result = ogive::fit::fit(model, {data.x, data.y}));
      BOOST_CHECK_NO_THROW(ogive::fit::predict(result, data.x));
      BOOST_TEST(!to_string(result.status).empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(neighbours_closer_than_1e_minus_12) {
  Case data = {"close pairs", {}, {}};
  for (double x = 0; x < 6; ++x) {
    for (const double near : {0.0, 1e-12}) {
      data.x.push_back(x + near);
      data.y.push_back((x < 3 ? 0.0 : 1.0) + 0.01 * x + 1e11 * near);
    }
  }
  check(data);
  check({"denormal gaps", {0, 5e-324, 1e-323, 1, 2, 3}, {0, 1, 2, 3, 3, 3}});
}

BOOST_AUTO_TEST_CASE(dose_zero_among_doses) {
  check({"half of them zero", {0, 0, 0, 0, 1, 2, 4, 8}, {0.1, 0, 0.2, 0.1, 0.3, 0.8, 1.5, 1.9}});
  check({"all but one zero", {0, 0, 0, 0, 0, 3}, {0, 1, 2, 1, 0, 5}});
  check({"tiny doses", {0, 1e-300, 1e-200, 1e-100, 1, 1e100}, {0, 0.1, 0.5, 1, 1.8, 2}});
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_points_take_bounded_time) {
  constexpr double most_seconds = 60;  // far above the second that it takes: a claim against quadratic growth
  ogive::Random random(3);
  const auto curve = ogive::fit_test::easy_curve(random, {.n = 100000, .noise = 0.05});
  const auto start = std::chrono::steady_clock::now();
  const Result result = logistic(curve.x, curve.y);
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  BOOST_TEST(time.count() < most_seconds);
  BOOST_TEST_MESSAGE("100 000 points: " << time.count() << " s");
  BOOST_TEST(result.good());
  BOOST_TEST(std::fabs(result.parameters[1].value - curve.truth.x0) <= 5 * result.parameters[1].se);
}

BOOST_AUTO_TEST_CASE(the_order_of_rows_and_of_calls_changes_no_bit) {
  ogive::Random random(17);
  for (const auto& set : {ogive::fit_test::easy_curves(20, 61), ogive::fit_test::hard_curves(40, 62)}) {
    for (const auto& curve : set) {
      const Result first = logistic(curve.x, curve.y);
      Values x = curve.x;
      Values y = curve.y;
      for (std::size_t i = x.size(); i > 1; --i) {
        const auto j = static_cast<std::size_t>(random.below(i));
        std::swap(x[i - 1], x[j]);
        std::swap(y[i - 1], y[j]);
      }
      BOOST_TEST(identical(logistic(x, y), first));
      BOOST_TEST(identical(logistic(curve.x, curve.y), first));
    }
  }
}
