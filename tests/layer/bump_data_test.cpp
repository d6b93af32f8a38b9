// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE layer_bump_data
#include "ogive/layer/bump_data.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "ogive/base/errors.h"

using namespace ogive::layer;

BOOST_AUTO_TEST_CASE(samples_lie_on_the_bump_within_the_range) {
  const BumpData data = generate_bump({.form = BumpForm::canonical, .truth = {2, 0.5, 0.7}, .low = -3, .high = 2, .samples = 1000});
  double least = 9, most = -9;
  for (std::size_t i = 0; i < 1000; ++i) {
    BOOST_TEST(data.y[i] == bump(data.x[i], 2.0, 0.5, 0.7).f);
    least = std::min(least, data.x[i]);
    most = std::max(most, data.x[i]);
  }
  BOOST_TEST(least >= -3.0);
  BOOST_TEST(least < -2.95);
  BOOST_TEST(most < 2.0);
  BOOST_TEST(most > 1.95);
}

BOOST_AUTO_TEST_CASE(noise_moves_y_and_not_x) {
  const BumpDataOptions quiet{.samples = 20000};
  BumpDataOptions loud = quiet;
  loud.noise = 0.1;
  const BumpData without = generate_bump(quiet), with = generate_bump(loud);
  BOOST_TEST((without.x == with.x));
  double square = 0;
  for (std::size_t i = 0; i < with.y.size(); ++i) square += std::pow(with.y[i] - without.y[i], 2);
  BOOST_TEST(std::abs(std::sqrt(square / 20000) - 0.1) < 0.003);
  BOOST_TEST((generate_bump(loud).y == with.y));
}

BOOST_AUTO_TEST_CASE(nonsense_is_refused) {
  BOOST_CHECK_THROW(generate_bump({.low = 1, .high = 1}), ogive::InputError);
  BOOST_CHECK_THROW(generate_bump({.truth = {.sigma = 0}}), ogive::InputError);
  BOOST_CHECK_THROW(generate_bump({.samples = 0}), ogive::InputError);
  BOOST_CHECK_THROW(generate_bump({.noise = -1}), ogive::InputError);
}
