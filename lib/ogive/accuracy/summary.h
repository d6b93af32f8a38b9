// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What a measurement finds, as plain numbers. Every x and every result is a number of the measured type, kept as a double.
///
/// @code
///   ogive::accuracy::ErrorSummary errors;  // as sweep() or search() fills it
///   std::cout << errors.ulp.value << " ulp at " << errors.ulp.x << ", " << errors.misrounded() << " misrounded\n";
/// @endcode

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "ogive/base/float_types.h"

namespace ogive::accuracy {

/// The largest of some quantity and its place.
struct Worst {
  double value = 0;                                          ///< the quantity; 0 where nothing was measured
  double x = std::numeric_limits<double>::quiet_NaN();       ///< where; of equals, the one nearest 0
  double result = std::numeric_limits<double>::quiet_NaN();  ///< what the variant gives there

  /// Takes the other one where it is worse, or the first.
  void keep(double other_value, double other_x, double other_result) {
    if (other_value > value || x != x) keep(Worst{other_value, other_x, other_result});
  }
  void keep(const Worst& other);  ///< likewise
};

/// How often something happens, and between which inputs.
struct Occurrence {
  std::uint64_t count = 0;                                  ///< inputs
  double first = std::numeric_limits<double>::quiet_NaN();  ///< the least x where it happens
  double last = std::numeric_limits<double>::quiet_NaN();   ///< the greatest

  void add(double x, std::uint64_t times = 1);  ///< it happens at x
  void add(const Occurrence& other);            ///< and wherever the other says
};

/// Classes of errors by ulp: class 0 is [0, 1/2] (correctly rounded), class k is (2^(k-2), 2^(k-1)], the last has no upper end.
inline constexpr std::size_t histogram_size = 34;

double histogram_upper(std::size_t k);    ///< the upper end of class k: 0.5, 1, 2, 4, ..., infinity
std::size_t histogram_class(double ulp);  ///< the class of an error; an infinite one is in the last

/// All that is known about the errors of one variant, in one type, over one set of inputs.
struct ErrorSummary {
  std::uint64_t inputs = 0;  ///< measured, without NaN and without inputs at which the function is not defined

  Worst ulp;         ///< error in ulp, on all results but NaN
  Worst normal_ulp;  ///< likewise, where the true value is at least the type's least normal number
  Worst absolute;    ///< |y - s|
  Worst relative;    ///< |y - s| / s, where the true value is at least the type's least normal number

  /// The core: inputs at which the correctly rounded result is not one of the function's limits (logistic: 0, 1/2, 1).
  /// In float32 these are 12 % of all inputs; a mean over all of them would only say that 0 + 1/2 = 1/2.
  std::uint64_t core_inputs = 0;
  double sum_ulp = 0;          ///< over the core, NaN results left out
  double sum_squared_ulp = 0;  ///< likewise

  double mean_ulp() const;  ///< over the core
  double rms_ulp() const;   ///< likewise

  std::array<std::uint64_t, histogram_size> histogram{};  ///< inputs by class of error; NaN results are in none

  /// Results that are not the correctly rounded one, NaN included.
  std::uint64_t misrounded() const { return inputs - histogram[0]; }

  Occurrence nan;           ///< result NaN, where the truth is none
  Occurrence infinite;      ///< result infinite, where the truth is not
  Occurrence out_of_range;  ///< results that the function never has: logistic beyond [0, 1], derivative beyond [0, 1/4] (and so on)
  Occurrence flushed;       ///< result 0, where the correctly rounded one is not: `first` and `last` are the range lost
  Occurrence lost_nan;      ///< a number where the truth is NaN: NaN inputs (which have no place: x is NaN), logit outside [0, 1]

  Occurrence not_monotone;  ///< inputs with a result on the wrong side of that of the next smaller input measured
  Worst drop;               ///< the worst of them, in ulp of the true value

  Worst asymmetry;  ///< logistic: |s(x) + s(-x) - 1|; derivative: |s'(x) - s'(-x)|; of the other functions it is not measured

  std::uint64_t position_checked = 0;  ///< inputs that were also computed elsewhere in a buffer, or alone
  Occurrence position_dependent;       ///< of these, the ones that got another result there

  void merge(const ErrorSummary& other);  ///< adds the findings on other inputs; of equal extremes, keeps its own
};

/// The results at the inputs that everybody asks about.
struct Specials {
  double minus_infinity = 0;  ///< at -inf
  double minus_zero = 0;      ///< at -0
  double zero = 0;            ///< at +0
  double infinity = 0;        ///< at +inf
  double nan = 0;             ///< at NaN
};

/// A measurement: the inputs in the stated domain of the variant, those outside apart.
struct Measurement {
  FloatType type = FloatType::float32;  ///< of the inputs and the results
  ErrorSummary inside;                  ///< inputs in the stated domain
  ErrorSummary outside;                 ///< the other ones; all zero where the domain has no ends
  Specials specials;                    ///< each computed by a call of its own
  bool exhaustive = false;              ///< whether every input was measured; if not, each figure is to be read as "at least"
};

}  // namespace ogive::accuracy
