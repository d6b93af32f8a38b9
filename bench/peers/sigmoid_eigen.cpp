// SPDX-License-Identifier: MIT
// Eigen's logistic(), compiled for this machine.
#include <Eigen/Core>
#include <cstddef>

#include "sigmoid_peer.h"

namespace {

template <class T>
void logistic(const T* x, T* y, std::size_t n) {
  using Array = Eigen::Array<T, Eigen::Dynamic, 1>;
  const auto size = static_cast<Eigen::Index>(n);
  Eigen::Map<Array>(y, size) = Eigen::Map<const Array>(x, size).logistic();
}

}  // namespace

OGIVE_PEER eigen_float32(const float* x, float* y, std::size_t n) { logistic(x, y, n); }
OGIVE_PEER eigen_float64(const double* x, double* y, std::size_t n) { logistic(x, y, n); }
