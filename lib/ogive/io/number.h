// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Numbers in and out, exactly.
///
/// A decimal that is read becomes the nearest double (ties to even); a double that is written becomes the shortest decimal that
/// reads back as the same double. So a number that goes through Ogive unchanged is unchanged to the last bit.
///
/// Reading is strict. What is accepted: an optional sign, digits with at most one decimal sign, an optional exponent (e or E). What
/// is not: inf, hexadecimal, anything after the number, and values that a double cannot hold (1e400, and 1e-400, which would become
/// 0).
///
/// @code
///   const auto parsed = ogive::io::parse_number("1.5e3");
///   if (parsed.status == ogive::io::NumberStatus::ok) use(parsed.value);  // 1500
///   ogive::io::format_number(0.1 + 0.2);                                  // "0.30000000000000004"
/// @endcode

#include <cstddef>
#include <string>
#include <string_view>

namespace ogive::io {

/// What a cell turned out to be.
enum class NumberStatus {
  ok,                 ///< a number
  missing,            ///< empty, NA or NaN in any case
  not_a_number,       ///< none of these
  infinite,           ///< inf or infinity, with or without a sign
  out_of_range,       ///< a number, but beyond the largest or below the smallest double
  hexadecimal,        ///< 0x...
  typographic_minus,  ///< a number after U+2212 or a dash
  separators,         ///< digits grouped by separators, or another decimal sign than the one asked for
  missing_word,       ///< null, n/a, "-" and other words that people write for a missing value
};

/// What parse_number() makes of a text.
struct ParsedNumber {
  NumberStatus status = NumberStatus::not_a_number;  ///< ok, or why there is no number
  double value = 0;                                  ///< 0 unless status is ok
};

/// Reads `text`; blanks around it do not matter. `decimal_sign` is '.' or ','.
ParsedNumber parse_number(std::string_view text, char decimal_sign = '.');

/// The words that follow a cell in a message, for example "is not a number". Not for `ok` and `missing`.
std::string_view explain(NumberStatus status);

/// The shortest text that reads back as `value`: "0.1", "-0", "1e+22"; "nan", "inf" and "-inf" where it is not finite.
std::string format_number(double value);

/// Appends format_number(value) to `text`, without a detour.
void append_number(std::string& text, double value);

/// How many characters write_number() may touch; the number itself has 24 at most.
inline constexpr std::size_t number_room = 40;

/// Writes format_number(value), without a zero behind it, where there is room for number_room characters. @return its end
///
/// What stands between the end and the end of the room is undefined afterwards.
char* write_number(char* to, double value);

/// `value` rounded to `digits` significant digits (1 to 17), without trailing zeros, for people: format_number(2.0 / 3, 3) is
/// "0.667".
std::string format_number(double value, int digits);

}  // namespace ogive::io
