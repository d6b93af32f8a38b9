// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The same function across float types: what the precision of the type costs, and what the range of its exponents does.
///
/// @code
///   const ogive::sigmoid::Variant& variant = ogive::sigmoid::variant("textbook");
///   for (const auto& row : ogive::accuracy::compare(variant))
///     std::cout << to_string(row.type) << ": " << row.bits << " bits agree\n";
/// @endcode

#include <span>
#include <vector>

#include "ogive/accuracy/measure.h"

namespace ogive::accuracy {

/// One variant in one type, within its stated domain.
struct TypeRow {
  FloatType type = FloatType::float32;  ///< of the inputs and the results
  bool exhaustive = false;              ///< if not, errors are "at least", and bits "at most"
  Worst ulp;                            ///< the largest error in ulp of this type
  Worst absolute;                       ///< the largest absolute error, comparable across types
  double bits = 0;  ///< bits that agree wherever the result is normal: -log2 of the largest relative error, in [0, precision + 1]
  double mean_bits = 0;  ///< likewise of a typical result: precision - 1 - log2 of the rms error in ulp
  Occurrence flushed;    ///< inputs whose result is 0 while the type could hold a better one: the range lost to flushing
};

/// What a measurement says about one type.
TypeRow type_row(const Measurement& measurement);

/// Measures each of the types that the variant exists for.
std::vector<TypeRow> compare(const sigmoid::Variant& variant, std::span<const FloatType> types, const MeasureOptions& options = {});
std::vector<TypeRow> compare(const sigmoid::Variant& variant, const MeasureOptions& options = {});  ///< all four types

}  // namespace ogive::accuracy
