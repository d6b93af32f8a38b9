// SPDX-License-Identifier: MIT
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>

#include <cmath>
#include <memory>

#include "peer.h"

namespace ogive::peers {
namespace {

struct Points {
  const double* x;
  const double* y;
};

int residuals(const gsl_vector* p, void* data, gsl_vector* f) {
  const auto* d = static_cast<const Points*>(data);
  const double L = gsl_vector_get(p, 0);
  const double x0 = gsl_vector_get(p, 1);
  const double k = gsl_vector_get(p, 2);
  const double b = gsl_vector_get(p, 3);
  for (std::size_t i = 0; i < points; ++i) gsl_vector_set(f, i, b + L / (1 + std::exp(-k * (d->x[i] - x0))) - d->y[i]);
  return GSL_SUCCESS;
}

int jacobian(const gsl_vector* p, void* data, gsl_matrix* j) {
  const auto* d = static_cast<const Points*>(data);
  const double L = gsl_vector_get(p, 0);
  const double x0 = gsl_vector_get(p, 1);
  const double k = gsl_vector_get(p, 2);
  for (std::size_t i = 0; i < points; ++i) {
    const double s = 1 / (1 + std::exp(-k * (d->x[i] - x0)));
    const double slope = L * s * (1 - s);
    gsl_matrix_set(j, i, 0, s);
    gsl_matrix_set(j, i, 1, -slope * k);
    gsl_matrix_set(j, i, 2, slope * (d->x[i] - x0));
    gsl_matrix_set(j, i, 3, 1);
  }
  return GSL_SUCCESS;
}

struct FreeWorkspace {
  void operator()(gsl_multifit_nlinear_workspace* workspace) const { gsl_multifit_nlinear_free(workspace); }
};
using Workspace = std::unique_ptr<gsl_multifit_nlinear_workspace, FreeWorkspace>;

Workspace make_workspace() {
  gsl_set_error_handler_off();  // a fit that fails is a result, not the end of the program
  gsl_multifit_nlinear_parameters parameters = gsl_multifit_nlinear_default_parameters();
  parameters.trs = gsl_multifit_nlinear_trs_lm;
  parameters.solver = gsl_multifit_nlinear_solver_cholesky;
  return Workspace(gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &parameters, points, 4));
}

}  // namespace

Parameters fit_by_gsl(std::span<const double, points> x, std::span<const double, points> y) {
  static const Workspace workspace = make_workspace();
  Points data = {x.data(), y.data()};
  gsl_multifit_nlinear_fdf system = {};
  system.f = residuals;
  system.df = jacobian;
  system.n = points;
  system.p = 4;
  system.params = &data;
  const Parameters start = naive_start(x, y);
  const gsl_vector_const_view at = gsl_vector_const_view_array(start.data(), start.size());
  gsl_multifit_nlinear_init(&at.vector, &system, workspace.get());
  int info = 0;
  gsl_multifit_nlinear_driver(most_iterations, step_tolerance, 0, 0, nullptr, nullptr, &info, workspace.get());
  const gsl_vector* p = gsl_multifit_nlinear_position(workspace.get());
  return {gsl_vector_get(p, 0), gsl_vector_get(p, 1), gsl_vector_get(p, 2), gsl_vector_get(p, 3)};
}

}  // namespace ogive::peers
