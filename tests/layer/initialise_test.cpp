// SPDX-License-Identifier: MIT
// Weights to start from: limits, spread, and the very numbers, which must be the same on every platform and in every year.
#define BOOST_TEST_MODULE layer_initialise
#include "ogive/layer/initialise.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "ogive/base/errors.h"

using namespace ogive::layer;

namespace {

std::vector<double> draw(Initialiser how, std::size_t in = 100, std::size_t out = 50) {
  ogive::Random random(42);
  std::vector<double> weights(in * out);
  initialise(weights, in, out, how, random);
  return weights;
}

void fills(const std::vector<double>& weights, double limit) {
  double largest = 0, sum = 0, squares = 0;
  for (const double w : weights) {
    largest = std::max(largest, std::abs(w));
    sum += w;
    squares += w * w;
  }
  const double n = static_cast<double>(weights.size());
  BOOST_TEST((largest <= limit && largest > 0.99 * limit));
  BOOST_TEST(std::abs(sum / n) < 5 * limit / std::sqrt(3 * n));  // five standard errors
  BOOST_TEST(std::abs(squares / n / (limit * limit / 3) - 1) < 0.1);
}

}  // namespace

BOOST_AUTO_TEST_CASE(fills_its_limits_evenly) {
  fills(draw(Initialiser::glorot), std::sqrt(6.0 / 150));
  fills(draw(Initialiser::he), std::sqrt(6.0 / 100));
  fills(draw(Initialiser::uniform), 0.05);
}

BOOST_AUTO_TEST_CASE(zeros_are_zeros) {
  for (const double w : draw(Initialiser::zeros)) BOOST_TEST(w == 0);
}

BOOST_AUTO_TEST_CASE(draws_the_numbers_of_the_generator_in_order) {
  ogive::Random random(42);
  const double limit = std::sqrt(6.0 / 150);
  const auto weights = draw(Initialiser::glorot);
  for (std::size_t i = 0; i < 10; ++i) BOOST_TEST(weights[i] == random.uniform(-limit, limit));
}

BOOST_AUTO_TEST_CASE(names_read_back) {
  for (const auto how : {Initialiser::glorot, Initialiser::he, Initialiser::uniform, Initialiser::zeros})
    BOOST_TEST((parse_initialiser(to_string(how)) == how));
  BOOST_CHECK_THROW(parse_initialiser("xavier"), ogive::InputError);
}
