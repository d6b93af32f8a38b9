// SPDX-License-Identifier: MIT
#include "ogive/sigmoid/targets.h"

#include <hwy/highway.h>

#include <cstdint>

#include "ogive/base/errors.h"
#include "ogive/sigmoid/kernels.h"

namespace ogive::sigmoid {
namespace {

// One bit a target; a lower bit is a better one.
std::int64_t available() { return hwy::SupportedTargets() & HWY_TARGETS; }

std::int64_t best(std::int64_t targets) { return targets & -targets; }

}  // namespace

std::vector<std::string> supported_targets() {
  std::vector<std::string> names;
  for (std::int64_t left = available(); left != 0; left &= left - 1) names.emplace_back(hwy::TargetName(best(left)));
  return names;
}

const char* simd_target() { return hwy::TargetName(best(available())); }

WithTarget::WithTarget(std::string_view name) {
  for (std::int64_t left = available(); left != 0; left &= left - 1) {
    if (name != hwy::TargetName(best(left))) continue;
    hwy::SetSupportedTargetsForTest(best(left));
    return;
  }
  throw InputError(Place{}, "'" + std::string(name) + "' is not an instruction set that this build and this processor have");
}

WithTarget::~WithTarget() { hwy::SetSupportedTargetsForTest(0); }

}  // namespace ogive::sigmoid
