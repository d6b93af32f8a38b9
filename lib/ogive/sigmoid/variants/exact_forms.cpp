// SPDX-License-Identifier: MIT
// Formulas that are equal to the logistic function on paper. What sets them apart is rounding, overflow and the small tail.
#include "ogive/sigmoid/logistic.h"
#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {
namespace {

using std::exp, std::exp2, std::expm1, std::fabs, std::log1p, std::tanh;

struct Textbook {
  static constexpr bool limits_at_far = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return T(1) / (T(1) + exp(-x));
  }
};

struct TwoBranch {
  static constexpr bool limits_at_far = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    if (x >= T(0)) return T(1) / (T(1) + exp(-x));
    const T e = exp(x);
    return e / (T(1) + e);
  }
};

/// The small half first, the other by reflection: the frame of XNNPACK's and oneDNN's kernels.
struct Reflected {
  static constexpr bool limits_at_far = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    const T e = exp(-fabs(x));
    const T small = e / (T(1) + e);
    return x > T(0) ? T(1) - small : small;
  }
};

struct ExpRatio {
  static constexpr bool limits_at_far = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    const T e = exp(x);
    return e / (T(1) + e);
  }
};

struct HalfTanh {
  static constexpr bool limits_at_far = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return T(0.5) * (T(1) + tanh(T(0.5) * x));
  }
};

struct Base2 {
  static constexpr bool limits_at_far = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return T(1) / (T(1) + exp2(x * T(-1.4426950408889634)));
  }
};

struct Expm1Form {
  static constexpr bool limits_at_far = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return T(1) / (T(2) + expm1(-x));
  }
};

struct ExpOfLog {
  static constexpr bool limits_at_far = true, repeats = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return exp(-log1p(exp(-x)));
  }
};

/// L / (1 + e^(-k (x - x0))) + b, at the parameters where it is the logistic function.
struct FourParameters {
  static constexpr bool limits_at_far = true;
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    const T L = T(1), x0 = T(0), k = T(1), b = T(0);
    return L / (T(1) + exp(-k * (x - x0))) + b;
  }
};

/// In a type with more bits than the one asked for, then rounded once.
struct WiderInside {
  static constexpr bool limits_at_far = true;
  OGIVE_FORMULA static Far at(Far x) { return logistic(x); }  // where both types round to the limit
  OGIVE_FORMULA static float at(float x) { return static_cast<float>(logistic(static_cast<double>(x))); }
  OGIVE_FORMULA static double at(double x) { return static_cast<double>(logistic(static_cast<long double>(x))); }
};

}  // namespace

std::vector<Variant> exact_forms() {
  std::vector<Variant> all;
  all.push_back(in_all_types<Textbook>(
      {.name = "textbook", .formula = "1 / (1 + exp(-x))", .origin = "every textbook; SciPy expit, NumPy code, PyTorch CPU, XLA"}));
  all.push_back(in_all_types<TwoBranch>({.name = "two_branch",
                                         .formula = "x >= 0: 1 / (1 + exp(-x)); else exp(x) / (1 + exp(x))",
                                         .origin = "SciPy before its issue 6145; logistic() of this library",
                                         .claim32 = {.ulp = claims::scalar::logistic_float32},
                                         .claim64 = {.ulp = claims::scalar::logistic_float64}}));
  all.push_back(in_all_types<Reflected>({.name = "reflected",
                                         .formula = "f = e / (1 + e), e = exp(-|x|); x > 0: 1 - f",
                                         .origin = "the frame of the XNNPACK and oneDNN kernels, here with libm's exp"}));
  all.push_back(in_all_types<HalfTanh>(
      {.name = "tanh_form", .formula = "(1 + tanh(x / 2)) / 2", .origin = "SciPy issue 3426, DyNet, CUTLASS issue 378"}));
  all.push_back(in_all_types<ExpRatio>(
      {.name = "exp_ratio", .formula = "exp(x) / (1 + exp(x))", .origin = "statistics texts (inverse logit); overflows to NaN"}));
  all.push_back(in_all_types<Base2>(
      {.name = "base2", .formula = "1 / (1 + exp2(-x log2(e)))", .origin = "GPU kernels (ex2), Simd library SynetSigmoid32f"}));
  all.push_back(in_all_types<Expm1Form>(
      {.name = "expm1_form", .formula = "1 / (2 + expm1(-x))", .origin = "a libm composition: exact near 0, flushed far below"}));
  all.push_back(in_all_types<ExpOfLog>(
      {.name = "exp_of_log", .formula = "exp(-log1p(exp(-x)))", .origin = "a libm composition: exp of log-sigmoid"}));
  all.push_back(in_all_types<FourParameters>({.name = "four_parameters",
                                              .formula = "L / (1 + exp(-k (x - x0))) + b with L = k = 1, x0 = b = 0",
                                              .origin = "curve fitting (Verhulst 1838 with an offset)"}));
  Variant wider{.name = "wider_inside",
                .formula = "two_branch in the next wider type, rounded once",
                .origin = "Boost.Math's promotion policy; float32 through float64, float64 through x87 long double"};
  wider.float32 = over<WiderInside, float>;
  if constexpr (sizeof(long double) > sizeof(double)) wider.float64 = over<WiderInside, double>;
  all.push_back(wider);
  return all;
}

std::vector<Variant> stepwise_forms() {
  return {
      in_16_bits_stepwise<Textbook>(
          {.name = "textbook_stepwise",
           .formula = "1 / (1 + exp(-x)), every operation rounded to the type",
           .origin = "NumPy float16; frameworks that compute in the operand type (TensorFlow issue 123104)"}),
      in_16_bits_stepwise<TwoBranch>({.name = "two_branch_stepwise",
                                      .formula = "two_branch, every operation rounded to the type",
                                      .origin = "native 16-bit arithmetic"}),
      in_16_bits_stepwise<ExpRatio>({.name = "exp_ratio_stepwise",
                                     .formula = "exp(x) / (1 + exp(x)), every operation rounded to the type",
                                     .origin = "native 16-bit arithmetic; overflows to NaN"}),
      in_16_bits_stepwise<HalfTanh>({.name = "tanh_form_stepwise",
                                     .formula = "(1 + tanh(x / 2)) / 2, every operation rounded to the type",
                                     .origin = "native 16-bit arithmetic with a tanh unit"}),
  };
}

}  // namespace ogive::sigmoid::variants
