// SPDX-License-Identifier: MIT
#include "ogive/io/number.h"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

namespace ogive::io {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool equal_in_any_case(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(), [](char a, char b) { return lower(a) == b; });
}

template <std::size_t N>
bool any_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return equal_in_any_case(text, word); });
}

/// Whether the digits before the exponent are all 0: then a result of 0 is exact and not an underflow.
bool is_written_as_zero(std::string_view text) {
  for (const char c : text) {
    if (lower(c) == 'e') break;
    if (c >= '1' && c <= '9') return false;
  }
  return true;
}

/// The number alone, without blanks, plus sign or afterthoughts about why it is none.
ParsedNumber parse_plain(std::string_view text, char decimal_sign) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-' && text[1] != '+') text.remove_prefix(1);
  double value = 0;
  const fast_float::parse_options options(fast_float::chars_format::general, decimal_sign);
  const char* const end = text.data() + text.size();
  const auto result = fast_float::from_chars_advanced(text.data(), end, value, options);
  if (result.ec != std::errc() || result.ptr != end || std::none_of(text.begin(), text.end(), is_digit)) return {};
  if (std::isinf(value) || (value == 0 && !is_written_as_zero(text))) return {NumberStatus::out_of_range, 0};
  return {NumberStatus::ok, value};
}

/// The bytes of a minus that is not ASCII at the front of `text` (U+2010 to U+2015, U+2212, U+FF0D, U+FE63), or 0.
std::size_t typographic_minus_size(std::string_view text) {
  static constexpr std::array<std::string_view, 9> dashes{"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92",
                                                          "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x95",
                                                          "\xE2\x88\x92", "\xEF\xBC\x8D", "\xEF\xB9\xA3"};
  for (const auto dash : dashes)
    if (text.starts_with(dash)) return dash.size();
  return 0;
}

/// `text` without the marks that people put between groups of digits and for the decimal sign.
std::string without_separators(std::string_view text) {
  static constexpr std::array<std::string_view, 9> marks{
      ",", ".", "'", "_", " ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x99"};
  std::string digits;
  while (!text.empty()) {
    const auto mark = std::find_if(marks.begin(), marks.end(), [&](std::string_view m) { return text.starts_with(m); });
    if (mark == marks.end()) {
      digits += text.front();
      text.remove_prefix(1);
    } else {
      text.remove_prefix(mark->size());
    }
  }
  return digits;
}

NumberStatus reason(std::string_view text, char decimal_sign) {
  static constexpr std::array<std::string_view, 12> missing_words{"null", "none", "nil",  "n/a", "#n/a",    "n.a.",
                                                                  "-",    "--",   "-nan", ".",   "missing", "?"};
  if (any_of(text, missing_words)) return NumberStatus::missing_word;
  if (typographic_minus_size(text) != 0) {
    const auto rest = text.substr(typographic_minus_size(text));
    const bool is_number = parse_plain(rest, decimal_sign).status == NumberStatus::ok;
    return is_number ? NumberStatus::typographic_minus : NumberStatus::not_a_number;
  }
  auto unsigned_text = text;
  if (unsigned_text.front() == '-' || unsigned_text.front() == '+') unsigned_text.remove_prefix(1);
  static constexpr std::array<std::string_view, 2> infinities{"inf", "infinity"};
  if (any_of(unsigned_text, infinities)) return NumberStatus::infinite;
  if (unsigned_text.size() > 2 && unsigned_text[0] == '0' && lower(unsigned_text[1]) == 'x') return NumberStatus::hexadecimal;
  const auto digits = without_separators(text);
  const bool separated =
      digits.size() != text.size() && is_digit(text.back()) && parse_plain(digits, '.').status == NumberStatus::ok;
  return separated ? NumberStatus::separators : NumberStatus::not_a_number;
}

/// The two digits of each number below 100.
constexpr auto pairs_of_digits = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

void write_pair(char* to, std::uint64_t below_100) { std::memcpy(to, pairs_of_digits.data() + 2 * below_100, 2); }

/// Eight digits.
void write_eight(char* to, std::uint64_t value) {
  const std::uint64_t high = value / 10000, low = value % 10000;
  write_pair(to, high / 100);
  write_pair(to + 2, high % 100);
  write_pair(to + 4, low / 100);
  write_pair(to + 6, low % 100);
}

/// Digits of a number below 10^17, right-aligned.
constexpr std::size_t most_digits = 17;

/// 1, 10, ...
constexpr auto whole_powers = [] {
  std::array<std::uint64_t, most_digits + 1> powers{};
  std::uint64_t power = 1;
  for (auto& each : powers) {
    each = power;
    power *= 10;
  }
  return powers;
}();

/// How many digits a number from 1 to 10^17 - 1 has: about log10 2 for each bit, without a branch that would be guessed wrong.
std::size_t count_digits(std::uint64_t value) {
  const auto about = static_cast<std::size_t>(std::bit_width(value)) * 1233 / 4096;
  return about + (value >= whole_powers[about] ? 1 : 0);
}

/// Writes them with zeros before. @return how many they are
std::size_t write_digits(char* to, std::uint64_t value) {
  const std::uint64_t high = value / 100000000;  // below 10^9
  write_eight(to + 9, value % 100000000);
  to[0] = static_cast<char>('0' + high / 100000000);
  write_eight(to + 1, high % 100000000);
  return count_digits(value);
}

/// What std::to_chars(to, ..., value) writes for a number, in a third of the time: the digits come from fmt's Dragonbox (Jeon,
/// 2020), and the rule for where the point goes is that of the standard: the shorter of 0.001 and 1e-03, and the first where both
/// are as long. Always as many bytes are copied as there may be digits: a copy whose size is known is an instruction or two.
char* shortest(char* to, double value) {
  constexpr double whole = 0x1p53;  // beyond, the digits of 123e20 written in full are not those of the shortest decimal
  if (!(std::fabs(value) < whole) || value == 0) return std::to_chars(to, to + number_room, value).ptr;
  *to = '-';
  to += std::signbit(value) ? 1 : 0;
  const auto decimal = fmt::detail::dragonbox::to_decimal(std::fabs(value));
  std::array<char, 2 * most_digits> buffer;  // what is copied may begin with the last digit
  const std::size_t count = write_digits(buffer.data(), decimal.significand);
  const char* const digits = buffer.data() + most_digits - count;
  const auto copy = [](char* target, const char* from) { std::memcpy(target, from, most_digits); };
  const int size = static_cast<int>(count), exponent = decimal.exponent;
  const int point = size + exponent;  // digits before the point
  if (exponent >= 0 && exponent <= (size == 1 ? 4 : 5)) {
    copy(to, digits);
    std::memset(to + count, '0', static_cast<std::size_t>(exponent));
    return to + point;
  }
  if (exponent < 0 && exponent >= (size == 1 ? -3 : -size - 3)) {
    if (point > 0) {
      const auto before = static_cast<std::size_t>(point);
      copy(to, digits);
      to[before] = '.';
      copy(to + before + 1, digits + before);
      return to + count + 1;
    }
    const auto zeros = static_cast<std::size_t>(-point);
    std::memcpy(to, "0.000", 5);
    copy(to + 2 + zeros, digits);
    return to + 2 + zeros + count;
  }
  to[0] = digits[0];
  if (count > 1) {
    to[1] = '.';
    copy(to + 2, digits + 1);
    to += count;
  }
  ++to;
  *to++ = 'e';
  int power = point - 1;
  *to++ = power < 0 ? '-' : '+';
  power = std::abs(power);
  if (power >= 100) *to++ = static_cast<char>('0' + power / 100);
  write_pair(to, static_cast<std::uint64_t>(power % 100));
  return to + 2;
}

}  // namespace

ParsedNumber parse_number(std::string_view text, char decimal_sign) {
  text = trimmed(text);
  static constexpr std::array<std::string_view, 3> missing{"", "na", "nan"};
  const bool may_be_missing = text.empty() || lower(text.front()) == 'n';  // most cells are numbers and skip the comparisons
  if (may_be_missing && any_of(text, missing)) return {NumberStatus::missing, 0};
  const auto parsed = parse_plain(text, decimal_sign);
  if (parsed.status != NumberStatus::not_a_number) return parsed;
  return {reason(text, decimal_sign), 0};
}

std::string_view explain(NumberStatus status) {
  switch (status) {
    case NumberStatus::infinite:
      return "is not a finite number";
    case NumberStatus::out_of_range:
      return "is out of the range of a double (4.9e-324 to 1.8e308)";
    case NumberStatus::hexadecimal:
      return "is not a decimal number";
    case NumberStatus::typographic_minus:
      return "is not a number: its minus is a typographic one, write '-'";
    case NumberStatus::separators:
      return "is not a number: write it with one decimal sign and without thousands separators";
    case NumberStatus::missing_word:
      return "is not a number: leave a missing cell empty or write NA";
    case NumberStatus::ok:
    case NumberStatus::missing:
    case NumberStatus::not_a_number:
      break;
  }
  return "is not a number";
}

std::string format_number(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

char* write_number(char* to, double value) {
  if (!std::isnan(value)) return shortest(to, value);
  std::memcpy(to, "nan", 3);  // to_chars would write "-nan" too
  return to + 3;
}

void append_number(std::string& text, double value) {
  std::array<char, number_room> buffer;
  text.append(buffer.data(), write_number(buffer.data(), value));
}

std::string format_number(double value, int digits) {
  if (std::isnan(value)) return "nan";
  std::array<char, 32> buffer{};
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, std::clamp(digits, 1, 17));
  return {buffer.data(), result.ptr};
}

}  // namespace ogive::io
