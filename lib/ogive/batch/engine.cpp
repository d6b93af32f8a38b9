// SPDX-License-Identifier: MIT
#include "ogive/batch/engine.h"

#include "ogive/batch/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/batch/engine.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

std::size_t block_lanes() { return HWY_LANES(float); }

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::batch {
HWY_EXPORT(block_lanes);

std::size_t block_size() { return HWY_DYNAMIC_DISPATCH(block_lanes)(); }

void fit_group(const Group& group, EngineMemory& memory) {
  switch (group.model) {
    case LaneModel::logistic:
      if (group.weighted)
        return group.float32 ? fit_logistic_weighted_float32(group, memory) : fit_logistic_weighted(group, memory);
      return group.float32 ? fit_logistic_float32(group, memory) : fit_logistic(group, memory);
    case LaneModel::logistic3:
      return group.float32 ? fit_logistic3_float32(group, memory) : fit_logistic3(group, memory);
    case LaneModel::gompertz:
      return group.float32 ? fit_gompertz_float32(group, memory) : fit_gompertz(group, memory);
  }
}

const char* engine_target() {
  const auto targets = hwy::SupportedTargets() & HWY_TARGETS;
  return hwy::TargetName(targets & -targets);
}

}  // namespace ogive::batch
#endif
