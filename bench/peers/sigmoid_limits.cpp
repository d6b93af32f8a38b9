// SPDX-License-Identifier: MIT
// What nothing that reads x and writes y can beat from memory: the copy, by the library (which writes past the cache where the
// array is large) and by a plain loop; and the cheapest of all sigmoids, compiled for this machine.
#include <algorithm>
#include <cstddef>
#include <cstring>

#include "sigmoid_peer.h"

OGIVE_PEER copy_float32(const float* x, float* y, std::size_t n) { std::memcpy(y, x, n * sizeof(float)); }
OGIVE_PEER copy_float64(const double* x, double* y, std::size_t n) { std::memcpy(y, x, n * sizeof(double)); }

// The build says that this is not to become a call of memcpy.
OGIVE_PEER plain_copy_float32(const float* x, float* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = x[i];
}

OGIVE_PEER hard_float32(const float* x, float* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = std::max(0.0f, std::min(1.0f, x[i] * (1.0f / 6) + 0.5f));
}
