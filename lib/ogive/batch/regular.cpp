// SPDX-License-Identifier: MIT
#include "ogive/batch/regular.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ogive/batch/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/batch/regular.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ogive/batch/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

// Where the columns of Fits for these lanes go: one after the other in memory, or here and there.
class Entries {
 public:
  Entries(std::span<const std::size_t> members, std::size_t first)
      : members_(members.subspan(first, std::min(kLanes64, members.size() - first))),
        side_by_side_(members_.size() == kLanes64 && members_.back() - members_.front() == kLanes64 - 1 &&
                      std::is_sorted(members_.begin(), members_.end())) {}

  void store(Vec<double> v, double* column) const {
    if (side_by_side_) return hn::StoreU(v, D64(), column + members_.front());
    HWY_ALIGN double values[kLanes64];
    HWY_NAMESPACE::store<double>(v, values);
    for (std::size_t lane = 0; lane < members_.size(); ++lane) column[members_[lane]] = values[lane];
  }

  std::size_t size() const { return members_.size(); }
  std::size_t operator[](std::size_t lane) const { return members_[lane]; }

 private:
  std::span<const std::size_t> members_;
  bool side_by_side_;
};

// What depends on the points of a curve.
struct Terms {
  Vec<double> dof, rounding, critical, t, pure_error, weight_unit;
};

Terms terms_of(const RegularGroup& group, std::size_t first, double parameters) {
  HWY_ALIGN double values[6][kLanes64];
  for (std::size_t lane = 0; lane < kLanes64; ++lane) {
    const std::size_t at = std::min(first + lane, group.counts.size() - 1);
    const PointCounts& counts = group.counts[at];
    const Thresholds& limit = group.limits[at];
    const double n = counts.n;
    values[0][lane] = n - parameters;
    values[1][lane] = rounding_of(n);
    values[2][lane] = limit.critical * (parameters - 1);
    values[3][lane] = limit.t;
    values[4][lane] = counts.pure_error;
    values[5][lane] = counts.weight_unit;
  }
  return {load<double>(values[0]), load<double>(values[1]), load<double>(values[2]),
          load<double>(values[3]), load<double>(values[4]), load<double>(values[5])};
}

HWY_INLINE Mask<double> is_finite(Vec<double> v) {
  return hn::Lt(hn::Abs(v), set<double>(std::numeric_limits<double>::infinity()));
}

Vec<double> exp_of_each(Vec<double> v) {
  HWY_ALIGN double values[kLanes64];
  store<double>(v, values);
  for (double& value : values) value = std::exp(value);
  return load<double>(values);
}

void report_lanes(GroupState& state, const RegularGroup& group, Fits& fits, std::uint8_t* done) {
  const auto members = group.members;
  const std::size_t total = fits.size();
  const double parameters = static_cast<double>(fits.model->parameters.size());
  const bool alike = group.counts.size() == 1;
  const auto zero = hn::Zero(D64());
  Terms terms = terms_of(group, 0, parameters);
  for (std::size_t first = 0; first < members.size(); first += kLanes64) {
    if (!alike && first > 0) terms = terms_of(group, first, parameters);
    const auto column = [&](Column c) HWY_ATTR { return load<double>(state.column(c) + first); };
    const auto scale = column(Column::scale), shift = column(Column::shift);
    const auto half = column(Column::half), center = column(Column::center);
    const auto square = hn::Mul(scale, scale);
    const auto rss = hn::MulAdd(column(Column::F), square, terms.pure_error);
    const auto tss = hn::MulAdd(column(Column::spread), square, terms.pure_error);
    const auto size = hn::Add(hn::Abs(shift), scale);
    const auto above_rounding = hn::Gt(rss, hn::Mul(hn::Mul(terms.rounding, size), size));
    const auto effect = hn::Gt(hn::Mul(hn::Sub(tss, rss), terms.dof), hn::Mul(terms.critical, rss));
    const auto at_L = column(Column::L), at_k = column(Column::k);
    // (k, L, b) and (-k, -L, b + L) are one curve; it is reported with L > 0
    const auto turn = hn::And(hn::Lt(at_L, zero), hn::Gt(set<double>(group.one_sided ? 1 : -1), zero));
    const auto L = hn::Mul(hn::IfThenElse(turn, hn::Neg(at_L), at_L), scale);
    const auto k = hn::Div(hn::IfThenElse(turn, hn::Neg(at_k), at_k), half);
    const auto b = hn::NegMulAdd(hn::Mul(at_L, column(Column::mean)), scale, shift);
    auto x0 = hn::MulAdd(half, hn::Div(column(Column::a), at_k), center), unit_x0 = half;
    if (fits.model->log_dose) {
      x0 = exp_of_each(x0);
      unit_x0 = hn::Mul(half, x0);
    }
    auto good =
        hn::And(hn::And(above_rounding, hn::Gt(terms.dof, zero)), is_finite(hn::Add(rss, hn::Add(hn::Add(L, x0), hn::Add(k, b)))));

    const Entries entries(members, first);
    const auto put = [&](int place, Vec<double> v) HWY_ATTR {
      if (place >= 0) entries.store(v, fits.values.data() + static_cast<std::size_t>(place) * total);
    };
    put(group.places.L, L);
    put(group.places.x0, x0);
    put(group.places.k, k);
    put(group.places.b, b);
    entries.store(hn::Mul(rss, terms.weight_unit), fits.rss.data());
    entries.store(hn::Mul(tss, terms.weight_unit), fits.tss.data());
    if (fits.has_intervals) {
      const auto sigma = hn::Div(hn::Sqrt(hn::Div(rss, terms.dof)), scale);
      const auto put_error = [&](int place, Column variance, Vec<double> unit, Vec<double> value) HWY_ATTR {
        if (place < 0) return;
        const auto se = hn::Mul(hn::Mul(hn::Sqrt(column(variance)), sigma), unit);
        const std::size_t at = static_cast<std::size_t>(place) * total;
        entries.store(se, fits.standard_errors.data() + at);
        entries.store(hn::NegMulAdd(terms.t, se, value), fits.lower.data() + at);
        entries.store(hn::MulAdd(terms.t, se, value), fits.upper.data() + at);
        good = hn::And(good, hn::And(is_finite(se), hn::Ge(se, zero)));
      };
      put_error(group.places.L, Column::variance_L, scale, L);
      put_error(group.places.x0, Column::variance_x0, unit_x0, x0);
      put_error(group.places.k, Column::variance_k, hn::Div(set<double>(1), half), k);
      put_error(group.places.b, Column::variance_b, scale, b);
    }
    const std::uint32_t good_bits = bits_of<double>(good), effect_bits = bits_of<double>(effect);
    for (std::size_t lane = 0; lane < entries.size(); ++lane) {
      const std::size_t curve = entries[lane];
      const PointCounts& counts = group.counts[alike ? 0 : first + lane];
      fits.shape[curve] = (effect_bits >> lane & 1) != 0 ? fit::Shape::regular : fit::Shape::flat;
      fits.status[curve] = fit::Status::ok;
      fits.n[curve] = counts.n;
      fits.missing[curve] = counts.missing;
      done[first + lane] = (good_bits >> lane & 1) != 0 && state.outcome[first + lane] == Outcome::regular ? 1 : 0;
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::batch {
HWY_EXPORT(report_lanes);

void report_regular(GroupState& state, const RegularGroup& group, Fits& fits, std::vector<std::uint8_t>& done) {
  done.resize(group.members.size());
  HWY_DYNAMIC_DISPATCH(report_lanes)(state, group, fits, done.data());
}

}  // namespace ogive::batch
#endif
