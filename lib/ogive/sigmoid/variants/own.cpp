// SPDX-License-Identifier: MIT
// The array kernels of this library (kernels.h).
#include "ogive/sigmoid/claims.h"
#include "ogive/sigmoid/claims64.h"
#include "ogive/sigmoid/kernels.h"
#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {

std::vector<Variant> own() {
  constexpr std::string_view here = "this library, kernels.h";

  Variant cr{.name = "logistic_cr",
             .formula = "1 / (1 + exp(-x)), correctly rounded",
             .origin = here,
             .claim32 = {.ulp = claims::logistic_cr}};
  cr.float32 = logistic_cr;

  Variant u1{.name = "logistic_u1",
             .formula = "e / (1 + e) or 1 / (1 + e), e = exp(-|x|) as a pair",
             .origin = here,
             .claim32 = {.ulp = claims::logistic_u1, .normal_ulp = claims::logistic_u1_normal}};
  u1.float32 = logistic_u1;

  Variant fast{.name = "logistic_fast",
               .formula = "e / (1 + e) or 1 / (1 + e), e = exp(-|x|), scaled last",
               .origin = here,
               .claim32 = {.ulp = claims::logistic_fast, .normal_ulp = claims::logistic_fast_normal},
               .claim64 = {.ulp = claims::logistic_fast_float64_ulp}};
  fast.float32 = logistic_fast;
  fast.float64 = logistic_fast;

  Variant precise{.name = "logistic",
                  .formula = "1 / (1 + exp(-x)): float64 through a pair, 16-bit types through float32 with one rounding",
                  .origin = here,
                  .claim16 = {.ulp = 0.5},
                  .claim_bfloat16 = {.ulp = 0.5},
                  .claim64 = {.ulp = claims::logistic_float64_ulp}};
  precise.float16 = logistic;
  precise.bfloat16 = logistic;
  precise.float64 = logistic;

  Variant slope{.name = "derivative",
                .formula = "e / (1 + e)^2, e = exp(-|x|) as a pair",
                .origin = here,
                .target = Target::derivative,
                .claim32 = {.ulp = claims::derivative, .normal_ulp = claims::derivative_normal}};
  slope.float32 = derivative;

  Variant log_s{.name = "log_logistic",
                .formula = "min(x, 0) - log1p(exp(-|x|)), in float64",
                .origin = here,
                .target = Target::log_logistic,
                .claim32 = {.ulp = claims::log_logistic_ulp}};
  log_s.float32 = log_logistic;

  Variant ramp{.name = "softplus",
               .formula = "max(x, 0) + log1p(exp(-|x|)), in float64",
               .origin = here,
               .target = Target::softplus,
               .claim32 = {.ulp = claims::softplus_ulp}};
  ramp.float32 = softplus;

  Variant inverse{.name = "logit",
                  .formula = "log(p / (1 - p)), in float64",
                  .origin = here,
                  .target = Target::logit,
                  .domain_low = 0,
                  .domain_high = 1,
                  .claim32 = {.ulp = claims::logit_ulp}};
  inverse.float32 = logit;

  return {cr, u1, fast, precise, slope, log_s, ramp, inverse};
}

}  // namespace ogive::sigmoid::variants
