// SPDX-License-Identifier: MIT
#pragma once

// Comparison of computed with expected numbers.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace within {

/// |got - expected| / |expected|; 0 where they are equal, infinite where only one of them is 0 or anything is NaN. Expected numbers
/// below the least subnormal stand for 0.
inline double relative(double got, double expected) {
  if (got == expected) return 0;
  const double difference = std::abs(got - expected) / std::abs(expected);
  return std::isfinite(difference) ? difference : std::numeric_limits<double>::infinity();
}

/// The largest of them; infinite where the lengths differ or there is nothing.
inline double worst(std::span<const double> got, std::span<const double> expected) {
  if (got.size() != expected.size() || got.empty()) return std::numeric_limits<double>::infinity();
  double largest = 0;
  for (std::size_t i = 0; i < got.size(); ++i) largest = std::max(largest, relative(got[i], expected[i]));
  return largest;
}

/// Values exact to the cases' own tolerances.
constexpr double activations = 1e-15;
constexpr double losses = 1e-14;

}  // namespace within
