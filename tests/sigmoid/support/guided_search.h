// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A search for the input on which a float64 kernel errs most: intervals are sampled, the worst are kept, split and sampled again.
/// What it finds is a lower bound of the greatest error. The kernel is called on whole arrays, as users call it.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "ogive/base/ulp.h"
#include "sigmoid/support/exact_kernels.h"

namespace ogive::test {

struct WorstInput {
  double x = 0;
  double ulp = 0;  ///< by MPFR
  std::size_t samples = 0;
};

struct SearchOptions {
  double low, high;
  int rounds = 12;
  std::size_t samples = 1 << 16;  ///< of each round
  std::uint64_t seed = 1;
};

/// The worst input found of a kernel for the logistic function.
inline WorstInput search_worst_logistic(void (*kernel)(const double*, double*, std::size_t), const SearchOptions& options) {
  struct Interval {
    double low, high, error = 0, at = 0;
  };
  constexpr std::size_t kept = 64, parts = 4;
  std::vector<Interval> intervals(kept * parts);
  const double width = (options.high - options.low) / static_cast<double>(intervals.size());
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    intervals[i].low = options.low + width * static_cast<double>(i);
    intervals[i].high = intervals[i].low + width;
  }
  std::mt19937_64 random(options.seed);
  const std::size_t each = options.samples / intervals.size();
  std::vector<double> x(each), y(each);
  WorstInput worst;
  for (int round = 0; round < options.rounds; ++round) {
    for (Interval& interval : intervals) {
      std::uniform_real_distribution<double> place(interval.low, interval.high);
      for (double& value : x) value = place(random);
      kernel(x.data(), y.data(), each);
      interval.error = -1;
      for (std::size_t i = 0; i < each; ++i) {
        // The x87 format has 11 bits more than float64: enough to choose by. s(x) = e where 1 + e is 1 in that format.
        const long double e = std::exp(static_cast<long double>(x[i]));
        const long double s = x[i] < -50 ? e : e / (1 + e);
        const double error = static_cast<double>(std::fabs(static_cast<long double>(y[i]) - s) / ulp<double>(s));
        if (error > interval.error) interval.error = error, interval.at = x[i];
      }
      worst.samples += each;
    }
    std::stable_sort(intervals.begin(), intervals.end(), [](const Interval& a, const Interval& b) { return a.error > b.error; });
    for (std::size_t i = 0; i < kept / 4; ++i) {
      double result = 0;
      kernel(&intervals[i].at, &result, 1);
      const double error = ulp_error(result, exact_logistic(intervals[i].at));
      if (error > worst.ulp) worst.ulp = error, worst.x = intervals[i].at;
    }
    for (std::size_t i = 0; i < kept; ++i) {
      const Interval parent = intervals[i];
      const double step = (parent.high - parent.low) / parts;
      for (std::size_t part = 0; part < parts; ++part) {
        Interval& child = intervals[i + part * kept];
        child.low = parent.low + step * static_cast<double>(part);
        child.high = child.low + step;
      }
    }
  }
  return worst;
}

}  // namespace ogive::test
