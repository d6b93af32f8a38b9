// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The last resort of logistic_cr: the correctly rounded logistic of one float, whatever it costs (about a microsecond).
///
/// A kernel that knows its own error can round all results but those that are nearer to the midpoint of two floats than that error.
/// For those few (about one input in 10^7 gets here) the question is only on which side of the midpoint m the value lies:
///
///     s(x) > m   if and only if   m (1 + e^-x) < 1
///
/// which is decided in double-double arithmetic with an error below 2^-95. The nearest cases need 2^-56 (at x = -0x1.250c02p-10)
/// and, where s(x) = 1/2 + x/4 - x^3/48 + ... is close to a midpoint because 1/2 + x/4 is one, 2^-77.

namespace ogive::sigmoid {

float logistic_exact(float x);  ///< x is a number in [-105, 105]

}  // namespace ogive::sigmoid
