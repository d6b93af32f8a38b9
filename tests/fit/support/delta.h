// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The textbook covariance of a least-squares fit, rse^2 (J'J)^-1, by Gauss and Jordan in long double in the user's own units.

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "ogive/curve/model.h"

#ifdef __clang__
#pragma clang diagnostic ignored "-Wdouble-promotion"  // long double is meant here, and in the tests that include this
#endif

namespace ogive::fit_test {

using Matrix = std::vector<std::vector<long double>>;

inline Matrix inverse(Matrix a) {
  const std::size_t n = a.size();
  for (std::size_t i = 0; i < n; ++i) {
    a[i].resize(2 * n);
    a[i][n + i] = 1;
  }
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t pivot = i;
    for (std::size_t j = i; j < n; ++j)
      if (std::fabs(a[j][i]) > std::fabs(a[pivot][i])) pivot = j;
    std::swap(a[i], a[pivot]);
    for (std::size_t j = 0; j < n; ++j) {
      const long double factor = j == i ? 1 - 1 / a[i][i] : a[j][i] / a[i][i];
      for (std::size_t c = i; c < 2 * n; ++c) a[j][c] -= factor * a[i][c];
    }
  }
  for (auto& row : a) row.erase(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(n));
  return a;
}

inline std::vector<double> gradient_at(const curve::Model& model, std::span<const double> theta, double x) {
  std::vector<double> gradient(theta.size());
  model.value_and_gradient(x, theta, gradient);
  return gradient;
}

/// (J'J)^-1 of the model at the points x.
inline Matrix inverse_information(const curve::Model& model, std::span<const double> theta, std::span<const double> x) {
  Matrix information(theta.size(), std::vector<long double>(theta.size()));
  for (const double at : x) {
    const auto g = gradient_at(model, theta, at);
    for (std::size_t p = 0; p < g.size(); ++p)
      for (std::size_t q = 0; q < g.size(); ++q) information[p][q] += static_cast<long double>(g[p]) * g[q];
  }
  return inverse(information);
}

/// sqrt(g' M g).
inline double length(std::span<const double> g, const Matrix& m) {
  long double sum = 0;
  for (std::size_t p = 0; p < g.size(); ++p)
    for (std::size_t q = 0; q < g.size(); ++q) sum += g[p] * m[p][q] * g[q];
  return static_cast<double>(std::sqrt(sum));
}

}  // namespace ogive::fit_test
