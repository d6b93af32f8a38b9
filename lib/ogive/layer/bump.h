// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Smooth functions that are zero outside an interval, one scalar at a time, each with its slope in every argument.
///
///     z = x - c,  m = |z|,  u = m / sigma,  q = u^2,  t = 1 / (1 - q)
///     bump(x) = a exp(1 - t) = a exp(-q t)     where m < sigma, and 0 elsewhere
///
/// All derivatives exist, and all are 0 at the edge. Three things go wrong with that formula, and this file is made around them:
///
///   The branch that is not taken.  Where value and slope are computed on both sides and then chosen from, the side that is thrown
///       away still divides by 0, and 0 times infinity is NaN. Here the domain is decided first; outside nothing is computed.
///   The last digits before the edge.  1 - u u loses them, for u is rounded. sigma - m is exact there (Sterbenz), so t is computed
///   as
///       (sigma / (sigma - m)) / (1 + u): three hundred times more accurate, neither sigma^2 nor sigma + m can leave the range, and
///       t stays below 2^54, so that exp(-t) t t is 0 times a finite number.
///   1 / sigma.  u = m (1 / sigma) may round to 1 inside the support (0.3 % of the last 20 floats before the edge), and 1 / sigma
///   itself
///       is infinite for the least widths. It is not used.
///
/// So no finite argument gives NaN or infinity, in float or double, and there is no epsilon. A slope too large for the type (a tall
/// and very narrow bump) is returned as its largest number. NaN goes in, NaN comes out.
///
/// Every function runs on float, double, a Boost.Multiprecision number or a ceres::Jet. With a Jet, the derivatives of f are exact
/// to about 1e-13 of each; f itself loses digits near the edge of the root form (about t^2 epsilon).
///
/// @code
///   using namespace ogive::layer;
///   const BumpValue<double> at = bump(0.9, 3.0, 0.1, 2.0);   // at.f = 2.4797, at.fx = -1.4057, at.fs = 0.5623
///   const float outside = bump(1.0f, 1.0f, 0.0f, 1.0f).f;    // 0, and so are all slopes
/// @endcode

#include <cmath>
#include <limits>
#include <type_traits>

namespace ogive::layer {

/// The bounds that this header promises and the tests assert: error of a result as a part of its exact value, in units of the
/// type's epsilon, as `fixed + per_t t`; x - c exact, the result a normal number. The part that grows is that of exp: its argument
/// is about t, and is rounded.
namespace claims {
inline constexpr double bump_value_fixed = 2;     ///< f and fa of bump() and bump_raw()
inline constexpr double bump_value_per_t = 2.5;   ///< t = 1 / (1 - u^2)
inline constexpr double bump_slope_fixed = 8;     ///< fx, fc and fs of bump() and bump_raw()
inline constexpr double bump_slope_per_t = 2.5;   ///< t = 1 / (1 - u^2)
inline constexpr double root_value_fixed = 2;     ///< f and fa of root_bump()
inline constexpr double root_value_per_t = 1.25;  ///< t = sigma / (sigma - z^2)
inline constexpr double root_slope_fixed = 6;     ///< fx, fc and fs of root_bump()
inline constexpr double root_slope_per_t = 1.25;  ///< t = sigma / (sigma - z^2)
inline constexpr double gaussian_fixed = 4;       ///< all of gaussian()
inline constexpr double gaussian_per_t = 1;       ///< t = b z^2
}  // namespace claims

/// A value and its slopes.
template <class T>
struct BumpValue {
  T f{0};   ///< the value
  T fx{0};  ///< df/dx
  T fc{0};  ///< df/dc = -df/dx
  T fs{0};  ///< df/dsigma (gaussian: df/db)
  T fa{0};  ///< df/da = f / a, also where a is 0
};

/// The same with the slopes in steepness and flatness.
template <class T>
struct ShapedBumpValue : BumpValue<T> {
  T fk{0};  ///< df/dk
  T fp{0};  ///< df/dp
};

/// Not part of the interface.
namespace detail {

/// A slope beyond the largest number is the largest number.
template <class T>
T within_range(const T& slope) {
  if constexpr (std::is_floating_point_v<T>) {
    constexpr T most = std::numeric_limits<T>::max();
    return slope > most ? most : slope < -most ? -most : slope;
  } else {
    return slope;
  }
}

/// Outside of the support: zeros, or NaN where an argument was NaN.
template <class T>
BumpValue<T> outside(const T& z, const T& sigma) {
  const T both = z + sigma;
  if (z == z && sigma == sigma) return {};
  return {both, both, both, both, both};
}

/// e^-t of the root form, t = sigma / (sigma - m^2); t is 0 outside.
template <class T>
T root_exp(const T& m, const T& sigma, T& t) {
  using std::exp;
  if constexpr (std::is_floating_point_v<T>) {
    const T d = std::fma(-m, m, sigma);  // one rounding: all its digits, also near the edge
    if (!(d > T(0))) return T(0);
    t = sigma / d;
    return exp(-t);
  } else {  // the derivatives of that expression cancel each other near the centre
    const T d = sigma - m * m;
    if (!(d > T(0))) return T(0);
    t = sigma / d;
    return exp(T(-1) - (m * m) / d);
  }
}

/// a exp(-q t) or a exp(-t).
template <bool kNormalised, class T>
BumpValue<T> bump(const T& x, const T& a, const T& c, const T& sigma) {
  using std::abs, std::exp;
  const T z = x - c;
  const T m = abs(z);
  if (!(m < sigma)) return outside(z, sigma);
  const T u = m / sigma;
  const T t = (sigma / (sigma - m)) / (T(1) + u);
  T e;
  if constexpr (kNormalised) {
    e = exp(-(u * u) * t);
  } else if constexpr (std::is_floating_point_v<T>) {
    e = exp(-t);
  } else {  // the derivatives of t cancel each other near the centre, those of t - 1 = u^2 t do not
    e = exp(T(-1) - (u * u) * t);
  }
  const T steepness = T(0.5) * (u * ((e * t) * t));                   // a quarter of |df/du| at a = 1: below 1
  const T slope = within_range(T(((a * steepness) / sigma) * T(4)));  // the factor 4 last, lest a large a overflow on the way
  return {a * e, z > T(0) ? T(-slope) : slope, z > T(0) ? slope : T(-slope), slope * u, e};
}

}  // namespace detail

/// The canonical bump of height a: a exp(1 - 1 / (1 - u^2)).
///
/// df/dx = -2 a u t^2 e / sigma with the sign of z, df/dsigma = |df/dx| u with the sign of a, e = exp(-q t).
/// @param x      where
/// @param a      height
/// @param c      centre
/// @param sigma  half of the width; where it is not positive, there is no support: all is 0
/// @par Error claims::bump_value_fixed + claims::bump_value_per_t t; claims::bump_slope_fixed and bump_slope_per_t for the slopes.
///      Below exp(-745) (float: exp(-104)), that is from u = 0.99933 (0.9952) on, the value is 0.
template <class T>
BumpValue<T> bump(const T& x, const T& a, const T& c, const T& sigma) {
  return detail::bump<true>(x, a, c, sigma);
}

/// The canonical bump as it is often written, a exp(-1 / (1 - u^2)), of height a / e. Arguments and errors as for bump().
template <class T>
BumpValue<T> bump_raw(const T& x, const T& a, const T& c, const T& sigma) {
  return detail::bump<false>(x, a, c, sigma);
}

/// A bump of another shape: a exp(-k q t) with q = u^p, t = 1 / (1 - q). A larger k makes it steeper, a larger p flatter at the
/// top; k = 1 and p = 2 is bump().
///
/// @param x      where
/// @param a      height
/// @param c      centre
/// @param sigma  half of the width
/// @param k      steepness > 0; else there is no bump and all is 0
/// @param p      flatness > 1 (at 1 the top is a corner); else there is no bump and all is 0
template <class T>
ShapedBumpValue<T> shaped_bump(const T& x, const T& a, const T& c, const T& sigma, const T& k, const T& p) {
  using std::abs, std::exp, std::expm1, std::log, std::log1p;
  const T z = x - c;
  const T m = abs(z);
  ShapedBumpValue<T> at;
  if (!(m < sigma && k > T(0) && p > T(1))) {
    static_cast<BumpValue<T>&>(at) = detail::outside(T(z + k), T(sigma + p));
    return at;
  }
  const T u = m / sigma;
  if (!(u > T(0))) {
    at.f = a;
    at.fa = T(1);
    return at;
  }
  const T log_u = u < T(0.5) ? T(log(u)) : T(log1p(-((sigma - m) / sigma)));  // sigma - m is exact near the edge
  const T q = exp(p * log_u);
  const T t = T(-1) / expm1(p * log_u);
  const T e = exp(-(k * (q * t)));
  const T et2 = (e * t) * t;
  if (!(et2 > T(0))) return at;  // so that nothing below multiplies 0 by an overflow
  const T slope = detail::within_range(T(((((a * et2) * exp((p - T(1)) * log_u)) * p) * k) / sigma));
  at.f = a * e;
  at.fx = z > T(0) ? T(-slope) : slope;
  at.fc = -at.fx;
  at.fs = slope * u;
  at.fa = e;
  at.fk = detail::within_range(T(-(((a * e) * q) * t)));
  at.fp = detail::within_range(T(-((((a * et2) * q) * log_u) * k)));
  return at;
}

/// The root form, a exp(-sigma / (sigma - z^2)), guarded by its true domain: |z| < sigma and z^2 < sigma.
///
/// On z^2 < sigma it is bump_raw() with the half-width sqrt(sigma), so sigma is the *square* of a half-width. The form is usually
/// cut at |z| < sigma alone. Then, for sigma > 1, there is a ring sqrt(sigma) < |z| < sigma in which the exponent is positive and
/// the value runs up to infinity: that ring is outside here. For sigma < 1 the cut at |z| = sigma comes first, where the value
/// still is a exp(-1 / (1 - sigma)): the function jumps, and that is kept, for it is what the form says.
///
/// df/dx = -2 (z / sigma) t^2 f, df/dsigma = (z / sigma)^2 t^2 f, t = sigma / (sigma - z^2): both bounded by 1.09 |a|, whatever
/// sigma.
/// @param x      where
/// @param a      height times e
/// @param c      centre
/// @param sigma  see above; where it is not positive, all is 0
/// @par Error claims::root_value_fixed + claims::root_value_per_t t; claims::root_slope_fixed and root_slope_per_t for the slopes.
template <class T>
BumpValue<T> root_bump(const T& x, const T& a, const T& c, const T& sigma) {
  using std::abs;
  const T z = x - c;
  const T m = abs(z);
  if (!(m < sigma)) return detail::outside(z, sigma);
  T t(0);
  const T e = detail::root_exp(m, sigma, t);
  const T v = m / sigma;
  const T et2 = (e * t) * t;
  const T slope = detail::within_range(T((T(2) * (v * et2)) * a));
  return {a * e, z > T(0) ? T(-slope) : slope, z > T(0) ? slope : T(-slope), (v * (v * et2)) * a, e};
}

/// The root form with height and centre left out: exp(-sigma / (sigma - x^2)).
template <class T>
BumpValue<T> root_bump(const T& x, const T& sigma) {
  return root_bump(x, T(1), T(0), sigma);
}

/// The bare formula exp(-sigma / (sigma - x^2)) with its slopes, without any guard: to show what goes wrong with it. NaN and
/// infinity come out; at sigma = 2 it is 2981 at x = 1.5 and infinite at 1.4145.
template <class T>
BumpValue<T> root_bump_raw(const T& x, const T& sigma) {
  using std::exp;
  const T d = sigma - x * x;
  const T e = exp(-sigma / d);
  const T fx = T(-2) * sigma * x * e / (d * d);
  return {e, fx, T(-fx), x * x * e / (d * d), e};
}

/// The gaussian bump a exp(-b z^2): no edge, but it is 0 in effect from b z^2 = 745 (float: 104) on.
///
/// @param x  where
/// @param a  height
/// @param c  centre
/// @param b  1 / (2 variance) >= 0; below 0 it would grow without end: there all is 0
/// @par Error claims::gaussian_fixed + claims::gaussian_per_t b z^2.
template <class T>
BumpValue<T> gaussian(const T& x, const T& a, const T& c, const T& b) {
  using std::exp;
  if (!(b >= T(0))) return detail::outside(T(x - c), b);
  const T z = detail::within_range(T(x - c));
  const T e = exp(-((b * z) * z));
  if (!(e > T(0))) return detail::outside(z, e);  // z z may be infinite there
  const T f = a * e;
  const T slope = detail::within_range(T(T(2) * (f * (b * z))));
  return {f, T(-slope), slope, detail::within_range(T(-((f * z) * z))), e};
}

}  // namespace ogive::layer
