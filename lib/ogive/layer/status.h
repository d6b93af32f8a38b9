// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// How a training or a fit ended. A solver that has stopped moving calls itself converged, whether it stands on the answer or in a
/// place where every gradient is zero; the states below tell the two apart.
///
/// @code
///   const std::string_view text = to_string(ogive::layer::Status::dead_support);  // "dead-support"
/// @endcode

#include <string_view>

namespace ogive::layer {

/// What became of a training or a fit.
enum class Status {
  ok,                ///< it is done, and what it found explains the data as well as was asked
  dead_support,      ///< no sample lies in the support of the bump: every gradient is exactly 0
  underflow,         ///< samples lie in the support, but so near its edge that every value is 0
  collapsed_height,  ///< the height went to 0 beside the data, and took the gradients of centre and width along
  diverged,          ///< the loss became infinite or NaN; the message names the step
  not_converged,     ///< it stopped before it arrived
};

/// "ok", "dead-support", "underflow", "collapsed-height", "diverged", "not-converged".
constexpr std::string_view to_string(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::dead_support:
      return "dead-support";
    case Status::underflow:
      return "underflow";
    case Status::collapsed_height:
      return "collapsed-height";
    case Status::diverged:
      return "diverged";
    case Status::not_converged:
      return "not-converged";
  }
  return "";
}

}  // namespace ogive::layer
