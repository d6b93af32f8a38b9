// SPDX-License-Identifier: MIT
// 1 / (1 + exp(-x)) with SLEEF's exp of 1 ulp: in float32, in float64, and for float32 through float64 with one rounding.
// Elements left over at the end go through the same vector code.
#include <immintrin.h>
#include <sleef.h>

#include <algorithm>
#include <cstddef>

#include "sigmoid_peer.h"

namespace {

// The compiler's vectors: arithmetic and conversions need no intrinsics.
#if defined(__AVX512F__)
using Floats = __m512;
using Doubles = __m512d;
using HalfFloats = __m256;
Floats exp(Floats x) { return Sleef_expf16_u10(x); }
Doubles exp(Doubles x) { return Sleef_expd8_u10(x); }
#elif defined(__AVX2__)
using Floats = __m256;
using Doubles = __m256d;
using HalfFloats = __m128;
Floats exp(Floats x) { return Sleef_expf8_u10(x); }
Doubles exp(Doubles x) { return Sleef_expd4_u10(x); }
#else
#error "this peer is written for AVX2 and AVX-512"
#endif
Doubles widen(HalfFloats x) { return __builtin_convertvector(x, Doubles); }
HalfFloats narrow(Doubles x) { return __builtin_convertvector(x, HalfFloats); }

struct InFloat {
  Floats operator()(Floats x) const { return 1.0f / (1.0f + exp(-x)); }
};
struct InDouble {
  Doubles operator()(Doubles x) const { return 1.0 / (1.0 + exp(-x)); }
};
struct ThroughDouble {
  HalfFloats operator()(HalfFloats x) const { return narrow(1.0 / (1.0 + exp(-widen(x)))); }
};

template <class Vector, class T, class Function>
void for_each_vector(const T* x, T* y, std::size_t n, Function function) {
  constexpr std::size_t lanes = sizeof(Vector) / sizeof(T);
  const auto at = [&](const T* from, T* to) {
    Vector v;
    __builtin_memcpy(&v, from, sizeof v);
    v = function(v);
    __builtin_memcpy(to, &v, sizeof v);
  };
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) at(x + i, y + i);
  if (i == n) return;
  T rest[lanes] = {};
  std::copy(x + i, x + n, rest);
  at(rest, rest);
  std::copy(rest, rest + (n - i), y + i);
}

}  // namespace

OGIVE_PEER sleef_float32(const float* x, float* y, std::size_t n) { for_each_vector<Floats>(x, y, n, InFloat{}); }
OGIVE_PEER sleef_float64(const double* x, double* y, std::size_t n) { for_each_vector<Doubles>(x, y, n, InDouble{}); }
OGIVE_PEER sleef_through_double_float32(const float* x, float* y, std::size_t n) {
  for_each_vector<HalfFloats>(x, y, n, ThroughDouble{});
}
