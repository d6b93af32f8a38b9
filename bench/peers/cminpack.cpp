// SPDX-License-Identifier: MIT
#include <cminpack.h>

#include <cmath>

#include "peer.h"

namespace ogive::peers {
namespace {

struct Points {
  const double* x;
  const double* y;
};

// MINPACK's lmder: residuals (flag 1) or, column by column, the Jacobian (flag 2).
int evaluate(void* data, int m, int, const double* p, double* residual, double* jacobian, int stride, int flag) {
  const auto* d = static_cast<const Points*>(data);
  for (int i = 0; i < m; ++i) {
    const double distance = d->x[i] - p[1];
    const double s = 1 / (1 + std::exp(-p[2] * distance));
    if (flag == 1) {
      residual[i] = p[3] + p[0] * s - d->y[i];
      continue;
    }
    const double slope = p[0] * s * (1 - s);
    jacobian[i] = s;
    jacobian[i + stride] = -slope * p[2];
    jacobian[i + 2 * stride] = slope * distance;
    jacobian[i + 3 * stride] = 1;
  }
  return 0;
}

}  // namespace

Parameters fit_by_cminpack(std::span<const double, points> x, std::span<const double, points> y) {
  constexpr int m = static_cast<int>(points), n = 4;
  constexpr int scaled_by_columns = 1, quiet = 0;
  constexpr double first_step = 100;
  Points data = {x.data(), y.data()};
  Parameters p = naive_start(x, y);
  std::array<double, points> residual, work_m;
  std::array<double, points * n> jacobian;
  std::array<double, n> scale, gradient, work1, work2, work3;
  std::array<int, n> pivots;
  int evaluations = 0, jacobians = 0;
  lmder(evaluate, &data, m, n, p.data(), residual.data(), jacobian.data(), m, 0, step_tolerance, 0, most_iterations, scale.data(),
        scaled_by_columns, first_step, quiet, &evaluations, &jacobians, pivots.data(), gradient.data(), work1.data(), work2.data(),
        work3.data(), work_m.data());
  return p;
}

}  // namespace ogive::peers
