// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What each peer does: fit y = b + L / (1 + exp(-k (x - x0))) to 20 points from the start that a careful user would give.

#include <array>
#include <cstddef>
#include <span>

namespace ogive::peers {

inline constexpr std::size_t points = 20;
inline constexpr int most_iterations = 200;
inline constexpr double step_tolerance = 1e-8;  ///< relative, on the parameters: the same for all peers

/// L, x0, k, b.
using Parameters = std::array<double, 4>;

/// b = min y, L = max y - min y, x0 = the x whose y is nearest to the middle of the two, k = 10 / range of x with the sign of the
/// correlation.
Parameters naive_start(std::span<const double, points> x, std::span<const double, points> y);

/// Ceres' TinySolver: fixed sizes, analytic Jacobian, no memory from the heap. Its test of the cost is absolute in spite of its
/// comment, which stops it at once where y is small; it is switched off here (function_tolerance = 0), in its favour.
Parameters fit_by_tiny_solver(std::span<const double, points> x, std::span<const double, points> y);

/// GSL's gsl_multifit_nlinear: Levenberg-Marquardt, Cholesky, analytic Jacobian, a workspace that is used again.
Parameters fit_by_gsl(std::span<const double, points> x, std::span<const double, points> y);

/// cminpack's lmder (MINPACK in C), analytic Jacobian.
Parameters fit_by_cminpack(std::span<const double, points> x, std::span<const double, points> y);

}  // namespace ogive::peers
