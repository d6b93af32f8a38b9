// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The number that a text begins with, exactly rounded, and where it ends: parse_number() for the millionth cell that looks like
/// the one before.
///
/// What is plain is read here: up to 19 digits, with or without sign, decimal sign and exponent. The digits make a whole number w
/// and a power q of ten; where w is at most 2^53 and |q| at most 22, w times or over 10^q is exactly rounded, as both are float64
/// numbers (Clinger, PLDI 1990); otherwise fast_float's product with 128 bits of 5^q decides (Lemire, Softw. Pract. Exper. 51,
/// 2021). All else, and what would become 0 or infinite, is left to others.
///
/// @code
///   double value = 0;
///   const char* end = ogive::io::fast_number(cell, '.', value);  // nullptr: not plain
/// @endcode

#include <fast_float/fast_float.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ogive::io {

/// How many bytes behind the end of a text fast_number() may read.
inline constexpr std::size_t fast_number_slack = 32;

namespace detail {

static_assert(std::endian::native == std::endian::little, "the first byte of a text is the lowest of a word");

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

}  // namespace detail

/// Reads the number at p; the text must end in something that is no digit, within its memory, and fast_number_slack bytes behind
/// that must be readable.
/// @return where it ends, or nullptr where it is not plain
inline const char* fast_number(const char* p, char decimal_sign, double& result) {
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
    p = detail::digits(p, w);
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
    value = q < 0 ? value / detail::powers_of_ten[-q] : value * detail::powers_of_ten[q];
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

}  // namespace ogive::io
