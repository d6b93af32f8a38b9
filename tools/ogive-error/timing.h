// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Time per element of array functions. They are timed in turns, round after round, so that a busy moment of the machine hits all
/// of them alike; what is reported is the median of the rounds.
///
///     cache    4096 inputs in [-10, 10], over and over: the function alone
///     wide     4096 inputs in [-100, 100]: results near 0 and 1, subnormal ones included, too
///     memory   32 MiB in, 32 MiB out: beyond the caches
///
/// Inputs and results begin with a page each, so that no function is slowed down by where its arrays lie. The first row is a copy
/// of the same bytes with the widest vectors of the machine: no function can be faster, and from memory a good one is as fast.

#include <functional>
#include <string>
#include <vector>

#include "tools/ogive-error/subjects.h"

namespace ogive::tools {

struct Time {
  double nanoseconds = 0;  ///< for one element: the median of the rounds
  double spread = 0;       ///< half the distance of the quartiles, as a part of the median
};

struct Times {
  Time cache, wide, memory;
};

/// The times of a copy, then those of the subjects, which are all of one type.
/// @param done  called after each function of each round
std::vector<Times> time_all(const std::vector<Subject>& subjects, unsigned rounds, const std::function<void()>& done);

/// How often time_all() calls `done`.
std::size_t time_steps(std::size_t subjects, unsigned rounds);

}  // namespace ogive::tools
