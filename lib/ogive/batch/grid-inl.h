// SPDX-License-Identifier: MIT
// A coarse cover of (k, x0) for the curves that may have their optimum anywhere: how much of the sum of squares each node explains.
// Neighbouring nodes differ by about two units of z within the rise; steeper rows are the business of the starts between points.
#if defined(OGIVE_BATCH_GRID_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_GRID_INL_H_
#undef OGIVE_BATCH_GRID_INL_H_
#else
#define OGIVE_BATCH_GRID_INL_H_
#endif

#include <algorithm>
#include <cmath>
#include <vector>

#include "ogive/batch/engine.h"
#include "ogive/batch/start-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

struct GridRow {
  double k;
  std::vector<double> x0;
};

// Rows of one slope; for shapes that are not symmetric, of either sign.
template <class P>
const std::vector<GridRow>& grid_rows() {
  static const std::vector<GridRow> rows = [] {
    std::vector<GridRow> result;
    for (const double k : {1.5, 3.0, 6.0, 12.0, 24.0}) {
      for (const double sign : {1.0, -1.0}) {
        if (P::kOneSided && sign < 0) continue;
        GridRow row{sign * k, {}};
        const double reach = 1 + 2.5 / k;
        const int half = static_cast<int>(std::ceil(reach / std::max(2.0 / k, 0.15)));
        for (int i = -half; i <= half; ++i) row.x0.push_back(reach * i / half);
        result.push_back(std::move(row));
      }
    }
    return result;
  }();
  return rows;
}

// The gains of all nodes, gains[node * kLanes32 + lane].
template <class P>
HWY_NOINLINE void grid_gains(const LanePoints<float>& points, float* gains) {
  constexpr std::size_t lanes = kLanes<float>;
  const auto zero = hn::Zero(D32());
  std::size_t node = 0;
  for (const GridRow& row : grid_rows<P>()) {
    for (const double x0 : row.x0) {
      // f small at most points where that can be chosen
      const double sign = P::kOneSided && x0 < 0 ? -1 : 1;
      const auto k = set<float>(sign * row.k), a = set<float>(sign * row.k * x0);
      GainSums sums = {zero, zero, zero};
      for (std::size_t j = 0; j < points.m; ++j) {
        const auto u = load<float>(points.u + j * lanes);
        const auto y = load<float>(points.y + j * lanes);
        const auto w = P::kWeighted ? load<float>(points.w + j * lanes) : zero;
        Vec<float> s, extra;
        if constexpr (std::is_same_v<typename P::Shape, LogisticLanes>) {
          const auto e = exp<float>(clamp_exponent<float>(hn::NegMulAdd(k, u, a)));
          s = rough_reciprocal(hn::Add(e, set<float>(1)));
        } else {
          P::Shape::template first<float>(hn::MulSub(k, u, a), s, extra);
        }
        add_point<P>(sums, s, y, w);
      }
      store<float>(gain<P>(sums, points.inverse_total), gains + node++ * lanes);
    }
  }
}

// The local maxima of one lane along the rows, as starts; `bound` is minus the gain, so that the best come first.
template <class P>
void grid_maxima(const float* gains, std::size_t lane, std::vector<CandidateStart>& starts) {
  constexpr std::size_t lanes = kLanes<float>;
  std::size_t node = 0;
  for (const GridRow& row : grid_rows<P>()) {
    const std::size_t count = row.x0.size();
    const auto at = [&](std::size_t i) { return gains[(node + i) * lanes + lane]; };
    for (std::size_t i = 0; i < count; ++i)
      if ((i == 0 || at(i) >= at(i - 1)) && (i + 1 == count || at(i) > at(i + 1)))
        starts.push_back({row.k, row.k * row.x0[i], -static_cast<double>(at(i))});
    node += count;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
