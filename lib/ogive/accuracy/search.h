// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Looks for the worst errors of a float64 function: its 2^64 inputs cannot all be tried, so each figure is "at least".
///
/// Three kinds of inputs: edges (powers of two, ends of ranges, the places where implementations overflow or flush, with their
/// neighbours); random ones over the whole range of the function, evenly and by binade; and guided ones: the intervals with the
/// worst errors are split in four and sampled again, round after round, half of them by the error on all results and half by the
/// error on normal results. Samples are taken in blocks of 1024, sorted, and the function is called on whole blocks: a result
/// counts as it came out of the vector code at its place in the block, never as a call of one element would give it.
///
/// Errors are screened in long double and decided by MPFR where that is too coarse; the worst ones are given as MPFR says. Inputs,
/// mean, rms, histogram and the count of misrounded results are those of the edges and random inputs alone, since guided ones are
/// chosen to be bad.
///
/// @code
///   const ogive::sigmoid::Variant& variant = ogive::sigmoid::variant("two_branch");
///   const auto found = ogive::accuracy::search(variant.float64, {.target = variant.target}, {.samples = 100000, .seed = 7});
///   std::cout << "at least " << found.inside.ulp.value << " ulp\n";
/// @endcode

#include <cstdint>
#include <functional>
#include <limits>

#include "ogive/accuracy/summary.h"
#include "ogive/accuracy/sweep.h"
#include "ogive/sigmoid/variant.h"

namespace ogive::accuracy {

/// Where to search, and how long.
struct SearchOptions {
  double low = -std::numeric_limits<double>::infinity();  ///< measure these inputs only, both ends included
  double high = std::numeric_limits<double>::infinity();  ///< the upper end of these
  std::uint64_t samples = 1U << 22;                       ///< about so many inputs
  std::uint64_t seed = 1;                                 ///< equal seeds give equal findings, for any number of threads
  PositionCheck position = PositionCheck::full;           ///< full, sampled: each input alone, too; none: not at all
  unsigned threads = 0;                                   ///< 0: as many as the machine has processors
  std::function<void(double)> progress = nullptr;         ///< called with the part done, in (0, 1]
};

/// Searches for the worst errors of the function.
Measurement search(sigmoid::ArrayFunction<double> function, const Subject& subject, const SearchOptions& options = {});

}  // namespace ogive::accuracy
