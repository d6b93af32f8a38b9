// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The standard shapes: what a curve looks like before it is scaled and shifted.
///
/// Every curve of this library is y = b + L f(k (x - x0)) with a shape f that rises from 0 to 1. All three shapes belong to one
/// family, the generalised logistic of Richards (J. Exp. Bot. 10, 1959) with its inflection at z = 0. With w = e^-z and h = 1 + nu
/// w,
///
///     f(z)   = h^(-1/nu)               nu = 1: logistic 1 / (1 + e^-z);   nu -> 0: Gompertz exp(-e^-z)
///     f'(z)  = f w / h
///     f''(z) = f' (w - 1) / h          0 at z = 0, for every nu
///     df/dnu = f w^2 phi(nu w),        phi(y) = (log(1 + y) - y / (1 + y)) / y^2,  phi(0) = 1/2
///
/// A search over z needs f where it is near 0 and 1 - f where f is near 1: 1 - f computed from f keeps no digit there.
/// So each shape returns both tails.
///
/// @code
///   const auto p = ogive::curve::LogisticShape{}(2.0);
///   // p.value = 0.880797..., p.complement = 0.119203..., p.slope = 0.104994..., p.curvature = -0.0799625...
/// @endcode

#include <algorithm>
#include <cmath>

namespace ogive::curve {

/// Bounds of the relative error, in units of 2^-53, asserted by the tests against 50 digits.
///
/// A value f, a slope and a nu derivative carry the factor 1 - log f besides: they are exp(log f) and inherit the rounding of log f
/// in the far lower tail (f = 1e-300: 690). LogisticShape has no such factor. The curvature is bounded relative to f' (w + 1) / h,
/// since it changes its sign at z = 0. Where f or the field is below 1e-300 only its size is promised.
namespace claims {
/// The bounds that the comment above is about.
/// @{
inline constexpr double shape_value = 4;
inline constexpr double shape_complement = 4;
inline constexpr double shape_slope = 6;
inline constexpr double shape_curvature = 8;
inline constexpr double shape_nu_derivative = 9;
/// @}
}  // namespace claims

/// A shape at one z. Every field is finite for every z, infinite ones included; NaN gives NaN.
struct ShapePoint {
  double value;       ///< f(z)
  double complement;  ///< 1 - f(z), with full relative accuracy where f is near 1
  double slope;       ///< f'(z)
  double curvature;   ///< f''(z)
};

/// f(z) = 1 / (1 + e^-z), the logistic shape; f(-z) = 1 - f(z).
struct LogisticShape {
  static constexpr bool symmetric = true;  ///< f(-z) = 1 - f(z): the sign of k can be traded for the sign of L

  /// The shape at z.
  ShapePoint operator()(double z) const {
    const double e = std::exp(-std::fabs(z));
    const double near_one = 1.0 / (1.0 + e);
    const double near_zero = e * near_one;
    const double slope = near_one * near_zero;
    const bool right = z >= 0;
    const double curvature = slope * (near_zero - near_one);
    return {right ? near_one : near_zero, right ? near_zero : near_one, slope, right ? curvature : -curvature};
  }
};

/// f(z) = exp(-e^-z), the Gompertz shape (Phil. Trans. R. Soc. 115, 1825); f(0) = 1/e is the inflection.
struct GompertzShape {
  static constexpr bool symmetric = false;  ///< a rising and a falling curve are not mirror images

  /// The shape at z.
  ShapePoint operator()(double z) const {
    // Below z = -7 all fields are 0 (e^7 = 1097 and exp(-746) is 0), and w stays finite: no inf * 0. std::min keeps a NaN in -z.
    const double w = std::exp(std::min(-z, 7.0));
    double f;
    double complement;
    if (w < 0.7) {
      const double minus_complement = std::expm1(-w);
      f = 1 + minus_complement;
      complement = -minus_complement;
    } else {
      f = std::exp(-w);
      complement = 1 - f;
    }
    const double slope = w * f;
    return {f, complement, slope, slope * (w - 1)};
  }
};

/// f(z) = (1 + nu e^-z)^(-1/nu) with nu >= 0; nu = 0 is the Gompertz shape, nu = 1 the logistic one.
/// A negative nu gives NaN. For huge nu the lower tail becomes as long as e^(z / nu); nothing overflows on the way.
struct RichardsShape {
  static constexpr bool symmetric = false;  ///< but for nu = 1
  double nu = 1.0;                          ///< asymmetry

  /// The shape at z.
  ShapePoint operator()(double z) const;

  /// df/dnu at z; 0 at z = +-inf.
  double nu_derivative(double z) const;

  /// Both of the above for the price of one: fills *nu_derivative.
  ShapePoint with_nu_derivative(double z, double* nu_derivative) const;
};

/// (-log(1 - q) - q) / q^2 = 1/2 + q/3 + q^2/4 + ... on 0 <= q < 1, without cancellation. With q = nu w / (1 + nu w) it is the
/// phi of the header's derivation: w^2 phi(nu w) = (w / h)^2 richards_psi(q).
double richards_psi(double q);

}  // namespace ogive::curve
