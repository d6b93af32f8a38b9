// SPDX-License-Identifier: MIT
// Where the main path begins: the best two-level step, then the best of a few nodes (slope, place) about it. In float32.
#if defined(OGIVE_BATCH_START_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_START_INL_H_
#undef OGIVE_BATCH_START_INL_H_
#else
#define OGIVE_BATCH_START_INL_H_
#endif

#include "ogive/batch/evaluate-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

// How much of the sum of squares the shape at (k, a) explains: rough, for choices. y has mean 0 where b is free.
struct GainSums {
  Vec<float> sum, squares, cross;
};
template <class P>
HWY_INLINE Vec<float> gain(const GainSums& g, Vec<float> inverse_total) {
  const auto spread = P::kFreesB ? hn::NegMulAdd(hn::Mul(g.sum, inverse_total), g.sum, g.squares) : g.squares;
  const auto Q = hn::Max(spread, hn::MulAdd(set<float>(1e-6), g.squares, set<float>(1e-30)));
  return hn::Mul(hn::Mul(g.cross, g.cross), rough_reciprocal(Q));
}
template <class P>
HWY_INLINE void add_point(GainSums& g, Vec<float> s, Vec<float> y, Vec<float> w) {
  const auto ws = P::kWeighted ? hn::Mul(w, s) : s;
  if constexpr (P::kFreesB) g.sum = hn::Add(g.sum, ws);
  g.squares = hn::MulAdd(ws, s, g.squares);
  g.cross = hn::MulAdd(ws, y, g.cross);
}

// The midpoint of the best two-level step.
template <class P>
HWY_INLINE Vec<float> best_split(const LanePoints<float>& points) {
  constexpr std::size_t lanes = kLanes<float>;
  const auto zero = hn::Zero(D32());
  auto total = set<float>(static_cast<double>(points.m)), all = zero;
  if constexpr (P::kWeighted || !P::kFreesB) {
    if constexpr (P::kWeighted) total = zero;
    for (std::size_t j = 0; j < points.m; ++j) {
      const auto y = load<float>(points.y + j * lanes);
      if constexpr (P::kWeighted) {
        const auto w = load<float>(points.w + j * lanes);
        total = hn::Add(total, w);
        all = hn::MulAdd(w, y, all);
      } else {
        all = hn::Add(all, y);
      }
    }
  }
  auto best = set<float>(-1), place = zero, sum = zero, weight = zero;
  auto u_before = load<float>(points.u);
  for (std::size_t j = 1; j < points.m; ++j) {
    const auto y = load<float>(points.y + (j - 1) * lanes);
    if constexpr (P::kWeighted) {
      const auto w = load<float>(points.w + (j - 1) * lanes);
      weight = hn::Add(weight, w);
      sum = hn::MulAdd(w, y, sum);
    } else {
      weight = hn::Add(weight, set<float>(1));
      sum = hn::Add(sum, y);
    }
    const auto u = load<float>(points.u + j * lanes);
    Vec<float> g;
    if constexpr (P::kFreesB) {
      g = hn::Mul(hn::Mul(sum, sum), rough_reciprocal(hn::Mul(weight, hn::Sub(total, weight))));
    } else {  // one side is at 0
      const auto rest = hn::Sub(all, sum);
      g = hn::Max(hn::Mul(hn::Mul(sum, sum), rough_reciprocal(weight)),
                  hn::Mul(hn::Mul(rest, rest), rough_reciprocal(hn::Sub(total, weight))));
    }
    const auto better = hn::Gt(g, best);
    best = hn::IfThenElse(better, g, best);
    place = hn::IfThenElse(better, hn::Mul(set<float>(0.5), hn::Add(u_before, u)), place);
    u_before = u;
  }
  return place;
}

constexpr double kStartSlopes[] = {3.0, 10.0};
constexpr double kShift = 2.0;  // of z between the nodes of one slope

// The best node, for each of kFaces: for the rising k and, where that is another curve with optima of its own, for the falling one.
// A curve with one plateau fixed rises or falls, so one is enough there.
template <class P>
constexpr std::size_t kFaces = !P::kOneSided && P::kFreesB ? 2 : 1;
template <class P>
HWY_NOINLINE void start(const LanePoints<float>& points, Vec<float> (&k_out)[kFaces<P>], Vec<float> (&a_out)[kFaces<P>]) {
  constexpr std::size_t lanes = kLanes<float>;
  const auto zero = hn::Zero(D32());
  const auto middle = best_split<P>(points);
  Vec<float> best[kFaces<P>];
  for (std::size_t face = 0; face < kFaces<P>; ++face) {
    best[face] = set<float>(-1);
    k_out[face] = set<float>(face == 0 ? 3 : -3);
    a_out[face] = zero;
  }
  const auto consider = [&](std::size_t face, const GainSums& g, Vec<float> k, Vec<float> a) HWY_ATTR {
    const auto value = gain<P>(g, points.inverse_total);
    const auto better = hn::Gt(value, best[face]);
    best[face] = hn::IfThenElse(better, value, best[face]);
    k_out[face] = hn::IfThenElse(better, k, k_out[face]);
    a_out[face] = hn::IfThenElse(better, a, a_out[face]);
  };
  for (const double slope : kStartSlopes) {
    for (const double sign : {1.0, -1.0}) {
      if (P::kOneSided && sign < 0) continue;
      // The side on which f is small at most points: a >= 0.
      const auto size = set<float>(sign * slope);
      const auto k = P::kOneSided ? hn::CopySign(size, middle) : size;
      const auto a = hn::Mul(k, middle);
      GainSums sums[3] = {{zero, zero, zero}, {zero, zero, zero}, {zero, zero, zero}};
      for (std::size_t j = 0; j < points.m; ++j) {
        const auto u = load<float>(points.u + j * lanes);
        const auto y = load<float>(points.y + j * lanes);
        const auto w = P::kWeighted ? load<float>(points.w + j * lanes) : zero;
        const auto t = hn::NegMulAdd(k, u, a);
        if constexpr (std::is_same_v<typename P::Shape, LogisticLanes>) {
          const auto e = exp<float>(hn::Max(hn::Min(t, set<float>(60)), set<float>(-60)));
          const auto one = set<float>(1);
          add_point<P>(sums[0], rough_reciprocal(hn::MulAdd(e, set<float>(0.1353352832366127), one)), y, w);
          add_point<P>(sums[1], rough_reciprocal(hn::Add(e, one)), y, w);
          add_point<P>(sums[2], rough_reciprocal(hn::MulAdd(e, set<float>(7.38905609893065), one)), y, w);
        } else {
          for (std::size_t i = 0; i < 3; ++i) {
            Vec<float> s, extra;
            P::Shape::template first<float>(hn::Sub(set<float>(kShift * (1.0 - static_cast<double>(i))), t), s, extra);
            add_point<P>(sums[i], s, y, w);
          }
        }
      }
      const std::size_t face = kFaces<P> == 2 && sign < 0 ? 1 : 0;
      for (std::size_t i = 0; i < 3; ++i)
        consider(face, sums[i], k, hn::Sub(a, set<float>(kShift * (1.0 - static_cast<double>(i)))));
    }
  }
  if constexpr (P::kOneSided) {
    k_out[0] = hn::IfThenElse(hn::Lt(a_out[0], zero), hn::Neg(k_out[0]), k_out[0]);
    a_out[0] = hn::Abs(a_out[0]);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
