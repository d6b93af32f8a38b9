// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// How many leading digits of a number are right, as NIST counts them.
///
/// @code
///   BOOST_TEST(ogive::fit_test::correct_digits(result.rss, certified.rss) >= 10);
/// @endcode

#include <algorithm>
#include <cmath>

namespace ogive::fit_test {

/// NIST certifies 11 digits; agreement beyond them says nothing.
inline constexpr double most_digits = 11;

/// The log relative error -log10(|value - certified| / |certified|), between 0 and most_digits. Where the certified value is 0, the
/// log absolute error. A value that is not finite, or of the other sign, has no digit right.
inline double correct_digits(double value, double certified) {
  if (!std::isfinite(value) || !std::isfinite(certified)) return 0;
  if (certified != 0 && std::signbit(value) != std::signbit(certified)) return 0;
  const double error = std::fabs(value - certified) / (certified != 0 ? std::fabs(certified) : 1.0);
  if (error == 0) return most_digits;
  return std::clamp(-std::log10(error), 0.0, most_digits);
}

}  // namespace ogive::fit_test
