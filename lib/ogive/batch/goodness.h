// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// How well many fits describe their points:
///
///     dof   n - p, or 0 where that is negative; p parameters
///     rse   sqrt(rss / dof), the residual standard error
///     r2    1 - rss / tss
///     aicc  n log(rss / n) - sum log w + 2 q + 2 q (q + 1) / (n - q - 1), q = p + 1 as the variance counts, too
///
/// What does not exist (dof = 0, tss = 0, rss = 0, n <= q + 1) is NaN. The logarithm is within 4 ulp, so aicc is within n times 4
/// ulp of log(rss / n).
///
/// @code
///   #include "ogive/curve/registry.h"
///
///   const std::vector<double> x = {1, 2, 3, 4, 5, 6, 7}, y = {0.1, 0.3, 1.1, 2.6, 3.2, 3.4, 3.3};
///   const auto fits = ogive::batch::fit_many(ogive::curve::model("logistic"), ogive::batch::Curves::matrix(x, y, 7));
///   ogive::batch::Goodness goodness;
///   ogive::batch::find_goodness(fits, 0, 1, goodness);
///   std::cout << "r2 = " << goodness.r2[0] << '\n';
/// @endcode

#include <array>
#include <cstddef>
#include <cstdint>

#include "ogive/batch/fit_many.h"
#include "ogive/curve/registry.h"

namespace ogive::batch {

/// Of some curves that follow each other.
struct Goodness {
  static constexpr std::size_t at_once = 64;  ///< curves, at most
  std::array<std::uint32_t, at_once> dof;     ///< residual degrees of freedom
  std::array<double, at_once> rse;            ///< residual standard error
  std::array<double, at_once> r2;             ///< share of the sum of squares about the mean that the curve explains
  std::array<double, at_once> aicc;           ///< Akaike's criterion, corrected for small samples
};

/// Of `count` curves from `first`; what lies behind them in `to` is undefined.
void find_goodness(const Fits& fits, std::size_t first, std::size_t count, Goodness& to);

}  // namespace ogive::batch
