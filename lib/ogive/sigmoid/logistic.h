// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The logistic function, one scalar at a time.
///
///     s(x) = 1 / (1 + e^-x)
///
/// Two identities carry this file and its neighbours:
///
///   s(-x) = 1 - s(x)     Only the small tail needs care. For x << 0 the value is close to e^x and keeps all its digits when it is
///                        computed as e^x / (1 + e^x); computed as 1 - s(-x) it would keep none.
///   s'(x) = s(x) s(-x)   Written s (1 - s), the second factor is 0 from x = 16.75 (float32) or 37.43 (float64) on,
///                        and a trained weight stops moving there.
///
/// The kin stand beside it, each in a short file: complement.h, derivative.h, logit.h, log_logistic.h, softplus.h, range.h, tanh.h,
/// softmax.h, cross_entropy.h, normalised.h. Array versions, faster and with tighter bounds, are in kernels.h; other people's
/// approximations are in variant.h.
///
/// @code
///   const double half = ogive::sigmoid::logistic(0.0);     // 0.5
///   const float tail = ogive::sigmoid::logistic(-103.0f);  // 1.4e-45: the least subnormal number, not 0
/// @endcode

#include <cmath>

#include "ogive/sigmoid/scalar_claims.h"

namespace ogive::sigmoid {

/// The logistic function s(x) = 1 / (1 + e^-x).
///
/// @tparam T  float, double, long double, a Boost.Multiprecision number, or ceres::Jet (then the gradient comes along).
/// @param  x  any value. s(+inf) = 1, s(-inf) = 0, s(NaN) = NaN.
/// @return    a value in [0, 1]. Subnormal results are kept.
/// @par Error claims::scalar::logistic_float32, claims::scalar::logistic_float64.
template <class T>
T logistic(const T& x) {
  using std::exp;
  if (x >= T(0)) return T(1) / (T(1) + exp(-x));
  const T e = exp(x);  // never overflows here, and carries NaN through
  return e / (T(1) + e);
}

}  // namespace ogive::sigmoid
