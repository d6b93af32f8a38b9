// SPDX-License-Identifier: MIT
// The end of the main path: one full evaluation where it led, one Newton step, one look at the result. Final is what the decrement
// says is converged and what moved so little that the model of F holds; the rest becomes a job for the refill engine.
#if defined(OGIVE_BATCH_CLOSING_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_CLOSING_INL_H_
#undef OGIVE_BATCH_CLOSING_INL_H_
#else
#define OGIVE_BATCH_CLOSING_INL_H_
#endif

#include "ogive/batch/descend-inl.h"
#include "ogive/batch/finish-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

// Decrements below this share of F leave, after the Newton step, an F within 1e-6 (float32: 1e-3) of the optimum, with room.
template <class T>
constexpr double kClosing = is_double<T> ? 1e-5 : 3e-4;
template <class T>
constexpr double kClosingFloor = is_double<T> ? 1e-28 : 1e-7;

template <class T>
struct Closed {
  Vec<T> k, a, F;
  Linear<T> linear;
  Vec<T> transition;
  Variances<T> variance;
  Mask<T> final;
};

template <class P, bool kVariances, class T>
HWY_INLINE Closed<T> close(const LanePoints<T>& points, Vec<T> k, Vec<T> a, Vec<T> F_before) {
  Derivatives<T> d;
  evaluate<P, true, T>(points, k, a, &d);
  const Quadratic<T> q = quadratic_at<P, T>(k, a, d, 1e30);
  const Move<T> move = step<P, T>(q, hn::Zero(Tag<T>()));
  Closed<T> closed;
  closed.transition = d.transition;
  const auto decided = hn::MulAdd(set<T>(kClosing<T>), d.F, set<T>(kClosingFloor<T>));
  closed.final = hn::And(q.newton, hn::And(hn::Lt(q.lambda, decided), move.small));
  Vec<T> F;
  if constexpr (kVariances) {
    Derivatives<T> there;
    evaluate<P, false, T>(points, move.k, move.a, &there);
    F = there.F;
    closed.linear = there.linear;
    closed.variance = variances<P, T>(points, move.k, move.a, there);
  } else {
    F = evaluate_value<P, T>(points, move.k, move.a, &closed.linear);
  }
  const auto room = hn::MulAdd(set<T>(is_double<T> ? 1e-12 : 1e-5), d.F, set<T>(is_double<T> ? 1e-28 : 1e-7));
  closed.final = hn::And(closed.final, hn::Le(F, hn::Add(d.F, room)));
  // What a job is to start from where it is not final: the point reached, if it is the best one.
  const auto good = hn::And(hn::Lt(q.lambda, hn::Mul(set<T>(0.05), d.F)),
                            hn::And(hn::Le(d.F, hn::MulAdd(F_before, set<T>(1.000001), set<T>(1e-9))), hn::Le(F, d.F)));
  const auto keep = hn::Or(closed.final, good);
  closed.k = select<T>(keep, move.k, k);
  closed.a = select<T>(keep, move.a, a);
  closed.F = select<T>(keep, F, d.F);
  return closed;
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
