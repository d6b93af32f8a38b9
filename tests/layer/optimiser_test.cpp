// SPDX-License-Identifier: MIT
// Optimisers: their formulas step by step, one count of steps for all parameters, the same for a parameter wherever it stands.
#define BOOST_TEST_MODULE layer_optimiser
#include "ogive/layer/optimiser.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/sigmoid/targets.h"

using namespace ogive::layer;

namespace {

constexpr std::size_t count = 39;  // whole vectors and a rest, in all instruction sets

template <class T>
std::vector<T> gradient_at(std::size_t step) {
  ogive::Random random(step);
  std::vector<T> g(count);
  for (T& value : g) value = static_cast<T>(random.normal());
  return g;
}

// A few roundings a step; steps are of size 1e-2.
template <class T>
constexpr double close = 20 * 0.01 * std::numeric_limits<T>::epsilon() + 20 * std::numeric_limits<T>::epsilon();

template <class T>
void adam_is_the_formula() {
  constexpr double rate = 0.01, b1 = 0.9, b2 = 0.999, epsilon = 1e-8;
  Adam<T> adam(count, rate, b1, b2, epsilon);
  std::vector<T> p(count, T(1));
  std::vector<double> q(count, 1), m(count), v(count);
  for (std::size_t t = 1; t <= 20; ++t) {
    const auto g = gradient_at<T>(t);
    adam.step(p, g);
    for (std::size_t i = 0; i < count; ++i) {
      const double slope = static_cast<double>(g[i]);
      m[i] = b1 * m[i] + (1 - b1) * slope;
      v[i] = b2 * v[i] + (1 - b2) * slope * slope;
      const double tt = static_cast<double>(t);
      q[i] -= rate * (m[i] / (1 - std::pow(b1, tt))) / (std::sqrt(v[i] / (1 - std::pow(b2, tt))) + epsilon);
    }
  }
  BOOST_TEST(adam.steps() == 20);
  for (std::size_t i = 0; i < count; ++i) BOOST_TEST(std::abs(static_cast<double>(p[i]) - q[i]) < close<T>);
}

template <class T>
void sgd_is_the_formula() {
  Sgd<T> sgd(count, 0.01, 0.9);
  std::vector<T> p(count, T(1));
  std::vector<double> q(count, 1), v(count);
  for (std::size_t t = 1; t <= 20; ++t) {
    const auto g = gradient_at<T>(t);
    sgd.step(p, g);
    for (std::size_t i = 0; i < count; ++i) {
      v[i] = 0.9 * v[i] + static_cast<double>(g[i]);
      q[i] -= 0.01 * v[i];
    }
  }
  for (std::size_t i = 0; i < count; ++i) BOOST_TEST(std::abs(static_cast<double>(p[i]) - q[i]) < close<T>);
}

}  // namespace

BOOST_AUTO_TEST_CASE(both_are_their_formulas_on_every_instruction_set) {
  for (const auto& name : ogive::sigmoid::supported_targets()) {
    const ogive::sigmoid::WithTarget target(name);
    adam_is_the_formula<float>();
    adam_is_the_formula<double>();
    sgd_is_the_formula<float>();
    sgd_is_the_formula<double>();
  }
}

BOOST_AUTO_TEST_CASE(the_first_step_of_adam_is_the_learning_rate_for_every_parameter) {
  Adam<double> adam(3, 0.5);
  std::vector<double> p = {0, 0, 0};
  const std::vector<double> g = {1e-3, -1e3, 7};
  adam.step(p, g);
  BOOST_TEST(std::abs(p[0] + 0.5) < 1e-5);
  BOOST_TEST(std::abs(p[1] - 0.5) < 1e-5);
  BOOST_TEST(std::abs(p[2] + 0.5) < 1e-5);
}

BOOST_AUTO_TEST_CASE(a_gradient_of_0_changes_nothing) {
  Adam<float> adam(5, 0.5);
  std::vector<float> p(5, 2.0f);
  const std::vector<float> g(5, 0.0f);
  adam.step(p, g);
  for (const float value : p) BOOST_TEST(value == 2.0f);
}

BOOST_AUTO_TEST_CASE(a_parameter_is_treated_alike_wherever_it_stands) {
  Adam<float> adam(count, 0.01), alone(1, 0.01);
  std::vector<float> p(count, 1.0f), last(1, 1.0f);
  for (std::size_t t = 1; t <= 5; ++t) {
    const std::vector<float> g(count, 0.1f * static_cast<float>(t));
    adam.step(p, g);
    alone.step(last, std::span(g).first(1));
  }
  for (const float value : p) BOOST_TEST(value == last[0]);
}

// Behind a dead relu there is no gradient any more: what is left of the mean must not stay subnormal, which is slow, and an average
// at the bottom must not move the parameter.
BOOST_AUTO_TEST_CASE(a_parameter_without_gradient_comes_to_rest) {
  Adam<float> adam(count, 0.01);
  std::vector<float> p(count, 1.0f), g(count, 1e-3f);
  adam.step(p, g);
  std::fill(g.begin(), g.end(), 0.0f);
  for (std::size_t t = 0; t < 1000; ++t) adam.step(p, g);
  const auto before = p;
  adam.step(p, g);
  BOOST_TEST(p == before, boost::test_tools::per_element());
  std::fill(g.begin(), g.end(), std::numeric_limits<float>::quiet_NaN());
  adam.step(p, g);
  for (const float value : p) BOOST_TEST(std::isnan(value));
}
