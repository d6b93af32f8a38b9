// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The four float types that Ogive measures and computes in, and the two of 16 bits that C++20 does not have.
///
///     type       bits of significand   least normal   least subnormal
///     float16    11                    2^-14          2^-24            (IEEE binary16)
///     bfloat16   8                     2^-126         2^-133           (the upper half of a float32)
///     float32    24                    2^-126         2^-149
///     float64    53                    2^-1022        2^-1074
///
/// float16 and bfloat16 are for storage: arithmetic goes through float32, with one rounding to nearest even at the end.
///
/// @code
///   const ogive::float16 h = ogive::to_float16(1.0f / 3);  // 0x3555
///   const float back = ogive::to_float(h);                 // 0.33325195
/// @endcode

#include <cstdint>
#include <string_view>

namespace ogive {

/// An IEEE binary16 number, by its bits.
struct float16 {
  std::uint16_t bits = 0;                              ///< sign, exponent and fraction, as in memory
  friend bool operator==(float16, float16) = default;  ///< of the bits: -0 is not 0, and a NaN equals itself
};

/// A bfloat16 number, by its bits.
struct bfloat16 {
  std::uint16_t bits = 0;                                ///< sign, exponent and fraction, as in memory
  friend bool operator==(bfloat16, bfloat16) = default;  ///< of the bits
};

/// The four types by name.
enum class FloatType { float16, bfloat16, float32, float64 };

std::string_view to_string(FloatType type);  ///< "float16", "bfloat16", "float32", "float64"

float to_float(float16 x);      ///< exact; a NaN stays a NaN
float to_float(bfloat16 x);     ///< exact
float16 to_float16(float x);    ///< to nearest even; overflow gives infinity, NaN a quiet NaN
bfloat16 to_bfloat16(float x);  ///< likewise

}  // namespace ogive
