// SPDX-License-Identifier: MIT
// What is kept of an optimum: L, mean and F there, and the variances of the parameters over sigma^2.
//
// With G the reduced Gauss-Newton matrix over (phi, k), C = G^-1 is the covariance of (phi, k). L and b are linear in the rest:
//
//   var L = 1/Q + P'CP / Q^2
//   var b = 1/W + mean^2/Q + v'Cv,    v = S / W - (mean / Q) P
//   x0 = -phi / k:  var x0 = (C_00 + 2 (x0) C_01 + x0^2 C_11) / k^2
#if defined(OGIVE_BATCH_FINISH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_FINISH_INL_H_
#undef OGIVE_BATCH_FINISH_INL_H_
#else
#define OGIVE_BATCH_FINISH_INL_H_
#endif

#include "ogive/batch/evaluate-inl.h"
#include "ogive/batch/state.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

// b = -L mean. Where a curve with L < 0 is reported as (-k, -a, -L, b + L), that b is -L (mean - 1).
template <class P, class T>
HWY_INLINE Vec<T> reported_mean(const Linear<T>& linear) {
  if constexpr (!P::kOneSided) return linear.mean;
  return hn::Sub(linear.mean, hn::IfThenElseZero(hn::Lt(linear.L, hn::Zero(Tag<T>())), set<T>(1)));
}

template <class T>
struct Variances {
  Vec<T> L, x0, k, b;
};

template <class P, class T>
HWY_INLINE Variances<T> variances(const LanePoints<T>& points, Vec<T> k, Vec<T> a, const Derivatives<T>& d) {
  const auto one = set<T>(1);
  const auto det = hn::NegMulAdd(d.J01, d.J01, hn::Mul(d.J00, d.J11));
  const auto inverse = hn::Div(one, det);
  const auto c00 = hn::Mul(d.J11, inverse), c01 = hn::Neg(hn::Mul(d.J01, inverse)), c11 = hn::Mul(d.J00, inverse);
  const auto quadratic = [&](Vec<T> v0, Vec<T> v1) HWY_ATTR {
    return hn::MulAdd(hn::Mul(v0, v0), c00, hn::MulAdd(hn::Mul(v1, v1), c11, hn::Mul(set<T>(2), hn::Mul(v0, hn::Mul(v1, c01)))));
  };
  const auto inverse_Q = hn::Div(one, d.linear.Q);
  Variances<T> v;
  v.k = c11;
  v.x0 = [&]() HWY_ATTR {
    const auto inverse_k = hn::Div(one, k);
    return quadratic(inverse_k, hn::Mul(hn::Mul(a, inverse_k), inverse_k));
  }();
  v.L = hn::Add(inverse_Q, quadratic(hn::Mul(d.P0, inverse_Q), hn::Mul(d.P1, inverse_Q)));
  if constexpr (P::kFreesB) {
    const auto level = reported_mean<P, T>(d.linear);
    const auto share = hn::Mul(level, inverse_Q);
    const auto v0 = hn::NegMulAdd(share, d.P0, hn::Mul(d.S0, points.inverse_total));
    const auto v1 = hn::NegMulAdd(share, d.P1, hn::Mul(d.S1, points.inverse_total));
    v.b = hn::Add(hn::MulAdd(level, share, points.inverse_total), quadratic(v0, v1));
  } else {
    v.b = hn::Zero(Tag<T>());
  }
  return v;
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
