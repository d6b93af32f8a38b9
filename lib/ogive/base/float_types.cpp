// SPDX-License-Identifier: MIT
#include "ogive/base/float_types.h"

#include <bit>

namespace ogive {
namespace {

/// A quotient by 2^shift, rounded to nearest, ties to even. Requires 1 <= shift <= 31.
constexpr std::uint32_t shift_right_to_nearest(std::uint32_t x, unsigned shift) {
  const std::uint32_t half = std::uint32_t{1} << (shift - 1);
  const std::uint32_t odd = (x >> shift) & 1U;
  return (x + (half - 1) + odd) >> shift;
}

constexpr std::uint32_t sign_bit = 0x80000000U;
constexpr std::uint32_t float_infinity = 0x7f800000U;

}  // namespace

std::string_view to_string(FloatType type) {
  switch (type) {
    case FloatType::float16:
      return "float16";
    case FloatType::bfloat16:
      return "bfloat16";
    case FloatType::float32:
      return "float32";
    case FloatType::float64:
      return "float64";
  }
  return "";
}

float to_float(float16 x) {
  const std::uint32_t sign = std::uint32_t{x.bits & 0x8000U} << 16;
  const std::uint32_t magnitude = x.bits & 0x7fffU;
  if (magnitude >= 0x7c00U) {  // infinity and NaN; the 10 bits of a NaN's payload stay on top
    return std::bit_cast<float>(sign | float_infinity | (magnitude & 0x3ffU) << 13);
  }
  if (magnitude < 0x0400U) {  // 0 and subnormal: a multiple of 2^-24, which a float holds exactly
    const float value = static_cast<float>(magnitude) * 0x1p-24f;
    return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(value));
  }
  return std::bit_cast<float>(sign | ((magnitude << 13) + ((127U - 15U) << 23)));
}

float to_float(bfloat16 x) { return std::bit_cast<float>(std::uint32_t{x.bits} << 16); }

float16 to_float16(float x) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t magnitude = bits & ~sign_bit;
  const auto with_sign = [&](std::uint32_t result) {
    return float16{static_cast<std::uint16_t>((bits & sign_bit) >> 16 | result)};
  };
  if (magnitude > float_infinity) return with_sign(0x7e00U | (magnitude >> 13 & 0x3ffU));
  if (magnitude >= 0x47800000U) return with_sign(0x7c00U);  // 2^16 and above; 65520 to 2^16 overflows in the rounding below
  if (magnitude >= 0x38800000U) {                           // a normal result: 2^-14 and above
    return with_sign(shift_right_to_nearest(magnitude - ((127U - 15U) << 23), 13));
  }
  const std::uint32_t exponent = magnitude >> 23;
  if (exponent < 127 - 25) return with_sign(0);  // below 2^-25, half of the least subnormal
  // A subnormal result is a multiple of 2^-24: shift the significand until its last bit is worth that.
  const std::uint32_t significand = (magnitude & 0x7fffffU) | 0x800000U;
  return with_sign(shift_right_to_nearest(significand, 126 - exponent));
}

bfloat16 to_bfloat16(float x) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
  if ((bits & ~sign_bit) > float_infinity)
    return {static_cast<std::uint16_t>(bits >> 16 | 0x40U)};  // quiet; the payload's top stays
  return {static_cast<std::uint16_t>(shift_right_to_nearest(bits, 16))};
}

}  // namespace ogive
