// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The inverse of the logistic function: the logarithm of the odds.
///
///     logit(p) = log(p / (1 - p)),   s(logit(p)) = p
///
/// Near p = 1/2 the odds are close to 1 and their logarithm keeps few digits: in float16, logit(0.49976) comes out wrong by
/// hundreds of ulp. From p = 0.33 on this file uses
///
///     logit(p) = log1p((2 p - 1) / (1 - p))
///
/// where 2 p - 1 is exact (a difference of neighbours by a factor of 2 is; Sterbenz 1974).
///
/// @code
///   const double x = ogive::sigmoid::logit(0.75);  // log 3
/// @endcode

#include <cmath>

#include "ogive/sigmoid/scalar_claims.h"

namespace ogive::sigmoid {

/// log(p / (1 - p)).
///
/// @param p  in [0, 1]; logit(0) = -inf, logit(1) = +inf, NaN outside and for NaN.
/// @par Error claims::scalar::logit_float32, claims::scalar::logit_float64.
template <class T>
T logit(const T& p) {
  using std::log;
  using std::log1p;
  const T q = T(1) - p;
  if (p < T(0.33)) return log(T(p / q));
  return log1p(T((T(2) * p - T(1)) / q));
}

}  // namespace ogive::sigmoid
