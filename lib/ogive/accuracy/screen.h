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

/// Some of the inputs of a chunk: how many, and the places of the first and the last of them (of no use where there are none).
struct Places {
  std::size_t count, first, last;
};

/// What steps() finds.
struct Steps {
  Places places;   ///< where the result is on the wrong side of the one before it
  double largest;  ///< by how much at most, as a double
};

/// Neighbours of one binade: the inputs a, a + h, a + 2 h, ... with one sign, where h is the ulp of a. There, one e^-a does for
/// all: e^-(a + i h) = e^-a - e^-a (1 - e^-(i h)), and the bracket, which is small, is the same for all chunks of the binade.
///
/// Let u = 2^-53. Where exp_first is within 1.01 u, `fall` within 8 u (all relative) and at most 2^-6, the subtrahend is off by
/// less than 10 u 2^-6 < u / 6 of the result, and e^-(a + i h) by less than 1.01 u + u + u / 5 < 2.3 u. The logistic function adds
/// two roundings: 4.3 u at most, less than half of truth_error. The derivative adds two for each of the two factors and the
/// quotient: 6.3 u. Softplus is no more sensitive to e^-a than e^-a itself, and the rest of it is as in truth().
struct Neighbours {
  double exp_first;    ///< e^-a
  const double* fall;  ///< 1 - e^-(i h)
  bool negative;       ///< whether the inputs are -a, -a - h, ...
  float first;         ///< a, or -a
  float step;          ///< h, or -h
};

/// What scan() finds in neighbours, all of whose true values are in one binade.
struct Scan {
  double max_difference;    ///< |y - s|
  double sum, sum_squared;  ///< of |y - s|; not finite where a result is not
  std::uint64_t above[4];   ///< errors above 1/2, 1, 2, 4 ulp
  bool is_near;             ///< some error is near a boundary between classes, or another power of two
  bool breaks;              ///< as in Look
};

/// One set of loops.
struct Screen {
  const char* name;
  void (*fill)(float* x, std::uint32_t first, std::size_t n);  ///< the numbers of the bits first, first + 1, ...
  void (*truth)(sigmoid::Target target, const float* x, double* s, std::size_t n);
  /// absolute = |y - s|, error = absolute / ulp(s)
  Sight (*errors)(const double* s, const float* y, FloatFormat format, double* absolute, double* error, std::size_t n);
  Total (*total)(const double* s, const double* absolute, const double* error, std::size_t n);
  /// Both in one pass.
  Sight (*errors_and_total)(const double* s, const float* y, FloatFormat format, double* absolute, double* error, std::size_t n,
                            Total* total);
  /// Any y outside [low, high], equal to 0, or (y[i + 1] - y[i]) of the sign of -direction; any n.
  Look (*look)(const float* y, std::size_t n, float low, float high, float direction);
  Places (*outside)(const float* y, std::size_t n, float low, float high);  ///< y < low or y > high; not padded, but readable
  Places (*zeros)(const float* y, std::size_t n);                           ///< y == 0; likewise
  Places (*numbers)(const float* y, std::size_t n);                         ///< y not NaN; likewise
  /// y[i] against y[i - 1], 1 <= i < n; not padded, but readable up to a multiple of lanes after n.
  Steps (*steps)(const float* y, std::size_t n, bool falls);
  std::uint64_t (*count_above)(const double* error, std::size_t n, double bound);  ///< errors > bound
  bool (*all_equal)(const float* y, std::size_t n, float value);                   ///< as numbers; any n
  bool (*same)(const float* a, const float* b, std::size_t n);                     ///< as numbers; any n
  double (*max_defect)(const float* a, const float* b, double factor, double constant,
                       std::size_t n);  ///< |a + factor b - constant|
  /// The truth at neighbours, and the results y held against it, in one pass.
  /// @param n  at least 1, not padded
  /// @param ulp  that of each true value
  /// @param falls  whether the results ought to fall from one input to the next
  Scan (*scan)(sigmoid::Target target, const Neighbours& x, const float* y, std::size_t n, double ulp, bool falls);
  /// The truth at neighbours, for the test of it.
  void (*truth_of_neighbours)(sigmoid::Target target, const Neighbours& x, double* s, std::size_t n);
};

/// The best set that this machine can run.
const Screen& screen();

/// Every set that this machine can run, the plain one first; for the test that they agree.
const Screen* screen_set(std::size_t index);  ///< nullptr past the end

}  // namespace ogive::accuracy
