// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The curves of a group that have an ordinary optimum, which are nearly all, from the engine's state to entries of Fits, in lanes.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ogive/batch/fit_many.h"
#include "ogive/batch/report.h"
#include "ogive/batch/state.h"

namespace ogive::batch {

/// What is known of the curves of a group beside the engine's state.
struct RegularGroup {
  std::span<const std::size_t> members;  ///< curve members[i] is at place i of the state
  std::span<const PointCounts> counts;   ///< of each; or one, of all of them
  std::span<const Thresholds> limits;    ///< likewise
  Places places;
  bool one_sided = false;
};

/// Writes their entries. @param done  is given, for each, whether its entry was written; the others are Reporter's
void report_regular(GroupState& state, const RegularGroup& group, Fits& fits, std::vector<std::uint8_t>& done);

}  // namespace ogive::batch
