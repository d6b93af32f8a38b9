// SPDX-License-Identifier: MIT
#include "ogive/curve/shape.h"

#include <limits>

namespace ogive::curve {

namespace {

// The shape in terms that stay bounded: e^|z| never appears, only e^-|z|.
struct RichardsParts {
  double g;      // w / h, the relative slope f'/f
  double q;      // nu w / h, in [0, 1]
  double log_h;  // log(1 + nu w); meaningful where q > 1/2
  double ratio;  // (w - 1) / h
  double f;
  double complement;
};

RichardsParts richards_parts(double z, double nu) {
  RichardsParts p{};
  double minus_log_f;  // log(h) / nu
  if (z >= 0) {
    const double w = std::exp(-z);
    const double y = nu * w;
    p.g = w / (1 + y);
    p.q = y / (1 + y);
    p.ratio = (w - 1) / (1 + y);
    p.log_h = std::log1p(y);
    // nu w may underflow although w does not, so the quotient log1p(y) / nu is not formed there.
    minus_log_f = y < 0x1p-54 ? w : p.log_h / nu;
  } else {
    // v = 1 / w. The bound keeps v normal, so 1 / v is finite for nu = 0 (f is 0 there; for a nu that matters v is negligible).
    const double v = std::exp(std::max(z, -708.0));
    p.g = 1 / (nu + v);
    p.q = nu * p.g;
    p.ratio = (1 - v) * p.g;
    if (nu <= v * 0x1p-54) {
      minus_log_f = 1 / v;
    } else {
      // Where nu / v is beyond 2^57, log(1 + nu / v) is log(nu / v) to the last digit, and the quotient may overflow.
      p.log_h = nu * 0x1p-57 <= v ? std::log1p(nu / v) : std::log(nu) - z;
      minus_log_f = p.log_h < 800 * nu ? p.log_h / nu : 800;  // e^-800 is 0; the quotient may overflow
    }
  }
  if (minus_log_f < 0.7) {
    const double minus_complement = std::expm1(-minus_log_f);
    p.f = 1 + minus_complement;
    p.complement = -minus_complement;
  } else {
    p.f = std::exp(-minus_log_f);
    p.complement = 1 - p.f;
  }
  return p;
}

ShapePoint shape_point(const RichardsParts& p) {
  const double slope = p.f * p.g;
  return {p.f, p.complement, slope, slope * p.ratio};
}

double nu_slope(const RichardsParts& p, double nu) {
  if (p.f == 0) return 0;  // the other factors may be huge
  if (p.q <= 0.5) return p.f * p.g * p.g * richards_psi(p.q);
  return p.f * ((p.log_h - p.q) / nu) / nu;
}

bool outside(double z, double nu) { return !(nu >= 0) || std::isnan(z); }

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double richards_psi(double q) {
  if (q > 0.5) return (-std::log1p(-q) - q) / (q * q);
  // -log(1 - q) = 2 atanh(s) with s = q / (2 - q), and 2 s - q = q^2 / (2 - q): what remains is a sum of positive terms.
  const double r = 1 / (2 - q);
  const double s = q * r;
  const double s2 = s * s;  // at most 1/9
  double sum = 0;
  for (int n = 19; n >= 1; --n) sum = sum * s2 + 1.0 / (2 * n + 1);
  return r + 2 * s * r * r * sum;
}

ShapePoint RichardsShape::operator()(double z) const {
  if (outside(z, nu)) return {nan, nan, nan, nan};
  return shape_point(richards_parts(z, nu));
}

double RichardsShape::nu_derivative(double z) const {
  if (outside(z, nu)) return nan;
  return nu_slope(richards_parts(z, nu), nu);
}

ShapePoint RichardsShape::with_nu_derivative(double z, double* derivative) const {
  if (outside(z, nu)) {
    *derivative = nan;
    return {nan, nan, nan, nan};
  }
  const RichardsParts p = richards_parts(z, nu);
  *derivative = nu_slope(p, nu);
  return shape_point(p);
}

}  // namespace ogive::curve
