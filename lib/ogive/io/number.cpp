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

/// The text of a number below 10^8, eight digits, by halves that lie side by side in a word: two of 4 digits, four of 2, eight
/// of 1. n / 100 is n * 10486 / 2^20 for n below 10^4, and n / 10 is n * 103 / 2^10 for n below 100.
std::uint64_t eight_digits(std::uint64_t value) {
  static_assert(std::endian::native == std::endian::little, "the first digit is the lowest byte of a word");
  std::uint64_t word = value / 10000 | value % 10000 << 32;
  const std::uint64_t hundreds = (word * 10486) >> 20 & 0x0000007F0000007F;
  word = hundreds | (word - 100 * hundreds) << 16;
  const std::uint64_t tens = (word * 103) >> 10 & 0x000F000F000F000F;
  return (tens | (word - 10 * tens) << 8) + 0x3030303030303030;
}

void write_word(char* to, std::uint64_t word) { std::memcpy(to, &word, sizeof word); }

/// A double has as many at most.
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

/// A number as significand times 10^exponent, the significand without zeros at its end.
struct Decimal {
  std::uint64_t significand;
  int exponent;
};

/// The shortest decimal that reads back as the value, and of those the nearest one (Schubfach: Giulietti, 2020), for values of at
/// least 2^-126 and less than 2^53 that are no power of two. Then all powers of ten that occur have less than 128 bits
/// (fast_float's table holds them exactly), so every product is exact but for a last bit that says whether there was more. Which of
/// the candidates it is cannot be foretold, so all are computed and none is branched for.
///
/// value = c 2^q. With 10^k just below the width of the interval that rounds to it, two or more multiples of 10^k lie in it, and
/// one multiple of 10^(k+1) at most.
Decimal shortest_decimal(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  constexpr std::uint64_t implied = std::uint64_t{1} << 52;
  const std::uint64_t c = (bits & (implied - 1)) | implied;
  const int q = static_cast<int>(bits >> 52) - 1075;
  const int k = (q * 1262611) >> 22;                 // floor(q log10 2)
  const int shift = q + ((-k * 1741647) >> 19) + 1;  // q + floor(log2 10^-k) + 1, 1 to 4
  using fast_float::powers;
  const std::uint64_t* const power = powers::power_of_five_128 + 2 * (-k - powers::smallest_power_of_five);
  __extension__ using Wide = unsigned __int128;
  // 4 c 2^q 10^-k, or the ends of the interval for 4 c - 2 and 4 c + 2; odd where it is not whole.
  const auto scaled = [&](std::uint64_t quarters) {
    const std::uint64_t factor = quarters << shift;
    const Wide low = static_cast<Wide>(factor) * power[1];
    const Wide sum = static_cast<Wide>(factor) * power[0] + static_cast<std::uint64_t>(low >> 64);
    const std::uint64_t rest = static_cast<std::uint64_t>(sum) | static_cast<std::uint64_t>(low);
    return static_cast<std::uint64_t>(sum >> 64) | (rest != 0 ? 1 : 0);
  };
  const std::uint64_t odd = c & 1;  // the ends of the interval round to the value where c is even
  const std::uint64_t lower = scaled(4 * c - 2) + odd, middle = scaled(4 * c), upper = scaled(4 * c + 2) - odd;
  const std::uint64_t fine = middle / 4, coarse = fine / 10;
  // Truth as 1 and 0, so that no compiler makes branches of it.
  const auto truth = [](bool condition) { return static_cast<std::uint64_t>(condition); };
  const std::uint64_t coarse_below = truth(lower <= 40 * coarse), coarse_above = truth(40 * coarse + 40 <= upper);
  const std::uint64_t fine_below = truth(lower <= 4 * fine), fine_above = truth(4 * fine + 4 <= upper);
  const std::uint64_t half = 4 * fine + 2;
  const std::uint64_t nearer_above = truth(middle > half) | (truth(middle == half) & fine & 1);
  const std::uint64_t is_coarse = coarse_below ^ coarse_above, is_clear = fine_below ^ fine_above;
  const std::uint64_t with_coarse = coarse + coarse_above;
  const std::uint64_t with_fine = fine + ((is_clear & fine_above) | ((is_clear ^ 1) & nearer_above));
  Decimal decimal{with_fine ^ ((with_fine ^ with_coarse) & (0 - is_coarse)), k + static_cast<int>(is_coarse)};
  while (decimal.significand % 10 == 0) {
    decimal.significand /= 10;
    ++decimal.exponent;
  }
  return decimal;
}

Decimal decimal_of(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const bool is_power_of_two = (bits << 12) == 0;
  if (value >= 0x1p-126 && value < 0x1p53 && !is_power_of_two) return shortest_decimal(value);
  const auto decimal = fmt::detail::dragonbox::to_decimal(value);
  return {decimal.significand, decimal.exponent};
}

/// What std::to_chars(to, ..., value) writes for a number, in two thirds of the time: the digits come from shortest_decimal(), or
/// from fmt's Dragonbox (Jeon, 2020), and the rule for where the point goes is that of the standard: the shorter of 0.001 and
/// 1e-03, and the first where both are as long. All 17 digits are written, zeros at the end, and put together in words of eight
/// bytes: neither how many there are nor where the point stands is a branch, which would be guessed wrong.
char* shortest(char* to, double value) {
  constexpr double whole = 0x1p53;  // beyond, the digits of 123e20 written in full are not those of the shortest decimal
  if (!(std::fabs(value) < whole) || value == 0) return std::to_chars(to, to + number_room, value).ptr;
  *to = '-';
  to += std::bit_cast<std::uint64_t>(value) >> 63;
  const Decimal decimal = decimal_of(std::fabs(value));
  const std::size_t count = count_digits(decimal.significand);
  const std::uint64_t all = decimal.significand * whole_powers[most_digits - count];
  const std::uint64_t high = all / 100000000;  // nine digits
  const std::uint64_t middle = eight_digits(high % 100000000), low = eight_digits(all % 100000000);
  const char first = static_cast<char>('0' + high / 100000000);
  const auto write_digits = [&](char* at) {
    *at = first;
    write_word(at + 1, middle);
    write_word(at + 9, low);
  };
  const int size = static_cast<int>(count), exponent = decimal.exponent;
  const int point = size + exponent;  // digits before the point
  if (exponent < 0 && exponent >= (size == 1 ? -3 : -size - 3) && point < 8) {
    // Up to four zeros, then the digits; the point stands behind `before` of them.
    const int zeros = (1 - point) & ~((1 - point) >> 31), before = point + zeros;  // max(0, 1 - point), max(1, point)
    write_digits(to + zeros + 1);
    // The first eight bytes once more, with what comes before the point one place further ahead.
    const auto lowest = [](int bytes) { return (std::uint64_t{1} << (8 * bytes)) - 1; };
    constexpr std::uint64_t zeros_of_text = 0x3030303030303030;
    const std::uint64_t digits = static_cast<std::uint64_t>(static_cast<unsigned char>(first)) | middle << 8;
    const std::uint64_t text = digits << (8 * zeros) | (zeros_of_text & lowest(zeros));
    const std::uint64_t point_and_more = std::uint64_t{'.'} << (8 * before) | (text << 8 & ~lowest(before) << 8);
    write_word(to, (text & lowest(before)) | point_and_more);
    return to + zeros + size + 1;
  }
  if (exponent >= 0 && exponent <= (size == 1 ? 4 : 5)) {
    write_digits(to);  // and zeros
    return to + point;
  }
  if (exponent < 0 && point >= 8) {
    write_digits(to + 1);
    std::memmove(to, to + 1, static_cast<std::size_t>(point));
    to[point] = '.';
    return to + size + 1;
  }
  write_digits(to + 1);
  to[0] = first;
  if (size > 1) {
    to[1] = '.';
    to += size;
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
