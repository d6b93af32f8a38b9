// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What is known about each input before anything is computed. The numbers of a type are numbered by magnitude (their bits without
/// the sign), and x and -x are taken together. A piece is a range of magnitudes over which nothing changes on either side: most of
/// them have one correctly rounded result, which takes no computing to check.

#include <cstdint>
#include <vector>

#include "ogive/accuracy/format.h"
#include "ogive/sigmoid/variant.h"

namespace ogive::accuracy {

/// The number of these bits in a type of at most 32 bits.
double number(FloatType type, std::uint32_t bits);

/// The bit that is the sign.
std::uint32_t sign_bit(FloatType type);

/// A closed range of inputs.
struct Range {
  double low, high;
  bool contains(double x) const { return low <= x && x <= high; }
};

/// What is known about x, or -x, on a piece.
struct Side {
  enum class Kind {
    excluded,   ///< not to be measured
    undefined,  ///< the truth is NaN
    constant,   ///< the truth rounds to `value`
    identity,   ///< the truth rounds to x
    core,       ///< anything else
  };
  Kind kind = Kind::excluded;
  double value = 0;
  bool normal = false;  ///< the truth is not below the least normal number
  bool inside = false;  ///< in the stated domain

  friend bool operator==(const Side&, const Side&) = default;
};

/// The magnitudes first, ..., last.
struct Piece {
  std::uint32_t first, last;
  Side positive, negative;
};

/// The pieces of all inputs in `measured` (NaNs belong to a range without ends), in the order of their magnitudes.
/// @param stated  the variant's own domain
std::vector<Piece> plan(sigmoid::Target target, FloatType type, Range measured, Range stated);

}  // namespace ogive::accuracy
