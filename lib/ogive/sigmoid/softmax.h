// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The logistic function of many classes, its logarithm, and the slopes of both.
///
///     softmax_i(x)     = e^(x_i) / sum_j e^(x_j)
///     log_softmax_i(x) = x_i - log sum_j e^(x_j)
///
/// With two classes, softmax_0 = s(x_0 - x_1). The largest entry m is taken out first, so that nothing overflows:
///
///     log sum_j e^(x_j) = m + log1p(sum of e^(x_j - m) over all j but one that is the largest)
///
/// The log1p keeps the log-probability of a class that is nearly certain: log_softmax_0(40, 0) is -4.2e-18, not 0.
///
/// Where the largest entry is infinite, the entries that share it share the probability; a NaN anywhere makes everything NaN.
///
/// @code
///   const std::array<double, 3> x = {1, 2, 3};
///   std::array<double, 3> y;
///   std::array<double, 9> slopes;
///   ogive::sigmoid::softmax<double>(x, y);                                     // 0.0900, 0.2447, 0.6652
///   ogive::sigmoid::softmax_jacobian<double>(y, slopes);  // row-major: d y_i / d x_j at 3 i + j
/// @endcode

#include <cassert>
#include <cmath>
#include <cstddef>
#include <span>

#include "ogive/sigmoid/scalar_claims.h"

namespace ogive::sigmoid {
namespace internal {

/// Where the largest entry stands (the first of equals; of a NaN, if there is one). Requires an entry.
template <class T>
std::size_t largest(std::span<const T> x) {
  std::size_t best = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (x[i] != x[i]) return i;
    if (x[i] > x[best]) best = i;
  }
  return best;
}

/// x - m, and 0 where they are equal, infinities included.
template <class T>
T distance_below(const T& x, const T& m) {
  if (x == m) return T(0);
  return x - m;
}

}  // namespace internal

/// softmax_i(x) for all i.
///
/// @param x  the logits, any values
/// @param y  the probabilities, as many; may be the same memory as x
/// @par Error claims::scalar::softmax_float32, claims::scalar::softmax_float64, for up to 16 classes and logits within 16 of each
///      other. The difference to the largest is rounded, so beyond that add |x_i - m| / 2 ulp; each doubling of the classes adds to
///      the sum.
template <class T>
void softmax(std::span<const T> x, std::span<T> y) {
  using std::exp;
  assert(x.size() == y.size());
  if (x.empty()) return;
  const T m = x[internal::largest(x)];
  T sum = T(0);
  for (std::size_t i = 0; i < x.size(); ++i) {
    y[i] = exp(internal::distance_below(x[i], m));
    sum += y[i];
  }
  for (T& value : y) value = value / sum;
}

/// log softmax_i(x) for all i.
///
/// @param x  the logits, any values
/// @param y  the log-probabilities, as many; may be the same memory as x
/// @par Error claims::scalar::log_softmax_float32, claims::scalar::log_softmax_float64, in the same case as softmax().
template <class T>
void log_softmax(std::span<const T> x, std::span<T> y) {
  using std::exp;
  using std::log1p;
  assert(x.size() == y.size());
  if (x.empty()) return;
  const std::size_t top = internal::largest(x);
  const T m = x[top];
  T others = T(0);
  for (std::size_t i = 0; i < x.size(); ++i)
    if (i != top) others += exp(internal::distance_below(x[i], m));
  const T log_sum = log1p(others);
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = internal::distance_below(x[i], m) - log_sum;
}

/// d softmax_i / d x_j = y_i (delta_ij - y_j), from the probabilities y.
///
/// On the diagonal, 1 - y_i is summed up from the other classes, which does not cancel when y_i is near 1.
///
/// @param y         the probabilities of softmax(), n of them
/// @param jacobian  n x n, row-major: the slope of y_i by x_j stands at n i + j; apart from y
template <class T>
void softmax_jacobian(std::span<const T> y, std::span<T> jacobian) {
  const std::size_t n = y.size();
  assert(jacobian.size() == n * n);
  for (std::size_t i = 0; i < n; ++i) {
    T others = T(0);
    for (std::size_t j = 0; j < n; ++j) {
      if (j == i) continue;
      others += y[j];
      jacobian[n * i + j] = -(y[i] * y[j]);
    }
    jacobian[n * i + i] = y[i] * others;
  }
}

/// d log_softmax_i / d x_j = delta_ij - y_j, from the probabilities y of softmax() (not their logarithms).
///
/// @param y         the probabilities of softmax(), n of them
/// @param jacobian  n x n, row-major; apart from y
template <class T>
void log_softmax_jacobian(std::span<const T> y, std::span<T> jacobian) {
  const std::size_t n = y.size();
  assert(jacobian.size() == n * n);
  for (std::size_t i = 0; i < n; ++i) {
    T others = T(0);
    for (std::size_t j = 0; j < n; ++j) {
      if (j == i) continue;
      others += y[j];
      jacobian[n * i + j] = -y[j];
    }
    jacobian[n * i + i] = others;
  }
}

}  // namespace ogive::sigmoid
