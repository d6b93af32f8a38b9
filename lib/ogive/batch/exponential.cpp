// SPDX-License-Identifier: MIT
// The exponential limit of one curve, its points side by side in lanes.
#include <algorithm>
#include <cmath>

#include "ogive/batch/candidates.h"
#include "ogive/batch/state.h"
#include "ogive/batch/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/batch/exponential.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ogive/batch/exp-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {
namespace {

// The points of a curve, filled up with some of weight 0, and the exponential at them.
struct Points {
  double *x, *y, *w;  // from the end that it is steepest at; about the mean where b is free
  double *e, *d;      // the exponential, and its derivative by log |rate|
  std::size_t size;   // a multiple of the lanes
  double total = 0, y_mean = 0;
};

Points points_of(const Record& record, bool free_b, double end, AlignedBuffer<double>& memory) {
  Points p;
  p.size = (record.m + kLanes64 - 1) / kLanes64 * kLanes64;
  p.x = memory.reserve(5 * p.size);
  p.y = p.x + p.size;
  p.w = p.y + p.size;
  p.e = p.w + p.size;
  p.d = p.e + p.size;
  std::fill_n(p.x, 3 * p.size, 0.0);
  for (std::size_t j = 0; j < record.m; ++j) {
    p.x[j] = record.u[j] - end;
    p.w[j] = record.weight(j);
    p.total += p.w[j];
    p.y_mean += p.w[j] * record.y[j];
  }
  p.y_mean = free_b ? p.y_mean / p.total : 0;
  for (std::size_t j = 0; j < record.m; ++j) p.y[j] = record.y[j] - p.y_mean;
  return p;
}

HWY_INLINE double sum_of(Vec<double> v) { return hn::GetLane(hn::SumOfLanes(D64(), v)); }

ExponentialLimit exponential_lanes(const Record& record, bool free_b, double rate) {
  thread_local AlignedBuffer<double> memory;
  const double sign = rate < 0 ? -1 : 1;
  const Points p = points_of(record, free_b, sign > 0 ? record.u[record.m - 1] : record.u[0], memory);
  const auto zero = hn::Zero(D64());
  ExponentialLimit best;
  double best_log = std::log(std::fabs(rate)), step = 0, damping = 1;
  for (int round = 0; round < 40; ++round) {
    const double t = best_log + damping * step;
    const double c = sign * std::exp(t);
    auto e_sum = zero, d_sum = zero;
    for (std::size_t j = 0; j < p.size; j += kLanes64) {
      const auto z = hn::Max(hn::Mul(set<double>(c), load<double>(p.x + j)), set<double>(-kMostExponent<double>));
      const auto e = exp<double>(z), d = hn::Mul(z, e), w = load<double>(p.w + j);
      store<double>(e, p.e + j);
      store<double>(d, p.d + j);
      e_sum = hn::MulAdd(w, e, e_sum);
      d_sum = hn::MulAdd(w, d, d_sum);
    }
    const double e_mean = free_b ? sum_of(e_sum) / p.total : 0, d_mean = free_b ? sum_of(d_sum) / p.total : 0;
    auto Q_sum = zero, cross_sum = zero, ed_sum = zero;
    for (std::size_t j = 0; j < p.size; j += kLanes64) {
      const auto e = hn::Sub(load<double>(p.e + j), set<double>(e_mean)), d = hn::Sub(load<double>(p.d + j), set<double>(d_mean));
      const auto we = hn::Mul(load<double>(p.w + j), e);
      Q_sum = hn::MulAdd(we, e, Q_sum);
      cross_sum = hn::MulAdd(we, load<double>(p.y + j), cross_sum);
      ed_sum = hn::MulAdd(we, d, ed_sum);
    }
    const double Q = sum_of(Q_sum);
    if (!(Q > 0)) return best;
    const double A = sum_of(cross_sum) / Q, slope = sum_of(ed_sum) / Q;
    auto F_sum = zero, gradient_sum = zero, curvature_sum = zero;
    for (std::size_t j = 0; j < p.size; j += kLanes64) {
      const auto e = hn::Sub(load<double>(p.e + j), set<double>(e_mean)), d = hn::Sub(load<double>(p.d + j), set<double>(d_mean));
      const auto w = load<double>(p.w + j);
      const auto r = hn::NegMulAdd(set<double>(A), e, load<double>(p.y + j));
      const auto tangent = hn::Mul(set<double>(A), hn::NegMulAdd(set<double>(slope), e, d));
      const auto wr = hn::Mul(w, r);
      F_sum = hn::MulAdd(wr, r, F_sum);
      gradient_sum = hn::MulAdd(wr, tangent, gradient_sum);
      curvature_sum = hn::MulAdd(hn::Mul(w, tangent), tangent, curvature_sum);
    }
    const double F = sum_of(F_sum), gradient = sum_of(gradient_sum), curvature = sum_of(curvature_sum);
    if (!std::isfinite(F)) return best;
    if (F < best.F) {
      best = {F, c, A, p.y_mean - A * e_mean};
      best_log = t;
      damping = 1;
      step = curvature > 0 ? std::clamp(gradient / curvature, -1.0, 1.0) : 0.0;
      if (std::fabs(gradient * step) <= 1e-15 * F) return best;
    } else {
      damping *= 0.25;
      if (damping < 1e-4) return best;
    }
  }
  return best;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::batch {
HWY_EXPORT(exponential_lanes);

ExponentialLimit exponential_near(const Record& record, bool free_b, double rate) {
  return HWY_DYNAMIC_DISPATCH(exponential_lanes)(record, free_b, rate);
}

}  // namespace ogive::batch
#endif
