// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The curves by their textbook formulas in 50 decimal digits: slow, naive, and independent of the library's code.

#include <algorithm>
#include <array>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>
#include <vector>

#include "ogive/curve/model.h"

namespace exact {

using Big = boost::multiprecision::cpp_bin_float_50;

/// |got - expected| in units of 2^-53 |expected|; what is not finite counts as infinitely wrong.
inline double units(double got, const Big& expected) {
  if (!std::isfinite(got)) return HUGE_VAL;
  if (expected == 0) return got == 0 ? 0 : HUGE_VAL;
  return static_cast<double>(abs((Big(got) - expected) / expected)) * 0x1p53;
}

/// A standard shape and its derivatives at z, all by the formulas of shape.h. nu = 1 is the logistic shape, 0 the Gompertz one.
struct Shape {
  Big w, h, value, complement, slope, curvature, nu_derivative;

  Shape(const Big& z, const Big& nu) {
    w = exp(Big(-z));
    h = 1 + nu * w;
    const Big log_h = nu == 0 ? Big(0) : log_one_plus(nu * w);
    const Big minus_log = nu == 0 ? w : Big(log_h / nu);
    value = exp(Big(-minus_log));
    complement = minus_log < Big(1e-3) ? one_minus_exp(minus_log) : Big(1 - value);
    slope = value * w / h;
    curvature = slope * (w - 1) / h;
    const Big y = nu * w;
    if (y < Big(1e-18))
      nu_derivative = value * w * w * (Big(1) / 2 - 2 * y / 3);
    else if (y < Big(1e-3))
      nu_derivative = value * w * w * phi_series(y);
    else
      nu_derivative = value * (log_h / nu - w / h) / nu;
  }

  /// w / h: how much faster than z the logarithm of the value moves.
  Big relative_slope() const { return w / h; }

 private:
  // The quotients and differences lose digits for small arguments: plain power series there, to 50 digits.
  static Big log_one_plus(const Big& y) {
    if (y > Big(1e-3)) return log(Big(1 + y));
    Big sum = 0;
    Big power = y;
    for (int n = 1; n <= 20; ++n, power *= -y) sum += power / n;
    return sum;
  }
  static Big one_minus_exp(const Big& s) {
    Big sum = 0;
    Big term = s;
    for (int n = 1; n <= 20; ++n, term *= -s / n) sum += term;
    return sum;
  }
  static Big phi_series(const Big& y) {
    Big sum = 0;
    Big power = 1;
    for (int n = 0; n <= 20; ++n, power *= -y) sum += power * (n + 1) / (n + 2);
    return sum;
  }
};

/// The parameters of any model by name, in 50 digits; those that a model lacks have their fixed values.
struct Parameters {
  Big L = 1, x0 = 0, k = 1, b = 0, nu = 1;

  Parameters(const ogive::curve::Model& model, const std::vector<Big>& theta) {
    if (model.family == ogive::curve::Family::gompertz) nu = 0;
    for (std::size_t i = 0; i < theta.size(); ++i) {
      const auto name = model.parameters[i].name;
      (name == "L" ? L : name == "k" ? k : name == "b" ? b : name == "nu" ? nu : x0) = theta[i];
    }
  }
};

/// A curve and its gradient at x.
struct Curve {
  Big z, t, value;
  std::vector<Big> gradient;
  Big conditioning;  ///< how much a relative change of z by 1 unit changes f' in units; at least 1

  Curve(const ogive::curve::Model& model, double x, const std::vector<double>& theta) {
    const Parameters p(model, {theta.begin(), theta.end()});
    t = model.log_dose ? Big(log(Big(Big(x) / p.x0))) : Big(Big(x) - p.x0);
    z = p.k * t;
    const Shape f(z, p.nu);
    value = p.b + p.L * f.value;
    for (const auto& parameter : model.parameters) {
      const auto name = parameter.name;
      gradient.push_back(name == "L"      ? f.value
                         : name == "k"    ? Big(p.L * t * f.slope)
                         : name == "b"    ? Big(1)
                         : name == "nu"   ? Big(p.L * f.nu_derivative)
                         : name == "ec50" ? Big(-p.L * p.k * f.slope / p.x0)
                                          : Big(-p.L * p.k * f.slope));
    }
    const Big dose_error = model.log_dose ? Big(abs(p.k)) : Big(0);
    const Big relative_slope = f.relative_slope();
    conditioning = 1 + (abs(z) + dose_error) * (relative_slope > 1 ? relative_slope : Big(1));
  }
};

/// The derived quantity of that name.
inline Big derived(const ogive::curve::Model& model, std::string_view name, const std::vector<Big>& theta) {
  const Parameters p(model, theta);
  const auto x_at = [&](const Big& level) -> Big {
    if (model.log_dose) return p.x0 * pow(Big(level / (1 - level)), Big(1 / abs(p.k)));
    const Big w = p.nu == 0 ? Big(-log(level)) : Big((pow(level, Big(-p.nu)) - 1) / p.nu);
    return p.x0 - log(w) / p.k;
  };
  const Big f0 = p.nu == 0 ? Big(exp(Big(-1))) : Big(pow(Big(1 + p.nu), Big(-1 / p.nu)));
  if (name == "lower") return p.L < 0 ? Big(p.b + p.L) : p.b;
  if (name == "upper") return p.L < 0 ? p.b : Big(p.b + p.L);
  if (name == "slope") return p.L * p.k * f0 / (1 + p.nu);
  if (name == "x10" || name == "ed10") return x_at(Big(1) / 10);
  if (name == "x50") return x_at(Big(1) / 2);
  if (name == "x90" || name == "ed90") return x_at(Big(9) / 10);
  if (name == "inflection") return p.b + p.L * f0;
  return std::numeric_limits<Big>::quiet_NaN();
}

}  // namespace exact
