// SPDX-License-Identifier: MIT
#include "ogive/batch/goodness.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "ogive/batch/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/batch/goodness.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <hwy/contrib/math/math-inl.h>

#include "ogive/batch/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

void goodness_lanes(const Fits& fits, std::size_t first, std::size_t count, Goodness& to) {
  constexpr std::size_t at_once = Goodness::at_once;
  HWY_ALIGN double n[at_once + kLanes64] = {}, rss[at_once + kLanes64], tss[at_once + kLanes64], logs[at_once + kLanes64] = {};
  std::copy_n(fits.n.data() + first, count, n);
  std::copy_n(fits.rss.data() + first, count, rss);
  std::copy_n(fits.tss.data() + first, count, tss);
  if (!fits.sum_log_weights.empty()) std::copy_n(fits.sum_log_weights.data() + first, count, logs);
  const double p = static_cast<double>(fits.model->parameters.size()), q = p + 1;
  const auto zero = hn::Zero(D64()), unknown = set<double>(std::numeric_limits<double>::quiet_NaN());
  HWY_ALIGN double dof[at_once + kLanes64];
  for (std::size_t i = 0; i < count; i += kLanes64) {
    const auto at_n = load<double>(n + i), at_rss = load<double>(rss + i), at_tss = load<double>(tss + i);
    const auto at_dof = hn::Max(hn::Sub(at_n, set<double>(p)), zero);
    store<double>(at_dof, dof + i);
    const auto left = hn::Sub(at_n, set<double>(q + 1));
    const auto rse = hn::Sqrt(hn::Div(at_rss, at_dof));
    const auto r2 = hn::Sub(set<double>(1), hn::Div(at_rss, at_tss));
    auto aicc = hn::Sub(hn::Mul(at_n, hn::Log(D64(), hn::Div(at_rss, at_n))), load<double>(logs + i));
    aicc = hn::Add(hn::Add(aicc, set<double>(2 * q)), hn::Div(set<double>(2 * q * (q + 1)), left));
    const auto has_aicc = hn::And(hn::Gt(at_rss, zero), hn::Gt(left, zero));
    store<double>(select<double>(hn::Gt(at_dof, zero), rse, unknown), n + i);
    store<double>(select<double>(hn::Gt(at_tss, zero), r2, unknown), tss + i);
    store<double>(select<double>(has_aicc, aicc, unknown), rss + i);
  }
  std::transform(dof, dof + count, to.dof.begin(), [](double d) { return static_cast<std::uint32_t>(d); });
  std::copy_n(n, count, to.rse.begin());
  std::copy_n(tss, count, to.r2.begin());
  std::copy_n(rss, count, to.aicc.begin());
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::batch {
HWY_EXPORT(goodness_lanes);

void find_goodness(const Fits& fits, std::size_t first, std::size_t count, Goodness& to) {
  assert(count <= Goodness::at_once && first + count <= fits.size());
  HWY_DYNAMIC_DISPATCH(goodness_lanes)(fits, first, count, to);
}

}  // namespace ogive::batch
#endif
