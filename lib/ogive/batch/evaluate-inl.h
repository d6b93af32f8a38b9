// SPDX-License-Identifier: MIT
// The reduced objective in lanes: F at (k, a) and its derivatives, in two passes over the points.
//
//   F(k, phi) = min over the free ones of L and b of  sum w (y - b - L f(k u + phi))^2,   phi = -a
//
// The first pass gives L and b, the second all sums; what they mean is derived in fit/reduced.h. y is centred where b is free, so
// its mean is 0. Where the shape is symmetric callers keep a >= 0: f is then small at most points and mean and Q lose no digits.
#if defined(OGIVE_BATCH_EVALUATE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_EVALUATE_INL_H_
#undef OGIVE_BATCH_EVALUATE_INL_H_
#else
#define OGIVE_BATCH_EVALUATE_INL_H_
#endif

#include "ogive/batch/shape-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

// The points of as many curves as there are lanes: u[j * lanes + lane], likewise y and, where weights count, w.
template <class T>
struct LanePoints {
  const T* HWY_RESTRICT u = nullptr;
  const T* HWY_RESTRICT y = nullptr;
  const T* HWY_RESTRICT w = nullptr;
  T* HWY_RESTRICT scratch = nullptr;  // 2 m vectors
  std::size_t m = 0;
  Vec<T> inverse_total;  // 1 / sum of weights
};

// What is fitted: a shape, and whether b is free (L always is here), and whether points have weights.
template <class ShapeType, bool kFreeB, bool kWithWeights>
struct Problem {
  using Shape = ShapeType;
  static constexpr bool kFreesB = kFreeB;
  static constexpr bool kWeighted = kWithWeights;
  // (k, a, L, b) and (-k, -a, -L, b + L) are one curve: a >= 0 can be had.
  static constexpr bool kOneSided = Shape::symmetric && kFreeB;
};

template <class T>
struct Linear {
  Vec<T> L, mean, Q;  // level of b: b = -L mean, about the mean of y
};

// F and derivatives; index 0 is phi, 1 is k. g is minus half the gradient, J the Gauss-Newton matrix, N the exact Hessian (halved).
template <class T>
struct Derivatives {
  Linear<T> linear;
  Vec<T> F, g0, g1, J00, J01, J11, N00, N01, N11;
  Vec<T> S0, S1;      // sums of p and p u: where the rise is
  Vec<T> P0, P1;      // for standard errors
  Vec<T> transition;  // sum of f'
};

// First pass: the shape into scratch, and the regression of y on it.
template <class P, class T>
HWY_INLINE Linear<T> regress(const LanePoints<T>& points, Vec<T> k, Vec<T> a) {
  using S = typename P::Shape;
  constexpr std::size_t lanes = kLanes<T>;
  auto sum = hn::Zero(Tag<T>()), squares = sum, cross = sum;
  for (std::size_t j = 0; j < points.m; ++j) {
    const auto z = hn::MulSub(k, load<T>(points.u + j * lanes), a);
    Vec<T> s, extra;
    S::template first<T>(z, s, extra);
    store<T>(s, points.scratch + j * lanes);
    if constexpr (S::kStored == 2) store<T>(extra, points.scratch + (points.m + j) * lanes);
    const auto y = load<T>(points.y + j * lanes);
    const auto ws = P::kWeighted ? hn::Mul(load<T>(points.w + j * lanes), s) : s;
    if constexpr (P::kFreesB) sum = hn::Add(sum, ws);
    squares = hn::MulAdd(ws, s, squares);
    cross = hn::MulAdd(ws, y, cross);
  }
  Linear<T> linear;
  linear.mean = P::kFreesB ? hn::Mul(sum, points.inverse_total) : hn::Zero(Tag<T>());
  const auto Q = P::kFreesB ? hn::NegMulAdd(linear.mean, sum, squares) : squares;
  linear.Q = hn::Max(Q, hn::MulAdd(set<T>(is_double<T> ? 1e-14 : 1e-6), squares, set<T>(is_double<T> ? 1e-300 : 1e-35)));
  linear.L = hn::Div(cross, linear.Q);
  return linear;
}

// F alone, by the second pass without derivatives: no difference of large numbers.
template <class P, class T>
HWY_NOINLINE Vec<T> evaluate_value(const LanePoints<T>& points, Vec<T> k, Vec<T> a, Linear<T>* linear) {
  *linear = regress<P, T>(points, k, a);
  constexpr std::size_t lanes = kLanes<T>;
  auto F = hn::Zero(Tag<T>());
  for (std::size_t j = 0; j < points.m; ++j) {
    const auto s = load<T>(points.scratch + j * lanes);
    const auto r = hn::NegMulAdd(linear->L, hn::Sub(s, linear->mean), load<T>(points.y + j * lanes));
    const auto wr = P::kWeighted ? hn::Mul(load<T>(points.w + j * lanes), r) : r;
    F = hn::MulAdd(wr, r, F);
  }
  return F;
}

// F with its gradient and both matrices; without N where kNewton is false.
template <class P, bool kNewton, class T>
HWY_NOINLINE void evaluate(const LanePoints<T>& points, Vec<T> k, Vec<T> a, Derivatives<T>* out) {
  using S = typename P::Shape;
  constexpr std::size_t lanes = kLanes<T>;
  const Linear<T> linear = regress<P, T>(points, k, a);
  const auto L = linear.L, mean = linear.mean;
  const auto zero = hn::Zero(Tag<T>());
  auto F = zero, g0 = zero, g1 = zero, S0 = zero, S1 = zero, P0 = zero, P1 = zero;
  auto A00 = zero, A01 = zero, A11 = zero, T00 = zero, T01 = zero, T11 = zero;
  for (std::size_t j = 0; j < points.m; ++j) {
    const auto u = load<T>(points.u + j * lanes);
    const auto s = load<T>(points.scratch + j * lanes);
    const auto extra = S::kStored == 2 ? load<T>(points.scratch + (points.m + j) * lanes) : s;
    const auto c = P::kFreesB ? hn::Sub(s, mean) : s;
    const auto r = hn::NegMulAdd(L, c, load<T>(points.y + j * lanes));
    Vec<T> p, q;
    S::template second<T>(s, extra, L, p, q);
    const auto t = kNewton ? hn::NegMulAdd(q, r, p) : p;  // p (p - q r) = p^2 - r L f''
    if constexpr (P::kWeighted) {
      const auto w = load<T>(points.w + j * lanes);
      F = hn::MulAdd(hn::Mul(w, r), r, F);
      const auto slope = p;
      p = hn::Mul(w, p);
      const auto pu = hn::Mul(p, u);
      g0 = hn::MulAdd(p, r, g0);
      g1 = hn::MulAdd(pu, r, g1);
      S0 = hn::Add(S0, p);
      S1 = hn::Add(S1, pu);
      P0 = hn::MulAdd(p, c, P0);
      P1 = hn::MulAdd(pu, c, P1);
      const auto slope_u = hn::Mul(slope, u);
      A00 = hn::MulAdd(p, slope, A00);
      A01 = hn::MulAdd(pu, slope, A01);
      A11 = hn::MulAdd(pu, slope_u, A11);
      if constexpr (kNewton) {
        const auto pt = hn::Mul(p, t);
        const auto ptu = hn::Mul(pt, u);
        T00 = hn::Add(T00, pt);
        T01 = hn::Add(T01, ptu);
        T11 = hn::MulAdd(ptu, u, T11);
      }
    } else {
      const auto pu = hn::Mul(p, u);
      F = hn::MulAdd(r, r, F);
      g0 = hn::MulAdd(p, r, g0);
      g1 = hn::MulAdd(pu, r, g1);
      S0 = hn::Add(S0, p);
      S1 = hn::Add(S1, pu);
      P0 = hn::MulAdd(p, c, P0);
      P1 = hn::MulAdd(pu, c, P1);
      A00 = hn::MulAdd(p, p, A00);
      A01 = hn::MulAdd(pu, p, A01);
      A11 = hn::MulAdd(pu, pu, A11);
      if constexpr (kNewton) {
        const auto pt = hn::Mul(p, t);
        const auto ptu = hn::Mul(pt, u);
        T00 = hn::Add(T00, pt);
        T01 = hn::Add(T01, ptu);
        T11 = hn::MulAdd(ptu, u, T11);
      }
    }
  }
  const auto inverse_Q = hn::Div(set<T>(1), linear.Q);
  const auto R0 = P::kFreesB ? hn::Mul(S0, points.inverse_total) : zero;
  const auto R1 = P::kFreesB ? hn::Mul(S1, points.inverse_total) : zero;
  const auto less = [&](Vec<T> sum, Vec<T> product) HWY_ATTR { return P::kFreesB ? hn::Sub(sum, product) : sum; };
  const auto B00 = less(A00, hn::Mul(R0, S0)), B01 = less(A01, hn::Mul(R0, S1)), B11 = less(A11, hn::Mul(R1, S1));
  const auto E0 = hn::Mul(P0, inverse_Q), E1 = hn::Mul(P1, inverse_Q);
  out->linear = linear;
  out->F = F;
  out->g0 = g0;
  out->g1 = g1;
  out->S0 = S0;
  out->S1 = S1;
  out->P0 = P0;
  out->P1 = P1;
  out->J00 = hn::NegMulAdd(E0, P0, B00);
  out->J01 = hn::NegMulAdd(E0, P1, B01);
  out->J11 = hn::NegMulAdd(E1, P1, B11);
  const auto tiny = set<T>(is_double<T> ? 1e-300 : 1e-30);
  const auto safe_L = select<T>(hn::Lt(hn::Abs(L), tiny), tiny, L);
  const auto inverse_L = hn::Div(set<T>(1), safe_L);
  out->transition = hn::Mul(S0, inverse_L);
  if constexpr (kNewton) {
    const auto C0 = hn::NegMulAdd(g0, inverse_L, P0), C1 = hn::NegMulAdd(g1, inverse_L, P1);
    const auto G0 = hn::Mul(C0, inverse_Q), G1 = hn::Mul(C1, inverse_Q);
    out->N00 = hn::NegMulAdd(G0, C0, less(T00, hn::Mul(R0, S0)));
    out->N01 = hn::NegMulAdd(G0, C1, less(T01, hn::Mul(R0, S1)));
    out->N11 = hn::NegMulAdd(G1, C1, less(T11, hn::Mul(R1, S1)));
  } else {
    out->N00 = out->J00;
    out->N01 = out->J01;
    out->N11 = out->J11;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
