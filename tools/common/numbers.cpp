// SPDX-License-Identifier: MIT
#include "tools/common/numbers.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <limits>

#include "ogive/base/errors.h"
#include "ogive/io/excerpt.h"
#include "ogive/io/number.h"
#include "tools/common/options.h"

namespace ogive::tools {
namespace {

// Correctly rounded in T; beyond its range, infinity or 0.
template <class T>
std::optional<T> parse(std::string_view digits, std::chars_format format) {
  T value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, format);
  if (error == std::errc::invalid_argument || end != digits.data() + digits.size()) return std::nullopt;
  if (error != std::errc::result_out_of_range) return value;
  // from_chars does not say which: a number below 1 begins with "0" or "." or has a negative exponent.
  const auto exponent = digits.find_first_of(format == std::chars_format::hex ? "pP" : "eE");
  const bool small =
      exponent != digits.npos ? digits.substr(exponent + 1).starts_with('-') : digits.find_first_of("123456789") > digits.find('.');
  return small ? T(0) : std::numeric_limits<T>::infinity();
}

template <class T>
std::optional<T> read(std::string text) {
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) negative = text[0] == '-', text.erase(0, 1);
  if (text.empty() || text[0] == '-' || text[0] == '+') return std::nullopt;
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  const auto value =
      hex ? parse<T>(std::string_view(text).substr(2), std::chars_format::hex) : parse<T>(text, std::chars_format::general);
  if (!value) return std::nullopt;
  return negative ? -*value : *value;
}

void read_stdin(FloatType type, std::vector<double>& x) {
  std::string line;
  for (std::size_t number = 1; std::getline(std::cin, line); ++number) {
    for (std::size_t begin = 0; (begin = line.find_first_not_of(" \t\r,;", begin)) != line.npos;) {
      const auto end = std::min(line.find_first_of(" \t\r,;", begin), line.size());
      const std::string word = line.substr(begin, end - begin);
      const auto value = read_number(word, type);
      if (!value) throw InputError({"<stdin>", number, begin + 1}, io::excerpt(word) + " is not a number");
      x.push_back(*value);
      begin = end;
    }
  }
}

}  // namespace

std::vector<double> read_numbers(std::span<const std::string> words, FloatType type) {
  std::vector<double> x;
  for (const auto& word : words) {
    if (word == "-") {
      read_stdin(type, x);
    } else {
      const auto value = read_number(word, type);
      if (!value) throw UsageError("X: " + io::excerpt(word) + " is not a number");
      x.push_back(*value);
    }
  }
  return x;
}

std::optional<double> read_number(const std::string& text, FloatType type) {
  if (type == FloatType::float64) return read<double>(text);
  const auto value = read<float>(text);
  if (!value) return std::nullopt;
  if (type == FloatType::float16) return to_float(to_float16(*value));
  if (type == FloatType::bfloat16) return to_float(to_bfloat16(*value));
  return *value;
}

std::string decimal(double value, FloatType type) {
  if (type == FloatType::float64 || !std::isfinite(value)) return io::format_number(value);
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), static_cast<float>(value));
  return {text.data(), end.ptr};
}

std::string hexadecimal(double value) {
  if (!std::isfinite(value)) return io::format_number(value);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%a", value);
  return text.data();
}

std::string bit_pattern(double value, FloatType type) {
  std::uint64_t bits = std::bit_cast<std::uint64_t>(value);
  int digits = 16;
  const auto narrow = static_cast<float>(value);
  if (type == FloatType::float32) bits = std::bit_cast<std::uint32_t>(narrow), digits = 8;
  if (type == FloatType::float16) bits = to_float16(narrow).bits, digits = 4;
  if (type == FloatType::bfloat16) bits = to_bfloat16(narrow).bits, digits = 4;
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "0x%0*llx", digits, static_cast<unsigned long long>(bits));
  return text.data();
}

std::string grouped(std::uint64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t place = text.size(); place > 3;) text.insert(place -= 3, " ");
  return text;
}

std::string brief(double value) { return io::format_number(value, 3); }

}  // namespace ogive::tools
