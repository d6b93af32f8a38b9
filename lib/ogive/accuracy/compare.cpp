// SPDX-License-Identifier: MIT
#include "ogive/accuracy/compare.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ogive/accuracy/format.h"

namespace ogive::accuracy {

TypeRow type_row(const Measurement& measurement) {
  const ErrorSummary& found = measurement.inside;
  const double precision = format(measurement.type).precision;
  TypeRow row;
  row.type = measurement.type;
  row.exhaustive = measurement.exhaustive;
  row.ulp = found.ulp;
  row.absolute = found.absolute;
  row.flushed = found.flushed;
  // log2(0) is -infinity: a function without error agrees in all bits, and in the rounding.
  row.bits = std::clamp(-std::log2(found.relative.value), 0.0, precision + 1);
  row.mean_bits = std::clamp(precision - 1 - std::log2(found.rms_ulp()), 0.0, precision + 1);
  return row;
}

std::vector<TypeRow> compare(const sigmoid::Variant& variant, std::span<const FloatType> types, const MeasureOptions& options) {
  std::vector<TypeRow> rows;
  for (const FloatType type : types)
    if (exists(variant, type)) rows.push_back(type_row(measure(variant, type, options)));
  return rows;
}

std::vector<TypeRow> compare(const sigmoid::Variant& variant, const MeasureOptions& options) {
  constexpr std::array all{FloatType::float16, FloatType::bfloat16, FloatType::float32, FloatType::float64};
  return compare(variant, all, options);
}

}  // namespace ogive::accuracy
