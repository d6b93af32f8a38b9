// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE curve_simulate
#include "ogive/curve/simulate.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <set>

#include "ogive/curve/registry.h"

using ogive::Random;
using ogive::curve::Design;
using ogive::curve::Simulated;
using ogive::curve::Simulation;

namespace {

// A share of 2000 draws lies this near its expectation, at four standard deviations.
double near_share(double expected) { return 4 * std::sqrt(expected * (1 - expected) / 2000); }

Simulation plan_of(const char* model, Design design = Design::easy) {
  Simulation plan;
  plan.model = &ogive::curve::model(model);
  plan.design = design;
  return plan;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_curve_is_the_same_whatever_comes_before_it) {
  const Simulation plan = plan_of("logistic", Design::hard);
  Simulated alone, after;
  Random first = ogive::curve::random_of(7, 0), second = ogive::curve::random_of(7, 1), again = ogive::curve::random_of(7, 1);
  ogive::curve::simulate(first, plan, after);
  ogive::curve::simulate(second, plan, after);
  ogive::curve::simulate(again, plan, alone);
  BOOST_TEST(after.y == alone.y, boost::test_tools::per_element());
  BOOST_TEST(after.theta == alone.theta, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(curves_of_neighbouring_seeds_and_places_differ) {
  const Simulation plan = plan_of("logistic");
  std::set<double> midpoints;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    for (std::uint64_t i = 0; i < 20; ++i) {
      Random random = ogive::curve::random_of(seed, i);
      Simulated curve;
      ogive::curve::simulate(random, plan, curve);
      midpoints.insert(curve.theta[1]);
    }
  BOOST_TEST(midpoints.size() == 400u);
}

BOOST_AUTO_TEST_CASE(without_noise_every_model_lies_on_its_truth) {
  for (const auto& model : ogive::curve::models()) {
    Simulation plan = plan_of(std::string(model.name).c_str());
    plan.noise = 0;
    plan.replicates = 3;
    Random random = ogive::curve::random_of(1, 0);
    Simulated curve;
    ogive::curve::simulate(random, plan, curve);
    BOOST_TEST_CONTEXT(model.name) {
      BOOST_TEST(curve.x.size() == 60u);
      BOOST_TEST(curve.theta.size() == model.parameters.size());
      BOOST_TEST(std::is_sorted(curve.x.begin(), curve.x.end()));
      for (std::size_t i = 0; i < curve.x.size(); ++i) {
        BOOST_TEST(curve.x[i] == curve.x[i / 3 * 3]);
        BOOST_TEST(curve.y[i] == model.value(curve.x[i], curve.theta));
        if (model.log_dose) BOOST_TEST(curve.x[i] > 0);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_noise_has_the_deviation_that_was_asked_for) {
  Simulation plan = plan_of("gompertz");
  plan.noise = 0.1;
  plan.points = 20000;
  Random random = ogive::curve::random_of(2, 0);
  Simulated curve;
  ogive::curve::simulate(random, plan, curve);
  double sum = 0;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    const double r = curve.y[i] - plan.model->value(curve.x[i], curve.theta);
    sum += r * r;
  }
  const double deviation = std::sqrt(sum / 20000);
  BOOST_TEST(curve.noise == 0.1 * curve.theta[0]);
  BOOST_TEST(std::fabs(deviation / curve.noise - 1) < 4 / std::sqrt(2 * 20000.0));  // four standard deviations
}

BOOST_AUTO_TEST_CASE(hard_curves_have_their_traits_as_often_as_is_said) {
  const Simulation plan = plan_of("logistic", Design::hard);
  double one_plateau = 0, noisy = 0, flat = 0, outliers = 0, shifted = 0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    Random random = ogive::curve::random_of(3, i);
    Simulated curve;
    ogive::curve::simulate(random, plan, curve);
    one_plateau += curve.one_plateau / 2000.0;
    noisy += curve.noisy / 2000.0;
    flat += curve.flat / 2000.0;
    outliers += curve.outliers / 2000.0;
    shifted += curve.shifted / 2000.0;
    BOOST_TEST((curve.x.back() > 9e5) == curve.shifted);
    BOOST_TEST((ogive::curve::traits(curve).find("flat") != std::string::npos) == curve.flat);
  }
  BOOST_TEST(std::fabs(one_plateau - 0.5) < near_share(0.5));
  BOOST_TEST(std::fabs(noisy - 0.3) < near_share(0.3));
  BOOST_TEST(std::fabs(flat - 0.03) < near_share(0.03));
  BOOST_TEST(std::fabs(outliers - 0.03) < near_share(0.03));
  BOOST_TEST(std::fabs(shifted - 0.5) < near_share(0.5));
}

BOOST_AUTO_TEST_CASE(shared_x_is_taken_as_it_is_and_missing_points_are_nan) {
  Simulation plan = plan_of("loglogistic", Design::hard);
  const auto x = ogive::curve::even_x(*plan.model, 20);
  plan.x = x;
  plan.missing = 0.25;
  double missing = 0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    Random random = ogive::curve::random_of(4, i);
    Simulated curve;
    ogive::curve::simulate(random, plan, curve);
    BOOST_TEST(curve.x == x, boost::test_tools::per_element());
    for (const double y : curve.y) missing += std::isnan(y) / 2000.0;
  }
  BOOST_TEST(std::fabs(missing - 0.25) < near_share(0.25));
}
