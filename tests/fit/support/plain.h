// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The fitter's parts once more, plainly: sums by loops in long double, minima by dense scans. Slow, and independent of the
/// derivations that the library uses.

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "ogive/fit/points.h"
#include "ogive/fit/reduced.h"

#ifdef __clang__
#pragma clang diagnostic ignored "-Wdouble-promotion"  // long double is meant here, and in the tests that include this
#endif

namespace ogive::fit_test {

using Real = long double;

struct Regression {
  Real rss = 0, L = 0, b = 0;
};

/// min over the free ones of L and b of sum w (y - b - L v)^2.
inline Regression regression(const fit::Points& points, const std::vector<Real>& v, fit::Eliminate eliminate, Real fixed_L = 1,
                             Real fixed_b = 0) {
  using fit::Eliminate;
  const std::size_t m = points.size();
  const bool free_L = eliminate == Eliminate::L_and_b || eliminate == Eliminate::L;
  const bool free_b = eliminate == Eliminate::L_and_b || eliminate == Eliminate::b;
  Real weight = 0, v_mean = 0, y_mean = 0;
  for (std::size_t j = 0; j < m; ++j) {
    weight += points.weight[j];
    v_mean += points.weight[j] * v[j];
    y_mean += points.weight[j] * points.y[j];
  }
  v_mean = free_b ? v_mean / weight : 0;
  y_mean = free_b ? y_mean / weight : fixed_b;
  Real vv = 0, vy = 0;
  for (std::size_t j = 0; j < m; ++j) {
    vv += points.weight[j] * (v[j] - v_mean) * (v[j] - v_mean);
    vy += points.weight[j] * (v[j] - v_mean) * (points.y[j] - y_mean);
  }
  Regression result;
  result.L = !free_L ? fixed_L : vv > 0 ? vy / vv : 0;
  result.b = free_b ? y_mean - result.L * v_mean : fixed_b;
  for (std::size_t j = 0; j < m; ++j)
    result.rss += points.weight[j] * std::pow(points.y[j] - y_mean - result.L * (v[j] - v_mean), 2);
  return result;
}

/// The logistic shape at the points.
inline std::vector<Real> logistic_at(const fit::Points& points, Real k, Real a) {
  std::vector<Real> v;
  for (const double u : points.u) v.push_back(1 / (1 + std::exp(a - k * u)));
  return v;
}

/// The least of f over [low, high], by a dense scan and golden sections about the best of its nodes.
template <class Function>
Real least(const Function& f, Real low, Real high, int nodes = 400) {
  const Real step = (high - low) / nodes;
  int best = 0;
  Real best_f = f(low);
  for (int i = 1; i <= nodes; ++i)
    if (const Real value = f(low + step * i); value < best_f) {
      best_f = value;
      best = i;
    }
  Real left = low + step * std::max(0, best - 1), right = low + step * std::min(nodes, best + 1);
  for (int i = 0; i < 60; ++i) {
    const Real p = right - 0.618L * (right - left), q = left + 0.618L * (right - left);
    const Real at_p = f(p), at_q = f(q);
    best_f = std::min({best_f, at_p, at_q});
    (at_p < at_q ? right : left) = at_p < at_q ? q : p;
  }
  return best_f;
}

/// The sum of squares of predictions.
template <class Predictions>
double rss_of(const Predictions& predictions, std::span<const double> y) {
  Real sum = 0;
  for (std::size_t i = 0; i < y.size(); ++i) sum += std::pow(static_cast<Real>(y[i]) - predictions[i].y, 2);
  return static_cast<double>(sum);
}

}  // namespace ogive::fit_test
