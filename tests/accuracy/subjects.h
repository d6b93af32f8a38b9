// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Functions to measure whose faults are known: ordinary ones, and good ones with one defect planted.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "ogive/accuracy/summary.h"
#include "ogive/base/float_types.h"

namespace subjects {

/// y = function(x) for each element, as an array function.
template <class T, T (*function)(T)>
void each(const T* x, T* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = function(x[i]);
}

inline float textbook(float x) { return 1 / (1 + std::exp(-x)); }
inline double textbook(double x) { return 1 / (1 + std::exp(-x)); }

inline float two_branch(float x) {
  if (x >= 0) return 1 / (1 + std::exp(-x));
  const float e = std::exp(x);
  return e / (1 + e);
}
inline double two_branch(double x) {
  if (x >= 0) return 1 / (1 + std::exp(-x));
  const double e = std::exp(x);
  return e / (1 + e);
}

/// Computed in double, rounded once. Not correctly rounded for some tiny x.
inline float double_inside(float x) { return static_cast<float>(two_branch(static_cast<double>(x))); }

/// Correctly rounded for |x| < 2^-12: s = 1/2 + x/4 - x^3/48, and a factor just below 1/4 lets the x^3 decide the ties.
inline float tiny_correct(float x) {
  if (std::fabs(x) >= 0x1p-15F) return double_inside(x);
  return static_cast<float>(static_cast<double>(x) * 0x1.ffffffep-3 + 0.5);
}

/// Keras's hard sigmoid.
inline float hard_fifth(float x) { return std::fmin(1.0F, std::fmax(0.0F, 0.2F * x + 0.5F)); }

/// PyTorch's hard sigmoid.
inline float hard_sixth(float x) { return std::fmin(1.0F, std::fmax(0.0F, x / 6 + 0.5F)); }

inline ogive::float16 half(ogive::float16 x) { return ogive::to_float16(double_inside(ogive::to_float(x))); }
inline ogive::bfloat16 brain(ogive::bfloat16 x) { return ogive::to_bfloat16(double_inside(ogive::to_float(x))); }

/// Where the defects below are planted.
constexpr float planted = -4.703125F;

inline float nan_once(float x) { return x == planted ? std::numeric_limits<float>::quiet_NaN() : double_inside(x); }
inline float infinite_once(float x) { return x == planted ? std::numeric_limits<float>::infinity() : double_inside(x); }
inline float above_one_once(float x) { return x == planted ? 1.5F : double_inside(x); }
inline float zero_once(float x) { return x == planted ? 0.0F : double_inside(x); }
/// One ulp above the correctly rounded result: there, results are apart from each other by less than that of the next input.
inline float one_ulp_once(float x) { return x == planted ? std::nextafter(double_inside(x), 1.0F) : double_inside(x); }
/// The result of an input 100 places below: a step down, and one up again.
inline float step_down_once(float x) {
  if (x != planted) return double_inside(x);
  float below = x;
  for (int i = 0; i < 100; ++i) below = std::nextafter(below, -100.0F);
  return double_inside(below);
}

/// Whole groups of 8 one way, what is left another: as vector code with a scalar tail.
inline void other_tail(const float* x, float* y, std::size_t n) {
  const std::size_t whole = n / 8 * 8;
  for (std::size_t i = 0; i < whole; ++i) y[i] = double_inside(x[i]);
  for (std::size_t i = whole; i < n; ++i) y[i] = textbook(x[i]);
}

/// Whether two summaries are the same to the last bit, NaN being equal to NaN.
inline bool same(double a, double b) { return a == b || (a != a && b != b); }
inline bool same(const ogive::accuracy::Worst& a, const ogive::accuracy::Worst& b) {
  return same(a.value, b.value) && same(a.x, b.x) && same(a.result, b.result);
}
inline bool same(const ogive::accuracy::Occurrence& a, const ogive::accuracy::Occurrence& b) {
  return a.count == b.count && same(a.first, b.first) && same(a.last, b.last);
}
inline bool same(const ogive::accuracy::ErrorSummary& a, const ogive::accuracy::ErrorSummary& b) {
  return a.inputs == b.inputs && same(a.ulp, b.ulp) && same(a.normal_ulp, b.normal_ulp) && same(a.absolute, b.absolute) &&
         same(a.relative, b.relative) && a.core_inputs == b.core_inputs && same(a.sum_ulp, b.sum_ulp) &&
         same(a.sum_squared_ulp, b.sum_squared_ulp) && a.histogram == b.histogram && same(a.nan, b.nan) &&
         same(a.infinite, b.infinite) && same(a.out_of_range, b.out_of_range) && same(a.flushed, b.flushed) &&
         same(a.lost_nan, b.lost_nan) && same(a.not_monotone, b.not_monotone) && same(a.drop, b.drop) &&
         same(a.asymmetry, b.asymmetry) && a.position_checked == b.position_checked &&
         same(a.position_dependent, b.position_dependent);
}

}  // namespace subjects
