// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// For curves whose plain descent is not beyond doubt: the limits, and starts for optima that hide between neighbouring x. One
/// curve at a time, on normalised points (sum w y = 0 where b is free, sum w y^2 = 1); what needs no decisions is done in lanes
/// before, by sides-inl.h.
///
/// The reasoning is that of fit/limits.h and fit/starts.h: an optimum has three or more points within its rise, and the grid finds
/// it, or two, or one; then it lies between two x, and a bound says whether it can matter.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace ogive::batch {

/// The normalised points of one curve. u rises.
struct Record {
  const double* u = nullptr;
  const double* y = nullptr;
  const double* w = nullptr;  ///< null: all 1
  std::size_t m = 0;

  double weight(std::size_t j) const { return w == nullptr ? 1.0 : w[j]; }
};

/// The best two-level or three-level step. F is as of Reduced, y normalised.
struct StepLimit {
  double F = std::numeric_limits<double>::infinity();
  double low = 0, high = 0;     ///< level left and right
  std::size_t first_right = 0;  ///< index of the first point on the right level
  bool has_middle = false;      ///< the point before that lies within the rise
};

/// The line; F infinite where there is none.
double line_F(const Record& record);

/// The exponential b + A e^(rate (u - end)), with end the u that it is steepest at.
struct ExponentialLimit {
  double F = std::numeric_limits<double>::infinity();
  double rate = 0, A = 0, b = 0;
};

/// The best one next to the given rate, by damped Gauss-Newton steps in log |rate|; F infinite where that fails.
ExponentialLimit exponential_near(const Record& record, bool free_b, double rate);

struct CandidateStart {
  double k, a;
  double bound;  ///< no curve of this kind has a smaller F
};

/// Of a curve's first i points, and of those from i on: level and sum of squares about it, at index i * stride. Where b is fixed,
/// the left level is 0: only curves that rise from 0 on the left (k > 0).
struct Sides {
  const double* left_level = nullptr;
  const double* left_F = nullptr;
  const double* right_level = nullptr;
  const double* right_F = nullptr;
  std::size_t stride = 1;
};

/// Where the bound may be below target: bit i for points i and i + 1 within the rise, and for point i alone. Curves of more points
/// than there are bits have none left out.
struct StartGates {
  static constexpr std::size_t most_points = 64;
  std::uint64_t pairs = ~std::uint64_t{0};
  std::uint64_t singles = ~std::uint64_t{0};
};

/// The neighbours of a single point within the rise may be a little off their plateaus: its bound may be so many times the target.
inline constexpr double one_point_slack = 1.03;

/// Appends the starts, k > 0, whose bound is below target (a little above it for one point within the rise): at most `most`.
/// z_of(f) is the inverse of the shape.
void add_starts(const Record& record, const Sides& sides, const StartGates& gates, bool free_b, double target, std::size_t most,
                double (*z_of)(double), std::vector<CandidateStart>& starts);

double logistic_z(double f);  ///< the z at which the logistic shape is f
double gompertz_z(double f);  ///< likewise

}  // namespace ogive::batch
