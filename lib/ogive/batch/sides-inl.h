// SPDX-License-Identifier: MIT
// Steps in closed form, in lanes: level and sum of squares of all points left and right of each gap, and the best step made of two
// levels, or of two levels and one point between them.
#if defined(OGIVE_BATCH_SIDES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_SIDES_INL_H_
#undef OGIVE_BATCH_SIDES_INL_H_
#else
#define OGIVE_BATCH_SIDES_INL_H_
#endif

#include <limits>

#include "ogive/batch/candidates.h"
#include "ogive/batch/evaluate-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

// The arrays of all lanes, each of m + 1 vectors, one after the other in memory.
struct LaneSides {
  double* left_level;
  double* left_F;
  double* right_level;
  double* right_F;

  static constexpr std::size_t size(std::size_t m) { return 4 * (m + 1) * kLanes64; }
  LaneSides(double* memory, std::size_t m)
      : left_level(memory), left_F(memory + size(m) / 4), right_level(memory + size(m) / 2), right_F(memory + size(m) / 4 * 3) {}
  Sides of(std::size_t lane) const { return {left_level + lane, left_F + lane, right_level + lane, right_F + lane, kLanes64}; }
};

// y, and w where weights count, of points are read. Where b is fixed, the left level is 0.
template <class P>
HWY_NOINLINE void find_sides(const LanePoints<double>& points, const LaneSides& sides) {
  constexpr std::size_t lanes = kLanes64;
  const std::size_t m = points.m;
  const auto zero = hn::Zero(D64());
  auto weight = zero, sum = zero, squares = zero;
  const auto take = [&](std::size_t j, std::size_t count) HWY_ATTR {
    const auto y = load<double>(points.y + j * lanes);
    if constexpr (P::kWeighted) {
      const auto w = load<double>(points.w + j * lanes);
      const auto wy = hn::Mul(w, y);
      weight = hn::Add(weight, w);
      sum = hn::Add(sum, wy);
      squares = hn::MulAdd(wy, y, squares);
      return hn::Mul(sum, hn::Div(set<double>(1), weight));
    } else {
      sum = hn::Add(sum, y);
      squares = hn::MulAdd(y, y, squares);
      return hn::Mul(sum, set<double>(1 / static_cast<double>(count)));
    }
  };
  store<double>(zero, sides.left_level);
  store<double>(zero, sides.left_F);
  for (std::size_t j = 0; j < m; ++j) {
    const auto level = P::kFreesB ? take(j, j + 1) : (take(j, j + 1), zero);
    store<double>(level, sides.left_level + (j + 1) * lanes);
    store<double>(hn::Max(zero, hn::NegMulAdd(sum, level, squares)), sides.left_F + (j + 1) * lanes);
  }
  if constexpr (P::kFreesB) store<double>(zero, sides.left_F + lanes);  // exactly
  weight = sum = squares = zero;
  store<double>(zero, sides.right_level + m * lanes);
  store<double>(zero, sides.right_F + m * lanes);
  for (std::size_t j = m; j-- > 0;) {
    const auto level = take(j, m - j);
    store<double>(level, sides.right_level + j * lanes);
    store<double>(hn::Max(zero, hn::NegMulAdd(sum, level, squares)), sides.right_F + j * lanes);
  }
  store<double>(zero, sides.right_F + (m - 1) * lanes);
}

// The best step of each lane, given its sides.
template <class P>
HWY_NOINLINE void find_steps(const LanePoints<double>& points, const LaneSides& sides, StepLimit* steps) {
  constexpr std::size_t lanes = kLanes64;
  const std::size_t m = points.m;
  const auto zero = hn::Zero(D64()), one = set<double>(1);
  auto best = set<double>(std::numeric_limits<double>::infinity()), right = zero, middle = zero;
  for (std::size_t i = P::kFreesB ? 1 : 0; i < m; ++i) {
    const auto F = hn::Add(load<double>(sides.left_F + i * lanes), load<double>(sides.right_F + i * lanes));
    const auto better = hn::Lt(F, best);
    best = hn::IfThenElse(better, F, best);
    right = hn::IfThenElse(better, set<double>(static_cast<double>(i)), right);
  }
  for (std::size_t j = P::kFreesB ? 1 : 0; j + 1 < m; ++j) {
    const auto low = load<double>(sides.left_level + j * lanes), high = load<double>(sides.right_level + (j + 1) * lanes);
    const auto y = load<double>(points.y + j * lanes);
    const auto F = hn::Add(load<double>(sides.left_F + j * lanes), load<double>(sides.right_F + (j + 1) * lanes));
    // Where the point is not between the levels, a step of two levels is as good.
    const auto between = hn::Gt(hn::Mul(hn::Sub(y, low), hn::Sub(high, y)), zero);
    const auto better = hn::And(between, hn::Lt(F, best));
    best = hn::IfThenElse(better, F, best);
    right = hn::IfThenElse(better, set<double>(static_cast<double>(j + 1)), right);
    middle = hn::IfThenElse(better, one, middle);
  }
  HWY_ALIGN double first_right[lanes], has_middle[lanes], low[lanes], high[lanes], F[lanes];
  store<double>(right, first_right);
  store<double>(middle, has_middle);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    StepLimit& step = steps[lane];
    step.first_right = static_cast<std::size_t>(first_right[lane]);
    step.has_middle = has_middle[lane] != 0;
    const std::size_t left_end = step.first_right - (step.has_middle ? 1 : 0);
    step.low = low[lane] = sides.left_level[left_end * lanes + lane];
    step.high = high[lane] = sides.right_level[step.first_right * lanes + lane];
  }
  // Differences of prefix sums cancel where the fit is nearly perfect; these do not.
  const auto left_end = hn::Sub(right, middle);
  auto sum = zero;
  for (std::size_t j = 0; j < m; ++j) {
    const auto at = set<double>(static_cast<double>(j));
    const auto is_left = hn::Lt(at, left_end);
    const auto level = hn::IfThenElse(is_left, load<double>(low), load<double>(high));
    const auto r = hn::IfThenElseZero(hn::Or(is_left, hn::Ge(at, right)), hn::Sub(load<double>(points.y + j * lanes), level));
    sum = hn::MulAdd(P::kWeighted ? hn::Mul(load<double>(points.w + j * lanes), r) : r, r, sum);
  }
  store<double>(sum, F);
  for (std::size_t lane = 0; lane < lanes; ++lane) steps[lane].F = F[lane];
}

// Where starts may be worth their while, given what their F must be below.
template <class P>
HWY_NOINLINE void find_gates(std::size_t m, const LaneSides& sides, Vec<double> target, StartGates* gates) {
  if (m > StartGates::most_points) return;
  constexpr std::size_t lanes = kLanes64;
  const hn::RebindToUnsigned<D64> bits;
  const auto looser = hn::Mul(target, set<double>(one_point_slack));
  auto pairs = hn::Zero(bits), singles = pairs;
  const auto bound = [&](std::size_t left, std::size_t right) HWY_ATTR {
    return hn::Add(load<double>(sides.left_F + left * lanes), load<double>(sides.right_F + right * lanes));
  };
  for (std::size_t i = 0; i + 1 < m; ++i) {
    const auto bit = hn::Set(bits, std::uint64_t{1} << i);
    const auto pair = hn::Lt(bound(i > 0 ? i - 1 : 0, i + 3 < m ? i + 3 : m), target);
    pairs = hn::Or(pairs, hn::IfThenElseZero(hn::RebindMask(bits, pair), bit));
    if (P::kFreesB && i == 0) continue;
    const auto single = hn::Lt(bound(i, i + 1), looser);
    singles = hn::Or(singles, hn::IfThenElseZero(hn::RebindMask(bits, single), bit));
  }
  HWY_ALIGN std::uint64_t pairs_of[lanes], singles_of[lanes];
  hn::Store(pairs, bits, pairs_of);
  hn::Store(singles, bits, singles_of);
  for (std::size_t lane = 0; lane < lanes; ++lane) gates[lane] = {pairs_of[lane], singles_of[lane]};
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
