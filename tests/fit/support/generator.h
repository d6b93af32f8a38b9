// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The curves of curve/simulate.h as the tests take them: y = b + L / (1 + exp(-k (x - x0))) at random x, plus normal noise.
///
/// An *easy* curve has both plateaus in sight and 2 % noise: any fitter with a sane start should find it. A *hard* one is what
/// arrives in practice: the midpoint beyond the range, ten times the noise, no effect at all, outliers, x in awkward units.
/// More than a third of the hard curves have no finite least-squares optimum; what is best there, brute_force.h says.
///
/// @code
///   ogive::Random random(1);
///   const ogive::fit_test::Curve curve = ogive::fit_test::hard_curve(random);
/// @endcode

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ogive/base/random.h"

namespace ogive::fit_test {

/// The curve before the noise.
struct Truth {
  double L = 0;
  double x0 = 0;
  double k = 0;
  double b = 0;
};

/// Points in rising order of x, and what they were made of.
struct Curve {
  std::vector<double> x;
  std::vector<double> y;
  Truth truth;
  bool one_plateau = false;  ///< the midpoint lies at the edge of the range of x or beyond it
  bool noisy = false;        ///< ten times the noise
  bool flat = false;         ///< a thousandth of the height, with the noise of the full height
  bool outliers = false;     ///< one or two points are off by 1 to 3 heights
  bool shifted = false;      ///< x -> 1e6 + 1e3 x
};

/// What an easy curve is made from. The defaults are those of the set.
struct Recipe {
  std::size_t n = 20;
  double noise = 0.02;  ///< standard deviation as a share of L
};

/// x uniform in [-5, 5], L in [0.5, 5], x0 in [-2, 2], |k| in [0.5, 4] with either sign, b in [-1, 1].
Curve easy_curve(Random& random, const Recipe& recipe = {});

/// An easy curve with, independently: |x0| in [4.5, 6.5] (half of all), noise x 10 (30 %), L / 1000 (3 %), outliers (3 %),
/// x -> 1e6 + 1e3 x (half).
Curve hard_curve(Random& random, std::size_t n = 20);

/// The first `count` curves of the stream with this seed.
std::vector<Curve> easy_curves(std::size_t count, std::uint64_t seed);
std::vector<Curve> hard_curves(std::size_t count, std::uint64_t seed);

/// @name The same curve in other units
/// The truth moves along, so the least RSS is that of the original (times factor^2 for y).
/// @{
Curve with_scaled_y(Curve curve, double factor);                ///< y -> factor y, factor > 0
Curve with_moved_x(Curve curve, double factor, double offset);  ///< x -> offset + factor x, factor > 0
Curve mirrored(Curve curve);                                    ///< x -> -x, again in rising order of x
/// @}

}  // namespace ogive::fit_test
