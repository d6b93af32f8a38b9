// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The smooth ramp whose slope is the logistic function.
///
///     softplus(x) = log(1 + e^x) = max(x, 0) + log1p(e^-|x|) = -log s(-x)
///
/// @code
///   const float large = ogive::sigmoid::softplus(100.0f);  // 100: nothing overflows
/// @endcode

#include "ogive/sigmoid/log_logistic.h"

namespace ogive::sigmoid {

/// log(1 + e^x). Any x; 0 at -inf, +inf at +inf, NaN for NaN. Never negative.
/// @par Error that of log_logistic().
template <class T>
T softplus(const T& x) {
  return -log_logistic(T(-x));
}

}  // namespace ogive::sigmoid
