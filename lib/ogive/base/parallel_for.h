// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The same work for every index, on several threads.
///
/// @code
///   std::vector<double> roots(1000);
///   ogive::parallel_for(roots.size(), 0, [&](std::size_t i) { roots[i] = std::sqrt(static_cast<double>(i)); });
/// @endcode

#include <cstddef>
#include <functional>

namespace ogive {

/// Calls body(i) once for each i in [0, count), on at most `threads` threads (0: as many as the machine has processors).
///
/// The indices are handed out in small blocks, so uneven work is balanced; which thread does which index is not fixed, so a
/// result is the same for every number of threads only if body(i) writes nothing but what belongs to i.
/// The first exception that a body throws ends the work and is thrown again here.
void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& body);

/// The number of threads that `requested` stands for: itself, or the machine's processors where it is 0.
unsigned thread_count(unsigned requested);

}  // namespace ogive
