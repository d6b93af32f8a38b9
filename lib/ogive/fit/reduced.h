// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The reduced objective: what is left of a least-squares fit once the linear parameters are eliminated (variable projection,
/// Golub and Pereyra, SIAM J. Numer. Anal. 10, 1973).
///
/// The curve is b + L f(z) with z = k u - a. For given (k, a) the best L and b are a linear regression, so
///
///     F(k, a) = min over L, b of  sum_j w_j (y_j - b - L f(k u_j - a))^2
///
/// has two unknowns only. With v the shape at the points, c = v - mean(v), r the residual, p = L f', q = L f'' and phi = -a, so
/// that dz = u dk + dphi, the sums
///
///     g_i = sum w p r u^i,   S_i = sum w p u^i,   P_i = sum w p c u^i,   Q = sum w c^2          (i = 0 for phi, 1 for k)
///     A_ij = sum w p^2 u^(i+j),   T_ij = sum w (p^2 - r q) u^(i+j)
///
/// give half the gradient of F, -g, its Gauss-Newton matrix A - S S'/W - P P'/Q, and its exact Hessian T - S S'/W - C C'/Q with
/// C = P - g/L. Where b is not free the terms in S drop out and c = v; where L is not free those in Q do.
///
/// Where the midpoint lies left of the centre, f is near 1 at most points and centring would cancel. There v = f - 1 is used, taken
/// from the complement that the shapes return: same L, and b one L higher.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "ogive/curve/shape.h"
#include "ogive/fit/points.h"

namespace ogive::fit {

/// A symmetric 2 x 2 matrix over (phi, k) or over the coordinates of a step.
struct Symmetric2 {
  double m00 = 0, m01 = 0, m11 = 0;
  double determinant() const { return m00 * m11 - m01 * m01; }
};

/// F at one (k, a), with its derivatives.
struct Evaluation {
  double F = 0;
  double L = 0;
  double b = 0;
  double g0 = 0, g1 = 0;  ///< minus half the gradient, by phi and by k
  Symmetric2 gauss_newton;
  Symmetric2 hessian;
  double transition = 0;  ///< sum of f': about how many points lie within the rise, over 4; one of small weight counts less
};

/// Which of the linear parameters are eliminated. One more case than a model has: b with L held, for profiles.
enum class Eliminate { L_and_b, L, b, none };

/// e^z, the shape that a curve tends to when its midpoint runs away.
struct ExponentialShape {
  curve::ShapePoint operator()(double z) const {
    const double e = std::exp(z);
    return {e, 1 - e, e, e};
  }
};

/// F over given points. Evaluations are counted.
template <class Shape>
class Reduced {
 public:
  Reduced(const Points& points, Shape shape, Eliminate eliminate, double fixed_L = 1, double fixed_b = 0)
      : points_(points), shape_(shape), eliminate_(eliminate), fixed_L_(fixed_L), fixed_b_(fixed_b), v_(points.size() * 3) {}

  const Points& points() const { return points_; }
  const Shape& shape() const { return shape_; }
  Eliminate eliminate() const { return eliminate_; }
  int evaluations() const { return evaluations_; }

  /// F alone.
  double value(double k, double a);

  /// F with all derivatives.
  Evaluation evaluate(double k, double a);

 private:
  bool frees_b() const { return eliminate_ == Eliminate::L_and_b || eliminate_ == Eliminate::b; }
  bool frees_L() const { return eliminate_ == Eliminate::L_and_b || eliminate_ == Eliminate::L; }

  // Turns v into c, and finds L and the level that goes with c. False where v is constant to rounding.
  struct Fit {
    double L, level, Q, mean;
    bool sound;
  };
  Fit regress(double* v);

  const Points& points_;
  Shape shape_;
  Eliminate eliminate_;
  double fixed_L_;
  double fixed_b_;
  int evaluations_ = 0;
  std::vector<double> v_;
};

template <class Shape>
auto Reduced<Shape>::regress(double* v) -> Fit {
  const std::size_t m = points_.size();
  const double* w = points_.weight.data();
  const double* y = points_.y.data();
  Fit fit{fixed_L_, fixed_b_, 1, 0, true};
  double size = 0;
  if (frees_b()) {
    double sum = 0;
    for (std::size_t j = 0; j < m; ++j) sum += w[j] * v[j];
    fit.mean = sum / points_.total_weight;
    fit.level = points_.mean;
  }
  double Q = 0;
  double cy = 0;
  for (std::size_t j = 0; j < m; ++j) {
    size += w[j] * v[j] * v[j];
    const double c = v[j] - fit.mean;
    v[j] = c;
    Q += w[j] * c * c;
    cy += w[j] * c * (y[j] - fit.level);
  }
  fit.Q = Q;
  fit.sound = Q > 1e-26 * size && Q > 1e-290;
  if (frees_L()) fit.L = fit.sound ? cy / Q : 0.0;
  if (eliminate_ == Eliminate::b) fit.sound = true;
  if (eliminate_ == Eliminate::none) fit.sound = true;
  return fit;
}

template <class Shape>
double Reduced<Shape>::value(double k, double a) {
  ++evaluations_;
  const std::size_t m = points_.size();
  double* v = v_.data();
  const bool upper = frees_b() && a < 0;
  for (std::size_t j = 0; j < m; ++j) {
    const auto at = shape_(k * points_.u[j] - a);
    v[j] = upper ? -at.complement : at.value;
  }
  const Fit fit = regress(v);
  double F = 0;
  for (std::size_t j = 0; j < m; ++j) {
    const double r = points_.y[j] - fit.level - fit.L * v[j];
    F += points_.weight[j] * r * r;
  }
  return F;
}

template <class Shape>
Evaluation Reduced<Shape>::evaluate(double k, double a) {
  ++evaluations_;
  const std::size_t m = points_.size();
  double* v = v_.data();
  double* slope = v + m;
  double* curvature = slope + m;
  const double* u = points_.u.data();
  const bool upper = frees_b() && a < 0;
  for (std::size_t j = 0; j < m; ++j) {
    const auto at = shape_(k * u[j] - a);
    v[j] = upper ? -at.complement : at.value;
    slope[j] = at.slope;
    curvature[j] = at.curvature;
  }
  const Fit fit = regress(v);
  const double L = fit.L;

  double F = 0, transition = 0;
  double g0 = 0, g1 = 0, S0 = 0, S1 = 0, P0 = 0, P1 = 0;
  Symmetric2 A, T;
  for (std::size_t j = 0; j < m; ++j) {
    const double w = points_.weight[j];
    const double c = v[j];
    const double r = points_.y[j] - fit.level - L * c;
    const double p = L * slope[j];
    const double pu = p * u[j];  // a slope of 0 beats far_away here; u * u alone would be infinite
    const double t = p * p - r * L * curvature[j];
    const double tu = t * u[j];
    F += w * r * r;
    transition += std::min(w, 1.0) * slope[j];
    g0 += w * p * r;
    g1 += w * pu * r;
    S0 += w * p;
    S1 += w * pu;
    P0 += w * p * c;
    P1 += w * pu * c;
    A.m00 += w * p * p;
    A.m01 += w * p * pu;
    A.m11 += w * pu * pu;
    T.m00 += w * t;
    T.m01 += w * tu;
    T.m11 += w * tu * u[j];
  }
  if (frees_b()) {
    const double W = points_.total_weight;
    for (Symmetric2* matrix : {&A, &T}) {
      matrix->m00 -= S0 * S0 / W;
      matrix->m01 -= S0 * S1 / W;
      matrix->m11 -= S1 * S1 / W;
    }
  }
  if (frees_L() && fit.sound && L != 0) {
    A.m00 -= P0 * P0 / fit.Q;
    A.m01 -= P0 * P1 / fit.Q;
    A.m11 -= P1 * P1 / fit.Q;
    const double C0 = P0 - g0 / L;
    const double C1 = P1 - g1 / L;
    T.m00 -= C0 * C0 / fit.Q;
    T.m01 -= C0 * C1 / fit.Q;
    T.m11 -= C1 * C1 / fit.Q;
  }
  const double b = fit.level - L * fit.mean - (upper ? L : 0.0);
  return {F, L, frees_b() ? b : fixed_b_, g0, g1, A, T, transition};
}

}  // namespace ogive::fit
