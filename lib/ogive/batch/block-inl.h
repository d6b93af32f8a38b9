// SPDX-License-Identifier: MIT
// The main path for the curves of a group, a block at a time: load, start, descend in float32, close; the state takes the outcome.
#if defined(OGIVE_BATCH_BLOCK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_BLOCK_INL_H_
#undef OGIVE_BATCH_BLOCK_INL_H_
#else
#define OGIVE_BATCH_BLOCK_INL_H_
#endif

#include <algorithm>
#include <bit>
#include <iterator>

#include "ogive/batch/closing-inl.h"
#include "ogive/batch/engine.h"
#include "ogive/batch/load-inl.h"
#include "ogive/batch/start-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

// An optimum is beyond doubt only where several points lie within its rise, the fit is good and the midpoint well inside.
constexpr double kWidth = 0.55;  // sum of f' / 4-ths of points
constexpr double kGoodF = 0.03;
constexpr double kWellInside = 0.8;
constexpr double kRival = 3;  // times the least F: where two descents end so near to each other, they are not yet told apart

template <class P, class T>
HWY_INLINE Mask<T> is_plain(Vec<T> k, Vec<T> a, Vec<T> F, Vec<T> transition, Vec<T> spread) {
  return hn::And(hn::And(hn::Ge(transition, set<T>(kWidth)), hn::Le(F, hn::Mul(set<T>(kGoodF), spread))),
                 hn::Le(hn::Abs(a), hn::Mul(set<T>(kWellInside), hn::Abs(k))));
}

// Part `part` of a float32 vector in memory as float64, and back.
HWY_INLINE Vec<double> widen(const float* from) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(D64(), static_cast<double>(*from));
#else
  return hn::PromoteTo(D64(), hn::Load(hn::Rebind<float, D64>(), from));
#endif
}

// T: the type of the search; normalisation is in float64 unless both input and search are in float32.
template <class P, class T>
class Blocks {
 public:
  Blocks(const Group& group, EngineMemory& memory) : group_(group), memory_(memory), m_(group.m) {
    u64_ = memory.block64.reserve(kPartStride * m_ * kParts);
    u32_ = memory.block32.reserve(5 * m_ * kLanes32);
    y32_ = u32_ + m_ * kLanes32;
    w32_ = y32_ + m_ * kLanes32;
    scratch32_ = w32_ + m_ * kLanes32;
  }

  void run() {
    for (std::size_t first = 0; first < group_.curves.size(); first += kLanes32) {
      load(first);
      memory_.evaluations += static_cast<double>(std::min(kLanes32, group_.curves.size() - first) * m_) * evaluations_of_block();
      prefetch(first + kLanes32, 0);
      LanePoints<float> points;
      points.u = u32_;
      points.y = y32_;
      points.w = w32_;
      points.scratch = scratch32_;
      points.m = m_;
      points.inverse_total = batch::HWY_NAMESPACE::load<float>(inverse_total32_);
      Vec<float> start_k[kFaces<P>], start_a[kFaces<P>];
      start<P>(points, start_k, start_a);
      prefetch(first + kLanes32, 1);
      Quadratic<float> best;
      Move<float> last;
      descend<P>(points, start_k[0], start_a[0], &best, &last);
      if constexpr (kFaces<P> == 2) try_other_face(points, start_k[1], start_a[1], best, last);
      prefetch(first + kLanes32, 2);
      if constexpr (!is_double<T>) {
        prefetch(first + kLanes32, 3);
        if (group_.variances)
          close_narrow<true>(first, points, best, last);
        else
          close_narrow<false>(first, points, best, last);
      } else {
        HWY_ALIGN float k[kLanes32], a[kLanes32], F[kLanes32], tried_k[kLanes32], tried_a[kLanes32];
        store<float>(best.k, k);
        store<float>(best.a, a);
        store<float>(best.F, F);
        store<float>(last.k, tried_k);
        store<float>(last.a, tried_a);
        for (std::size_t part = 0; part < kParts; ++part) {
          if (first + part * kLanes64 >= group_.curves.size()) break;
          if (part == 1) prefetch(first + kLanes32, 3);
          if (group_.variances)
            close_part<true>(first, part, k, a, F, tried_k, tried_a);
          else
            close_part<false>(first, part, k, a, F, tried_k, tried_a);
        }
      }
    }
  }

 private:
  static constexpr bool kMayBeNarrow = !is_double<T> && !P::kWeighted;
  // u, y, w and 2 rows of scratch for each point of a part
  static constexpr std::size_t kPartStride = 5 * kLanes64;

  // A slope of the start counts as a value, which its nodes share.
  double evaluations_of_block() const {
    constexpr double narrow = 0.5, value = 0.5, closing = is_double<T> ? 1 : narrow;
    const double slopes = static_cast<double>(std::size(kStartSlopes)) * (P::kOneSided ? 1 : 2);
    const double descents = static_cast<double>(kMainEvaluations<P> * kFaces<P>);
    return narrow * (slopes * value + descents) + closing * (group_.variances ? 2 : 1 + value);
  }

  double* part_u(std::size_t part) { return u64_ + part * kPartStride * m_; }
  double* part_y(std::size_t part) { return part_u(part) + m_ * kLanes64; }
  double* part_w(std::size_t part) { return part_u(part) + 2 * m_ * kLanes64; }
  double* part_scratch(std::size_t part) { return part_u(part) + 3 * m_ * kLanes64; }

  // The rows of the next block come from memory while this one is worked on; a part at a time, as the processor waits where more
  // lines are under way than it keeps track of.
  void prefetch(std::size_t first, std::size_t part) const {
    constexpr std::size_t line = 64;
    const std::size_t end = std::min(first + kLanes32, group_.curves.size());
    const auto fetch = [&](const auto* row) {
      if (row == nullptr) return;
      const char* at = reinterpret_cast<const char*>(row);
      for (std::size_t i = 0; i < std::min<std::size_t>(m_ * sizeof *row, 1024); i += line) __builtin_prefetch(at + i);
    };
    for (std::size_t i = first + part; i < end; i += 4) {
      fetch(group_.curves[i].x);
      fetch(group_.curves[i].y);
      fetch(group_.curves[i].x32);
      fetch(group_.curves[i].y32);
    }
  }

  void load(std::size_t first) {
    if constexpr (kMayBeNarrow)
      if (group_.float32_input) return load_narrow(first);
    const std::size_t last = group_.curves.size() - 1;
    GroupState& state = memory_.state;
    for (std::size_t part = 0; part < kParts; ++part) {
      const std::size_t at = first + part * kLanes64;
      const CurvePointers* curves[kLanes64];
      for (std::size_t lane = 0; lane < kLanes64; ++lane) curves[lane] = &group_.curves[std::min(at + lane, last)];
      if (group_.float32_input) {
        const float* rows[kLanes64];
        for (std::size_t lane = 0; lane < kLanes64; ++lane) rows[lane] = curves[lane]->x32;
        gather(rows, m_, part_u(part));
        for (std::size_t lane = 0; lane < kLanes64; ++lane) rows[lane] = curves[lane]->y32;
        gather(rows, m_, part_y(part));
      } else {
        const double* rows[kLanes64];
        for (std::size_t lane = 0; lane < kLanes64; ++lane) rows[lane] = curves[lane]->x;
        gather(rows, m_, part_u(part));
        for (std::size_t lane = 0; lane < kLanes64; ++lane) rows[lane] = curves[lane]->y;
        gather(rows, m_, part_y(part));
        if constexpr (P::kWeighted) {
          for (std::size_t lane = 0; lane < kLanes64; ++lane) rows[lane] = curves[lane]->w;
          gather(rows, m_, part_w(part));
        }
      }
      const std::size_t column = part * kLanes64;
      const Units units = normalise<P>(part_u(part), part_y(part), part_w(part), m_, u32_ + column, y32_ + column,
                                       P::kWeighted ? w32_ + column : nullptr);
      store<double>(units.inverse_total, inverse_total64_ + column);
      store_narrow(units.inverse_total, inverse_total32_ + column);
      store<double>(units.spread, spread64_ + column);
      store_narrow(units.spread, spread32_ + column);
      clean_ = part == 0 ? bits_of<double>(units.clean) : clean_ | bits_of<double>(units.clean) << column;
      if (at > last) continue;
      store<double>(units.center, state.column(Column::center) + at);
      store<double>(units.half, state.column(Column::half) + at);
      store<double>(units.shift, state.column(Column::shift) + at);
      store<double>(units.scale, state.column(Column::scale) + at);
      store<double>(units.total, state.column(Column::total) + at);
      store<double>(units.spread, state.column(Column::spread) + at);
    }
  }

  // A search in float32 of points in float32 needs no others.
  void load_narrow(std::size_t first) {
    const std::size_t last = group_.curves.size() - 1;
    const float* rows[kLanes32];
    for (std::size_t lane = 0; lane < kLanes32; ++lane) rows[lane] = group_.curves[std::min(first + lane, last)].x32;
    gather(rows, m_, u32_);
    for (std::size_t lane = 0; lane < kLanes32; ++lane) rows[lane] = group_.curves[std::min(first + lane, last)].y32;
    gather(rows, m_, y32_);
    const NarrowUnits units = normalise<P>(u32_, y32_, m_);
    HWY_ALIGN float x_first[kLanes32], x_last[kLanes32], y_first[kLanes32], y_mean[kLanes32], scale[kLanes32];
    store<float>(units.first, x_first);
    store<float>(units.last, x_last);
    store<float>(units.y_first, y_first);
    store<float>(units.y_mean, y_mean);
    store<float>(units.scale, scale);
    store<float>(units.spread, spread32_);
    store<float>(set<float>(1.0 / static_cast<double>(m_)), inverse_total32_);
    clean_ = bits_of<float>(units.clean);
    GroupState& state = memory_.state;
    const auto half = set<double>(0.5);
    for (std::size_t part = 0; part < kParts; ++part) {
      const std::size_t column = part * kLanes64, at = first + column;
      if (at > last) break;
      const auto low = widen(x_first + column), high = widen(x_last + column);
      store<double>(hn::Mul(half, hn::Add(low, high)), state.column(Column::center) + at);
      store<double>(hn::Mul(half, hn::Sub(high, low)), state.column(Column::half) + at);
      store<double>(P::kFreesB ? hn::Add(widen(y_first + column), widen(y_mean + column)) : hn::Zero(D64()),
                    state.column(Column::shift) + at);
      store<double>(widen(scale + column), state.column(Column::scale) + at);
      store<double>(set<double>(static_cast<double>(m_)), state.column(Column::total) + at);
      store<double>(widen(spread32_ + column), state.column(Column::spread) + at);
    }
  }

  template <bool kVariances>
  void close_part(std::size_t first, std::size_t part, const float* k32, const float* a32, const float* F32, const float* tried_k,
                  const float* tried_a) {
    const std::size_t column = part * kLanes64, at = first + column;
    LanePoints<double> points;
    points.u = part_u(part);
    points.y = part_y(part);
    points.w = part_w(part);
    points.scratch = part_scratch(part);
    points.m = m_;
    points.inverse_total = batch::HWY_NAMESPACE::load<double>(inverse_total64_ + column);
    const auto F_before = widen(F32 + column);
    auto closed = close<P, kVariances, double>(points, widen(tried_k + column), widen(tried_a + column), F_before);
    // Where the last step did not help, the job starts from the point before it.
    const auto worse = hn::AndNot(closed.final, hn::Gt(closed.F, hn::MulAdd(F_before, set<double>(1.000001), set<double>(1e-6))));
    closed.k = select<double>(worse, widen(k32 + column), closed.k);
    closed.a = select<double>(worse, widen(a32 + column), closed.a);
    GroupState& state = memory_.state;
    store<double>(closed.k, state.column(Column::k) + at);
    store<double>(closed.a, state.column(Column::a) + at);
    store<double>(closed.F, state.column(Column::F) + at);
    store<double>(closed.linear.L, state.column(Column::L) + at);
    store<double>(reported_mean<P, double>(closed.linear), state.column(Column::mean) + at);
    if constexpr (kVariances) {
      store<double>(closed.variance.L, state.column(Column::variance_L) + at);
      store<double>(closed.variance.x0, state.column(Column::variance_x0) + at);
      store<double>(closed.variance.k, state.column(Column::variance_k) + at);
      store<double>(closed.variance.b, state.column(Column::variance_b) + at);
    }
    const auto plain = is_plain<P, double>(closed.k, closed.a, closed.F, closed.transition,
                                           batch::HWY_NAMESPACE::load<double>(spread64_ + column));
    sort_out(at, kLanes64, bits_of<double>(closed.final), bits_of<double>(plain) & ~(rivals_ >> column), clean_ >> column);
  }

  template <bool kVariances>
  void close_narrow(std::size_t first, const LanePoints<float>& points, const Quadratic<float>& best, const Move<float>& last) {
    auto closed = close<P, kVariances, float>(points, last.k, last.a, best.F);
    const auto worse = hn::AndNot(closed.final, hn::Gt(closed.F, hn::MulAdd(best.F, set<float>(1.00001), set<float>(1e-6))));
    closed.k = select<float>(worse, best.k, closed.k);
    closed.a = select<float>(worse, best.a, closed.a);
    const auto plain =
        is_plain<P, float>(closed.k, closed.a, closed.F, closed.transition, batch::HWY_NAMESPACE::load<float>(spread32_));
    keep(Column::k, first, closed.k);
    keep(Column::a, first, closed.a);
    keep(Column::F, first, closed.F);
    keep(Column::L, first, closed.linear.L);
    keep(Column::mean, first, reported_mean<P, float>(closed.linear));
    if constexpr (kVariances) {
      keep(Column::variance_L, first, closed.variance.L);
      keep(Column::variance_x0, first, closed.variance.x0);
      keep(Column::variance_k, first, closed.variance.k);
      keep(Column::variance_b, first, closed.variance.b);
    }
    sort_out(first, kLanes32, bits_of<float>(closed.final), bits_of<float>(plain) & ~rivals_, clean_);
  }

  void keep(Column column, std::size_t first, Vec<float> v) {
    HWY_ALIGN float narrow[kLanes32];
    store<float>(v, narrow);
    double* to = memory_.state.column(column) + first;
    for (std::size_t lane = 0; lane < kLanes32; lane += kLanes64) store<double>(widen(narrow + lane), to + lane);
  }

  // The better of two descents goes on; where the other one is not far behind, it is a rival, and the curve is looked at again.
  void try_other_face(const LanePoints<float>& points, Vec<float> k, Vec<float> a, Quadratic<float>& best, Move<float>& last) {
    Quadratic<float> other;
    Move<float> other_last;
    descend<P>(points, k, a, &other, &other_last);
    const auto better = hn::Lt(other.F, best.F);
    const auto near = hn::Lt(hn::Max(other.F, best.F), hn::Mul(set<float>(kRival), hn::Min(other.F, best.F)));
    blend<float>(better, other, best);
    last.k = select<float>(better, other_last.k, last.k);
    last.a = select<float>(better, other_last.a, last.a);
    rivals_ = bits_of<float>(near);
  }

  // Which curves are done, which need a job, which a closer look; a bit for each lane.
  void sort_out(std::size_t at, std::size_t lanes, std::uint32_t final, std::uint32_t beyond_doubt, std::uint32_t clean) {
    const std::size_t count = std::min(lanes, group_.curves.size() - at);
    GroupState& state = memory_.state;
    std::fill_n(state.outcome.begin() + static_cast<std::ptrdiff_t>(at), count, Outcome::regular);
    const std::uint32_t all = (std::uint32_t(1) << count) - 1;
    for (std::uint32_t left = all & ~(final & beyond_doubt & clean); left != 0; left &= left - 1) {
      const auto lane = static_cast<std::size_t>(std::countr_zero(left));
      const std::size_t curve = at + lane;
      if ((clean >> lane & 1) == 0) {
        state.outcome[curve] = Outcome::unclean;
        continue;
      }
      keep_record(curve, curve - at / kLanes32 * kLanes32);
      if ((final >> lane & 1) != 0) {
        memory_.flagged.push_back(curve);
      } else {
        Job job;
        job.curve = curve;
        job.k = state.at(Column::k, curve);
        job.a = state.at(Column::a, curve);
        memory_.jobs.push_back(job);
        if (kFaces<P> == 2 && (rivals_ >> (curve % kLanes32) & 1) != 0) memory_.rivals.push_back(curve);
      }
    }
  }

  // The normalised points of one curve, one after the other.
  void keep_record(std::size_t curve, std::size_t column) {
    const std::size_t part = column / kLanes64, lane = column % kLanes64;
    std::vector<double>& records = memory_.records;
    const std::size_t at = records.size();
    memory_.record_of[curve] = at;
    records.resize(at + (P::kWeighted ? 3 : 2) * m_);
    double* to = records.data() + at;
    if constexpr (kMayBeNarrow)
      if (group_.float32_input) {
        for (std::size_t j = 0; j < m_; ++j) to[j] = static_cast<double>(u32_[j * kLanes32 + column]);
        for (std::size_t j = 0; j < m_; ++j) to[m_ + j] = static_cast<double>(y32_[j * kLanes32 + column]);
        return;
      }
    const double* u = part_u(part) + lane;
    const double* y = part_y(part) + lane;
    for (std::size_t j = 0; j < m_; ++j) to[j] = u[j * kLanes64];
    for (std::size_t j = 0; j < m_; ++j) to[m_ + j] = y[j * kLanes64];
    if constexpr (P::kWeighted) {
      const double* w = part_w(part) + lane;
      for (std::size_t j = 0; j < m_; ++j) to[2 * m_ + j] = w[j * kLanes64];
    }
  }

  const Group& group_;
  EngineMemory& memory_;
  std::size_t m_;
  double* u64_;
  float *u32_, *y32_, *w32_, *scratch32_;
  HWY_ALIGN float inverse_total32_[kLanes32] = {};
  HWY_ALIGN double inverse_total64_[kLanes32] = {};
  HWY_ALIGN float spread32_[kLanes32] = {};
  HWY_ALIGN double spread64_[kLanes32] = {};
  std::uint32_t clean_ = 0, rivals_ = 0;  // a bit for each lane
};

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
