// SPDX-License-Identifier: MIT
#include <ceres/tiny_solver.h>

#include <cmath>

#include "peer.h"

namespace ogive::peers {
namespace {

struct Residuals {
  using Scalar = double;
  enum { NUM_RESIDUALS = static_cast<int>(points), NUM_PARAMETERS = 4 };

  std::span<const double, points> x;
  std::span<const double, points> y;

  // jacobian: 20 x 4, column by column; null where only the residuals are wanted.
  bool operator()(const double* p, double* residuals, double* jacobian) const {
    for (std::size_t i = 0; i < points; ++i) {
      const double s = 1 / (1 + std::exp(-p[2] * (x[i] - p[1])));
      residuals[i] = p[3] + p[0] * s - y[i];
      if (jacobian == nullptr) continue;
      const double slope = p[0] * s * (1 - s);
      jacobian[i] = s;
      jacobian[points + i] = -slope * p[2];
      jacobian[2 * points + i] = slope * (x[i] - p[1]);
      jacobian[3 * points + i] = 1;
    }
    return true;
  }
};

}  // namespace

Parameters fit_by_tiny_solver(std::span<const double, points> x, std::span<const double, points> y) {
  const Parameters start = naive_start(x, y);
  ceres::TinySolver<Residuals> solver;
  solver.options.max_num_iterations = most_iterations;
  solver.options.function_tolerance = 0;
  solver.options.parameter_tolerance = step_tolerance;
  Eigen::Vector4d p(start.data());
  solver.Solve(Residuals{x, y}, &p);
  return {p[0], p[1], p[2], p[3]};
}

}  // namespace ogive::peers
