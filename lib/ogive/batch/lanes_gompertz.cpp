// SPDX-License-Identifier: MIT
#include "ogive/batch/engine.h"
#include "ogive/batch/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/batch/lanes_gompertz.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ogive/batch/problem-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

void fit_gompertz_lanes(const Group& group, EngineMemory& memory) {
  if (group.weighted) return fit_problem<Problem<GompertzLanes, true, true>, double>(group, memory);
  fit_problem<Problem<GompertzLanes, true, false>, double>(group, memory);
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::batch {
HWY_EXPORT(fit_gompertz_lanes);
void fit_gompertz(const Group& group, EngineMemory& memory) { HWY_DYNAMIC_DISPATCH(fit_gompertz_lanes)(group, memory); }
}  // namespace ogive::batch
#endif
