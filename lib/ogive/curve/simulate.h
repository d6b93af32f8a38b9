// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Curves with a known truth: random parameters, random x, normal noise. What a fitter is tried on.
///
/// Two designs, for the logistic in the unit that the model itself has:
///
///     easy   L in [0.5, 5], x0 in [-2, 2], |k| in [0.5, 4] with either sign, b in [-1, 1]; x uniform in [-5, 5]; noise 2 % of L.
///            Both plateaus are in sight: any fitter with a sane start should find the curve.
///     hard   the same with, independently of each other: |x0| in [4.5, 6.5] (half of all), noise times 10 (30 %), L / 1000 with
///     the
///            noise of the full height (3 %), one or two points off by 1 to 3 heights (3 %), x in awkward units, 1e6 + 1e3 x
///            (half). What arrives in practice. More than a third of these curves have no finite least-squares optimum.
///
/// Where a model has no L or b, these are 1 and 0, and a flat curve has k / 1000. A dose is exp(x), and in awkward units 1000 times
/// that. The nu of the Richards curves lies in [0.5, 2].
///
/// @code
///   #include "ogive/curve/registry.h"
///
///   ogive::curve::Simulation plan;
///   plan.model = &ogive::curve::model("gompertz");
///   ogive::curve::Simulated curve;
///   for (std::uint64_t i = 0; i < 3; ++i) {
///     ogive::Random random = ogive::curve::random_of(42, i);  // so that curve i is the same whatever comes before it
///     ogive::curve::simulate(random, plan, curve);
///     std::cout << curve.theta[1] << ' ' << curve.y.front() << '\n';  // the midpoint, the first point
///   }
/// @endcode

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/curve/model.h"

namespace ogive::curve {

/// How difficult the curves are.
enum class Design { easy, hard };

/// What to make.
struct Simulation {
  const Model* model = nullptr;    ///< never null when it is used; not owned
  Design design = Design::easy;    ///< see above
  std::size_t points = 20;         ///< distinct x of a curve
  std::size_t replicates = 1;      ///< points at each x
  double noise = 0.02;             ///< standard deviation, as a share of the height
  double missing = 0;              ///< the probability that a y is NaN
  std::span<const double> x = {};  ///< `points` x that all curves share, rising; not owned. Empty: each curve draws its own
};

/// One curve. Its vectors are used again by the next call.
struct Simulated {
  std::vector<double> x;      ///< rising; each `replicates` times
  std::vector<double> y;      ///< as many
  std::vector<double> theta;  ///< the truth, in the order of the model's parameters
  double noise = 0;           ///< the standard deviation of the noise, in the unit of y
  bool one_plateau = false;   ///< the midpoint lies at the edge of the range of x or beyond it
  bool noisy = false;         ///< ten times the noise
  bool flat = false;          ///< a thousandth of the height, with the noise of the full height
  bool outliers = false;      ///< one or two points are off by 1 to 3 heights
  bool shifted = false;       ///< x in awkward units
};

/// Draws the next curve from the stream.
void simulate(Random& random, const Simulation& plan, Simulated& curve);

/// The stream of curve `index` under this seed: curves can be made in any order and by any thread.
Random random_of(std::uint64_t seed, std::uint64_t index);

/// x that curves may share: evenly spaced in [-5, 5], or the exp of that where the model takes a dose.
std::vector<double> even_x(const Model& model, std::size_t points);

/// What makes a hard curve hard, as words with blanks between them: "one-plateau shifted"; empty for an ordinary one.
std::string traits(const Simulated& curve);

}  // namespace ogive::curve
