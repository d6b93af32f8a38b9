// SPDX-License-Identifier: MIT
// The loops that screen.h describes; no #pragma once: included once by each screen_<instruction set>.cpp, which names the
// namespace. No function from elsewhere is called: an inline one, compiled for one instruction set, could end up in the others.

#if defined(__AVX512F__) && !defined(__clang__)
#include <immintrin.h>
#endif

#include "ogive/accuracy/screen.h"

namespace ogive::accuracy::OGIVE_SCREEN {
namespace {

using Doubles = double __attribute__((vector_size(64)));
using Floats = float __attribute__((vector_size(32)));
using WideWords = std::uint32_t __attribute__((vector_size(64)));
using Integers = std::int64_t __attribute__((vector_size(64)));
using Bits = std::uint64_t __attribute__((vector_size(64)));  // where exponents may run over, and come back

constexpr double magic = 0x1.8p52;  // adding it rounds to an integer, which then stands in the low bits
constexpr double log2_of_e = 0x1.71547652b82fep0;
constexpr double ln2_high = 0x1.62e42feep-1;  // 32 bits, so that n ln2_high is exact for |n| < 2^21
constexpr double ln2_low = 0x1.a39ef35793c76p-33;

inline Doubles load(const double* from) {
  Doubles v;
  __builtin_memcpy(&v, from, sizeof v);
  return v;
}

inline Doubles load(const float* from) {
  Floats v;
  __builtin_memcpy(&v, from, sizeof v);
#if defined(__AVX512F__) && !defined(__clang__)
  return (Doubles)_mm512_maskz_cvtps_pd(0xff, (__m256)v);  // g++ 12 makes four instructions of it otherwise
#else
  return __builtin_convertvector(v, Doubles);
#endif
}

inline void store(double* to, Doubles v) { __builtin_memcpy(to, &v, sizeof v); }
inline Doubles all(double value) { return Doubles{} + value; }
inline Integers all_bits(std::int64_t value) { return Integers{} + value; }
inline Doubles abs(Doubles v) { return (Doubles)((Integers)v & all_bits(INT64_MAX)); }
inline Doubles max(Doubles a, Doubles b) { return a > b ? a : b; }

inline bool any(Integers mask) {
  std::int64_t bits = 0;
  for (int i = 0; i < 8; ++i) bits |= mask[i];
  return bits != 0;
}

/// e^-a for 0 <= a; from 700 on e^-700, which is 0 to every type measured with these loops.
inline Doubles exp_of_minus(Doubles a) {
  a = a < all(700) ? a : all(700);
  const Doubles k = a * log2_of_e + magic;
  const Doubles n = k - magic;
  const Doubles r = (n * ln2_high - a) + n * ln2_low;  // -a = -n ln2 + r, |r| <= ln2 / 2; the bracket is exact for a float a
  const Doubles r2 = r * r;
  // The Taylor series of (e^r - 1 - r) / r^2 to r^11: the rest is below 2^-57 of e^r.
  const Doubles odd =
      ((((r2 * (1 / 6227020800.0) + 1 / 39916800.0) * r2 + 1 / 362880.0) * r2 + 1 / 5040.0) * r2 + 1 / 120.0) * r2 + 1 / 6.0;
  const Doubles even =
      ((((r2 * (1 / 479001600.0) + 1 / 3628800.0) * r2 + 1 / 40320.0) * r2 + 1 / 720.0) * r2 + 1 / 24.0) * r2 + 0.5;
  const Doubles p = 1 + (r + r2 * (even + r * odd));
  return p * (Doubles)(all_bits(std::int64_t{1023} << 52) - ((Integers)k << 52));
}

/// 2 atanh(z) = log((1 + z) / (1 - z)) for |z| <= 1/3, without its first term 2 z. Series to z^35: the rest is below 2^-59 of the
/// sum.
inline Doubles atanh_rest(Doubles z) {
  const Doubles w = z * z;
  Doubles sum = all(1 / 35.0);
  for (int k = 33; k >= 3; k -= 2) sum = sum * w + 1.0 / k;
  return 2 * z * w * sum;
}

/// log(1 + t) for 0 <= t <= 1.
inline Doubles log1p(Doubles t) {
  const Doubles z = t / (2 + t);
  return 2 * z + atanh_rest(z);
}

// The functions of x, where t = e^-|x| is known.
inline Doubles logistic(Doubles x, Doubles t) { return (x < 0 ? t : all(1)) / (1 + t); }
inline Doubles derivative(Doubles, Doubles t) { return t / ((1 + t) * (1 + t)); }
inline Doubles softplus(Doubles x, Doubles t) { return log1p(t) + max(x, all(0)); }
inline Doubles log_logistic(Doubles x, Doubles t) { return -softplus(-x, t); }

/// log(p / (1 - p)), 0 < p < 1. 1 - p is exact where the result is not large.
inline Doubles logit(Doubles p) {
  const Doubles q = p / (1 - p);
  const std::int64_t root_half = 0x3fe6a09e667f3bcd;
  const Integers exponent =
      (Integers)((Bits)q - static_cast<std::uint64_t>(root_half)) >> 52;  // q = 2^exponent m, m in [sqrt(1/2), sqrt(2))
  const Doubles m = (Doubles)((Bits)q - ((Bits)exponent << 52));
  const Doubles n = (Doubles)(exponent + (Integers)all(magic)) - magic;
  const Doubles z = exponent == 0 ? 2 * p - 1 : (m - 1) / (m + 1);  // the same number, but 2 p - 1 is exact
  return n * ln2_high + (2 * z + (atanh_rest(z) + n * ln2_low));
}

template <Doubles (*function)(Doubles, Doubles)>
void apply(const float* x, double* s, std::size_t n) {
  for (std::size_t i = 0; i < n; i += lanes) store(s + i, function(load(x + i), exp_of_minus(abs(load(x + i)))));
}

void truth(sigmoid::Target target, const float* x, double* s, std::size_t n) {
  switch (target) {
    case sigmoid::Target::logistic:
      return apply<logistic>(x, s, n);
    case sigmoid::Target::derivative:
      return apply<derivative>(x, s, n);
    case sigmoid::Target::softplus:
      return apply<softplus>(x, s, n);
    case sigmoid::Target::log_logistic:
      return apply<log_logistic>(x, s, n);
    case sigmoid::Target::logit:
      for (std::size_t i = 0; i < n; i += lanes) store(s + i, logit(load(x + i)));
      return;
  }
}

void fill(float* x, std::uint32_t first, std::size_t n) {
  WideWords bits = WideWords{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15} + first;
  std::size_t i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes) {
    __builtin_memcpy(x + i, &bits, sizeof bits);
    bits += 2 * lanes;
  }
  if (i < n) __builtin_memcpy(x + i, &bits, sizeof bits / 2);
}

/// What the loops over errors keep, lane by lane.
struct Sums {
  Doubles max_ulp{}, max_absolute{}, max_relative{}, sum{}, sum_squared{};
  Integers above_half{}, above_1{}, above_2{}, above_4{};

  void add(Doubles s, Doubles difference, Doubles e) {
    max_ulp = max(e, max_ulp);
    max_absolute = max(difference, max_absolute);
    max_relative = max(difference / abs(s), max_relative);
    sum += e;
    sum_squared += e * e;
    above_half -= e > 0.5;
    above_1 -= e > 1.0;
    above_2 -= e > 2.0;
    above_4 -= e > 4.0;
  }
  Total total() const {
    Total result{};
    for (int i = 0; i < 8; ++i) {
      result.max_ulp = max_ulp[i] > result.max_ulp ? max_ulp[i] : result.max_ulp;
      result.max_absolute = max_absolute[i] > result.max_absolute ? max_absolute[i] : result.max_absolute;
      result.max_relative = max_relative[i] > result.max_relative ? max_relative[i] : result.max_relative;
      result.sum += sum[i];
      result.sum_squared += sum_squared[i];
      result.above[0] += static_cast<std::uint64_t>(above_half[i]);
      result.above[1] += static_cast<std::uint64_t>(above_1[i]);
      result.above[2] += static_cast<std::uint64_t>(above_2[i]);
      result.above[3] += static_cast<std::uint64_t>(above_4[i]);
    }
    return result;
  }
};

template <class Add>
inline Sight errors_with(const double* s, const float* y, FloatFormat format, double* absolute, double* error, std::size_t n,
                         Add add) {
  const std::int64_t exponent_bits = std::int64_t{0x7ff} << 52;
  const Integers least = all_bits(static_cast<std::int64_t>(1023 + format.min_exponent) << 52);
  const Bits unit = Bits{} + (static_cast<std::uint64_t>(2046 + format.precision - 1) << 52);
  const std::uint64_t window = std::uint64_t{1} << 29;  // `near` in the last bits of a double
  const std::uint64_t fraction_bits = (std::uint64_t{1} << 52) - 1;
  Integers is_near{}, is_finite = all_bits(-1);
  for (std::size_t i = 0; i < n; i += lanes) {
    const Doubles truth_here = load(s + i);
    const Doubles difference = abs(load(y + i) - truth_here);
    Integers binade = (Integers)truth_here & exponent_bits;
    binade = binade > least ? binade : least;
    const Doubles e = difference * (Doubles)(unit - (Bits)binade);  // times 1 / ulp(s), a power of two
    store(absolute + i, difference);
    store(error + i, e);
    is_near |=
        ((Integers)(((Bits)e + window) & fraction_bits) < static_cast<std::int64_t>(2 * window)) & (e > near_low) & (e < near_high);
    is_finite &= e < 0x1p1023;
    add(truth_here, difference, e);
  }
  return {any(is_near), any(~is_finite)};
}

Sight errors(const double* s, const float* y, FloatFormat format, double* absolute, double* error, std::size_t n) {
  return errors_with(s, y, format, absolute, error, n, [](Doubles, Doubles, Doubles) {});
}

Total total(const double* s, const double* absolute, const double* error, std::size_t n) {
  Sums sums;
  for (std::size_t i = 0; i < n; i += lanes) sums.add(load(s + i), load(absolute + i), load(error + i));
  return sums.total();
}

Sight errors_and_total(const double* s, const float* y, FloatFormat format, double* absolute, double* error, std::size_t n,
                       Total* total) {
  Sums sums;
  const Sight sight = errors_with(s, y, format, absolute, error, n,
                                  [&](Doubles truth_here, Doubles difference, Doubles e) { sums.add(truth_here, difference, e); });
  *total = sums.total();
  return sight;
}

Look look(const float* y, std::size_t n, float low, float high, float direction) {
  int outside = 0, zero = 0, breaks = 0;
  for (std::size_t i = 0; i < n; ++i) {
    outside |= int{y[i] < low} | int{y[i] > high};
    zero |= int{y[i] == 0};
  }
  if (direction > 0) {
    for (std::size_t i = 1; i < n; ++i) breaks |= int{y[i] < y[i - 1]};
  } else {
    for (std::size_t i = 1; i < n; ++i) breaks |= int{y[i] > y[i - 1]};
  }
  return {outside != 0, zero != 0, breaks != 0};
}

constexpr Integers lane_numbers{0, 1, 2, 3, 4, 5, 6, 7};

/// Counts lanes, and keeps the places of the first and the last.
struct Marks {
  Integers count{}, first = all_bits(INT64_MAX), last = all_bits(-1);

  void add(Integers mask, Integers place) {
    count -= mask;
    const Integers candidate = mask ? place : all_bits(INT64_MAX);
    first = candidate < first ? candidate : first;
    last = mask ? place : last;  // places ascend
  }
  Places places() const {
    std::int64_t total = 0, least = INT64_MAX, greatest = -1;
    for (int i = 0; i < 8; ++i) {
      total += count[i];
      least = first[i] < least ? first[i] : least;
      greatest = last[i] > greatest ? last[i] : greatest;
    }
    return {static_cast<std::size_t>(total), static_cast<std::size_t>(least), static_cast<std::size_t>(greatest)};
  }
};

/// Where `property` holds of y[0] to y[n - 1].
template <class Property>
inline Places places_of(const float* y, std::size_t n, Property property) {
  Marks marks;
  const auto end = static_cast<std::int64_t>(n);
  for (std::size_t i = 0; i < n; i += lanes) {
    const Integers place = lane_numbers + static_cast<std::int64_t>(i);
    marks.add(property(load(y + i)) & (place < end), place);
  }
  return marks.places();
}

Places outside(const float* y, std::size_t n, float low, float high) {
  const Doubles least = all(double{low}), greatest = all(double{high});
  return places_of(y, n, [&](Doubles here) { return (here < least) | (here > greatest); });
}

Places zeros(const float* y, std::size_t n) {
  return places_of(y, n, [](Doubles here) { return here == all(0); });
}

Places numbers(const float* y, std::size_t n) {
  return places_of(y, n, [](Doubles here) { return here == here; });
}

template <bool falls>
Steps steps_with(const float* y, std::size_t n) {
  Marks marks;
  Doubles largest{};
  const auto end = static_cast<std::int64_t>(n);
  for (std::size_t i = 1; i < n; i += lanes) {
    const Integers place = lane_numbers + static_cast<std::int64_t>(i);
    const Doubles here = load(y + i), before = load(y + i - 1);
    const Doubles step = falls ? here - before : before - here;  // of different floats: not 0 in double, and of the right sign
    const Integers wrong = (step > 0) & (place < end);
    marks.add(wrong, place);
    largest = max((Doubles)((Integers)step & wrong), largest);
  }
  Steps result{marks.places(), 0};
  for (int i = 0; i < 8; ++i) result.largest = largest[i] > result.largest ? largest[i] : result.largest;
  return result;
}

Steps steps(const float* y, std::size_t n, bool falls) { return falls ? steps_with<true>(y, n) : steps_with<false>(y, n); }

std::uint64_t count_above(const double* error, std::size_t n, double bound) {
  Integers count{};
  const Doubles bounds = all(bound);
  for (std::size_t i = 0; i < n; i += lanes) count -= load(error + i) > bounds;
  std::int64_t total = 0;
  for (int i = 0; i < 8; ++i) total += count[i];
  return static_cast<std::uint64_t>(total);
}

bool all_equal(const float* y, std::size_t n, float value) {
  // Equal bits first, as they nearly always are; a NaN is not equal to itself.
  std::uint32_t value_bits;
  __builtin_memcpy(&value_bits, &value, sizeof value);
  WideWords difference[4] = {};
  std::size_t i = 0;
  for (; i + 8 * lanes <= n; i += 8 * lanes) {
    for (std::size_t k = 0; k < 4; ++k) {
      WideWords bits;
      __builtin_memcpy(&bits, y + i + 2 * lanes * k, sizeof bits);
      difference[k] |= bits ^ value_bits;
    }
  }
  difference[0] |= difference[1] | difference[2] | difference[3];
  std::uint32_t differs = value == value ? 0 : 1;
  for (int k = 0; k < 16; ++k) differs |= difference[0][k];
  int other = 0;
  for (i = differs == 0 ? i : 0; i < n; ++i) other |= int{!(y[i] == value)};
  return other == 0;
}

bool same(const float* a, const float* b, std::size_t n) {
  int other = 0;
  for (std::size_t i = 0; i < n; ++i) other |= int{!(a[i] == b[i])};
  return other == 0;
}

double max_defect(const float* a, const float* b, double factor, double constant, std::size_t n) {
  Doubles largest{};
  for (std::size_t i = 0; i < n; i += lanes) largest = max(abs((load(a + i) + factor * load(b + i)) - constant), largest);
  double result = 0;
  for (int i = 0; i < 8; ++i) result = largest[i] > result ? largest[i] : result;
  return result;
}

/// e^-(a + i h) for the 8 inputs from i on.
inline Doubles exp_of_minus(const Neighbours& x, std::size_t i) { return x.exp_first - x.exp_first * load(x.fall + i); }

inline Doubles inputs(const Neighbours& x, std::size_t i) {
  const Integers number = lane_numbers + static_cast<std::int64_t>(i);
  return double{x.first} + double{x.step} * __builtin_convertvector(number, Doubles);
}

template <Doubles (*function)(Doubles, Doubles)>
void apply_to_neighbours(const Neighbours& x, double* s, std::size_t n) {
  for (std::size_t i = 0; i < n; i += lanes) store(s + i, function(inputs(x, i), exp_of_minus(x, i)));
}

void truth_of_neighbours(sigmoid::Target target, const Neighbours& x, double* s, std::size_t n) {
  switch (target) {
    case sigmoid::Target::logistic:
      return apply_to_neighbours<logistic>(x, s, n);
    case sigmoid::Target::derivative:
      return apply_to_neighbours<derivative>(x, s, n);
    case sigmoid::Target::softplus:
      return apply_to_neighbours<softplus>(x, s, n);
    case sigmoid::Target::log_logistic:
      return apply_to_neighbours<log_logistic>(x, s, n);
    case sigmoid::Target::logit:
      return;  // it has no e^-x
  }
}

/// The truth of a kind of inputs, chosen once for all.
inline Doubles logistic_of_positive(const Neighbours& x, std::size_t i) { return 1 / (1 + exp_of_minus(x, i)); }
inline Doubles logistic_of_negative(const Neighbours& x, std::size_t i) {
  const Doubles t = exp_of_minus(x, i);
  return t / (1 + t);
}
template <Doubles (*function)(Doubles, Doubles)>
inline Doubles general(const Neighbours& x, std::size_t i) {
  return function(inputs(x, i), exp_of_minus(x, i));
}

/// @tparam large  whether errors above 2 ulp are counted, too
template <bool large, Doubles (*truth_at)(const Neighbours&, std::size_t)>
Scan scan_with(const Neighbours& x, const float* y, std::size_t n, double ulp, bool falls) {
  const std::int64_t fraction_bits = (std::int64_t{1} << 52) - 1;
  const std::int64_t window = std::int64_t{1} << 29;  // as in errors()
  const Doubles half = all(0.5 * ulp), one = all(ulp), two = all(2 * ulp), four = all(4 * ulp);
  Doubles largest{}, sum{}, sum_squared{};
  Integers nearest = all_bits(INT64_MAX), above_half{}, above_1{}, above_2{}, above_4{};
  const auto add = [&](Doubles difference, Integers unless) {
    const Integers place = (((Integers)difference + window) & fraction_bits) | unless;
    nearest = place < nearest ? place : nearest;
    largest = max(difference, largest);
    sum += difference;
    sum_squared += difference * difference;
    above_half -= difference > half;
    above_1 -= difference > one;
    if constexpr (large) {
      above_2 -= difference > two;
      above_4 -= difference > four;
    }
  };
  Floats wrong_step{};
  std::size_t i = 0;
  for (; i + lanes < n; i += lanes) {
    Floats here, next;
    __builtin_memcpy(&here, y + i, sizeof here);
    __builtin_memcpy(&next, y + i + 1, sizeof next);
    add(abs(load(y + i) - truth_at(x, i)), Integers{});
    const Floats step = falls ? next - here : here - next;
    wrong_step = step > wrong_step ? step : wrong_step;
  }
  Scan result{};
  double last[lanes] = {};
  for (std::size_t k = 0; i + k < n; ++k) {
    last[k] = double{y[i + k]};
    if (i + k + 1 < n) result.breaks |= falls ? y[i + k + 1] > y[i + k] : y[i + k + 1] < y[i + k];
  }
  const Integers counts = lane_numbers < static_cast<std::int64_t>(n - i);
  add((Doubles)((Integers)abs(load(last) - truth_at(x, i)) & counts), ~counts & INT64_MAX);

  result.is_near = any(nearest < 2 * window);
  for (int k = 0; k < 8; ++k) {
    result.max_difference = largest[k] > result.max_difference ? largest[k] : result.max_difference;
    result.sum += sum[k];
    result.sum_squared += sum_squared[k];
    result.above[0] += static_cast<std::uint64_t>(above_half[k]);
    result.above[1] += static_cast<std::uint64_t>(above_1[k]);
    result.above[2] += static_cast<std::uint64_t>(above_2[k]);
    result.above[3] += static_cast<std::uint64_t>(above_4[k]);
    result.breaks |= wrong_step[k] > 0;
  }
  return result;
}

template <Doubles (*truth_at)(const Neighbours&, std::size_t)>
Scan scan_with(const Neighbours& x, const float* y, std::size_t n, double ulp, bool falls) {
  const Scan result = scan_with<false, truth_at>(x, y, n, ulp, falls);
  return result.max_difference > 2 * ulp ? scan_with<true, truth_at>(x, y, n, ulp, falls) : result;
}

Scan scan(sigmoid::Target target, const Neighbours& x, const float* y, std::size_t n, double ulp, bool falls) {
  switch (target) {
    case sigmoid::Target::logistic:
      return (x.negative ? scan_with<logistic_of_negative> : scan_with<logistic_of_positive>)(x, y, n, ulp, falls);
    case sigmoid::Target::derivative:
      return scan_with<general<derivative>>(x, y, n, ulp, falls);
    case sigmoid::Target::softplus:
      return scan_with<general<softplus>>(x, y, n, ulp, falls);
    case sigmoid::Target::log_logistic:
      return scan_with<general<log_logistic>>(x, y, n, ulp, falls);
    case sigmoid::Target::logit:
      break;  // it has no e^-x
  }
  return {};
}

}  // namespace

extern const Screen loops;
const Screen loops = {
    OGIVE_SCREEN_NAME, fill,      truth, errors,     total, errors_and_total,   look, outside, zeros, numbers, steps,
    count_above,       all_equal, same,  max_defect, scan,  truth_of_neighbours};

}  // namespace ogive::accuracy::OGIVE_SCREEN
