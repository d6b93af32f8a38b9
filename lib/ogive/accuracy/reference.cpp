// SPDX-License-Identifier: MIT
#include "ogive/accuracy/reference.h"

#include <mpfr.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ogive/accuracy/format.h"

namespace ogive::accuracy {
namespace {

using sigmoid::Target;

constexpr mpfr_prec_t working_bits = 320;
constexpr mpfr_prec_t quick_bits = 128;  // enough for nearly all errors: 2^-70 ulp of float64, where results are 1 or less
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// MPFR keeps constants for each thread; they go with the thread.
struct ThreadCache {
  ~ThreadCache() { mpfr_free_cache(); }
};

class Number {
 public:
  explicit Number(mpfr_prec_t bits = working_bits) {
    thread_local const ThreadCache cache;
    static_cast<void>(cache);
    mpfr_init2(value_, bits);
  }
  ~Number() { mpfr_clear(value_); }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;
  operator mpfr_ptr() { return value_; }  // NOLINT: stands for an mpfr_t wherever one is taken

 private:
  mpfr_t value_;
};

/// log(1 + e^-a) for a >= 0.
void log1p_of_exp(mpfr_ptr result, mpfr_ptr a) {
  mpfr_neg(result, a, MPFR_RNDN);
  mpfr_exp(result, result, MPFR_RNDN);
  mpfr_log1p(result, result, MPFR_RNDN);
}

/// The true value. Each step below loses a few bits of the result's at most; logit near 1/2 loses 54.
void evaluate(mpfr_ptr result, Target target, double x) {
  const mpfr_prec_t bits = mpfr_get_prec(result);
  Number magnitude(bits), e(bits), one_plus(bits);
  mpfr_set_d(magnitude, std::fabs(x), MPFR_RNDN);
  mpfr_neg(e, magnitude, MPFR_RNDN);
  mpfr_exp(e, e, MPFR_RNDN);  // e^-|x|
  mpfr_add_ui(one_plus, e, 1, MPFR_RNDN);
  switch (target) {
    case Target::logistic:
      if (x < 0) {
        mpfr_div(result, e, one_plus, MPFR_RNDN);
      } else {
        mpfr_ui_div(result, 1, one_plus, MPFR_RNDN);
      }
      return;
    case Target::derivative:
      mpfr_sqr(one_plus, one_plus, MPFR_RNDN);
      mpfr_div(result, e, one_plus, MPFR_RNDN);
      return;
    case Target::softplus:
      log1p_of_exp(result, magnitude);
      if (x > 0) mpfr_add(result, result, magnitude, MPFR_RNDN);
      return;
    case Target::log_logistic:
      log1p_of_exp(result, magnitude);
      if (x < 0) mpfr_add(result, result, magnitude, MPFR_RNDN);
      mpfr_neg(result, result, MPFR_RNDN);
      return;
    case Target::logit:
      mpfr_set_d(e, x, MPFR_RNDN);
      mpfr_ui_sub(one_plus, 1, e, MPFR_RNDN);
      mpfr_log(result, e, MPFR_RNDN);
      mpfr_log(one_plus, one_plus, MPFR_RNDN);
      mpfr_sub(result, result, one_plus, MPFR_RNDN);
      return;
  }
}

/// Whether the truth is a number; if not, `value` is what it is.
bool is_finite(Target target, double x, double& value) {
  value = nan;
  if (std::isnan(x)) return false;
  if (target == Target::logit) {
    if (x == 0) value = -infinity;
    if (x == 1) value = infinity;
    return x > 0 && x < 1;
  }
  value = x;
  return !(x == infinity && target == Target::softplus) && !(x == -infinity && target == Target::log_logistic);
}

/// floor(log2 |value|), not below that of the least normal number.
long binade(const FloatFormat& shape, mpfr_ptr value) {
  if (mpfr_zero_p(value)) return shape.min_exponent;
  return std::max<long>(mpfr_get_exp(value) - 1, shape.min_exponent);
}

}  // namespace

double ulp(FloatType type, double s) {
  switch (type) {
    case FloatType::float16:
      return ogive::ulp<float16>(s);
    case FloatType::bfloat16:
      return ogive::ulp<bfloat16>(s);
    case FloatType::float32:
      return ogive::ulp<float>(s);
    case FloatType::float64:
      break;
  }
  return ogive::ulp<double>(s);
}

double correctly_rounded(Target target, FloatType type, double x) {
  double limit;
  if (!is_finite(target, x, limit)) return limit;
  Number value;
  evaluate(value, target, x);
  const FloatFormat shape = format(type);
  const long unit = binade(shape, value) - (shape.precision - 1);
  mpfr_mul_2si(value, value, -unit, MPFR_RNDN);
  mpfr_roundeven(value, value);
  mpfr_mul_2si(value, value, unit, MPFR_RNDN);
  return mpfr_get_d(value, MPFR_RNDN);
}

namespace {

/// The error in ulp, and whether so many bits decide its class.
struct RoundedError {
  double value;
  bool is_decided;
};

RoundedError ulp_error_in(mpfr_prec_t bits, Target target, FloatType type, double x, double y) {
  Number value(bits), difference(bits);
  evaluate(value, target, x);
  const FloatFormat shape = format(type);
  const long unit = binade(shape, value) - (shape.precision - 1);
  mpfr_sub_d(difference, value, y, MPFR_RNDN);
  mpfr_abs(difference, difference, MPFR_RNDN);
  mpfr_mul_2si(difference, difference, -unit, MPFR_RNDN);
  const double error = mpfr_get_d(difference, MPFR_RNDN);
  int exponent;
  const double fraction = std::frexp(error, &exponent);
  // Classes end at powers of two, and those are on no side of themselves; 2^-50 is far more than the bits leave open.
  // A value rounded to a power of two, as 1 - e^-100 is, may be in the binade below.
  const bool is_decided = std::fabs(fraction - 0.5) > 0x1p-50 && std::fabs(fraction - 1) > 0x1p-50 && mpfr_min_prec(value) > 1;
  // A value that is not a power of two must not become one by rounding: it would change its class.
  if (mpfr_cmp_d(difference, error) == 0 || fraction != 0.5) return {error, is_decided};
  return {mpfr_cmp_d(difference, error) < 0 ? std::nextafter(error, 0.0) : std::nextafter(error, infinity), is_decided};
}

}  // namespace

double ulp_error(Target target, FloatType type, double x, double y) {
  double limit;
  if (!is_finite(target, x, limit)) {
    if (std::isnan(limit) || std::isnan(y)) return std::isnan(limit) && std::isnan(y) ? 0.0 : infinity;
    return y == limit ? 0.0 : infinity;
  }
  if (!std::isfinite(y)) return infinity;
  // Small results of logit() near 1/2, and errors below 2^-20, are differences of which few bits would be left.
  if (target != Target::logit) {
    const RoundedError quick = ulp_error_in(quick_bits, target, type, x, y);
    if (quick.is_decided && quick.value > 0x1p-20) return quick.value;
  }
  return ulp_error_in(working_bits, target, type, x, y).value;
}

std::string exact_decimal(Target target, double x, int digits) {
  double limit;
  if (!is_finite(target, x, limit)) return std::isnan(limit) ? "nan" : limit > 0 ? "inf" : "-inf";
  Number value;
  evaluate(value, target, x);
  std::array<char, 128> text{};
  mpfr_snprintf(text.data(), text.size(), "%.*Rg", std::clamp(digits, 1, 90), static_cast<mpfr_ptr>(value));
  return text.data();
}

bool is_normal(Target target, FloatType type, double x) {
  double limit;
  if (!is_finite(target, x, limit)) return false;
  Number value;
  evaluate(value, target, x);
  return !mpfr_zero_p(value) && mpfr_get_exp(value) - 1 >= format(type).min_exponent;
}

}  // namespace ogive::accuracy
