// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The least RSS that any four-parameter logistic curve can reach on given points, its limits included, by brute force.
///
/// This is the judge of the fitter, so it shares no line with it and works differently on purpose: no derivatives, no
/// normal equations in four parameters, no clever starts. b and L are eliminated (least squares in two unknowns about the mean);
/// what remains is a function F(k, x0) in the plane, and
///
///   inside:    F on a dense grid (k in steps of 25 %, from nearly straight to so steep that at most one point lies within the
///              rise; x0 in steps of a half 1/k wherever a point is within 8/k), every local minimum of it polished by the simplex
///              method of Nelder and Mead (Computer Journal 7, 1965), the best few again in long double;
///   limits:    every step between two neighbouring x, every step with one x within the rise, both exponential families
///              b + A exp(+-c x) over a dense c with golden sections, the line, the constant.
///
/// There are no other limits: k -> infinity leaves at most one distinct x within the rise, x0 -> +-infinity leaves an
/// exponential, k -> 0 the line.
///
/// @code
///   const auto best = ogive::fit_test::brute_force(x, y);
///   BOOST_TEST(result.rss <= best.rss * (1 + 1e-6));
/// @endcode
///
/// Cost: about 10 ms for 20 points, growing with the square of n.

#include <span>
#include <string_view>

namespace ogive::fit_test {

/// Where the infimum lies.
enum class Infimum { interior, two_level_step, three_level_step, exponential, line, constant };

std::string_view to_string(Infimum infimum);

/// Limits whose RSS ties with the infimum within this share take precedence over the interior, and simpler limits over others.
inline constexpr double infimum_tie = 1e-9;

struct LeastRss {
  double rss = 0;
  Infimum infimum = Infimum::constant;
};

/// @param x  finite, in any order, with or without repetitions
/// @param y  finite, as many; at least one
LeastRss brute_force(std::span<const double> x, std::span<const double> y);

/// Only the number.
double least_rss(std::span<const double> x, std::span<const double> y);

}  // namespace ogive::fit_test
