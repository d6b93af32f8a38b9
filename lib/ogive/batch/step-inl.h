// SPDX-License-Identifier: MIT
// One damped Newton or Gauss-Newton step in lanes, in coordinates in which F is close to quadratic:
//
//   |a| <= |k| + 1 (midpoint within the data)   tau = log |k| and z at a fixed u in the middle of the rise, the mean of u by f':
//                                               where one point alone lies within it, that z is known, however steep the curve
//   beyond (one plateau out of sight)           tau = log |k| and w = e^-|a|, in which the exponential limit is at the regular
//                                               point 0
//
// With theta = (phi, k), phi = -a, the chain rule adds g_tau to the Hessian's tau tau entry, and beyond g_phi to the other one.
#if defined(OGIVE_BATCH_STEP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_STEP_INL_H_
#undef OGIVE_BATCH_STEP_INL_H_
#else
#define OGIVE_BATCH_STEP_INL_H_
#endif

#include "ogive/batch/evaluate-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

constexpr double kWall = 18;         // |a| <= |k| + kWall: one plateau is then e^-18 away from out of sight
constexpr double kLeastK = 1e-7;     // flatter is a line
constexpr double kMostK = 2e5;       // steeper is a step
constexpr double kSmallMove = 3e-3;  // relative in k, absolute in z: below it the model of F is trusted without another look

// F about the present point, in the coordinates of the step; index t is tau, x the other one.
template <class T>
struct Quadratic {
  Vec<T> k, a, F;
  Vec<T> middle;                 // of the rise
  Vec<T> gt, gx, Jtt, Jtx, Jxx;  // g is minus half the gradient
  Vec<T> Mtt, Mtx, Mxx;          // the matrix chosen
  Vec<T> lambda;                 // decrease of F still to be had by it
  Mask<T> newton, inside, walled;
};

template <class T>
HWY_INLINE Vec<T> decrement(Vec<T> tt, Vec<T> tx, Vec<T> xx, Vec<T> gt, Vec<T> gx) {
  const auto det = hn::NegMulAdd(tx, tx, hn::Mul(tt, xx));
  const auto sum =
      hn::MulAdd(hn::Mul(gx, gx), tt, hn::MulAdd(hn::Mul(gt, gt), xx, hn::Mul(set<T>(-2), hn::Mul(gt, hn::Mul(gx, tx)))));
  const auto huge = set<T>(1e30);
  const auto tiny = set<T>(is_double<T> ? 1e-300 : 1e-37);
  return select<T>(hn::Gt(det, tiny), hn::Max(hn::Zero(Tag<T>()), hn::Div(sum, hn::Max(det, tiny))), huge);
}

// newton_below: the exact Hessian is chosen where it is safely definite and the Gauss-Newton decrement is below this share of F.
template <class P, class T>
HWY_INLINE Quadratic<T> quadratic_at(Vec<T> k, Vec<T> a, const Derivatives<T>& d, double newton_below) {
  const auto one = set<T>(1), zero = hn::Zero(Tag<T>());
  Quadratic<T> s;
  s.k = k;
  s.a = a;
  s.F = d.F;
  const auto side = P::kOneSided ? one : hn::CopySign(one, a);
  const auto distance = hn::Sub(hn::Abs(a), hn::Abs(k));
  s.inside = hn::Le(distance, one);
  const auto least = set<T>(is_double<T> ? 1e-300 : 1e-30);
  const auto slopes = select<T>(hn::Lt(hn::Abs(d.S0), least), least, d.S0);
  s.middle = hn::Max(hn::Min(hn::Div(d.S1, slopes), one), set<T>(-1));
  const auto t0 = hn::IfThenElseZero(s.inside, hn::Neg(hn::Mul(k, s.middle)));
  const auto x0 = select<T>(s.inside, one, side);
  s.gt = hn::MulAdd(k, d.g1, hn::Mul(t0, d.g0));
  s.gx = hn::Mul(x0, d.g0);
  const auto kk = hn::Mul(k, k), kt = hn::Mul(k, t0), tt = hn::Mul(t0, t0), xx = hn::Mul(x0, x0);
  const auto floor = set<T>(is_double<T> ? 1e-15 : 1e-7);  // rounding noise at the wall must not look like a negative pivot
  const auto two_kt = hn::Add(kt, kt);
  s.Jtt = hn::Max(hn::MulAdd(kk, d.J11, hn::MulAdd(two_kt, d.J01, hn::Mul(tt, d.J00))), floor);
  s.Jtx = hn::Mul(x0, hn::MulAdd(k, d.J01, hn::Mul(t0, d.J00)));
  s.Jxx = hn::Max(hn::Mul(xx, d.J00), floor);
  const auto Ntt = hn::Sub(hn::MulAdd(kk, d.N11, hn::MulAdd(two_kt, d.N01, hn::Mul(tt, d.N00))), s.gt);
  const auto Ntx = hn::Mul(x0, hn::MulAdd(k, d.N01, hn::Mul(t0, d.N00)));
  const auto Nxx = hn::MulAdd(xx, d.N00, select<T>(s.inside, zero, hn::Mul(side, d.g0)));
  const auto detJ = hn::NegMulAdd(s.Jtx, s.Jtx, hn::Mul(s.Jtt, s.Jxx));
  const auto detN = hn::NegMulAdd(Ntx, Ntx, hn::Mul(Ntt, Nxx));
  const auto lambda_J = decrement<T>(s.Jtt, s.Jtx, s.Jxx, s.gt, s.gx);
  const auto fifth = set<T>(0.2);
  const auto definite = hn::And(hn::And(hn::Gt(Ntt, hn::Mul(fifth, s.Jtt)), hn::Gt(Nxx, hn::Mul(fifth, s.Jxx))),
                                hn::Gt(detN, hn::Mul(set<T>(0.04), detJ)));
  s.newton = hn::And(definite, hn::Lt(lambda_J, hn::Mul(set<T>(newton_below), d.F)));
  s.Mtt = select<T>(s.newton, Ntt, s.Jtt);
  s.Mtx = select<T>(s.newton, Ntx, s.Jtx);
  s.Mxx = select<T>(s.newton, Nxx, s.Jxx);
  s.lambda = select<T>(s.newton, decrement<T>(Ntt, Ntx, Nxx, s.gt, s.gx), lambda_J);
  // On the wall, where F falls towards it, only k is left.
  s.walled =
      hn::And(hn::Ge(distance, set<T>(kWall * (1 - 1e-6))), hn::Lt(hn::Mul(side, d.g0), set<T>(is_double<T> ? 1e-13 : 1e-6)));
  const auto use_N = hn::And(s.walled, hn::Gt(Ntt, hn::Mul(fifth, s.Jtt)));
  s.newton = hn::Or(hn::AndNot(s.walled, s.newton), use_N);
  s.Mtt = select<T>(s.walled, select<T>(use_N, Ntt, s.Jtt), s.Mtt);
  s.lambda = select<T>(s.walled, hn::Div(hn::Mul(s.gt, s.gt), s.Mtt), s.lambda);
  return s;
}

template <class T>
struct Move {
  Vec<T> k, a;      // where it leads
  Vec<T> dk, dphi;  // by how much (after clamps, before a change of sign)
  Mask<T> small;    // so small that the quadratic model is to be trusted
};

// exp and log1p by Pade approximants: a step needs their first terms and a sane size. |x| <= 1.5, and -0.95 <= x <= 4.
template <class T>
HWY_INLINE Vec<T> exp_of_step(Vec<T> x) {
  const auto even = hn::MulAdd(hn::Mul(x, x), set<T>(1.0 / 12), set<T>(1));
  const auto odd = hn::Mul(x, set<T>(0.5));
  return hn::Div(hn::Add(even, odd), hn::Sub(even, odd));
}
template <class T>
HWY_INLINE Vec<T> log1p_of_step(Vec<T> x) {
  return hn::Div(hn::Mul(x, hn::Add(set<T>(6), x)), hn::MulAdd(set<T>(4), x, set<T>(6)));
}

template <class P, class T>
HWY_INLINE Move<T> step(const Quadratic<T>& s, Vec<T> mu) {
  const auto one = set<T>(1), zero = hn::Zero(Tag<T>());
  const auto tt = hn::MulAdd(mu, s.Jtt, s.Mtt), xx = hn::MulAdd(mu, s.Jxx, s.Mxx);
  const auto det = hn::NegMulAdd(s.Mtx, s.Mtx, hn::Mul(tt, xx));
  const auto tiny = set<T>(is_double<T> ? 1e-300 : 1e-37);
  const auto inverse = hn::Div(one, hn::Max(det, tiny));
  const auto definite = hn::Gt(det, tiny);
  auto dt = hn::Mul(hn::MulSub(xx, s.gt, hn::Mul(s.Mtx, s.gx)), inverse);
  auto dx = hn::Mul(hn::MulSub(tt, s.gx, hn::Mul(s.Mtx, s.gt)), inverse);
  dt = select<T>(definite, dt, hn::Div(s.gt, tt));
  dx = select<T>(definite, dx, hn::Div(s.gx, xx));
  dt = select<T>(s.walled, hn::Div(s.gt, tt), dt);
  dx = select<T>(s.walled, zero, dx);
  dt = hn::Max(hn::Min(dt, set<T>(1.5)), set<T>(-1.5));
  const auto size = hn::Abs(s.k);
  const auto ratio = exp_of_step<T>(dt);
  Move<T> move;
  const auto new_size = hn::Max(hn::Min(hn::Mul(size, ratio), set<T>(kMostK)), set<T>(kLeastK));
  move.k = hn::CopySign(new_size, s.k);
  // inside: x0 moves by half the range of x or one unit of z at most
  const auto most = hn::Max(one, size);
  const auto dz = hn::Max(hn::Min(dx, most), hn::Neg(most));
  const auto a_inside = hn::Sub(hn::MulAdd(s.middle, hn::Sub(move.k, s.k), s.a), dz);
  const auto delta = hn::Max(hn::Min(dx, set<T>(4)), set<T>(-0.95));
  const auto moved = hn::Sub(hn::Abs(s.a), log1p_of_step<T>(delta));
  const auto a_outside = P::kOneSided ? moved : hn::CopySign(moved, s.a);
  auto a = select<T>(s.inside, a_inside, a_outside);
  const auto wall = hn::Add(new_size, set<T>(kWall));
  a = hn::Min(hn::Max(a, hn::Neg(wall)), wall);
  a = select<T>(s.walled, P::kOneSided ? wall : hn::CopySign(wall, s.a), a);
  move.dk = hn::Sub(move.k, s.k);
  move.dphi = hn::Sub(s.a, a);
  move.small = hn::And(hn::Lt(hn::Abs(move.dk), hn::Mul(set<T>(kSmallMove), size)), hn::Lt(hn::Abs(dz), set<T>(kSmallMove)));
  const auto small_outside = hn::And(hn::Lt(hn::Abs(move.dk), hn::Mul(set<T>(kSmallMove), size)),
                                     hn::Or(s.walled, hn::Lt(hn::Abs(move.dphi), set<T>(kSmallMove))));
  move.small = hn::Or(hn::And(s.inside, move.small), hn::AndNot(s.inside, small_outside));
  if constexpr (P::kOneSided) {  // the same curve with a >= 0
    const auto flip = hn::Lt(a, zero);
    move.k = select<T>(flip, hn::Neg(move.k), move.k);
    a = hn::Abs(a);
  }
  move.a = a;
  return move;
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
