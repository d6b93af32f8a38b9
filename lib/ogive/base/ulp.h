// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The unit in the last place, and the error of a result measured in it. This is the one place that says what "ulp" means in Ogive:
///
///     error = |y - s| / ulp(s)        y  the result, a number of type T
///                                     s  the exact value, not rounded to T
///     ulp(s) = 2^(max(e, emin) - (p - 1)),   e = floor(log2 |s|)
///
/// with p bits of significand and 2^emin the least normal number of T. Three things follow:
///
///   - The unit belongs to the exact value. Just below 1 it is 2^-p, so a result 1 for s = 1 - 2^-(p + 1) is half a unit off.
///   - In the subnormal range the unit stays at the least subnormal number; a result flushed to 0 is off by s over that number.
///   - A result that is rounded correctly (to nearest) has an error of at most 0.5, and an error below 0.5 says it was.
///
/// The functions are total: NaN against NaN is 0, NaN against a number is infinite; so is infinity against anything but itself.
///
/// @code
///   const double exact = 1 / (1 + std::exp(-17.31));           // in double, which is exact enough for a float
///   const double error = ogive::ulp_error(1.0f, exact);         // 0.507: 1 is not the nearest float
///   const double unit = ogive::ulp<float>(exact);               // 2^-24
/// @endcode

#include <algorithm>
#include <cmath>
#include <limits>

#include "ogive/base/float_types.h"

namespace ogive {

/// The shape of a binary float type.
struct FloatFormat {
  int precision;     ///< bits of the significand, the hidden one included: p
  int min_exponent;  ///< 2^min_exponent is the least normal number: emin
  int max_exponent;  ///< all finite numbers are below 2^(max_exponent + 1)
};

/// The shape of each of the four types.
template <class T>
inline constexpr FloatFormat float_format{};
/// The shape of a float16.
template <>
inline constexpr FloatFormat float_format<float16>{11, -14, 15};
/// The shape of a bfloat16.
template <>
inline constexpr FloatFormat float_format<bfloat16>{8, -126, 127};
/// The shape of a float32.
template <>
inline constexpr FloatFormat float_format<float>{24, -126, 127};
/// The shape of a float64.
template <>
inline constexpr FloatFormat float_format<double>{53, -1022, 1023};

inline double to_double(float16 x) { return static_cast<double>(to_float(x)); }   ///< exact
inline double to_double(bfloat16 x) { return static_cast<double>(to_float(x)); }  ///< exact
inline double to_double(float x) { return static_cast<double>(x); }               ///< exact
inline double to_double(double x) { return x; }                                   ///< itself

/// The unit in the last place of type T at the exact value s; at 0, the least subnormal number.
///
/// @tparam T      float16, bfloat16, float or double
/// @tparam Exact  double, long double or a Boost.Multiprecision number
/// @return        a power of two; NaN for NaN and infinity
template <class T, class Exact>
Exact ulp(const Exact& s) {
  using std::frexp;
  using std::ldexp;
  static_assert(float_format<T>.precision > 0, "one of the four float types of Ogive");
  const bool finite = s - s == s - s;
  if (!finite) return std::numeric_limits<Exact>::quiet_NaN();
  int exponent = float_format<T>.min_exponent;
  if (s != 0) {
    int above = 0;  // |s| = f 2^above with 1/2 <= f < 1
    static_cast<void>(frexp(s, &above));
    exponent = std::max(above - 1, exponent);
  }
  return ldexp(Exact(1), exponent - (float_format<T>.precision - 1));
}

/// The error of the result y against the exact value s, in ulp of T at s. Never NaN.
///
/// The exact value must carry more bits than T has: a double for float and the 16-bit types, 50 digits for double.
template <class T, class Exact>
double ulp_error(T y, const Exact& s) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double got = to_double(y);
  const bool got_nan = got != got, exact_nan = s != s;
  if (got_nan || exact_nan) return got_nan && exact_nan ? 0 : infinity;
  if (s == Exact(got)) return 0;  // infinities that agree, too
  if (std::isinf(got) || s - s != s - s) return infinity;
  Exact difference = Exact(got) - s;
  if (difference < 0) difference = -difference;
  return static_cast<double>(difference / ulp<T>(s));
}

}  // namespace ogive
