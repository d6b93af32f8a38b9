// SPDX-License-Identifier: MIT
#include "ogive/sigmoid/variants/build.h"

#include <bit>
#include <cmath>
#include <cstdint>

namespace ogive::sigmoid::variants {
namespace {

/// The compiler must not compute what libm is asked for.
float opaque(float x) {
  volatile float hidden = x;
  return hidden;
}

}  // namespace

FarValues::FarValues()
    : log_of_2_(std::bit_cast<std::uint32_t>(std::log(opaque(2)))),
      log_of_half_(std::bit_cast<std::uint32_t>(std::log(opaque(0.5F)))),
      log1p_of_1_(std::bit_cast<std::uint32_t>(std::log1p(opaque(1)))),
      exp_of_minus_it_(std::bit_cast<std::uint32_t>(std::exp(-std::log1p(opaque(1))))),
      log_of_minus_1_(std::bit_cast<std::uint32_t>(std::log(opaque(-1)))),
      log1p_of_minus_2_(std::bit_cast<std::uint32_t>(std::log1p(opaque(-2)))) {}

const FarValues far_values;

float libm_log(float x) { return std::log(x); }
float libm_log1p(float x) { return std::log1p(x); }

#ifdef OGIVE_HAS_WIDE_LOOPS
bool has_wide_loops() {
  static const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return has;
}
#endif

}  // namespace ogive::sigmoid::variants
