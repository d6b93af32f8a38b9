// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The standard shapes f(z) for any scalar: float, double, long double, Boost.Multiprecision numbers, ceres::Jet.
///
/// shape.h has the same shapes in double with their slopes and both tails; it is what the fitter calls. These templates are for
/// the other uses of a curve: more digits, or derivatives that come along with the value.
/// In double they call shape.h, so that there is one answer.
///
/// @code
///   const long double f = ogive::curve::logistic_value(2.0L);  // 0.88079707797788244406L
/// @endcode

#include <cmath>
#include <concepts>
#include <limits>

#include "ogive/curve/shape.h"

namespace ogive::curve {

/// 1 / (1 + e^-z).
template <class T>
T logistic_value(const T& z) {
  using std::exp;
  if constexpr (std::same_as<T, double>) return LogisticShape{}(z).value;
  if (z >= T(0)) return T(1) / (T(1) + exp(-z));
  const T e = exp(z);
  return e / (T(1) + e);
}

/// exp(-e^-z).
template <class T>
T gompertz_value(const T& z) {
  using std::exp;
  if constexpr (std::same_as<T, double>) return GompertzShape{}(z).value;
  if (z < T(-60)) return T(0);  // exp(-e^60) is 0 in every type; e^-z would overflow, and a Jet would make NaN of it
  return exp(-exp(-z));
}

/// log(1 + y) / y for 0 <= y <= 1/2, 1 at y = 0, as a series: with s = y / (2 + y), it is 2 / (2 + y) (1 + s^2 / 3 + s^4 / 5 +
/// ...). A Jet differentiates the series term by term; the quotient itself would lose all digits of the derivative near 0.
template <class T>
T log1p_over(const T& y) {
  const T r = T(1) / (T(2) + y);
  const T s = y * r;
  // The sum goes on until the derivative of a term, not only the term, is lost in the rounding: s^(n - 2) is the measure.
  const T negligible = std::numeric_limits<T>::epsilon() * T(1e-6);
  T sum(1);
  T power = s;
  for (int n = 3; power > negligible; n += 2) {
    sum = sum + power * s / T(n);
    power = power * s * s;
  }
  return T(2) * r * sum;
}

/// (1 + nu e^-z)^(-1/nu), nu >= 0; exp(-e^-z) at nu = 0.
template <class T>
T richards_value(const T& z, const T& nu) {
  using std::exp;
  using std::log;
  using std::log1p;
  if constexpr (std::same_as<T, double>) return RichardsShape{nu}(z).value;
  if (z >= T(0)) {
    const T w = exp(-z);
    const T y = nu * w;
    return exp(y <= T(0.5) ? -(w * log1p_over(y)) : -(log1p(y) / nu));
  }
  const T v = exp(z);
  if (nu <= v * T(0.5)) {
    if (z < T(-60)) return T(0);  // as in gompertz_value
    return exp(-(log1p_over(T(nu / v)) / v));
  }
  const bool quotient_is_safe = z > T(-40) && nu < T(1e9);
  return exp(-((quotient_is_safe ? T(log1p(nu / v)) : T(log(nu + v) - z)) / nu));
}

}  // namespace ogive::curve
