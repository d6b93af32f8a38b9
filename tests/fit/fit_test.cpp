// SPDX-License-Identifier: MIT
// The contract of fit() and predict(): options, the two ways to write a curve, and every model against its own truth and against a
// brute-force search.
#define BOOST_TEST_MODULE fit_fit
#include "ogive/fit/fit.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "fit/support/generator.h"
#include "fit/support/promises.h"
#include "fit/support/simplex_search.h"
#include "ogive/curve/registry.h"

using ogive::curve::Model;
using ogive::fit::fit;
using ogive::fit::Interval;
using ogive::fit::Options;
using ogive::fit::Result;
using ogive::fit::Shape;
using ogive::fit::Status;
using ogive::fit_test::broken_promise;

namespace {

using Values = std::vector<double>;

constexpr double best_share = 1e-6;   // RSS above the least one
constexpr double judge_share = 1e-5;  // RSS below the one that brute force finds: as near as it comes
constexpr double exact_share = 1e-6;  // parameters of data without noise
constexpr double within_errors = 5;   // standard errors between estimate and truth
constexpr std::size_t noisy_curves = 25;

const Model& logistic() { return ogive::curve::model("logistic"); }

const ogive::fit_test::Curve& example() {
  static const auto curve = ogive::fit_test::easy_curves(1, 4).front();
  return curve;
}

Result fitted(const Options& options) { return fit(logistic(), {example().x, example().y}, options); }

// Parameters that a person would meet, by name.
Values truth(const Model& model, ogive::Random& random, double reach) {
  Values theta;
  for (const auto& parameter : model.parameters) {
    const std::string name(parameter.name);
    if (name == "L") theta.push_back(random.uniform(1, 4));
    if (name == "x0") theta.push_back(random.uniform(-reach, reach));
    if (name == "ec50") theta.push_back(std::exp(random.uniform(-reach, reach)));
    if (name == "k") theta.push_back(random.uniform(0.8, 2.5) * (random.uniform() < 0.5 ? -1 : 1));
    if (name == "b") theta.push_back(random.uniform(-1, 1));
    if (name == "nu") theta.push_back(std::exp(random.uniform(-1.2, 1.2)));
  }
  return theta;
}

struct Sample {
  Values theta, x, y;
};

// Midpoints within `reach`, x within 4 of the middle; the midpoint and the doses on a logarithmic scale for a log-dose model.
Sample sample(const Model& model, ogive::Random& random, double noise, double reach = 1, std::size_t n = 24) {
  Sample s{truth(model, random, reach), {}, {}};
  for (std::size_t i = 0; i < n; ++i) {
    const double u = random.uniform(-4, 4);
    s.x.push_back(!model.log_dose ? u : i < 2 ? 0.0 : std::exp(u));
    s.y.push_back(model.value(s.x.back(), s.theta) + noise * random.normal());
  }
  return s;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_headers_example) {
  const std::array x = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
  const std::array y = {0.1, 0.3, 1.1, 2.6, 3.2, 3.4};
  const Result result = fit(logistic(), {x, y});
  BOOST_TEST(result.good());
  BOOST_TEST(broken_promise(result, {x, y}) == "");
  BOOST_TEST(result.parameters[1].value > 3.0);
  BOOST_TEST(result.parameters[1].value < 4.0);
  BOOST_TEST(result.n == 6U);
  BOOST_TEST(result.distinct == 6U);
  BOOST_TEST(result.dof == 2);
  BOOST_TEST(result.model == &logistic());
}

BOOST_AUTO_TEST_CASE(no_intervals_no_standard_errors_but_the_same_curve) {
  const Result none = fitted({.interval = Interval::none});
  const Result all = fitted({});
  BOOST_TEST((none.status == Status::ok && none.shape == all.shape));
  BOOST_TEST(none.rss == all.rss);
  for (std::size_t p = 0; p < all.parameters.size(); ++p) {
    BOOST_TEST(none.parameters[p].value == all.parameters[p].value);
    BOOST_TEST(std::isnan(none.parameters[p].se));
    BOOST_TEST(std::isnan(none.parameters[p].lower));
    BOOST_TEST(all.parameters[p].se > 0.0);
  }
}

BOOST_AUTO_TEST_CASE(wald_intervals_are_symmetric_and_as_wide_as_the_quantile_says) {
  constexpr double t_16 = 2.119905299221;  // of Student's t, 97.5 %, 16 degrees of freedom
  constexpr double same = 1e-9;
  const Result wald = fitted({.interval = Interval::wald});
  BOOST_TEST(wald.dof == 16);
  for (const auto& [value, se, lower, upper] : wald.parameters) {
    BOOST_TEST(std::fabs(upper - value - t_16 * se) <= same * se);
    BOOST_TEST(std::fabs(value - lower - t_16 * se) <= same * se);
  }
}

BOOST_AUTO_TEST_CASE(the_rss_at_the_end_of_a_profile_interval_is_the_critical_one) {
  // With x0 held at the end of its interval, the least RSS of the others is rss (1 + t^2 / dof).
  constexpr double t_16 = 2.119905299221;
  constexpr double same = 1e-5;
  const Result result = fitted({});
  const double critical = result.rss * (1 + t_16 * t_16 / 16);
  for (const double end : {result.parameters[1].lower, result.parameters[1].upper}) {
    double least = ogive::fit::infinite;
    const double k = result.parameters[2].value;
    for (double factor = 0.5; factor < 2; factor += 1e-4) {
      double f_mean = 0, y_mean = 0, fy = 0, ff = 0, yy = 0;
      const auto f = [&](double x) { return 1 / (1 + std::exp(-factor * k * (x - end))); };
      for (std::size_t i = 0; i < 20; ++i) {
        f_mean += f(example().x[i]) / 20;
        y_mean += example().y[i] / 20;
      }
      for (std::size_t i = 0; i < 20; ++i) {
        const double df = f(example().x[i]) - f_mean, dy = example().y[i] - y_mean;
        fy += df * dy;
        ff += df * df;
        yy += dy * dy;
      }
      least = std::min(least, yy - fy * fy / ff);
    }
    BOOST_TEST(std::fabs(least - critical) <= same * critical);
  }
}

BOOST_AUTO_TEST_CASE(more_confidence_means_wider_intervals) {
  for (const Interval interval : {Interval::wald, Interval::profile}) {
    const Result narrow = fitted({.interval = interval, .confidence = 0.68});
    const Result wide = fitted({.interval = interval, .confidence = 0.99});
    BOOST_TEST(wide.confidence == 0.99);
    for (std::size_t p = 0; p < wide.parameters.size(); ++p) {
      BOOST_TEST(wide.parameters[p].lower < narrow.parameters[p].lower);
      BOOST_TEST(wide.parameters[p].upper > narrow.parameters[p].upper);
    }
  }
}

BOOST_AUTO_TEST_CASE(start_values_never_harm) {
  const Result without = fitted({});
  const double nan = ogive::fit::unknown, inf = ogive::fit::infinite;
  for (const Values& start : {Values{1, 0, 1, 0},
                              {1e30, -1e30, 1e-30, 1e30},
                              {0, 0, 0, 0},
                              {nan, inf, -inf, nan},
                              {1, 2},
                              {-3, 700, -50, 9},
                              {1e-300, 1e-300, 1e300, 0},
                              {1, 2, 3, 4, 5, 6, 7}}) {
    const Result with = fitted({.start = start});
    BOOST_TEST((with.status == Status::ok));
    BOOST_TEST(std::fabs(with.rss - without.rss) <= 1e-12 * without.rss);
    BOOST_TEST(std::fabs(with.parameters[1].value - without.parameters[1].value) <= 1e-6 * without.parameters[1].se);
  }
}

BOOST_AUTO_TEST_CASE(every_model_recovers_the_parameters_of_its_own_exact_curve) {
  ogive::Random random(71);
  for (const Model& model : ogive::curve::models()) {
    for (int i = 0; i < 10; ++i) {
      const Sample s = sample(model, random, 0);
      const Result result = fit(model, {s.x, s.y});
      BOOST_TEST_CONTEXT(model.name << ", curve " << i) {
        BOOST_TEST(broken_promise(result, {s.x, s.y}) == "");
        BOOST_TEST((result.shape == Shape::perfect), to_string(result.shape));
        for (std::size_t p = 0; p < s.theta.size(); ++p)
          BOOST_TEST(std::fabs(result.parameters[p].value - s.theta[p]) <= exact_share * (1 + std::fabs(s.theta[p])),
                     model.parameters[p].name << " = " << result.parameters[p].value << " instead of " << s.theta[p]);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(every_model_finds_the_best_of_its_curves_on_noisy_data) {
  ogive::Random random(72);
  for (const Model& model : ogive::curve::models()) {
    std::size_t little_noise = 0, near_truth = 0;
    for (std::size_t i = 0; i < noisy_curves; ++i) {
      const bool little = i % 2 == 0;
      const Sample s = sample(model, random, little ? 0.05 : 0.3);
      const Result result = fit(model, {s.x, s.y});
      BOOST_TEST_CONTEXT(model.name << ", curve " << i << ", " << to_string(result.shape)) {
        // Much noise may send nu to infinity, which is the one end that is not among the limits; the result says so.
        const bool nu_runs_away = !little && result.message.starts_with("nu runs away");
        if (!nu_runs_away) BOOST_TEST(broken_promise(result, {s.x, s.y}) == "");
        const double least = ogive::fit_test::simplex_search(model, s.x, s.y);
        BOOST_TEST(result.rss <= least * (1 + best_share), "rss is " << result.rss / least - 1 << " above the least one");
        if (!nu_runs_away && result.shape == Shape::regular)
          BOOST_TEST(result.rss >= least * (1 - judge_share), "the judge missed " << 1 - result.rss / least);
      }
      if (!little) continue;
      bool near = result.shape == Shape::regular;
      for (std::size_t p = 0; p < s.theta.size(); ++p)
        near = near && std::fabs(result.parameters[p].value - s.theta[p]) <= within_errors * result.parameters[p].se;
      near_truth += near;
      ++little_noise;
    }
    BOOST_TEST(near_truth >= little_noise * 3 / 4, model.name << ": " << near_truth << " of " << little_noise);
  }
}

BOOST_AUTO_TEST_CASE(a_midpoint_out_of_sight_costs_neither_the_best_curve_nor_its_intervals) {
  ogive::Random random(73);
  for (const char* name : {"logistic", "logistic3", "loglogistic", "gompertz"}) {
    const Model& model = ogive::curve::model(name);
    for (std::size_t i = 0; i < noisy_curves; ++i) {
      const Sample s = sample(model, random, 0.1, 6);
      const Result result = fit(model, {s.x, s.y});
      BOOST_TEST_CONTEXT(name << ", curve " << i << ", " << to_string(result.shape)) {
        BOOST_TEST(broken_promise(result, {s.x, s.y}) == "");
        BOOST_TEST(result.rss <= ogive::fit_test::simplex_search(model, s.x, s.y) * (1 + best_share));
        for (const auto& estimate : result.parameters) BOOST_TEST(estimate.lower < estimate.upper);
      }
    }
  }
}
