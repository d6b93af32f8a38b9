// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The logistic function of an input brought to mean 0 and deviation 1 ("softmax scaling" of a feature).
///
///     y_i = s((x_i - mean) / deviation)
///
///     deviation^2 = sum (x_i - mean)^2 / n         of a population: the input is all there is
///                   sum (x_i - mean)^2 / (n - 1)   of a sample from more; R's sd()
///
/// Libraries differ in which of the two they mean, so here it must be said.
///
/// @code
///   const std::array<double, 4> x = {1, 2, 3, 4};
///   std::array<double, 4> y;
///   ogive::sigmoid::normalised_logistic<double>(x, y, ogive::sigmoid::Deviation::sample);
/// @endcode

#include <cassert>
#include <cmath>
#include <cstddef>
#include <span>

#include "ogive/sigmoid/logistic.h"

namespace ogive::sigmoid {

/// Which standard deviation an input is divided by.
enum class Deviation {
  population,  ///< the root of the mean square
  sample       ///< the root of the sum of squares over n - 1
};

/// y_i = s((x_i - mean) / deviation).
///
/// An input without spread, one value included, gives 1/2 everywhere. A NaN or an infinity makes everything NaN.
///
/// @param x          finite values whose sum is finite; their differences may be as small or as large as they like
/// @param y          as many; may be the same memory as x
/// @param deviation  which deviation is meant
/// @par Error claims::scalar::normalised_float32, claims::scalar::normalised_float64, in ulp of 1 (absolute), for up to 1000 values
///      whose mean is of the order of their deviation.
template <class T>
void normalised_logistic(std::span<const T> x, std::span<T> y, Deviation deviation) {
  using std::sqrt;
  assert(x.size() == y.size());
  if (x.empty()) return;
  const T n = T(static_cast<double>(x.size()));
  T mean = T(0), correction = T(0), reach = T(0), squares = T(0);
  for (const T& value : x) mean += value;
  mean /= n;
  for (const T& value : x) correction += value - mean;  // what rounding left over
  mean += correction / n;
  for (std::size_t i = 0; i < x.size(); ++i) {
    y[i] = x[i] - mean;
    T size = y[i];
    if (size < T(0)) size = -size;
    if (!(size <= reach)) reach = size;  // takes a NaN, too; it stays because no comparison with it holds ...
    if (reach != reach) break;
  }
  if (reach != reach || reach - reach != T(0)) {  // ... and an infinity has no mean
    for (T& value : y) value = reach - reach;
    return;
  }
  if (reach == T(0)) {
    for (T& value : y) value = T(0.5);
    return;
  }
  // Squares of numbers in [-1, 1] neither overflow nor vanish together.
  for (T& value : y) {
    value /= reach;
    squares += value * value;
  }
  const T spread = sqrt(T(squares / (deviation == Deviation::population ? n : T(n - T(1)))));
  for (T& value : y) value = logistic(T(value / spread));
}

}  // namespace ogive::sigmoid
