// SPDX-License-Identifier: MIT
#include "ogive/batch/engine.h"
#include "ogive/batch/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/batch/lanes_logistic_float32.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ogive/batch/problem-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

void fit_logistic_float32_lanes(const Group& group, EngineMemory& memory) {
  fit_problem<Problem<LogisticLanes, true, false>, float>(group, memory);
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::batch {
HWY_EXPORT(fit_logistic_float32_lanes);
void fit_logistic_float32(const Group& group, EngineMemory& memory) {
  HWY_DYNAMIC_DISPATCH(fit_logistic_float32_lanes)(group, memory);
}
}  // namespace ogive::batch
#endif
