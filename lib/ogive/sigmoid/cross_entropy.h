// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Binary cross-entropy of a logit x against a target t, and its slope.
///
///     loss(x, t)     = -t log s(x) - (1 - t) log s(-x)
///     gradient(x, t) = d loss / d x = (1 - t) s(x) - t s(-x) = s(x) - t
///
/// Taken from probabilities, the loss is infinite as soon as s(x) is rounded to 0 or 1. Taken as softplus(x) - t x, it is 0 for t =
/// 1 from x = 17 on in float32, and s(x) - t is 0 there, so a sample that is right stops teaching by accident rather than by
/// measure. Here both terms are positive in the loss and each tail of the gradient has its own small number.
///
/// @code
///   const double loss = ogive::sigmoid::cross_entropy(40.0, 1.0);               // 4.2e-18
///   const double slope = ogive::sigmoid::cross_entropy_gradient(40.0, 1.0);     // -4.2e-18
/// @endcode

#include <limits>

#include "ogive/sigmoid/complement.h"
#include "ogive/sigmoid/log_logistic.h"
#include "ogive/sigmoid/logistic.h"

namespace ogive::sigmoid {

/// The loss -t log s(x) - (1 - t) log s(-x), never negative.
///
/// @param x       the logit, any value; infinite where it is infinitely wrong, 0 where it is infinitely right
/// @param target  in [0, 1]: the label, or its probability; NaN outside
/// @par Error claims::scalar::cross_entropy_float32, claims::scalar::cross_entropy_float64, for targets for which 1 - t is exact.
template <class T>
T cross_entropy(const T& x, const T& target) {
  const T rest = T(1) - target;
  if (!(target >= T(0) && rest >= T(0))) return T(std::numeric_limits<double>::quiet_NaN());
  // A term of weight 0 is left out, or 0 times infinity would be NaN.
  if (rest == T(0)) return -log_logistic(x);
  if (target == T(0)) return -log_logistic(T(-x));
  return -(target * log_logistic(x) + rest * log_logistic(T(-x)));
}

/// The slope of the loss in x: (1 - t) s(x) - t s(-x).
///
/// @param x       the logit, any value
/// @param target  in [0, 1]; NaN outside
/// @par Error that of logistic() for t = 0 and t = 1; between, an absolute error of as many ulp of 1.
template <class T>
T cross_entropy_gradient(const T& x, const T& target) {
  const T rest = T(1) - target;
  if (!(target >= T(0) && rest >= T(0))) return T(std::numeric_limits<double>::quiet_NaN());
  return rest * logistic(x) - target * complement(x);
}

}  // namespace ogive::sigmoid
