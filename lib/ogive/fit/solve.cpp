// SPDX-License-Identifier: MIT
#include "ogive/fit/solve.h"

#include <algorithm>
#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <ceres/tiny_solver.h>
#pragma GCC diagnostic pop

#include <cmath>

namespace ogive::fit {
namespace {

// The residuals sqrt(w_j) (y_j - f(u_j)), for TinySolver.
template <int parameters>
struct Residuals {
  using Scalar = double;
  enum { NUM_RESIDUALS = Eigen::Dynamic, NUM_PARAMETERS = parameters };

  const Frame& frame;
  mutable int evaluations = 0;

  int NumResiduals() const { return static_cast<int>(frame.points.size()); }

  bool operator()(const double* theta, double* residuals, double* jacobian) const {
    ++evaluations;
    const std::size_t m = frame.points.size();
    Theta whole = frame.theta(frame.best);  // a parameter at its end stays where it is
    std::copy(theta, theta + parameters, whole.begin());
    const std::span<const double> at(whole.data(), frame.parameter_count());
    std::array<double, curve::max_parameters> gradient;
    for (std::size_t j = 0; j < m; ++j) {
      const double root = std::sqrt(frame.points.weight[j]);
      if (jacobian == nullptr) {
        residuals[j] = root * (frame.plain->value(frame.points.u[j], at) - frame.points.y[j]);
        continue;
      }
      residuals[j] = root * (frame.plain->value_and_gradient(frame.points.u[j], at, gradient) - frame.points.y[j]);
      for (std::size_t p = 0; p < parameters; ++p) jacobian[p * m + j] = root * gradient[p];
    }
    return true;
  }
};

bool acceptable(const FramedCurve& curve) {
  return curve.k > 0 && curve.L > 0 && curve.nu >= 0 && std::isfinite(curve.k + curve.a + curve.L + curve.b + curve.nu);
}

template <int parameters>
int solve_with(Frame& frame) {
  Residuals<parameters> residuals{frame};
  ceres::TinySolver<Residuals<parameters>> solver;
  solver.options.max_num_iterations = 12;
  solver.options.function_tolerance = 0;
  solver.options.cost_threshold = 0;
  solver.options.gradient_tolerance = 0;
  solver.options.parameter_tolerance = 1e-12;
  const Theta start = frame.theta(frame.best);
  typename ceres::TinySolver<Residuals<parameters>>::Parameters theta;
  for (int p = 0; p < parameters; ++p) theta[p] = start[static_cast<std::size_t>(p)];
  solver.Solve(residuals, &theta);

  std::vector<double> final_residuals(frame.points.size());
  residuals(theta.data(), final_residuals.data(), nullptr);
  double F = 0;
  for (const double r : final_residuals) F += r * r;
  Theta found = start;
  for (int p = 0; p < parameters; ++p) found[static_cast<std::size_t>(p)] = theta[p];
  FramedCurve curve = frame.curve(found);
  curve.F = F;
  if (F < frame.best.F && acceptable(curve)) frame.best = curve;
  return residuals.evaluations;
}

}  // namespace

int solve(Frame& frame) {
  if (frame.best.is_limit) return 0;
  switch (frame.free_count()) {
    case 2:
      return solve_with<2>(frame);
    case 3:
      return solve_with<3>(frame);
    case 4:
      return solve_with<4>(frame);
    case 5:
      return solve_with<5>(frame);
    default:
      return 0;
  }
}

Linearised refine(Frame& frame, bool with_condition) {
  Linearised here = linearise(frame, with_condition);
  // F itself cannot tell two points apart that differ by the root of its rounding; its gradient can.
  for (int i = 0; i < 30 && here.decrease > 1e-21 * frame.best.F; ++i) {
    Theta theta = frame.theta(frame.best);
    for (std::size_t p = 0; p < frame.parameter_count(); ++p) theta[p] += here.step[p];
    const FramedCurve before = frame.best;
    frame.best = frame.curve(theta);
    const Linearised there = acceptable(frame.best) ? linearise(frame, with_condition) : here;
    if (!(there.decrease < here.decrease) || there.F > before.F * (1 + 1e-12) + frame.points.noise_floor) {
      frame.best = before;
      break;
    }
    frame.best.F = std::min(before.F, there.F);
    here = there;
  }
  return here;
}

}  // namespace ogive::fit
