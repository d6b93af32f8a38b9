// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Measures a variant in one of its types: every number of float16, bfloat16 and float32 (sweep.h), a search in float64 (search.h).
///
/// @code
///   const ogive::sigmoid::Variant& variant = ogive::sigmoid::variant("logistic_u1");
///   const auto found = ogive::accuracy::measure(variant, ogive::FloatType::float32);
///   const bool kept = ogive::accuracy::keeps_claim(variant, found);
/// @endcode

#include <cstdint>
#include <functional>

#include "ogive/accuracy/summary.h"
#include "ogive/accuracy/sweep.h"
#include "ogive/sigmoid/variant.h"

namespace ogive::accuracy {

/// What to measure, and how.
struct MeasureOptions {
  double low = -std::numeric_limits<double>::infinity();  ///< measure these inputs only, both ends included
  double high = std::numeric_limits<double>::infinity();  ///< the upper end of these
  PositionCheck position = PositionCheck::sampled;        ///< of a sweep; a search calls each input alone, or none
  std::uint64_t samples = 1U << 22;                       ///< of a search
  std::uint64_t seed = 1;                                 ///< of a search
  unsigned threads = 0;                                   ///< 0: as many as the machine has processors
  std::function<void(double)> progress = nullptr;         ///< called with the part done, in (0, 1]
};

/// Whether the variant exists for the type.
bool exists(const sigmoid::Variant& variant, FloatType type);

/// Measures it: a sweep over every input, in float64 a search.
/// @throws InputError where the variant does not exist for the type
Measurement measure(const sigmoid::Variant& variant, FloatType type, const MeasureOptions& options = {});

/// What the variant's author claims for the type.
const sigmoid::Claim& claim(const sigmoid::Variant& variant, FloatType type);

/// Whether a measurement within the stated domain is no worse than what is claimed: the errors, and no NaN. Without a claim: true.
bool keeps_claim(const sigmoid::Variant& variant, const Measurement& measurement);

}  // namespace ogive::accuracy
