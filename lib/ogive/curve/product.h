// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Products of a few doubles whose parts may overflow or vanish although the whole does not: 1e200 * 1e-300 * 1e150 * 1e-40.
///
/// @code
///   const double p = ogive::curve::product(1e200, 1e200, 1e-300);       // 1e100
///   const double q = ogive::curve::quotient(1e-200, 1e-200, 1.0, 1e-300);  // 1e-100
/// @endcode

#include <algorithm>
#include <cmath>
#include <limits>

namespace ogive::curve {

namespace claims {
/// Relative error of product and quotient in units of 2^-53, where the result is a normal number: three operations, 1 unit each.
inline constexpr double product = 3.01;
}  // namespace claims

/// x within [-max, max], max the largest double; NaN stays.
inline double held(double x) { return std::clamp(x, -std::numeric_limits<double>::max(), std::numeric_limits<double>::max()); }

/// a b c / d, held. 0 where a, b or c is 0, even beside an infinite one; d is not 0. Relative error: claims::product.
inline double quotient(double a, double b, double c, double d) {
  if (a == 0 || b == 0 || c == 0) return std::isnan(a + b + c + d) ? std::numeric_limits<double>::quiet_NaN() : 0.0;
  // Between these bounds nothing can go wrong on the way: the usual case costs three multiplications.
  const auto ordinary = [](double x) { return std::fabs(x) > 1e-70 && std::fabs(x) < 1e70; };
  if (ordinary(a) && ordinary(b) && ordinary(c) && ordinary(d)) return a * b * c / d;
  int ea = 0;
  int eb = 0;
  int ec = 0;
  int ed = 0;
  const double mantissa = std::frexp(a, &ea) * std::frexp(b, &eb) * std::frexp(c, &ec) / std::frexp(d, &ed);
  return held(std::ldexp(mantissa, ea + eb + ec - ed));
}

/// a b c d, held. 0 where a factor is 0, even beside an infinite one. d is a small factor such as 2: c d must not overflow or
/// vanish.
inline double product(double a, double b, double c, double d = 1.0) {
  if (d == 0) return std::isnan(a + b + c) ? std::numeric_limits<double>::quiet_NaN() : 0.0;
  return quotient(a, b, c * d, 1.0);
}

}  // namespace ogive::curve
