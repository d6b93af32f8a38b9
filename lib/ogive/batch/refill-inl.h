// SPDX-License-Identifier: MIT
// Descents of different length: as soon as a lane is done, the next job gets it.
#if defined(OGIVE_BATCH_REFILL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_REFILL_INL_H_
#undef OGIVE_BATCH_REFILL_INL_H_
#else
#define OGIVE_BATCH_REFILL_INL_H_
#endif

#include <bit>
#include <cstdint>
#include <vector>

#include "ogive/batch/descend-inl.h"
#include "ogive/batch/job.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

template <class P, class T>
class RefillEngine {
 public:
  // The lanes' points for curves of m points live in `memory`.
  RefillEngine(AlignedBuffer<T>& memory, std::size_t m) : m_(m) {
    T* at = memory.reserve(5 * m * kN);
    u_ = at;
    y_ = at + m * kN;
    w_ = at + 2 * m * kN;
    scratch_ = at + 3 * m * kN;
    std::fill(at, at + 3 * m * kN, T(1));
  }

  // Runs all jobs; their fields k, a, F, end are filled. record(curve) are the curve's normalised points: u, y, w one after the
  // other. Returns how many evaluations of a curve that took.
  template <class Records>
  std::size_t run(std::vector<Job>& jobs, const Records& record, const RefillOptions& options) {
    std::size_t next = 0, done = 0;
    std::uint32_t in_use = kAll;  // a bit for each lane
    const auto fill = [&](std::size_t lane) {
      if (next == jobs.size()) {
        in_use &= ~(std::uint32_t{1} << lane);
        fresh_[lane] = T(1);
        return;
      }
      const Job& job = jobs[next];
      if (curve_[lane] != job.curve) load_lane(lane, record(job.curve));
      curve_[lane] = job.curve;
      job_[lane] = next++;
      k_[lane] = static_cast<T>(job.k);
      a_[lane] = static_cast<T>(job.a);
      target_[lane] = static_cast<T>(job.target);
      fresh_[lane] = T(1);
    };
    for (std::size_t lane = 0; lane < kN; ++lane) {
      curve_[lane] = kNone;
      inverse_total_[lane] = k_[lane] = T(1);
      a_[lane] = T(0);
      target_[lane] = T(0);
      fill(lane);
    }
    Quadratic<T> q = {};
    auto mu = set<T>(kFirstDamping), evaluations = hn::Zero(Tag<T>());
    const auto zero = hn::Zero(Tag<T>());
    while (in_use != 0) {
      done += static_cast<std::size_t>(std::popcount(in_use));
      const auto fresh = hn::Gt(load<T>(fresh_), zero);
      const auto k = load<T>(k_), a = load<T>(a_);
      LanePoints<T> points;
      points.u = u_;
      points.y = y_;
      points.w = w_;
      points.scratch = scratch_;
      points.m = m_;
      points.inverse_total = load<T>(inverse_total_);
      Derivatives<T> d;
      evaluate<P, true, T>(points, k, a, &d);
      const Quadratic<T> there = quadratic_at<P, T>(k, a, d, options.newton_below);
      // Near the end F is blind to a step that the gradient still sees.
      const auto blind = hn::And(hn::Lt(q.lambda, hn::Mul(set<T>(is_double<T> ? 1e-12 : 1e-5), q.F)),
                                 hn::Le(there.F, hn::Mul(q.F, set<T>(is_double<T> ? 1 + 1e-13 : 1 + 1e-6))));
      const auto accepted = hn::Or(fresh, hn::Or(hn::Lt(there.F, q.F), blind));
      mu = select<T>(
          fresh, set<T>(kFirstDamping),
          select<T>(accepted, hn::Max(hn::Mul(mu, set<T>(0.1)), set<T>(1e-12)), hn::Max(hn::Mul(mu, set<T>(8)), set<T>(1e-4))));
      evaluations = select<T>(fresh, set<T>(1), hn::Add(evaluations, set<T>(1)));
      blend<T>(accepted, there, q);

      const auto tolerance = select<T>(q.newton, set<T>(options.tolerance), set<T>(0.01 * options.tolerance));
      const auto close = hn::And(hn::Lt(q.lambda, hn::MulAdd(tolerance, q.F, set<T>(options.floor))), hn::Lt(mu, set<T>(0.02)));
      const auto closer = hn::Lt(q.lambda, hn::MulAdd(hn::Mul(set<T>(1e-4), tolerance), q.F, set<T>(options.floor)));
      const Move<T> last = step<P, T>(q, zero);
      const auto converged = hn::And(close, hn::Or(hn::Or(last.small, closer), hn::Not(set_all(options.verify))));
      // On the way to a limit each Newton step takes off half of what is left.
      const auto short_of = hn::And(hn::Gt(hn::NegMulAdd(set<T>(1.5), q.lambda, q.F), load<T>(target_)),
                                    hn::Lt(q.lambda, hn::Mul(set<T>(options.hopeless_below), q.F)));
      const auto hopeless = hn::And(hn::Gt(evaluations, set<T>(1.5)), short_of);
      const auto given_up = hn::Or(hn::Gt(mu, set<T>(1e10)), hn::Ge(evaluations, set<T>(options.most_evaluations)));
      const auto stop = hn::Or(converged, hn::Or(hopeless, given_up));
      const Move<T> move = step<P, T>(q, mu);
      store<T>(move.k, k_);
      store<T>(move.a, a_);
      store<T>(zero, fresh_);
      const std::uint32_t stopped = bits_of<T>(stop) & in_use;
      if (stopped == 0) continue;

      HWY_ALIGN T at_k[kN], at_a[kN], at_F[kN];
      const auto take = hn::And(converged, last.small);
      store<T>(select<T>(take, last.k, q.k), at_k);
      store<T>(select<T>(take, last.a, q.a), at_a);
      store<T>(select<T>(take, hn::Sub(q.F, q.lambda), q.F), at_F);
      const std::uint32_t too_bad = bits_of<T>(hopeless), ended_well = bits_of<T>(converged) & ~too_bad;
      for (std::uint32_t left = stopped; left != 0; left &= left - 1) {
        const auto lane = static_cast<std::size_t>(std::countr_zero(left));
        Job& job = jobs[job_[lane]];
        job.k = static_cast<double>(at_k[lane]);
        job.a = static_cast<double>(at_a[lane]);
        job.F = static_cast<double>(at_F[lane]);
        job.end = (ended_well >> lane & 1) != 0 ? JobEnd::converged
                  : (too_bad >> lane & 1) != 0  ? JobEnd::hopeless
                                                : JobEnd::given_up;
        fill(lane);
      }
    }
    return done;
  }

 private:
  static constexpr std::size_t kN = kLanes<T>;
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  static constexpr std::uint32_t kAll = (std::uint32_t{1} << kN) - 1;

  static HWY_INLINE Mask<T> set_all(bool value) { return hn::Gt(set<T>(value ? 1 : -1), hn::Zero(Tag<T>())); }

  void load_lane(std::size_t lane, const double* record) {
    for (std::size_t j = 0; j < m_; ++j) u_[j * kN + lane] = static_cast<T>(record[j]);
    for (std::size_t j = 0; j < m_; ++j) y_[j * kN + lane] = static_cast<T>(record[m_ + j]);
    double total = static_cast<double>(m_);
    if constexpr (P::kWeighted) {
      total = 0;
      for (std::size_t j = 0; j < m_; ++j) {
        w_[j * kN + lane] = static_cast<T>(record[2 * m_ + j]);
        total += record[2 * m_ + j];
      }
    }
    inverse_total_[lane] = static_cast<T>(1 / total);
  }

  std::size_t m_;
  T *u_, *y_, *w_, *scratch_;
  std::size_t job_[kN], curve_[kN];
  HWY_ALIGN T k_[kN];
  HWY_ALIGN T a_[kN];
  HWY_ALIGN T target_[kN];
  HWY_ALIGN T fresh_[kN];
  HWY_ALIGN T inverse_total_[kN];
};

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
