// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The number that a text begins with, exactly rounded, and where it ends: parse_number() for the millionth cell that looks like
/// the one before.
///
/// The digits of a number make a whole number w and a power q of ten; fast_float's product with 128 bits of 5^q rounds w 10^q
/// exactly (Lemire, Softw. Pract. Exper. 51, 2021). What most cells hold, at most four digits before the decimal sign and 16 behind
/// it (19 behind a zero), is read without a branch that depends on how many there are: a fraction is taken as one of 16 digits, or
/// 19, with zeros at its end. Other plain numbers, up to 19 digits with or without sign, decimal sign and exponent, are read digit
/// group by digit group. All else, and what would become 0 or infinite, is left to others.
///
/// @code
///   double value = 0;
///   const char* end = ogive::io::fast_number(cell, '.', value);  // nullptr: not plain
/// @endcode

#include <fast_float/fast_float.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ogive::io {

/// How many bytes behind the end of a text fast_number() may read.
inline constexpr std::size_t fast_number_slack = 64;

namespace detail {

static_assert(std::endian::native == std::endian::little, "the first byte of a text is the lowest of a word");

inline std::uint32_t four_bytes(const char* p) {
  std::uint32_t bytes;
  std::memcpy(&bytes, p, sizeof bytes);
  return bytes;
}

inline std::uint64_t eight_bytes(const char* p) {
  std::uint64_t bytes;
  std::memcpy(&bytes, p, sizeof bytes);
  return bytes;
}

/// How many of the eight bytes, from the first on, are digits.
inline int leading_digits(std::uint64_t bytes) {
  const std::uint64_t low = bytes ^ 0x3030303030303030;  // 0 to 9 where it is a digit
  const std::uint64_t others = ((low + 0x7676767676767676) | low) & 0x8080808080808080;
  return others == 0 ? 8 : std::countr_zero(others) / 8;
}

/// The number that eight digits make.
inline std::uint64_t eight_digits(std::uint64_t bytes) {
  constexpr std::uint64_t mask = 0x000000FF000000FF;
  bytes -= 0x3030303030303030;
  bytes = bytes * 10 + (bytes >> 8);
  return (((bytes & mask) * 0x000F424000000064 + ((bytes >> 16) & mask) * 0x0000271000000001) >> 32) & 0xFFFFFFFF;
}

inline constexpr double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                           1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

inline constexpr std::uint64_t whole_powers_of_ten[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

/// Reads digits on to `value` (modulo 2^64: the caller counts them).
inline const char* digits(const char* p, std::uint64_t& value) {
  for (;;) {
    const std::uint64_t bytes = eight_bytes(p);
    const int count = leading_digits(bytes);
    if (count == 8) {
      value = value * 100000000 + eight_digits(bytes);
      p += 8;
      continue;
    }
    // The digits are moved to the end and zeros put before them, which leaves their number as it is.
    if (count != 0)
      value = value * whole_powers_of_ten[count] + eight_digits((bytes << (64 - 8 * count)) | (0x3030303030303030 >> (8 * count)));
    return p + count;
  }
}

/// Any plain number.
inline const char* any_number(const char* p, char decimal_sign, double& result) {
  const bool negative = *p == '-';
  if (negative) ++p;
  const char* const first = p;
  std::uint64_t w = 0;
  // Most numbers have one or two digits here, which are not worth more.
  while (static_cast<unsigned char>(*p - '0') < 10) w = 10 * w + static_cast<unsigned char>(*p++ - '0');
  std::int64_t q = 0;
  std::ptrdiff_t count = p - first;
  if (*p == decimal_sign) {
    const char* const fraction = ++p;
    p = digits(p, w);
    q = fraction - p;
    count += p - fraction;
  }
  if (count == 0) return nullptr;
  if (count > 19) {
    // Zeros at the front do not count.
    const char* digit = first;
    while (*digit == '0' || *digit == decimal_sign) {
      if (*digit == '0') --count;
      ++digit;
    }
    if (count > 19) return nullptr;
  }
  if (*p == 'e' || *p == 'E') {
    ++p;
    const bool minus = *p == '-';
    if (minus || *p == '+') ++p;
    const char* const exponent = p;
    std::int64_t e = 0;
    while (static_cast<unsigned char>(*p - '0') < 10 && p - exponent < 5) e = 10 * e + (*p++ - '0');
    if (p == exponent || p - exponent == 5) return nullptr;
    q += minus ? -e : e;
  }
  double value;
  if (w <= std::uint64_t{1} << 53 && q >= -22 && q <= 22) {
    value = static_cast<double>(w);
    value = q < 0 ? value / powers_of_ten[-q] : value * powers_of_ten[q];
  } else {
    if (w == 0) {
      value = 0;
    } else {
      if (q < -300 || q > 280) return nullptr;  // w 10^q is then neither subnormal nor too large
      const auto found = fast_float::compute_float<fast_float::binary_format<double>>(q, w);
      if (found.power2 < 0) return nullptr;
      value = std::bit_cast<double>(found.mantissa | (static_cast<std::uint64_t>(found.power2) << 52));
    }
  }
  result = negative ? -value : value;
  return p;
}

/// Which of 32 bytes are no digits; the first one is bit 0.
inline std::uint32_t others_of_32(const char* p) {
#ifdef __SSE2__
  const auto others = [](const char* at) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    // 118 takes a difference of 10 or more beyond 127, where it stays.
    const __m128i beyond = _mm_adds_epu8(_mm_sub_epi8(bytes, _mm_set1_epi8('0')), _mm_set1_epi8(118));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(beyond));
  };
  return others(p) | others(p + 16) << 16;
#else
  std::uint32_t others = 0;
  for (std::size_t i = 0; i < 32; ++i)
    others |= static_cast<std::uint32_t>(static_cast<unsigned char>(p[i] - '0') > 9 ? 1 : 0) << i;
  return others;
#endif
}

/// `shown` digits at p, 16 at most, and zeros behind them, 16 in all. What follows the digits may be anything.
inline std::uint64_t sixteen_digits(const char* p, std::size_t shown) {
  static constexpr std::uint8_t window[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                              255, 255, 255, 255, 255, 255, 255, 255};  // and zeros
  const std::uint8_t* const mask = window + 16 - shown;
#ifdef __SSE2__
  const __m128i bytes = _mm_sub_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), _mm_set1_epi8('0'));
  const __m128i digits = _mm_and_si128(bytes, _mm_loadu_si128(reinterpret_cast<const __m128i*>(mask)));
  // In 16 bits d0 + 256 d1, times 10 * 256 + 1, has 10 d0 + d1 in its upper half.
  const __m128i pairs = _mm_srli_epi16(_mm_mullo_epi16(digits, _mm_set1_epi16(2561)), 8);
  const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(100 | 1 << 16));
  const __m128i eights = _mm_madd_epi16(_mm_packs_epi32(fours, fours), _mm_set1_epi32(10000 | 1 << 16));
  const auto both = static_cast<std::uint64_t>(_mm_cvtsi128_si64(eights));
  return (both & 0xFFFFFFFF) * 100000000 + (both >> 32);
#else
  char digits[16];
  for (std::size_t i = 0; i < 16; ++i) digits[i] = static_cast<char>('0' + (static_cast<std::uint8_t>(p[i] - '0') & mask[i]));
  return eight_digits(eight_bytes(digits)) * 100000000 + eight_digits(eight_bytes(digits + 8));
#endif
}

/// The number that `shown` digits make, 1 to 4.
inline std::uint64_t up_to_four_digits(const char* p, std::ptrdiff_t shown) {
  std::uint32_t digits = four_bytes(p) << (32 - 8 * shown) & 0x0F0F0F0F;  // zeros before
  digits = digits * (10 * 256 + 1) >> 8 & 0x00FF00FF;
  return digits * (100 * 65536 + 1) >> 16;
}

/// Times 10^16, and 16 digits more, this has 64 bits.
inline constexpr std::uint64_t most_front = 1843;

/// The bits of w / 10^(16 + more), for `more` up to 3. @return false: look closer
///
/// What fast_float::compute_float does, for powers that are known: the upper half of w 2^n times 64 bits of 5^-16 has the 54 bits
/// that decide, unless all below them are ones. There are no ties: w would be a multiple of 5^16 (38 bits) with 54 bits more.
inline bool over_power_of_ten(std::uint64_t w, std::size_t more, std::uint64_t& bits) {
  using fast_float::powers;
  const std::uint64_t five = powers::power_of_five_128[2 * (std::size_t{-powers::smallest_power_of_five - 16} - more)];
  // Of 2^63 / 10^16 and so on, biased; one less, as the highest bit of the significand adds one.
  static constexpr std::uint64_t exponent[] = {1023 + 9 - 1, 1023 + 6 - 1, 1023 + 3 - 1, 1023 - 1 - 1};
  const int shift = std::countl_zero(w);
  __extension__ using Wide = unsigned __int128;
  const auto high = static_cast<std::uint64_t>(static_cast<Wide>(w << (shift & 63)) * five >> 64);
  constexpr std::uint64_t undecided = 0x1FF;
  if ((high & undecided) == undecided || w == 0) return false;
  const std::uint64_t upper = high >> 63;
  const std::uint64_t significand = ((high >> (upper + 9)) + 1) >> 1;
  bits = ((exponent[more] + upper - static_cast<std::uint64_t>(shift)) << 52) + significand;
  return true;
}

}  // namespace detail

/// Reads the number at p; the text must end in something that is no digit, within its memory, and fast_number_slack bytes behind
/// that must be readable.
/// @return where it ends, or nullptr where it is not plain
inline const char* fast_number(const char* p, char decimal_sign, double& result) {
  const std::uint32_t others_and_sign = detail::others_of_32(p);
  const std::uint64_t negative = others_and_sign & 1;
  const std::uint32_t others = others_and_sign & ~std::uint32_t{1};
  const std::uint32_t behind = others & (others - 1);
  if (behind == 0 || (negative & static_cast<std::uint64_t>(*p != '-')) != 0) return detail::any_number(p, decimal_sign, result);
  const char* const whole = p + negative;
  const char* const point = p + std::countr_zero(others);
  const std::ptrdiff_t size = point - whole;  // digits before the decimal sign
  if (static_cast<std::size_t>(size - 1) > 3 || *point != decimal_sign) return detail::any_number(p, decimal_sign, result);
  const char* const end = p + std::countr_zero(behind);
  const char* const fraction = point + 1;
  const std::ptrdiff_t shown = end - fraction;
  // The last digits behind the decimal sign, 16 or what there are; and those in front of them: of the fraction where it has more,
  // behind a zero, or else those before the decimal sign. Which it is cannot be foretold, so masks are used and no branches.
  const std::ptrdiff_t over = shown - 16;
  const std::ptrdiff_t more = over & ~(over >> 63);
  const std::ptrdiff_t any_more = -more >> 63;  // all bits, or none
  if (more > 3) return detail::any_number(p, decimal_sign, result);
  const std::uint64_t front = detail::up_to_four_digits(whole + ((fraction - whole) & any_more), size + ((more - size) & any_more));
  const bool is_zero = size == 1 && *whole == '0';  // what is before the decimal sign
  const std::ptrdiff_t at_a_loss = (any_more & (is_zero ? 0 : 1)) | static_cast<std::ptrdiff_t>(detail::most_front - front) >> 63 |
                                   ((*end | 0x20) == 'e' ? 1 : 0);
  if (at_a_loss != 0) return detail::any_number(p, decimal_sign, result);
  const std::uint64_t w =
      front * 10000000000000000 + detail::sixteen_digits(fraction + more, static_cast<std::size_t>(shown - more));
  std::uint64_t bits = 0;
  if (!detail::over_power_of_ten(w, static_cast<std::size_t>(more), bits)) return detail::any_number(p, decimal_sign, result);
  result = std::bit_cast<double>(bits | negative << 63);
  return end;
}

}  // namespace ogive::io
