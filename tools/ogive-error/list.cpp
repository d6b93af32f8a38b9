// SPDX-License-Identifier: MIT
#include <cmath>

#include "ogive/accuracy/measure.h"
#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/common/records.h"
#include "tools/ogive-error/commands.h"
#include "tools/ogive-error/subjects.h"

namespace ogive::tools {
namespace {

// "0.501 (float32), 0.51 (float64)": the claims in ulp; an absolute one where there is none in ulp.
std::string claims_text(const sigmoid::Variant& variant) {
  std::string text;
  for (const FloatType type : {FloatType::float16, FloatType::bfloat16, FloatType::float32, FloatType::float64}) {
    const auto& claim = accuracy::claim(variant, type);
    std::string bound;
    if (claim.ulp == claim.ulp)
      bound = brief(claim.ulp) + " ulp";
    else if (claim.normal_ulp == claim.normal_ulp)
      bound = brief(claim.normal_ulp) + " ulp";
    else if (claim.absolute == claim.absolute)
      bound = brief(claim.absolute);
    if (!bound.empty()) text += (text.empty() ? "" : ", ") + bound + " (" + std::string(ogive::to_string(type)) + ')';
  }
  return text;
}

std::string domain_text(const sigmoid::Variant& v) {
  if (v.domain_low == -v.domain_high && v.domain_high > 1e308) return std::isinf(v.domain_high) ? "all" : "finite";
  return brief(v.domain_low) + ":" + brief(v.domain_high);
}

}  // namespace

int list(const Arguments& arguments, Output& output) {
  const auto variants = variants_of(arguments);
  RecordWriter writer(record_style(arguments), output);
  for (const auto& v : variants) {
    Record record = {{"variant", std::string(v.name), "variant"},
                     {"target", std::string(to_string(v.target)), "target"},
                     {"formula", std::string(v.formula), "formula"},
                     {"origin", std::string(v.origin), arguments.format == Format::table && variants.size() > 1 ? "" : "origin"},
                     {"types", types_text(v, " "), "types"},
                     {"domain.low", v.domain_low, "domain", domain_text(v)},
                     {"domain.high", v.domain_high},
                     {"claims", claims_text(v), "claims", claims_text(v).empty() ? "-" : claims_text(v)}};
    for (const FloatType type : {FloatType::float16, FloatType::bfloat16, FloatType::float32, FloatType::float64}) {
      const auto& claim = accuracy::claim(v, type);
      const std::string key = "claim." + std::string(ogive::to_string(type));
      record.push_back({key + ".ulp", claim.ulp});
      record.push_back({key + ".normal_ulp", claim.normal_ulp});
      record.push_back({key + ".absolute", claim.absolute});
    }
    writer.add(record);
  }
  writer.finish();
  output.finish();
  return exit_good;
}

}  // namespace ogive::tools
