// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The form that the curves have in common, y = b + L f(z) with z = k (x - x0), or z = k log(x / ec50) on a dose: value, gradient
/// and derived quantities, once for all shapes f and all choices of fixed parameters. A curve (logistic.h, ...) is this form plus
/// its words.
///
///     dy/dL = f      dy/dx0 = -L k f'      dy/dk = L (x - x0) f'      dy/db = 1      dy/dnu = L df/dnu
///
/// On a dose, dy/dec50 = -L k f' / ec50 and dy/dk = L log(x / ec50) f'.
///
/// The products are formed so that they neither overflow nor vanish before the result itself does, and x - x0 may exceed the
/// largest double: |k (x - x0)| of 1e4 or 1e300 gives a plateau and zeros, never inf * 0. What is still too great for a double is
/// held at the largest one. f is written out in shape.h.
///
/// @code
///   using Form = ogive::curve::Form<ogive::curve::Family::logistic, ogive::curve::Linear::L_and_b>;
///   const std::array theta = {2.0, 0.5, 3.0, 1.0};  // L, x0, k, b
///   std::array<double, 4> gradient;
///   const double y = Form::value_and_gradient(0.5, theta, gradient);  // y = 2, gradient = {0.5, -1.5, 0, 1}
/// @endcode

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>

#include "ogive/curve/model.h"
#include "ogive/curve/product.h"
#include "ogive/curve/shape.h"
#include "ogive/curve/shape_value.h"

namespace ogive::curve {

/// What the curves promise in double, asserted on random points over many decades of theta with |z| up to 800, against 50 digits.
namespace claims {
/// |error of y| in units of 2^-53 max(|b|, |L|); on a dose of 2^-53 (max(|b|, |L|) + |L k| / 4), since k multiplies the rounding of
/// the log.
inline constexpr double value = 4;
/// Relative error of a gradient entry, in units of 2^-53 (1 + c): c = |z| max(1, f'/f) is what the rounding of z = k (x - x0) does
/// to f' (on a dose |z| + |k| for |z|). Not promised below 1e-280 of |L| (1 + |k| + |x - x0|), where subnormals take part.
inline constexpr double gradient = 8;
/// Error of a derived quantity in units of 2^-53 of its parts: max(|b|, |L|) for plateaus and y, |x0| + (1 + |z|) / |k| for an x,
/// itself for the slope. Of a dose, times 1 + 1 / |k|.
inline constexpr double derived = 8;
/// Relative error of an entry of a derived quantity's gradient, in units of 2^-53; of an x, times 1 + 1 / |z|, of a dose, times
/// 1 + 1 / |k|. z is the place of the level on the shape, which may be near 0 for a Richards curve.
inline constexpr double derived_gradient = 12;
}  // namespace claims

/// Where the shape reaches a level p: f(z) = p, and how z depends on nu.
struct Level {
  double z;              ///< the place
  double nu_derivative;  ///< dz / d nu; 0 where the shape has no nu
};

/// z with f(z) = p for 0 < p < 1: log(p / (1 - p)), -log(-log p), -log((p^-nu - 1) / nu).
Level level(Family family, double p, double nu);

/// What all models have in common: a shape (family) scaled and shifted by the parameters that are free (linear), on x or on log x.
template <Family family, Linear linear, bool log_dose = false>
struct Form {
  /// Places of the parameters in theta (-1: the model has none of it), and how many there are.
  /// @{
  static constexpr int place_L = linear == Linear::none ? -1 : 0;
  static constexpr int place_x0 = place_L + 1;
  static constexpr int place_k = place_x0 + 1;
  static constexpr int place_b = linear == Linear::L_and_b ? place_k + 1 : -1;
  static constexpr int place_nu = family == Family::richards ? (place_b < 0 ? place_k : place_b) + 1 : -1;
  static constexpr std::size_t size = 2 + (place_L >= 0) + (place_b >= 0) + (place_nu >= 0);
  /// @}

  /// y at x, for any scalar. With a Jet, x is to be finite and not an extreme: derivatives of 0 * inf are the Jet's own affair.
  template <class T>
  static T value(const T& x, std::span<const T> theta) {
    using std::isfinite;
    using std::isnan;
    const T k = theta[place_k];
    const T t = displacement(x, theta);
    const T f = [&] {
      // k = 0 is a constant curve, also at the ends: no 0 * inf. The difference of two finite x may exceed the largest number.
      if (isfinite(t)) return shape<T>(k * t, theta);
      if (isfinite(x) && !log_dose) return shape<T>(T(2) * (k * half_displacement(x, theta)), theta);
      return shape<T>(k == T(0) && !isnan(t) ? T(0) * k : k * t, theta);
    }();
    T y = place_L < 0 ? f : theta[at(place_L)] * f;
    if constexpr (place_b >= 0) y = theta[place_b] + y;
    if constexpr (std::same_as<T, double>) return held(y);
    return y;
  }

  /// y at x, and dy/dtheta into gradient, as Model::value_and_gradient promises.
  static double value_and_gradient(double x, std::span<const double> theta, std::span<double> gradient) {
    const double L = place_L < 0 ? 1.0 : theta[at(place_L)];
    const double k = theta[place_k];
    double t = displacement(x, theta);
    double unit = 1;  // the displacement is t * unit
    if (!log_dose && !std::isfinite(t) && std::isfinite(x)) {
      t = half_displacement(x, theta);
      unit = 2;
    }
    const double z = k == 0 && !std::isnan(t) ? 0 : k * t * unit;
    double df_dnu = 0;
    const ShapePoint f = shape_point(z, theta, &df_dnu);
    if constexpr (place_L >= 0) gradient[place_L] = f.value;
    // Minus where x falls back by x0: (-L) k f', and / ec50 on a dose.
    gradient[place_x0] = log_dose ? quotient(-L, k, f.slope, theta[place_x0]) : product(-L, k, f.slope);
    // At the ends f' is 0; at k = 0 the ends have no derivative, and the curve is a constant there.
    gradient[place_k] = std::isinf(t) ? 0 : product(L, t, f.slope, unit);
    if constexpr (place_b >= 0) gradient[place_b] = 1;
    if constexpr (place_nu >= 0) gradient[place_nu] = held(L * df_dnu);
    return held((place_b < 0 ? 0.0 : theta[at(place_b)]) + L * f.value);
  }

  /// The derived quantities, in this order: lower and upper plateau (models with both L and b), the slope in the inflection, the x
  /// at 10, 50 and 90 % of the rise (50 % only where it is not the midpoint parameter itself), y in the inflection (likewise).
  /// @{
  static constexpr bool has_plateaus = linear == Linear::L_and_b;
  static constexpr bool has_half = family != Family::logistic;
  static constexpr std::size_t derived_size = (has_plateaus ? 2 : 0) + 3 + (has_half ? 2 : 0);

  static constexpr std::array<Derived, derived_size> derived = [] {
    std::array<Derived, derived_size> list{};
    std::size_t n = 0;
    if (has_plateaus) {
      list[n++] = {"lower", "the lower plateau, in the unit of y"};
      list[n++] = {"upper", "the upper plateau, in the unit of y"};
    }
    if (log_dose) {
      list[n++] = {"slope", "dy / d log x at ec50, the largest, in the unit of y"};
      list[n++] = {"ed10", "the dose of 10 % of the effect, counted from dose 0"};
      list[n++] = {"ed90", "the dose of 90 % of the effect, counted from dose 0"};
      return list;
    }
    list[n++] = {"slope", has_half ? "dy / dx at x0, the largest" : "dy / dx in the midpoint, the largest"};
    list[n++] = {"x10", "the x at 10 % of the rise: y = b + 0.1 L"};
    if (has_half) list[n++] = {"x50", "the x at 50 % of the rise: y = b + 0.5 L"};
    list[n++] = {"x90", "the x at 90 % of the rise: y = b + 0.9 L"};
    if (has_half) list[n++] = {"inflection", "y at x0, where the slope is largest"};
    return list;
  }();
  /// @}

  /// The derived quantities and their gradients, as Model::derive promises.
  static void derive(std::span<const double> theta, std::span<double> values, std::span<double> jacobian) {
    const double L = place_L < 0 ? 1.0 : theta[at(place_L)];
    const double b = place_b < 0 ? 0.0 : theta[at(place_b)];
    const double k = theta[place_k];
    const double nu = place_nu < 0 ? 0.0 : theta[at(place_nu)];
    std::array<double, derived_size * size> unused;
    const std::span<double> rows = jacobian.empty() ? std::span<double>(unused) : jacobian;
    std::fill(rows.begin(), rows.end(), 0.0);
    std::size_t n = 0;
    // Writes one entry of the row that is being made; a parameter that the model does not have is skipped.
    const auto partial = [&](int place, double derivative) {
      if (place >= 0) rows[n * size + at(place)] = derivative;
    };

    if constexpr (has_plateaus) {
      for (const bool is_lower : {true, false}) {
        const bool moves = (L < 0) == is_lower;  // the plateau b + L, not b
        values[n] = held(moves ? b + L : b);
        partial(place_b, 1);
        partial(place_L, moves ? 1 : 0);
        ++n;
      }
    }

    double df_dnu = 0;
    const ShapePoint middle = shape_point(0.0, theta, &df_dnu);
    values[n] = product(L, k, middle.slope);
    partial(place_L, k * middle.slope);
    partial(place_k, L * middle.slope);
    // log f'(0) = -(1 + 1/nu) log(1 + nu), whose derivative is -(nu - log(1 + nu)) / nu^2.
    if (place_nu >= 0) {
      const double r = 1 / (1 + nu);
      partial(place_nu, -product(L, k, middle.slope, r * (1 - r * richards_psi(nu * r))));
    }
    ++n;

    const auto x_at = [&](double p) {
      const Level at_p = level(family, p, nu);
      if constexpr (log_dose) {
        // Counted along the effect, which is seen first at low doses for either sign of k: |k|, as in ED10 < EC50 < ED90.
        const double ratio = std::exp(at_p.z / std::fabs(k));
        values[n] = theta[place_x0] * ratio;
        partial(place_x0, ratio);
        partial(place_k, -values[n] * (at_p.z / std::fabs(k)) / k);
      } else {
        values[n] = theta[place_x0] + at_p.z / k;
        partial(place_x0, 1);
        partial(place_k, -(at_p.z / k) / k);
        partial(place_nu, at_p.nu_derivative / k);
      }
      ++n;
    };
    x_at(0.1);
    if constexpr (has_half) x_at(0.5);
    x_at(0.9);

    if constexpr (has_half) {
      values[n] = held(b + L * middle.value);
      partial(place_L, middle.value);
      partial(place_b, 1);
      partial(place_nu, L * df_dnu);
    }
  }

 private:
  static constexpr std::size_t at(int place) { return static_cast<std::size_t>(place); }

  // x - x0, or log(x / ec50): NaN outside the domain.
  template <class T>
  static T displacement(const T& x, std::span<const T> theta) {
    const T x0 = theta[place_x0];
    if constexpr (!log_dose) {
      return x - x0;
    } else {
      using std::log;
      using std::log1p;
      if (!(x >= T(0)) || !(x0 > T(0))) return T(std::numeric_limits<double>::quiet_NaN());
      if (x == T(0)) return T(-std::numeric_limits<double>::infinity());
      // Near ec50 the difference is exact and log1p keeps its digits; the quotient of extremes may overflow.
      const T ratio = x / x0;
      if (ratio > T(0.5) && ratio < T(2)) return log1p(T((x - x0) / x0));
      if (ratio > T(1e-290) && ratio < T(1e290)) return log(ratio);
      return log(x) - log(x0);
    }
  }

  template <class T>
  static T half_displacement(const T& x, std::span<const T> theta) {
    return T(x * T(0.5)) - T(theta[place_x0] * T(0.5));
  }

  template <class T>
  static T shape(const T& z, std::span<const T> theta) {
    if constexpr (family == Family::logistic) return logistic_value(z);
    if constexpr (family == Family::gompertz) return gompertz_value(z);
    if constexpr (family == Family::richards) return richards_value(z, theta[place_nu]);
  }

  static ShapePoint shape_point(double z, [[maybe_unused]] std::span<const double> theta, [[maybe_unused]] double* df_dnu) {
    if constexpr (family == Family::logistic) return LogisticShape{}(z);
    if constexpr (family == Family::gompertz) return GompertzShape{}(z);
    if constexpr (family == Family::richards) return RichardsShape{theta[place_nu]}.with_nu_derivative(z, df_dnu);
  }
};

}  // namespace ogive::curve
