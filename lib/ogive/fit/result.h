// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What a fit says. Everything here is plain data, in the user's own units.
///
/// @code
///   ogive::fit::Result result;  // as ogive::fit::fit() returns it
///   if (result.status != ogive::fit::Status::ok) std::cerr << to_string(result.status) << ": " << result.message << '\n';
///   for (const auto& [value, se, lower, upper] : result.parameters) std::cout << value << " in " << lower << " to " << upper <<
///   '\n';
/// @endcode

#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ogive/curve/model.h"

namespace ogive::fit {

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();  ///< a number that the data do not determine
inline constexpr double infinite = std::numeric_limits<double>::infinity();  ///< a number that runs away

/// How the computation ended.
enum class Status {
  ok,              ///< the best curve, or the limit that the best curves tend to, was found
  too_few_points,  ///< fewer distinct x than the model has parameters: no unique curve
  bad_data,        ///< x, y or weights of unequal length, not finite or outside their domain; nothing was computed
  not_converged,   ///< the best point found does not pass the test of its gradient
};

/// What the data prefer. A limit shape has no finite least-squares estimate: parameters run away while the RSS tends to an infimum.
enum class Shape {
  regular,      ///< an ordinary optimum
  step,         ///< k -> infinity: the rise lies between two neighbouring x, or at one
  exponential,  ///< one plateau only: L and x0 run away
  line,         ///< k -> 0: a straight line
  flat,         ///< no effect: the F test does not reject the constant at 5 %
  perfect,      ///< the RSS is at the level of rounding
};

std::string_view to_string(Status status);  ///< "ok", "too-few-points", "bad-data", "not-converged"
std::string_view to_string(Shape shape);    ///< "regular", "step", ...

/// A parameter or derived quantity. NaN: not determined. +-inf: runs away (a value), or unbounded (an end of the interval).
struct Estimate {
  double value = unknown;  ///< the estimate
  double se = unknown;     ///< standard error, asymptotic
  double lower = unknown;  ///< confidence interval
  double upper = unknown;  ///< likewise
};

/// The limit that the best curves tend to where the shape is step, exponential or line: y as a function of x, with finite numbers.
struct Limit {
  /// The kinds of limits; none where the shape is not a limit.
  enum class Kind { none, constant, line, exponential, step };
  Kind kind = Kind::none;   ///< which of them
  double low = unknown;     ///< step: level left of it. constant: the level. line, exponential: y at x = center
  double high = unknown;    ///< step: level right of it. line: the slope. exponential: y = low + high * expm1(rate * (x - center))
  double middle = unknown;  ///< step: level at x == left == right when one x lies within the rise; else NaN
  double left = unknown;    ///< step: the rise lies between left and right (equal when it happens at one x)
  double right = unknown;   ///< likewise
  double rate = unknown;    ///< exponential: in 1 / unit of x (of log x for a log-dose model)
  double center = unknown;  ///< where line and exponential are anchored
  std::array<double, 9> covariance_factor{};  ///< M with M M' the covariance of (low, high, rate), row-major; of a step, by levels
};

/// A prediction at one x, with the confidence band of the mean.
struct Prediction {
  double x = unknown;      ///< where
  double y = unknown;      ///< the curve, or its limit
  double lower = unknown;  ///< the band
  double upper = unknown;  ///< likewise
};

/// The result of one fit.
struct Result {
  const curve::Model* model = nullptr;  ///< never null in a result of fit(); not owned
  Status status = Status::bad_data;     ///< how the computation ended
  Shape shape = Shape::flat;            ///< what the data prefer
  std::string message;                  ///< one sentence for people; empty where there is nothing to add

  std::size_t n = 0;         ///< points used; those of weight 0 are not
  std::size_t distinct = 0;  ///< distinct x among them

  std::vector<Estimate> parameters;  ///< in the order of model->parameters
  std::vector<Estimate> derived;     ///< in the order of model->derived_quantities
  Limit limit;                       ///< where the shape is one

  double rss = unknown;   ///< residual sum of squares, sum w r^2 with weights, of the best curve or of the limit it tends to
  double rse = unknown;   ///< residual standard error sqrt(rss / dof); with weights, of a point of weight 1
  int dof = 0;            ///< n minus the number of parameters, not below 0
  double tss = unknown;   ///< sum of squares about the (weighted) mean
  double r2 = unknown;    ///< 1 - rss / tss
  double aicc = unknown;  ///< n log(rss / n) - sum log w + 2 p + 2 p (p + 1) / (n - p - 1), with p counting the variance

  double f_statistic = unknown;  ///< F test against the constant, the weighted mean
  double f_p_value = unknown;    ///< its p-value

  double confidence = 0.95;               ///< of every interval in this result
  std::vector<double> covariance_factor;  ///< M, row-major, with covariance = M M'; keeps digits that the covariance loses
  std::vector<double> covariance;         ///< row-major, parameters x parameters; empty where there is none
  std::vector<double> correlation;        ///< likewise
  double condition = unknown;             ///< condition number of the column-scaled Jacobian
  int evaluations = 0;                    ///< of the model over all points, search included

  /// Whether the parameters are ordinary estimates.
  bool good() const { return status == Status::ok && (shape == Shape::regular || shape == Shape::perfect); }
};

}  // namespace ogive::fit
