// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// An axis: where a value stands between its ends, and which values are marked.
///
/// All drawing happens in places from 0 (left, bottom) to 1 (right, top). So a span of 1e-300, of 1e300 or of 1e-3 at 2e4 is drawn
/// as exactly as any other, and the marks can be labelled without rounding noise.
///
/// @code
///   const auto axis = ogive::plot::Axis::linear({0.0, 10.0}, 5);
///   axis.place(2.5);  // 0.25
/// @endcode

#include <string>
#include <vector>

namespace ogive::plot {

/// Two ends; low <= high. Empty (low > high) until something is added.
struct Range {
  double low = 1;
  double high = -1;

  bool empty() const { return low > high; }
  void add(double value);  ///< grows to hold a finite value; others are passed over
  /// Wider by this fraction of its length at both ends; a single value becomes a range around it. Never infinite.
  Range widened(double fraction) const;
};

/// A mark on an axis. Its label is plain ASCII, for example "-0.5" or "2e-7"; typeset() makes it fit for print.
struct Tick {
  double place;
  std::string label;
};

class Axis {
 public:
  /// Even steps from range.low to range.high, with about `count` marks at 1, 2 or 5 times a power of ten.
  static Axis linear(Range range, int count);

  /// Even steps in log10. `range` holds logarithms: {0, 3} goes from 1 to 1000.
  static Axis log10(Range range, int count);

  /// Makes room at the left for the limit (x = -inf, or dose 0), behind a break.
  void add_limit();

  /// From 0 to 1 within the axis. Beyond, up to 10 lengths away; infinite values and NaN are at the end of that.
  /// The limit is at limit_place.
  double place(double value) const;

  /// Whether the value is the limit: -inf, on a log axis 0.
  bool is_limit(double value) const;

  bool log() const { return log_; }
  bool broken() const { return broken_; }
  Range range() const { return range_; }
  std::vector<Tick> ticks;
  std::vector<double> minor_ticks;  ///< places without a label

  static constexpr double limit_place = 0.045;  ///< where the limit is drawn
  static constexpr double limit_end = 0.085;    ///< the axis of the limit ends here ...
  static constexpr double rest_begin = 0.11;    ///< ... and the rest of the axis begins here

 private:
  Range range_;  ///< of log10 x on a log axis
  bool log_ = false;
  bool broken_ = false;
};

/// A label for print: a true minus sign, "2e-7" as two times ten to a raised power (UTF-8).
std::string typeset(const std::string& label);

}  // namespace ogive::plot
