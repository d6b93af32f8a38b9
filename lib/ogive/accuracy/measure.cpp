// SPDX-License-Identifier: MIT
#include "ogive/accuracy/measure.h"

#include <cmath>
#include <string>

#include "ogive/accuracy/search.h"
#include "ogive/base/errors.h"

namespace ogive::accuracy {
namespace {

using sigmoid::Variant;

bool within(double found, double claimed) { return std::isnan(claimed) || found <= claimed; }

}  // namespace

bool exists(const Variant& variant, FloatType type) {
  switch (type) {
    case FloatType::float16:
      return variant.float16 != nullptr;
    case FloatType::bfloat16:
      return variant.bfloat16 != nullptr;
    case FloatType::float32:
      return variant.float32 != nullptr;
    case FloatType::float64:
      break;
  }
  return variant.float64 != nullptr;
}

Measurement measure(const Variant& variant, FloatType type, const MeasureOptions& options) {
  if (!exists(variant, type))
    throw InputError(Place{}, "the variant '" + std::string(variant.name) + "' does not exist for " + std::string(to_string(type)));
  const Subject subject{variant.target, variant.domain_low, variant.domain_high};
  const SweepOptions all{options.low, options.high, options.position, options.threads, options.progress};
  switch (type) {
    case FloatType::float16:
      return sweep(variant.float16, subject, all);
    case FloatType::bfloat16:
      return sweep(variant.bfloat16, subject, all);
    case FloatType::float32:
      return sweep(variant.float32, subject, all);
    case FloatType::float64:
      break;
  }
  return search(variant.float64, subject,
                {options.low, options.high, options.samples, options.seed, options.position, options.threads, options.progress});
}

const sigmoid::Claim& claim(const Variant& variant, FloatType type) {
  switch (type) {
    case FloatType::float16:
      return variant.claim16;
    case FloatType::bfloat16:
      return variant.claim_bfloat16;
    case FloatType::float32:
      return variant.claim32;
    case FloatType::float64:
      break;
  }
  return variant.claim64;
}

bool keeps_claim(const Variant& variant, const Measurement& measurement) {
  const sigmoid::Claim& claimed = claim(variant, measurement.type);
  const ErrorSummary& found = measurement.inside;
  const bool claims = !std::isnan(claimed.ulp) || !std::isnan(claimed.normal_ulp) || !std::isnan(claimed.absolute);
  if (claims && found.nan.count > 0) return false;
  return within(found.ulp.value, claimed.ulp) && within(found.normal_ulp.value, claimed.normal_ulp) &&
         within(found.absolute.value, claimed.absolute);
}

}  // namespace ogive::accuracy
