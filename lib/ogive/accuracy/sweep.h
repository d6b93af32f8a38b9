// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Measures a function on every number of a type: float16, bfloat16 (65 536 inputs) or float32 (4 294 967 296 inputs, in seconds).
///
/// Most numbers have a trivial result: the logistic function of 3.8 of the 4.3 billion float32 numbers rounds to 0, 1/2 or 1. The
/// ranges with such a constant are found with MPFR, and results there are compared with it. On the rest, the core, the truth is
/// computed in double to better than 2^-50, and every case closer to a boundary (correctly rounded or not; 1, 2, 4 ... ulp) than
/// that can decide goes to MPFR. So the counts are exact, the tiny inputs included, where 1/2 + x/4 lies within 2^-60 of a tie.
///
/// The function is called on blocks of 2048 neighbouring inputs, in the order of their magnitude, and may be called on some blocks
/// twice. Findings are the same for any number of threads.
///
/// What makes it fast: neighbours of one binade share one e^-x, which takes a multiplication to carry from one to the next;
/// results, errors, totals and order are seen in the same pass; and only chunks in which something remarkable shows (an error that
/// is close to a boundary or larger than those known, a NaN, a step down) are looked at again, one by one. Most of the time goes to
/// the function itself.
///
/// @code
///   const ogive::sigmoid::Variant& variant = ogive::sigmoid::variant("textbook");
///   const auto found = ogive::accuracy::sweep(variant.float32, {.target = variant.target});
///   std::cout << found.inside.ulp.value << " ulp at " << found.inside.ulp.x << '\n';
/// @endcode

#include <functional>
#include <limits>

#include "ogive/accuracy/summary.h"
#include "ogive/sigmoid/variant.h"

namespace ogive::accuracy {

/// What a function is held to.
struct Subject {
  sigmoid::Target target = sigmoid::Target::logistic;            ///< the true function
  double domain_low = -std::numeric_limits<double>::infinity();  ///< the stated domain; findings outside are listed apart
  double domain_high = std::numeric_limits<double>::infinity();  ///< its upper end
};

/// How results are checked to be the same at another place of the buffer.
enum class PositionCheck {
  none,  ///< not at all
  /// Each core input, and each constant chunk in 32, once more in calls of 3 and of 126 inputs, at odd offsets; of each 2047 of
  /// these, two inputs (of constants, one) also alone, n = 1, and all of them where one differs. What was not checked is not
  /// counted in position_checked; what differs alone only, and rarely, may be missed.
  sampled,
  full,  ///< likewise, without leaving out any chunk: one more pass of the function
};

/// What to measure, and how.
struct SweepOptions {
  double low = -std::numeric_limits<double>::infinity();  ///< measure these inputs only, both ends included;
  double high = std::numeric_limits<double>::infinity();  ///< NaN inputs only where there are no ends
  PositionCheck position = PositionCheck::sampled;        ///< whether a result depends on its place in the buffer
  unsigned threads = 0;                                   ///< 0: as many as the machine has processors
  std::function<void(double)> progress = nullptr;         ///< called with the part done, in (0, 1], by one thread at a time
};

/// Measures the function on every number of the type.
/// @{
Measurement sweep(sigmoid::ArrayFunction<float16> function, const Subject& subject, const SweepOptions& options = {});
Measurement sweep(sigmoid::ArrayFunction<bfloat16> function, const Subject& subject, const SweepOptions& options = {});
Measurement sweep(sigmoid::ArrayFunction<float> function, const Subject& subject, const SweepOptions& options = {});
/// @}

}  // namespace ogive::accuracy
