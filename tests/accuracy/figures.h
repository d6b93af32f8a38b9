// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the tests of known figures share. Figures are given with as many digits as their source has.

#include <boost/test/unit_test.hpp>

#include "ogive/accuracy/measure.h"
#include "ogive/sigmoid/variant.h"

namespace figures {

/// Half a unit of the last digit given, as a part of the figure.
inline const auto to_two_digits = boost::test_tools::tolerance(0.03);
inline const auto to_three_digits = boost::test_tools::tolerance(0.004);
/// A float32 number given with nine digits.
inline const auto exactly_at = boost::test_tools::tolerance(1e-9);

inline ogive::accuracy::Measurement measured(const char* variant, double low, double high) {
  using ogive::accuracy::PositionCheck;
  return ogive::accuracy::measure(ogive::sigmoid::variant(variant), ogive::FloatType::float32,
                                  {.low = low, .high = high, .position = PositionCheck::none});
}

/// Every float32 from low to high, within the stated domain of the variant.
inline ogive::accuracy::ErrorSummary found(const char* variant, double low, double high) {
  return measured(variant, low, high).inside;
}

}  // namespace figures
