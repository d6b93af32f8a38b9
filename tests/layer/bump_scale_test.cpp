// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE layer_bump_scale
#include "ogive/layer/bump_scale.h"

#include <ceres/jet.h>

#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace ogive::layer;

BOOST_AUTO_TEST_CASE(a_width_comes_back_from_its_scale) {
  constexpr double tolerance = 1e-12;
  for (const SigmaScale scale : sigma_scales) {
    BOOST_TEST((parse_sigma_scale(to_string(scale)) == scale));
    for (const double sigma : {1e-5, 0.1, 1.0, 30.0, 1e6})
      BOOST_TEST(std::abs(from_scale(scale, to_scale(scale, sigma, 1e-6), 1e-6) / sigma - 1) <= tolerance, to_string(scale)
                                                                                                               << " " << sigma);
  }
  BOOST_TEST(!parse_sigma_scale("square").has_value());
}

BOOST_AUTO_TEST_CASE(the_slope_is_that_of_a_jet) {
  using Jet = ceres::Jet<double, 1>;
  for (const SigmaScale scale : sigma_scales)
    for (const double t : {-20.0, -1.0, 0.5, 3.0, 40.0})
      BOOST_TEST(std::abs(scale_slope(scale, t) / from_scale(scale, Jet(t, 0), Jet(1e-6)).v[0] - 1) <= 1e-12);
}

BOOST_AUTO_TEST_CASE(no_scale_goes_below_the_least_width) {
  for (const SigmaScale scale : sigma_scales)
    for (const double t : {-1e300, -5.0, 0.0, 1e-9}) {
      const double sigma = from_scale(scale, project_scale(scale, t, 1e-6), 1e-6);
      BOOST_TEST(sigma >= 1e-6 * (1 - 1e-12), to_string(scale) << " " << t);
    }
  for (const SigmaScale scale : sigma_scales) BOOST_TEST(std::isfinite(to_scale(scale, 0.0, 1e-6)));
}
