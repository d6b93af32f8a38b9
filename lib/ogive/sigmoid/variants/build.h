// SPDX-License-Identifier: MIT
#pragma once

// How a formula becomes the array functions of a Variant. Private to the catalogue.
//
// A formula is a struct with one static template `at`, written once for all types:
//
//     struct Textbook {
//       template <class T>
//       OGIVE_FORMULA static T at(T x) { return T(1) / (T(1) + exp(-x)); }
//     };
//
// Three ways lead from it to an array function:
//
//     over<F, float>          each element by itself, in its own type
//     through_float<F, H>     a 16-bit type: widened, computed in float32, rounded once
//     stepwise<F, H>          a 16-bit type: every operation rounded to that type, as native 16-bit arithmetic does
//
// A formula with a quicker way to the same bits for 0 < x < far_below says so: `static float at_small(float x)`. A formula with
// pieces where it does not change says so: `static bool flat(float low, float high)` is true where every x from low to high has the
// result of both.
//
// Elements are independent, so a result does not depend on its place in the buffer. The loops are compiled twice, for the baseline
// and for AVX2 with FMA, and the machine chooses; no product is fused that the formula does not fuse (-ffp-contract=off), so both
// give the same bits, and std::fma means fma on both.

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "ogive/base/float_types.h"
#include "ogive/sigmoid/variant.h"
#include "ogive/sigmoid/variants/far.h"

// A formula is part of the loop that calls it, so that it is compiled for the instruction set of that loop.
#define OGIVE_FORMULA [[gnu::always_inline]] inline

namespace ogive::sigmoid::variants {

#if defined(__x86_64__)
#define OGIVE_HAS_WIDE_LOOPS 1
/// Whether this machine runs the loops compiled for AVX2 with FMA.
bool has_wide_loops();
#endif

/// The numbers by size, as integers: NaNs are beyond the infinities. Its own inverse.
[[gnu::always_inline]] inline std::int32_t ordered(std::int32_t bits) { return bits ^ (bits >> 31 & 0x7fffffff); }

/// Whether F has one result over the whole block: its inputs are in order, and F::flat says so of the least and the greatest.
/// Integers are compared, as no compiler makes vector code of the least of floats.
template <class F>
[[gnu::always_inline]] inline bool is_flat(const float* x, std::size_t n) {
  std::int32_t least = ordered(std::bit_cast<std::int32_t>(x[0])), greatest = least;
  for (std::size_t i = 0; i < n; ++i) {
    const std::int32_t here = ordered(std::bit_cast<std::int32_t>(x[i]));
    least = here < least ? here : least;
    greatest = here > greatest ? here : greatest;
  }
  constexpr std::int32_t infinity = 0x7f800000;
  if (greatest > infinity || least < ordered(infinity | INT32_MIN)) return false;
  return F::flat(std::bit_cast<float>(ordered(least)), std::bit_cast<float>(ordered(greatest)));
}

/// One block by the quickest of the ways that give the same bits.
template <class F>
[[gnu::always_inline]] inline void each_of_block(const float* x, float* y, std::size_t n) {
  if constexpr (requires { F::flat(0.0F, 0.0F); }) {
    if (is_flat<F>(x, n)) {
      const float value = F::at(x[0]);
      for (std::size_t i = 0; i < n; ++i) y[i] = value;
      return;
    }
  }
  constexpr bool limits_at_far = requires { F::limits_at_far; };
  constexpr bool nan_outside_unit = requires { F::nan_outside_unit; };
  if constexpr (nan_outside_unit) {
    if (all_outside_alike(x, n)) {
      const float value = F::at(Far(x[0])).value;
      for (std::size_t i = 0; i < n; ++i) y[i] = value;
      return;
    }
  }
  if constexpr (requires { F::at_small(0.0F); }) {
    if (all_small(x, n)) {
      for (std::size_t i = 0; i < n; ++i) y[i] = F::at_small(x[i]);
      return;
    }
  }
  if constexpr (limits_at_far || nan_outside_unit) {
    if (limits_at_far ? all_far(x, n) : all_outside_unit(x, n)) {
      for (std::size_t i = 0; i < n; ++i) y[i] = F::at(Far(x[i])).value;
      return;
    }
  }
  if constexpr (requires { F::repeats; }) {
    for (std::size_t i = 0; i < n; ++i) y[i] = F::at(Repeated(x[i])).value;
  } else {
    for (std::size_t i = 0; i < n; ++i) y[i] = F::at(x[i]);
  }
}

/// Element by element; a float32 formula with short cuts, block by block.
template <class F, class T>
[[gnu::always_inline]] inline void each(const T* x, T* y, std::size_t n) {
  if constexpr (std::is_same_v<T, float> &&
                (
                    requires { F::limits_at_far; } || requires { F::nan_outside_unit; } || requires { F::flat(0.0F, 0.0F); })) {
    constexpr std::size_t block = 128;
    for (std::size_t done = 0; done < n; done += block) each_of_block<F>(x + done, y + done, n - done < block ? n - done : block);
  } else {
    for (std::size_t i = 0; i < n; ++i) y[i] = F::at(x[i]);
  }
}

template <class F, class T>
void plain_loop(const T* x, T* y, std::size_t n) {
  each<F>(x, y, n);
}

#ifdef OGIVE_HAS_WIDE_LOOPS
template <class F, class T>
[[gnu::target("avx2,fma")]] void wide_loop(const T* x, T* y, std::size_t n) {
  each<F>(x, y, n);
}
#endif

/// y[i] = F::at(x[i]).
template <class F, class T>
void over(const T* x, T* y, std::size_t n) {
#ifdef OGIVE_HAS_WIDE_LOOPS
  if (has_wide_loops()) return wide_loop<F>(x, y, n);
#endif
  plain_loop<F>(x, y, n);
}

inline void narrow(float x, float16& y) { y = to_float16(x); }
inline void narrow(float x, bfloat16& y) { y = to_bfloat16(x); }

/// y[i] = F::at(x[i]), computed in float32 and rounded once. By blocks that fit the cache.
template <class F, class Half>
void through_float(const Half* x, Half* y, std::size_t n) {
  constexpr std::size_t block = 256;
  float wide[block];
  for (std::size_t done = 0; done < n; done += block) {
    const std::size_t count = n - done < block ? n - done : block;
    for (std::size_t i = 0; i < count; ++i) wide[i] = to_float(x[done + i]);
    over<F>(wide, wide, count);
    for (std::size_t i = 0; i < count; ++i) narrow(wide[i], y[done + i]);
  }
}

/// A 16-bit number in arithmetic of its own: every operation is done in float32 and rounded. For +, -, * and / that is what native
/// arithmetic gives, because 24 bits are at least 2 * 11 + 2 (Figueroa, SIGNUM Newsletter 30(3), 1995).
template <class Half>
struct Stepwise {
  float value;

  explicit Stepwise(float x) {
    Half rounded;
    narrow(x, rounded);
    value = to_float(rounded);
  }
  friend Stepwise operator+(Stepwise a, Stepwise b) { return Stepwise(a.value + b.value); }
  friend Stepwise operator-(Stepwise a, Stepwise b) { return Stepwise(a.value - b.value); }
  friend Stepwise operator*(Stepwise a, Stepwise b) { return Stepwise(a.value * b.value); }
  friend Stepwise operator/(Stepwise a, Stepwise b) { return Stepwise(a.value / b.value); }
  friend Stepwise operator-(Stepwise a) { return Stepwise(-a.value); }
  friend bool operator>=(Stepwise a, Stepwise b) { return a.value >= b.value; }
  friend bool operator<(Stepwise a, Stepwise b) { return a.value < b.value; }
  friend Stepwise exp(Stepwise a) { return Stepwise(std::exp(a.value)); }
  friend Stepwise tanh(Stepwise a) { return Stepwise(std::tanh(a.value)); }
  friend Stepwise log(Stepwise a) { return Stepwise(std::log(a.value)); }
};

/// y[i] = F::at(x[i]) with every operation rounded to the 16-bit type.
template <class F, class Half>
void stepwise(const Half* x, Half* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) narrow(F::at(Stepwise<Half>(to_float(x[i]))).value, y[i]);
}

/// The variant with F in the types that have arithmetic; in those of 16 bits through float32.
template <class F>
Variant in_all_types(Variant v) {
  v.float16 = through_float<F, float16>;
  v.bfloat16 = through_float<F, bfloat16>;
  v.float32 = over<F, float>;
  v.float64 = over<F, double>;
  return v;
}

/// The variant with F in float32, and in the types of 16 bits through it.
template <class F>
Variant up_to_float32(Variant v) {
  v.float16 = through_float<F, float16>;
  v.bfloat16 = through_float<F, bfloat16>;
  v.float32 = over<F, float>;
  return v;
}

/// The variant with F in the types of 16 bits only, every operation rounded.
template <class F>
Variant in_16_bits_stepwise(Variant v) {
  v.float16 = stepwise<F, float16>;
  v.bfloat16 = stepwise<F, bfloat16>;
  return v;
}

// The parts of the catalogue, one a file, in the order in which they are listed.
std::vector<Variant> own();
std::vector<Variant> exact_forms();
std::vector<Variant> stepwise_forms();
std::vector<Variant> libraries();
std::vector<Variant> rationals();
std::vector<Variant> algebraic();
std::vector<Variant> piecewise();
std::vector<Variant> tables();
std::vector<Variant> polynomials();
std::vector<Variant> exp_tricks();
std::vector<Variant> kin();

}  // namespace ogive::sigmoid::variants
