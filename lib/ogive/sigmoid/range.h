// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The logistic function stretched to a range, and its inverse.
///
///     y = low + (high - low) s(x),      x = log((y - low) / (high - y))
///
/// Each half is measured from its own end, so the approach to `high` is as smooth as that to `low`, and both are met exactly.
///
/// @code
///   const double percent = ogive::sigmoid::logistic_range(1.5, 0.0, 100.0);     // 81.76
///   const double x = ogive::sigmoid::logit_range(percent, 0.0, 100.0);          // 1.5
/// @endcode

#include <cmath>

#include "ogive/sigmoid/complement.h"
#include "ogive/sigmoid/logistic.h"

namespace ogive::sigmoid {

/// low + (high - low) s(x), a value between low and high.
///
/// @param x     any value; low at -inf, high at +inf, NaN for NaN
/// @param low   the value far to the left; may be above high, then the curve falls
/// @param high  the value far to the right; high - low must be finite
/// @par Error claims::scalar::range_float32, claims::scalar::range_float64, in ulp of the larger of |low| and |high|.
template <class T>
T logistic_range(const T& x, const T& low, const T& high) {
  const T width = high - low;
  if (x < T(0)) return low + width * logistic(x);
  return high - width * complement(x);
}

/// The x at which logistic_range(x, low, high) is y.
///
/// @param y     between low and high; -inf at low, +inf at high; NaN outside, for NaN, and where low equals high
/// @param low   the value far to the left
/// @param high  the value far to the right
/// @par Error as far as y - low and high - y are exact, that of logit() but for the middle, where log of a ratio near 1 is taken
///      as log1p of its distance from 1. Near an end y itself decides: half an ulp of y moves x by ulp(y) / (2 |y - end|).
template <class T>
T logit_range(const T& y, const T& low, const T& high) {
  using std::log;
  using std::log1p;
  const T below = y - low, above = high - y;
  const T ratio = below / above;
  if (ratio < T(1) / T(3)) return log(ratio);
  return log1p(T((below - above) / above));
}

}  // namespace ogive::sigmoid
