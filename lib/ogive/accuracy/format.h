// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The shape of a float type that is chosen at run time. What "ulp" means is said in base/ulp.h.

#include <cstdint>

#include "ogive/base/ulp.h"

namespace ogive::accuracy {

constexpr FloatFormat format(FloatType type) {
  switch (type) {
    case FloatType::float16:
      return float_format<float16>;
    case FloatType::bfloat16:
      return float_format<bfloat16>;
    case FloatType::float32:
      return float_format<float>;
    case FloatType::float64:
      break;
  }
  return float_format<double>;
}

/// The bits of infinity in a type of at most 32 bits: below are the finite magnitudes, above the NaNs.
constexpr std::uint32_t infinity_bits(FloatType type) {
  return type == FloatType::float16 ? 0x7c00 : type == FloatType::bfloat16 ? 0x7f80 : 0x7f800000;
}

}  // namespace ogive::accuracy
