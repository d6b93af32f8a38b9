// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The instruction sets that the array kernels are compiled for, and a way to run a chosen one, so that each can be certified.
///
/// @code
///   #include "ogive/sigmoid/kernels.h"
///
///   const std::array<float, 3> x = {-1, 0, 1};
///   std::array<float, 3> y;
///   for (const std::string& name : ogive::sigmoid::supported_targets()) {
///     const ogive::sigmoid::WithTarget target(name);
///     ogive::sigmoid::logistic_cr(x.data(), y.data(), x.size());  // runs on that instruction set
///   }
/// @endcode

#include <string>
#include <string_view>
#include <vector>

namespace ogive::sigmoid {

/// The instruction sets that are compiled in and that this processor has, the best first; for example "AVX3", "AVX2", "SSE4",
/// "SSSE3", "SCALAR".
std::vector<std::string> supported_targets();

/// While it lives, all array kernels run on the instruction set of that name. The choice is global to the process: make it while no
/// kernel runs, and do not nest two of them.
class WithTarget {
 public:
  explicit WithTarget(std::string_view name);  ///< @throws InputError when `name` is not one of supported_targets()
  ~WithTarget();
  WithTarget(const WithTarget&) = delete;
  WithTarget& operator=(const WithTarget&) = delete;
};

}  // namespace ogive::sigmoid
