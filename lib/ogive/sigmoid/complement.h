// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the logistic function leaves to 1, right where the difference itself is lost.
///
///     1 - s(x) = s(-x) = 1 / (1 + e^x)
///
/// In float32, 1 - s(17) is 0 (s(17) is rounded to 1); the complement is 4.1399e-8.
///
/// @code
///   const float rest = ogive::sigmoid::complement(17.0f);  // 4.1399376e-8
/// @endcode

#include "ogive/sigmoid/logistic.h"

namespace ogive::sigmoid {

/// 1 - s(x), as s(-x). Any x; 0 at +inf, 1 at -inf, NaN for NaN.
/// @par Error that of logistic(): the argument is negated exactly.
template <class T>
T complement(const T& x) {
  return logistic(T(-x));
}

}  // namespace ogive::sigmoid
