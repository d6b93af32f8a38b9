// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Measurements under way: the progress line, and Ctrl-C between any two blocks.

#include <cstddef>

#include "ogive/accuracy/measure.h"
#include "tools/common/progress.h"
#include "tools/common/signals.h"
#include "tools/ogive-error/arguments.h"
#include "tools/ogive-error/subjects.h"

namespace ogive::tools {

/// Measures one subject after another, as the arguments say.
class Measuring {
 public:
  /// @param count  how many measurements there will be
  Measuring(const Arguments& arguments, std::size_t count)
      : arguments_(arguments),
        single_(count == 1),
        progress_("ogive-error", single_ ? "percent" : "measurements", single_ ? 100 : count, arguments.progress) {}

  accuracy::Measurement operator()(const Subject& subject) {
    const auto found = accuracy::measure(subject.variant, subject.type, options());
    if (!single_) progress_.advance();
    return found;
  }

  accuracy::MeasureOptions options() {
    accuracy::MeasureOptions options;
    options.low = arguments_.low;
    options.high = arguments_.high;
    options.position = arguments_.position;
    options.samples = arguments_.samples;
    options.seed = arguments_.seed;
    options.threads = arguments_.threads;
    options.progress = [this](double done) {
      check_interrupt();
      for (; single_ && percent_ < static_cast<int>(100 * done); ++percent_) progress_.advance();
    };
    return options;
  }

  void advance() { progress_.advance(); }

 private:
  const Arguments& arguments_;
  bool single_;
  int percent_ = 0;
  Progress progress_;
};

}  // namespace ogive::tools
