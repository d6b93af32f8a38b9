// SPDX-License-Identifier: MIT
// The derivative, logit, softplus and log-logistic: the scalar functions of this library, and the forms that fail.
#include "ogive/sigmoid/derivative.h"
#include "ogive/sigmoid/log_logistic.h"
#include "ogive/sigmoid/logistic.h"
#include "ogive/sigmoid/logit.h"
#include "ogive/sigmoid/softplus.h"
#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {
namespace {

using std::exp, std::log, std::log1p;

struct Derivative {
  static constexpr bool limits_at_far = true;
  template <class T>
  static T at(T x) {
    return derivative(x);
  }
};

struct DerivativeFromValue {
  static constexpr bool limits_at_far = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    const T s = T(1) / (T(1) + exp(-x));
    return s * (T(1) - s);
  }
};

struct Logit {
  static constexpr bool nan_outside_unit = true;
  template <class T>
  static T at(T p) {
    return logit(p);
  }
  OGIVE_FORMULA static float at_small(float p) { return log(p); }  // 1 - p is 1
};

struct LogitOfRatio {
  static constexpr bool nan_outside_unit = true;
  template <class T>
  OGIVE_FORMULA static T at(T p) {
    return log(p / (T(1) - p));
  }
  OGIVE_FORMULA static float at_small(float p) { return log(p); }  // 1 - p is 1
};

struct LogitOfDifference {
  static constexpr bool nan_outside_unit = true;
  template <class T>
  OGIVE_FORMULA static T at(T p) {
    return log(p) - log1p(-p);
  }
  OGIVE_FORMULA static float at_small(float p) { return log(p) + p; }  // log1p(-p) is -p
};

/// log_logistic() of a far input, without a branch: log1p(exp(-|x|)) has two values there.
OGIVE_FORMULA float far_log_logistic(float x) {
  const float rest = std::fabs(x) < 0.5F ? far_values.log1p_of_1() : 0.0F;
  return x >= 0 ? -rest : x - rest;
}

struct Softplus {
  static constexpr bool limits_at_far = true, repeats = true;
  template <class T>
  static T at(T x) {
    return softplus(x);
  }
  OGIVE_FORMULA static Far at(Far x) { return Far(-far_log_logistic(-x.value)); }
};

struct SoftplusTextbook {
  static constexpr bool limits_at_far = true, repeats = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return log(T(1) + exp(x));
  }
};

struct LogLogistic {
  static constexpr bool limits_at_far = true, repeats = true;
  template <class T>
  static T at(T x) {
    return log_logistic(x);
  }
  OGIVE_FORMULA static Far at(Far x) { return Far(far_log_logistic(x.value)); }
};

struct LogOfLogistic {
  static constexpr bool limits_at_far = true, repeats = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return log(T(1) / (T(1) + exp(-x)));
  }
};

/// The variant with F in all types.
template <class F>
Variant scalar_in_all_types(Variant v) {
  v.float16 = through_float<F, float16>;
  v.bfloat16 = through_float<F, bfloat16>;
  v.float32 = over<F, float>;
  v.float64 = plain_loop<F, double>;
  return v;
}

}  // namespace

std::vector<Variant> kin() {
  namespace bound = claims::scalar;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return {
      scalar_in_all_types<Derivative>({.name = "derivative_scalar",
                                       .formula = "e / (1 + e)^2, e = exp(-|x|)",
                                       .origin = "derivative.h of this library",
                                       .target = Target::derivative,
                                       .claim32 = {.ulp = bound::derivative_float32},
                                       .claim64 = {.ulp = bound::derivative_float64}}),
      in_all_types<DerivativeFromValue>({.name = "derivative_from_value",
                                         .formula = "s (1 - s)",
                                         .origin = "back-propagation code (JAX issue 40385); 0 from x = 16.75 in float32 on",
                                         .target = Target::derivative}),
      scalar_in_all_types<Logit>({.name = "logit_scalar",
                                  .formula = "p < 0.33: log(p / (1 - p)); else log1p((2 p - 1) / (1 - p))",
                                  .origin = "logit.h of this library",
                                  .target = Target::logit,
                                  .domain_low = 0,
                                  .domain_high = 1,
                                  .claim32 = {.ulp = bound::logit_float32},
                                  .claim64 = {.ulp = bound::logit_float64}}),
      in_all_types<LogitOfRatio>({.name = "logit_of_ratio",
                                  .formula = "log(p / (1 - p))",
                                  .origin = "textbook; SciPy logit",
                                  .target = Target::logit,
                                  .domain_low = 0,
                                  .domain_high = 1}),
      in_all_types<LogitOfDifference>({.name = "logit_of_difference",
                                       .formula = "log(p) - log1p(-p)",
                                       .origin = "textbook",
                                       .target = Target::logit,
                                       .domain_low = 0,
                                       .domain_high = 1}),
      in_16_bits_stepwise<LogitOfRatio>({.name = "logit_stepwise",
                                         .formula = "log(p / (1 - p)), every operation rounded to the type",
                                         .origin = "native 16-bit arithmetic (PyTorch issue 199867)",
                                         .target = Target::logit,
                                         .domain_low = 0,
                                         .domain_high = 1}),
      scalar_in_all_types<Softplus>({.name = "softplus_scalar",
                                     .formula = "max(x, 0) + log1p(exp(-|x|))",
                                     .origin = "softplus.h of this library",
                                     .target = Target::softplus,
                                     .claim32 = {.ulp = bound::log_logistic_float32},
                                     .claim64 = {.ulp = bound::log_logistic_float64}}),
      in_all_types<SoftplusTextbook>({.name = "softplus_textbook",
                                      .formula = "log(1 + exp(x))",
                                      .origin = "textbook; infinite from x = 88.8 in float32 on, 0 below -17",
                                      .target = Target::softplus}),
      scalar_in_all_types<LogLogistic>({.name = "log_logistic_scalar",
                                        .formula = "min(x, 0) - log1p(exp(-|x|))",
                                        .origin = "log_logistic.h of this library",
                                        .target = Target::log_logistic,
                                        .domain_low = -infinity,
                                        .claim32 = {.ulp = bound::log_logistic_float32},
                                        .claim64 = {.ulp = bound::log_logistic_float64}}),
      in_all_types<LogOfLogistic>({.name = "log_of_logistic",
                                   .formula = "log(1 / (1 + exp(-x)))",
                                   .origin = "textbook (PyTorch issue 1835); -infinity below x = -88.8 in float32",
                                   .target = Target::log_logistic}),
  };
}

}  // namespace ogive::sigmoid::variants
