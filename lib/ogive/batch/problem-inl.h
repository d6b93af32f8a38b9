// SPDX-License-Identifier: MIT
// All stages for one problem.
#if defined(OGIVE_BATCH_PROBLEM_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_PROBLEM_INL_H_
#undef OGIVE_BATCH_PROBLEM_INL_H_
#else
#define OGIVE_BATCH_PROBLEM_INL_H_
#endif

#include "ogive/batch/doubt-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

template <class P, class T>
void fit_problem(const Group& group, EngineMemory& memory) {
  memory.jobs.clear();
  memory.flagged.clear();
  memory.rivals.clear();
  memory.records.clear();
  memory.record_of.resize(group.curves.size());
  memory.state.resize(group.curves.size(), kLanes32);
  Blocks<P, T>(group, memory).run();
  Doubt<P, T>(group, memory).run();
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
