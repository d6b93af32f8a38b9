// SPDX-License-Identifier: MIT
// Every model that has lanes, judged by the single path, on curves of its own kind.
#define BOOST_TEST_MODULE batch_models
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include "ogive/batch/fit_many.h"
#include "ogive/curve/registry.h"
#include "ogive/curve/simulate.h"

namespace {

using ogive::batch::Curves;
using ogive::batch::Fits;
using ogive::curve::Design;
using ogive::fit::Interval;
using ogive::fit::Shape;

// Claims.
constexpr double same_rss = 1e-6;         // as a share; the single path may be the one that is worse
constexpr double same_parameters = 2e-3;  // of a standard error
constexpr double same_errors = 1e-3;      // of itself
constexpr std::size_t curves = 600;

struct Set {
  std::vector<double> x, y;
  std::size_t points;
  Curves view() const { return Curves::matrix(x, y, points); }
};

Set make_set(const ogive::curve::Model& model, Design design, std::size_t points) {
  ogive::curve::Simulation plan;
  plan.model = &model;
  plan.design = design;
  plan.points = points;
  Set set{{}, {}, points};
  ogive::curve::Simulated curve;
  for (std::size_t i = 0; i < curves; ++i) {
    ogive::Random random = ogive::curve::random_of(51, i);
    ogive::curve::simulate(random, plan, curve);
    set.x.insert(set.x.end(), curve.x.begin(), curve.x.end());
    set.y.insert(set.y.end(), curve.y.begin(), curve.y.end());
  }
  return set;
}

struct Shares {
  double rss, parameters, errors, single;
};

Shares compare(std::string_view name, Design design, std::size_t points) {
  const auto& model = ogive::curve::model(name);
  const Set set = make_set(model, design, points);
  ogive::batch::Options options;
  options.interval = Interval::wald;
  const Fits fits = ogive::batch::fit_many(model, set.view(), options);
  std::size_t rss = 0, regular = 0, parameters = 0, errors = 0;
  for (std::size_t i = 0; i < curves; ++i) {
    ogive::fit::Options single_options;
    single_options.interval = Interval::wald;
    const auto x = std::span(set.x).subspan(i * points, points), y = std::span(set.y).subspan(i * points, points);
    const auto single = ogive::fit::fit(model, {x, y}, single_options);
    const bool is_same = fits.rss[i] <= single.rss * (1 + same_rss);
    rss += is_same;
    if (!is_same) BOOST_TEST_MESSAGE(name << ", curve " << i << ": rss " << fits.rss[i] << " instead of " << single.rss);
    if (single.shape != Shape::regular || fits.shape[i] != Shape::regular || fits.rss[i] > single.rss * (1 + same_rss) ||
        fits.rss[i] < single.rss * (1 - same_rss))
      continue;
    ++regular;
    bool close = true, close_errors = true;
    for (std::size_t p = 0; p < model.parameters.size(); ++p) {
      const auto& e = single.parameters[p];
      close = close && std::fabs(fits.value(p, i) - e.value) <= same_parameters * e.se;
      close_errors = close_errors && std::fabs(fits.standard_errors[p * curves + i] / e.se - 1) <= same_errors;
    }
    parameters += close;
    errors += close_errors;
  }
  BOOST_TEST(regular > curves / 4);  // or there was little to compare
  const auto share = [](std::size_t part, std::size_t whole) { return static_cast<double>(part) / static_cast<double>(whole); };
  return {share(rss, curves), share(parameters, regular), share(errors, regular), share(fits.single, curves)};
}

void check(std::string_view name, Design design, std::size_t points, double least_rss, double least_parameters,
           double most_single) {
  BOOST_TEST_CONTEXT(name << ", " << points << " points") {
    const Shares shares = compare(name, design, points);
    BOOST_TEST(shares.rss >= least_rss);
    BOOST_TEST(shares.parameters >= least_parameters);
    BOOST_TEST(shares.errors >= least_parameters);
    BOOST_TEST(shares.single <= most_single);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(logistic3_gets_the_single_paths_answer) {
  check("logistic3", Design::easy, 20, 0.998, 0.998, 0.01);
  check("logistic3", Design::hard, 20, 0.99, 0.99, 0.1);
}

BOOST_AUTO_TEST_CASE(loglogistic_gets_the_single_paths_answer) {
  check("loglogistic", Design::easy, 20, 0.998, 0.998, 0.01);
  check("loglogistic", Design::hard, 20, 0.99, 0.99, 0.1);
}

BOOST_AUTO_TEST_CASE(gompertz_gets_the_single_paths_answer) {
  check("gompertz", Design::easy, 20, 0.99, 0.99, 0.01);
  check("gompertz", Design::hard, 20, 0.98, 0.99, 0.2);
}

BOOST_AUTO_TEST_CASE(few_and_many_points_get_the_single_paths_answer) {
  check("logistic", Design::easy, 6, 0.998, 0.99, 0.01);
  check("logistic", Design::easy, 8, 0.998, 0.99, 0.01);
  check("logistic", Design::easy, 100, 0.998, 0.998, 0.01);
  check("logistic", Design::easy, 1000, 0.998, 0.998, 0.01);
}

BOOST_AUTO_TEST_CASE(a_model_without_lanes_takes_the_single_path) {
  const auto& model = ogive::curve::model("richards");
  Set set = make_set(model, Design::easy, 20);
  set.x.resize(5 * set.points);
  set.y.resize(5 * set.points);
  const Fits fits = ogive::batch::fit_many(model, set.view());
  BOOST_TEST(fits.single == 5U);
  BOOST_TEST(fits.evaluations == 0.0);
  for (std::size_t i = 0; i < fits.size(); ++i) {
    const auto x = std::span(set.x).subspan(i * set.points, set.points), y = std::span(set.y).subspan(i * set.points, set.points);
    BOOST_TEST(fits.rss[i] == ogive::fit::fit(model, {x, y}, {.interval = Interval::none}).rss);
  }
}

BOOST_AUTO_TEST_CASE(one_entry_reads_like_a_result_of_the_single_path) {
  const auto& model = ogive::curve::model("logistic");
  const Set set = make_set(model, Design::hard, 20);
  ogive::batch::Options options;
  options.interval = Interval::wald;
  const Fits fits = ogive::batch::fit_many(model, set.view(), options);
  constexpr double close = 1e-5;  // relative; RSS agree within 1e-6
  std::size_t regular = 0, limits = 0;
  for (std::size_t i = 0; i < 200; ++i) {
    const auto x = std::span(set.x).subspan(i * 20, 20), y = std::span(set.y).subspan(i * 20, 20);
    const auto single = ogive::fit::fit(model, {x, y}, {.interval = Interval::wald});
    const auto entry = ogive::batch::result_of(fits, i, {x, y});
    if (std::fabs(entry.rss / single.rss - 1) > same_rss || entry.shape != single.shape) continue;
    BOOST_TEST_CONTEXT("curve " << i) {
      BOOST_TEST((entry.model == single.model && entry.status == single.status));
      BOOST_TEST(entry.n == single.n);
      BOOST_TEST(entry.dof == single.dof);
      BOOST_TEST(entry.confidence == single.confidence);
      BOOST_TEST(entry.rse == single.rse, boost::test_tools::tolerance(close));
      BOOST_TEST(entry.r2 - single.r2 <= close);
      BOOST_TEST(entry.aicc == single.aicc, boost::test_tools::tolerance(close));
      BOOST_TEST(entry.f_statistic == single.f_statistic, boost::test_tools::tolerance(close));
      BOOST_TEST(entry.parameters.size() == 4U);
      BOOST_TEST(entry.derived.size() == single.derived.size());
      if (entry.shape == Shape::regular) {
        ++regular;
        BOOST_TEST(std::fabs(entry.parameters[1].value - single.parameters[1].value) <= same_parameters * single.parameters[1].se);
      } else if (entry.limit.kind != ogive::fit::Limit::Kind::none) {
        ++limits;
        BOOST_TEST((entry.limit.kind == single.limit.kind));
      }
    }
  }
  BOOST_TEST(regular > 50U);
  BOOST_TEST(limits > 5U);
}
