// SPDX-License-Identifier: MIT
#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {
namespace {

/// The compiler must not compute what libm is asked for.
float opaque(float x) {
  volatile float hidden = x;
  return hidden;
}

}  // namespace

const FarValues far_values = {std::log(opaque(2)), std::log(opaque(0.5F)), std::log1p(opaque(1)), std::exp(-std::log1p(opaque(1)))};

#ifdef OGIVE_HAS_WIDE_LOOPS
bool has_wide_loops() {
  static const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return has;
}
#endif

}  // namespace ogive::sigmoid::variants
