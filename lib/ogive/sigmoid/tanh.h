// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The hyperbolic tangent is a logistic function in another frame, and the other way round.
///
///     tanh(x) = 2 s(2 x) - 1 = s(2 x) - s(-2 x),      s(x) = (1 + tanh(x / 2)) / 2
///
/// Neither should be computed that way: the first loses everything near 0, the second everything below x = -17 in float32. With
/// e = e^(-2|x|),
///
///     tanh|x| = s(2|x|) - s(-2|x|) = (1 - e) / (1 + e)
///
/// where, for |x| < 1/2, 1 - e comes from expm1 without loss.
///
/// @code
///   const double y = ogive::sigmoid::tanh_logistic(1e-20);  // 1e-20
/// @endcode

#include <cmath>

#include "ogive/sigmoid/scalar_claims.h"

namespace ogive::sigmoid {

/// tanh(x), through the logistic function's exponential. Any x; -1 and 1 at the infinities, NaN for NaN; the sign of 0 is kept.
/// @par Error claims::scalar::tanh_float32, claims::scalar::tanh_float64.
template <class T>
T tanh_logistic(const T& x) {
  using std::exp;
  using std::expm1;
  T z = T(-2) * x;  // -2|x|
  if (x < T(0)) z = T(2) * x;
  T t = z;  // -tanh|x|, or NaN
  if (z < T(-1)) {
    const T e = exp(z);
    t = (e - T(1)) / (T(1) + e);
  } else {
    const T m = expm1(z);
    t = m / (T(2) + m);
  }
  if (x < T(0)) return t;
  return -t;
}

}  // namespace ogive::sigmoid
