// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The logarithm of the logistic function, a log-probability.
///
///     log s(x) = -log(1 + e^-x) = min(x, 0) - log1p(e^-|x|)
///
/// The logarithm of a computed s(x) is -inf for x below -104 in float32, where the true value is about x, and 0 above 17, where it
/// is about -e^-x. The form above is right in both tails.
///
/// @code
///   const float left = ogive::sigmoid::log_logistic(-300.0f);  // -300
///   const float right = ogive::sigmoid::log_logistic(20.0f);   // -2.0611537e-9
/// @endcode

#include <cmath>

#include "ogive/sigmoid/scalar_claims.h"

namespace ogive::sigmoid {

/// log s(x). Any x; -inf at -inf, 0 at +inf, NaN for NaN. Never positive.
/// @par Error claims::scalar::log_logistic_float32, claims::scalar::log_logistic_float64.
template <class T>
T log_logistic(const T& x) {
  using std::exp;
  using std::log1p;
  if (x >= T(0)) return -log1p(T(exp(-x)));
  return x - log1p(T(exp(x)));
}

}  // namespace ogive::sigmoid
