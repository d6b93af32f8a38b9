// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// One curve fitted to one set of points, without start values.
///
/// @code
///   #include "ogive/curve/registry.h"
///
///   const std::array x = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
///   const std::array y = {0.1, 0.3, 1.1, 2.6, 3.2, 3.4};
///   const auto result = ogive::fit::fit(ogive::curve::model("logistic"), {x, y});
///   if (result.good()) std::cout << result.parameters[1].value << '\n';  // the midpoint x0
/// @endcode

#include <span>
#include <vector>

#include "ogive/fit/result.h"

namespace ogive::fit {

/// The points of one curve, in any order; equal x (replicates) are welcome. Not owned.
///
/// With weights, the curve is that of least rss = sum w (y - curve(x))^2: w is the inverse variance of y, up to a common factor,
/// w_i = sigma^2 / var(y_i), with sigma^2 estimated by rss / (n - p) as ever. So a common factor of all weights changes rss and tss
/// by itself, rse by its root, and nothing else: parameters, standard errors, intervals, r2, F test and AICc stay. A weight is not
/// a number of repetitions: weights 2 have the rss of points given twice, and the same parameters, but half as many points to
/// judge the scatter by, so the standard errors differ, by sqrt((N - p) / (n - p)) with N = sum w.
struct Data {
  std::span<const double> x;    ///< in any unit; a dose is >= 0
  std::span<const double> y;    ///< as many
  std::span<const double> w{};  ///< weights, as many; empty: all 1. A point of weight 0 is left out, whatever x and y it has
};

/// Which confidence intervals to compute.
enum class Interval {
  none,     ///< no standard errors either: the fastest
  wald,     ///< value +- t * se; symmetric
  profile,  ///< profile likelihood; asymmetric; an end may be infinite
};

/// What may be asked for; the defaults are good.
struct Options {
  Interval interval = Interval::profile;  ///< which intervals
  double confidence = 0.95;               ///< in (0, 1)
  std::span<const double> start{};        ///< parameters to try besides the search; empty: none. Never needed
};

/// Fits `model` by least squares, weighted where there are weights. Numerical trouble is a status in the result, never an
/// exception.
Result fit(const curve::Model& model, const Data& data, const Options& options = {});

/// The fitted curve (or its limit) at each x, with the confidence band of the mean at result.confidence by the delta method.
/// Within the gap of a step the band spans both levels.
std::vector<Prediction> predict(const Result& result, std::span<const double> x);

}  // namespace ogive::fit
