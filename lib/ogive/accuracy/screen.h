// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The inner loops of the sweep: the truth in double, to better than 2^-50 relative, and what is asked of each result. Whatever
/// lies closer to a boundary than that is left to MPFR by the caller.
///
/// The loops are compiled once for each instruction set from screen-inl.h. They add and multiply, each with one rounding, in a
/// fixed number of lanes, so every instruction set gives the same bits.
///
/// Arrays: `n` is a multiple of `lanes`; the caller pads.

#include <cstddef>
#include <cstdint>

#include "ogive/accuracy/format.h"
#include "ogive/sigmoid/variant.h"

namespace ogive::accuracy {

inline constexpr std::size_t lanes = 8;

/// The bound on the relative error of Screen::truth, asserted by its test.
inline constexpr double truth_error = 0x1p-50;

/// An error (in ulp) this close to a power of two, relative to it, is decided by MPFR: 8 times truth_error in float32's ulp.
inline constexpr double near = 0x1p-23;
inline constexpr double near_low = 0.4, near_high = 80;  ///< where that is done; beyond, classes are by the double

/// What errors() sees in a block.
struct Sight {
  bool is_near = false;        ///< some error is near a boundary between classes
  bool is_not_finite = false;  ///< some error is NaN or infinite
};

/// What total() finds in a block.
struct Total {
  double max_ulp, max_absolute, max_relative;
  double sum, sum_squared;
  std::uint64_t above[4];  ///< errors above 1/2, 1, 2, 4 ulp
};

/// What look() sees in a block.
struct Look {
  bool out_of_range, zero, breaks;
};

/// One set of loops.
struct Screen {
  const char* name;
  void (*fill)(float* x, std::uint32_t first, std::size_t n);  ///< the numbers of the bits first, first + 1, ...
  void (*truth)(sigmoid::Target target, const float* x, double* s, std::size_t n);
  /// absolute = |y - s|, error = absolute / ulp(s)
  Sight (*errors)(const double* s, const float* y, FloatFormat format, double* absolute, double* error, std::size_t n);
  Total (*total)(const double* s, const double* absolute, const double* error, std::size_t n);
  /// Any y outside [low, high], equal to 0, or (y[i + 1] - y[i]) of the sign of -direction; any n.
  Look (*look)(const float* y, std::size_t n, float low, float high, float direction);
  bool (*all_equal)(const float* y, std::size_t n, float value);  ///< as numbers; any n
  bool (*same)(const float* a, const float* b, std::size_t n);    ///< as numbers; any n
  double (*max_defect)(const float* a, const float* b, double factor, double constant,
                       std::size_t n);  ///< |a + factor b - constant|
};

/// The best set that this machine can run.
const Screen& screen();

/// Every set that this machine can run, the plain one first; for the test that they agree.
const Screen* screen_set(std::size_t index);  ///< nullptr past the end

}  // namespace ogive::accuracy
