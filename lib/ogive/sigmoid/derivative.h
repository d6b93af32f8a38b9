// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The slope of the logistic function.
///
///     s'(x) = s(x) s(-x) = e / (1 + e)^2,   e = e^-|x|
///
/// It is even, 1/4 at 0, and close to e^-|x| in both tails. The usual form s (1 - s) is 0 for all x > 16.75 in float32 (37.43 in
/// float64, 6.25 in bfloat16), because s has been rounded to 1 there.
///
/// @code
///   const float slope = ogive::sigmoid::derivative(20.0f);  // 2.0611537e-9
/// @endcode

#include <cmath>

#include "ogive/sigmoid/scalar_claims.h"

namespace ogive::sigmoid {

/// s'(x). Any x; 0 at both infinities, NaN for NaN. Subnormal results are kept.
/// @par Error claims::scalar::derivative_float32, claims::scalar::derivative_float64.
template <class T>
T derivative(const T& x) {
  using std::exp;
  T e = x;
  if (x > T(0)) e = -x;
  e = exp(e);
  return e / (T(1) + e * (T(2) + e));  // (1 + e)^2, with one rounding of the sum rather than two in a square
}

}  // namespace ogive::sigmoid
