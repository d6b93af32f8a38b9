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

const FarValues far_values = {.log_of_2 = std::log(opaque(2)),
                              .log_of_half = std::log(opaque(0.5F)),
                              .log1p_of_1 = std::log1p(opaque(1)),
                              .exp_of_minus_it = std::exp(-std::log1p(opaque(1))),
                              .log_of_minus_1 = std::log(opaque(-1)),
                              .log1p_of_minus_2 = std::log1p(opaque(-2))};

#ifdef OGIVE_HAS_WIDE_LOOPS
bool has_wide_loops() {
  static const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return has;
}
#endif

}  // namespace ogive::sigmoid::variants
