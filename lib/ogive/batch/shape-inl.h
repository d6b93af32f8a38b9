// SPDX-License-Identifier: MIT
// The shapes in lanes. A shape is evaluated in two passes: the first keeps what the second needs to give slope and curvature
// without another exponential.
//
//   first(z, &s, &extra)          s = f(z); extra only where kStored = 2
//   second(s, extra, L, &p, &q)   p = L f'(z), q = f''(z) / f'(z)
#if defined(OGIVE_BATCH_SHAPE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_SHAPE_INL_H_
#undef OGIVE_BATCH_SHAPE_INL_H_
#else
#define OGIVE_BATCH_SHAPE_INL_H_
#endif

#include "ogive/batch/exp-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

// f = 1 / (1 + e^-z)
struct LogisticLanes {
  static constexpr bool symmetric = true;
  static constexpr std::size_t kStored = 1;
  template <class T>
  static HWY_INLINE void first(Vec<T> z, Vec<T>& s, Vec<T>&) {
    s = reciprocal<T>(hn::Add(set<T>(1), exp<T>(clamp_exponent<T>(hn::Neg(z)))));
  }
  template <class T>
  static HWY_INLINE void second(Vec<T> s, Vec<T>, Vec<T> L, Vec<T>& p, Vec<T>& q) {
    const auto Ls = hn::Mul(L, s);
    p = hn::NegMulAdd(Ls, s, Ls);
    q = hn::NegMulAdd(set<T>(2), s, set<T>(1));
  }
};

// f = exp(-e^-z). Below z = -6 (float32: -4.3) it is held at a number so small that it is 0 beside everything else.
struct GompertzLanes {
  static constexpr bool symmetric = false;
  static constexpr std::size_t kStored = 2;
  template <class T>
  static HWY_INLINE void first(Vec<T> z, Vec<T>& s, Vec<T>& w) {
    w = hn::Min(exp<T>(clamp_exponent<T>(hn::Neg(z))), set<T>(is_double<T> ? 400 : 75));
    s = exp<T>(hn::Neg(w));
  }
  template <class T>
  static HWY_INLINE void second(Vec<T> s, Vec<T> w, Vec<T> L, Vec<T>& p, Vec<T>& q) {
    p = hn::Mul(hn::Mul(L, w), s);
    q = hn::Sub(w, set<T>(1));
  }
};

// f = e^z: what a sigmoid tends to when its midpoint runs away.
struct ExponentialLanes {
  static constexpr bool symmetric = false;
  static constexpr std::size_t kStored = 1;
  template <class T>
  static HWY_INLINE void first(Vec<T> z, Vec<T>& s, Vec<T>&) {
    s = exp<T>(clamp_exponent<T>(z));
  }
  template <class T>
  static HWY_INLINE void second(Vec<T> s, Vec<T>, Vec<T> L, Vec<T>& p, Vec<T>& q) {
    p = hn::Mul(L, s);
    q = set<T>(1);
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
