// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Which functions a command is about.

#include <string>
#include <vector>

#include "ogive/sigmoid/variant.h"
#include "tools/ogive-error/arguments.h"

namespace ogive::tools {

/// A variant in one type.
struct Subject {
  sigmoid::Variant variant;
  FloatType type;
};

/// The variants that are named; all of them for "all" or none. With a library, its function first, and others only if named.
/// @throws InputError for an unknown name
std::vector<sigmoid::Variant> variants_of(const Arguments& arguments);

/// Each of these in each type asked for; where no type is: in float32, or in what it exists for.
/// @throws InputError where a variant that was named does not exist for a type that was named
std::vector<Subject> subjects_of(const Arguments& arguments);

/// "float16, float32": the types that it exists for.
std::string types_text(const sigmoid::Variant& variant, std::string_view separator = ", ");

/// Calls f with the function of the subject for its type and with a number of that type.
template <class F>
auto with_function(const Subject& subject, F f) {
  switch (subject.type) {
    case FloatType::float16:
      return f(subject.variant.float16, float16{});
    case FloatType::bfloat16:
      return f(subject.variant.bfloat16, bfloat16{});
    case FloatType::float32:
      return f(subject.variant.float32, float{});
    case FloatType::float64:
      break;
  }
  return f(subject.variant.float64, double{});
}

/// A double as a number of type T, rounded where it is none.
template <class T>
T from_double(double value) {
  if constexpr (std::is_same_v<T, float16>)
    return to_float16(static_cast<float>(value));
  else if constexpr (std::is_same_v<T, bfloat16>)
    return to_bfloat16(static_cast<float>(value));
  else
    return static_cast<T>(value);
}

/// The results of the subject at these inputs, in one call.
std::vector<double> results_at(const Subject& subject, const std::vector<double>& x);

}  // namespace ogive::tools
