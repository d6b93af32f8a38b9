// SPDX-License-Identifier: MIT
// The main path: a few damped Gauss-Newton steps for all lanes in lock step. It ends unverified; the closing stage judges.
#if defined(OGIVE_BATCH_DESCEND_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_DESCEND_INL_H_
#undef OGIVE_BATCH_DESCEND_INL_H_
#else
#define OGIVE_BATCH_DESCEND_INL_H_
#endif

#include "ogive/batch/step-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

constexpr double kFirstDamping = 1e-2;

template <class T>
HWY_INLINE Mask<T> select_mask(Mask<T> condition, Mask<T> yes, Mask<T> no) {
  return hn::Or(hn::And(condition, yes), hn::AndNot(condition, no));
}

// q where the condition holds, else `other`.
template <class T>
HWY_INLINE void blend(Mask<T> condition, const Quadratic<T>& q, Quadratic<T>& other) {
  other.k = select<T>(condition, q.k, other.k);
  other.a = select<T>(condition, q.a, other.a);
  other.F = select<T>(condition, q.F, other.F);
  other.middle = select<T>(condition, q.middle, other.middle);
  other.gt = select<T>(condition, q.gt, other.gt);
  other.gx = select<T>(condition, q.gx, other.gx);
  other.Jtt = select<T>(condition, q.Jtt, other.Jtt);
  other.Jtx = select<T>(condition, q.Jtx, other.Jtx);
  other.Jxx = select<T>(condition, q.Jxx, other.Jxx);
  other.Mtt = select<T>(condition, q.Mtt, other.Mtt);
  other.Mtx = select<T>(condition, q.Mtx, other.Mtx);
  other.Mxx = select<T>(condition, q.Mxx, other.Mxx);
  other.lambda = select<T>(condition, q.lambda, other.lambda);
  other.newton = select_mask<T>(condition, q.newton, other.newton);
  other.inside = select_mask<T>(condition, q.inside, other.inside);
  other.walled = select_mask<T>(condition, q.walled, other.walled);
}

template <class P>
constexpr int kMainEvaluations = P::Shape::symmetric ? 4 : 6;

// From (k, a): the best point seen, and where the last step leads.
template <class P>
HWY_INLINE void descend(const LanePoints<float>& points, Vec<float> k, Vec<float> a, Quadratic<float>* best, Move<float>* last) {
  using T = float;
  Derivatives<T> d;
  evaluate<P, false, T>(points, k, a, &d);
  Quadratic<T> q = quadratic_at<P, T>(k, a, d, 0);
  auto mu = set<T>(kFirstDamping);
  for (int i = 1; i < kMainEvaluations<P>; ++i) {
    const Move<T> move = step<P, T>(q, mu);
    evaluate<P, false, T>(points, move.k, move.a, &d);
    const auto better = hn::Lt(d.F, q.F);
    blend<T>(better, quadratic_at<P, T>(move.k, move.a, d, 0), q);
    mu = hn::Mul(mu, select<T>(better, set<T>(0.1), set<T>(10)));
  }
  *best = q;
  *last = step<P, T>(q, mu);
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
