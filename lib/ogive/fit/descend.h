// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// From a start to the nearest optimum of the reduced objective, by Newton and Levenberg-Marquardt steps in two unknowns.
///
/// Steps are taken in coordinates in which the objective is close to quadratic:
///
///   |a| <= k + 1 (midpoint within the data)   tau = log k and xi = x0 = a / k
///   beyond (one plateau out of sight)         tau = log k and q = log e^-|a|, in which the way to the exponential limit is short
///
/// The exact Hessian is used where it is safely positive definite and the Gauss-Newton step is small; elsewhere the Gauss-Newton
/// matrix, damped by Marquardt's multiple of its diagonal (J. SIAM 11, 1963). Convergence is judged by the Newton decrement
/// lambda = g' H^-1 g, the decrease of F still to be had, relative to F: a test that knows no units.

#include <algorithm>
#include <cmath>
#include <limits>

#include "ogive/fit/reduced.h"

namespace ogive::fit {

struct DescentOptions {
  double tolerance = 1e-12;  ///< stop when the decrease still to be had is below tolerance * F
  int max_evaluations = 60;
  double target = std::numeric_limits<double>::infinity();  ///< give up when F will not come near this
  double optimism = 1.5;                                    ///< how many times the predicted decrease is granted before giving up
  int patience = 10;                                        ///< evaluations after which it follows a valley by the full Hessian
  double floor = 1e-28;                                     ///< an F that rounding explains: no decrease below it is worth a step
};

struct Descent {
  double k = 1;
  double a = 0;
  double F = std::numeric_limits<double>::infinity();
  double L = 0;
  double decrease = std::numeric_limits<double>::infinity();  ///< lambda at the end
  double transition = 0;
  bool converged = false;
  bool escaped = false;    ///< it runs to a limit: the step, the line or the exponential
  bool abandoned = false;  ///< it will not come near the target
};

/// The region within which the reduced objective differs from its limits: beyond it, a closed form does as well.
struct Region {
  double min_k = 1e-7;
  double max_k = 1e6;
  double wall = 18;  ///< |a| <= k + wall; one plateau is then e^-18 away from out of sight

  static Region of(const Points& points);
};

namespace detail {

// The derivatives in the coordinates of a step, and the way back.
struct StepFrame {
  double g0, g1;  // minus half the gradient by the other coordinate and by tau
  Symmetric2 gauss_newton, hessian;
  bool inside;
  double anchor;  // inside: the u at which z is the other coordinate
  double side;    // outside: the sign of a
};

// Inside, the coordinates are tau = log k and zeta = z(anchor) = k anchor - a. Outside, tau and q = log e^-|a|.
inline StepFrame step_frame(const Evaluation& e, double k, double a, bool follow_valley) {
  StepFrame frame{};
  frame.inside = std::fabs(a) <= k + 1 || follow_valley;
  frame.side = a < 0 ? -1.0 : 1.0;
  frame.anchor = follow_valley && e.gauss_newton.m00 > 0 ? e.gauss_newton.m01 / e.gauss_newton.m00 : a / k;
  // tau = t_phi d_phi + k d_k, other = x_phi d_phi
  const double t_phi = frame.inside ? -k * frame.anchor : 0.0;
  const double x_phi = frame.inside ? 1.0 : frame.side;
  const auto transform = [&](const Symmetric2& m) {
    return Symmetric2{m.m00, x_phi * (t_phi * m.m00 + k * m.m01), t_phi * t_phi * m.m00 + 2 * t_phi * k * m.m01 + k * k * m.m11};
  };
  frame.g1 = t_phi * e.g0 + k * e.g1;
  frame.g0 = x_phi * e.g0;
  frame.gauss_newton = transform(e.gauss_newton);
  frame.hessian = transform(e.hessian);
  frame.hessian.m11 -= frame.g1;
  if (!frame.inside) frame.hessian.m00 += frame.g0;
  return frame;
}

inline double decrement(const Symmetric2& m, double g0, double g1) {
  const double det = m.determinant();
  if (!(det > 0)) return std::numeric_limits<double>::infinity();
  return (g0 * g0 * m.m11 - 2 * g0 * g1 * m.m01 + g1 * g1 * m.m00) / det;
}

// The least multiple of the diagonal of `scale` that makes `m` positive definite with room to spare; 0 where it is already.
inline double shift_to_definite(const Symmetric2& m, const Symmetric2& scale) {
  const double a = m.m00 / scale.m00, d = m.m11 / scale.m11, b = m.m01 / std::sqrt(scale.m00 * scale.m11);
  const double least = (a + d) / 2 - std::sqrt((a - d) * (a - d) / 4 + b * b);  // eigenvalue of the scaled matrix
  return least > 1e-9 ? 0.0 : 1e-6 - 2 * least;
}

}  // namespace detail

template <class Shape>
Descent descend(Reduced<Shape>& reduced, double k, double a, const Region& region, const DescentOptions& options = {}) {
  Descent best;
  double mu = 1e-2;
  k = std::clamp(k, region.min_k, region.max_k);
  Evaluation e = reduced.evaluate(k, a);
  int evaluations = 1;
  for (;;) {
    best.k = k;
    best.a = a;
    best.F = e.F;
    best.L = e.L;
    best.transition = e.transition;
    auto frame = detail::step_frame(e, k, a, evaluations > options.patience);
    auto& gn = frame.gauss_newton;
    gn.m00 = std::max(gn.m00, 1e-15);
    gn.m11 = std::max(gn.m11, 1e-15);
    const double full = detail::decrement(gn, frame.g0, frame.g1);
    const auto& n = frame.hessian;
    // Late in a curved valley the Gauss-Newton matrix is of no more help, and the Hessian will do, shifted where it is not
    // definite.
    const bool late = evaluations > options.patience;
    const double shift = late ? detail::shift_to_definite(n, gn) : 0.0;
    const bool definite = late || (n.m00 > 0.2 * gn.m00 && n.m11 > 0.2 * gn.m11 && n.determinant() > 0.04 * gn.determinant());
    const bool newton = definite && full < 0.3 * e.F + options.floor;
    const Symmetric2 matrix = newton ? Symmetric2{n.m00 + shift * gn.m00, n.m01, n.m11 + shift * gn.m11} : gn;
    best.decrease = newton ? detail::decrement(matrix, frame.g0, frame.g1) : full;
    const double tolerance = newton ? options.tolerance : 0.01 * options.tolerance;
    best.converged = mu < 0.02 && !(newton && shift > 0) && best.decrease <= tolerance * e.F + options.floor;
    if (!best.converged && evaluations >= 4 && e.F - options.optimism * best.decrease > options.target) {
      best.abandoned = true;
      return best;
    }
    if (evaluations >= options.max_evaluations) return best;

    // One step, damped until it goes down. After convergence, one undamped step more: it is nearly free of error.
    for (;;) {
      const double damping = best.converged ? 0.0 : mu;
      const Symmetric2 damped{matrix.m00 + damping * gn.m00, matrix.m01, matrix.m11 + damping * gn.m11};
      const double det = damped.determinant();
      double d0 = 0, d1 = 0;
      if (det > 0) {
        d0 = (damped.m11 * frame.g0 - damped.m01 * frame.g1) / det;
        d1 = (damped.m00 * frame.g1 - damped.m01 * frame.g0) / det;
      } else {
        d0 = frame.g0 / damped.m00;
        d1 = frame.g1 / damped.m11;
      }
      d1 = std::clamp(d1, -1.5, 1.5);
      const double next_k = k * std::exp(d1);
      double next_a = a;
      if (frame.inside) {
        const double most = std::max(1.0, k);  // half the range, or one unit of z: next to the line x0 has far to go
        next_a = next_k * frame.anchor - (k * frame.anchor - a + std::clamp(d0, -most, most));
      } else {
        next_a = a - frame.side * std::log1p(std::max(d0, -0.95));
      }
      if (next_k < region.min_k || next_k > region.max_k || std::fabs(next_a) > next_k + region.wall) {
        best.escaped = true;
        return best;
      }
      const Evaluation next = reduced.evaluate(next_k, next_a);
      ++evaluations;
      // Near the end F is blind to the step, which the gradient still sees.
      const bool blind = best.decrease <= 1e-12 * e.F && next.F <= e.F * (1 + 1e-13);
      const bool down = next.F < e.F || blind;
      if (best.converged) {
        if (down) {
          best.k = next_k;
          best.a = next_a;
          best.F = next.F;
          best.L = next.L;
        }
        return best;
      }
      if (down) {
        k = next_k;
        a = next_a;
        e = next;
        mu = std::max(mu * 0.1, 1e-12);
        break;
      }
      mu = std::max(mu * 8, 1e-4);
      if (mu > 1e10 || evaluations >= options.max_evaluations) {
        best.converged = best.decrease <= 1e-9 * e.F + options.floor;  // rounding alone keeps it from going down
        return best;
      }
    }
  }
}

}  // namespace ogive::fit
