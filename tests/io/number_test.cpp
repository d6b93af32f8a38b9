// SPDX-License-Identifier: MIT
// What number.h promises: exact both ways, and strict.
#define BOOST_TEST_MODULE io_number
#include <boost/test/unit_test.hpp>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "ogive/base/random.h"
#include "ogive/io/number.h"

namespace io = ogive::io;
using io::NumberStatus;

namespace ogive::io {
std::ostream& operator<<(std::ostream& out, NumberStatus status) { return out << static_cast<int>(status); }
}  // namespace ogive::io

namespace {

double read(std::string_view text, char decimal_sign = '.') {
  const auto parsed = io::parse_number(text, decimal_sign);
  BOOST_TEST(parsed.status == NumberStatus::ok, "reading " << text);
  return parsed.value;
}

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

/// The nearest double as the C++ library sees it: code that shares nothing with fast_float.
double nearest(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

constexpr int random_numbers = 100000;

/// The shortest text as the C++ library writes it: code that shares nothing with fmt.
std::string shortest(double value) {
  char buffer[64];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_double_reads_back_bit_by_bit) {
  ogive::Random random(1);
  for (int i = 0; i < random_numbers; ++i) {
    const auto value = std::bit_cast<double>(random.bits());
    if (!std::isfinite(value)) continue;
    BOOST_REQUIRE_EQUAL(bits(read(io::format_number(value))), bits(value));
  }
}

BOOST_AUTO_TEST_CASE(decimals_of_17_digits_are_rounded_to_the_nearest_double) {
  ogive::Random random(2);
  for (int i = 0; i < random_numbers; ++i) {
    std::string text = std::to_string(1 + random.below(9)) + '.';
    for (int digit = 0; digit < 16; ++digit) text += static_cast<char>('0' + random.below(10));
    text += 'e' + std::to_string(static_cast<int>(random.below(600)) - 300);
    BOOST_REQUIRE_EQUAL(bits(read(text)), bits(nearest(text)));
  }
}

BOOST_AUTO_TEST_CASE(ties_go_to_the_even_neighbour_however_many_digits_they_take) {
  BOOST_TEST(read("9007199254740993") == 9007199254740992.0);
  BOOST_TEST(read("9007199254740993.00000000000000000000000000000000000000000000001") == 9007199254740994.0);
  BOOST_TEST(read("2.4703282292062328e-324") == std::numeric_limits<double>::denorm_min());
}

BOOST_AUTO_TEST_CASE(accepts_every_plain_form) {
  BOOST_TEST(read("+1.5") == 1.5);
  BOOST_TEST(read("-1.5") == -1.5);
  BOOST_TEST(read(".5") == 0.5);
  BOOST_TEST(read("5.") == 5.0);
  BOOST_TEST(read("1e3") == 1000.0);
  BOOST_TEST(read("1E-3") == 0.001);
  BOOST_TEST(read(" 007\t") == 7.0);
  BOOST_TEST(bits(read("-0")) == bits(-0.0));
  BOOST_TEST(read("0e999999999") == 0.0);
  BOOST_TEST(read("0.000e-999") == 0.0);
  BOOST_TEST(read("1.7976931348623157e308") == std::numeric_limits<double>::max());
}

BOOST_AUTO_TEST_CASE(reads_a_decimal_comma_only_where_asked) {
  BOOST_TEST(read("3,5", ',') == 3.5);
  BOOST_TEST(read("-,5e1", ',') == -5.0);
  BOOST_TEST(io::parse_number("3,5").status == NumberStatus::separators);
  BOOST_TEST(io::parse_number("3.5", ',').status == NumberStatus::separators);
}

BOOST_AUTO_TEST_CASE(tells_the_kinds_of_not_a_number_apart) {
  const auto status = [](std::string_view text) { return io::parse_number(text).status; };
  for (const auto* text : {"", " ", "NA", "na", "Na", "NaN", "nan", "NAN", " nan "})
    BOOST_TEST(status(text) == NumberStatus::missing, text);
  for (const auto* text : {"inf", "-inf", "+INF", "Infinity", "-infinity"})
    BOOST_TEST(status(text) == NumberStatus::infinite, text);
  for (const auto* text : {"1e400", "-1e400", "1.8e308", "1e-400", "2e-324"})
    BOOST_TEST(status(text) == NumberStatus::out_of_range, text);
  for (const auto* text : {"0x1", "-0X1p3"}) BOOST_TEST(status(text) == NumberStatus::hexadecimal, text);
  for (const auto* text : {"\xE2\x88\x92"
                           "1",
                           "\xE2\x80\x93"
                           "1.5"})
    BOOST_TEST(status(text) == NumberStatus::typographic_minus, text);
  for (const auto* text : {"1,234", "1'234", "1 234", "1_000", "1.234.567"})
    BOOST_TEST(status(text) == NumberStatus::separators, text);
  for (const auto* text : {"null", "N/A", "-", "?"}) BOOST_TEST(status(text) == NumberStatus::missing_word, text);
  for (const auto* text : {"abc", "1x", "1e", "e1", "+", "+-1", "--1", "++1", "1.5mg", "1-2", "nan1", "infinite"})
    BOOST_TEST(status(text) == NumberStatus::not_a_number, text);
}

BOOST_AUTO_TEST_CASE(a_cell_with_a_nul_byte_is_not_a_number) {
  BOOST_TEST(io::parse_number(std::string_view("1\0", 2)).status == NumberStatus::not_a_number);
}

BOOST_AUTO_TEST_CASE(writes_the_shortest_text) {
  BOOST_TEST(io::format_number(0.1) == "0.1");
  BOOST_TEST(io::format_number(0.1 + 0.2) == "0.30000000000000004");
  BOOST_TEST(io::format_number(1500.0) == "1500");
  BOOST_TEST(io::format_number(1e22) == "1e+22");
  BOOST_TEST(io::format_number(-0.0) == "-0");
  BOOST_TEST(io::format_number(-std::numeric_limits<double>::quiet_NaN()) == "nan");
  BOOST_TEST(io::format_number(std::numeric_limits<double>::infinity()) == "inf");
  BOOST_TEST(io::format_number(-std::numeric_limits<double>::infinity()) == "-inf");
}

BOOST_AUTO_TEST_CASE(rounds_for_people) {
  BOOST_TEST(io::format_number(2.0 / 3, 3) == "0.667");
  BOOST_TEST(io::format_number(1234567.0, 3) == "1.23e+06");
  BOOST_TEST(io::format_number(0.5, 6) == "0.5");
  BOOST_TEST(io::format_number(-1.0 / 3, 17) == "-0.33333333333333331");
}

BOOST_AUTO_TEST_CASE(numbers_are_written_as_the_standard_says) {
  ogive::Random random(5);
  const auto power = [&](int low, int high) {
    return std::pow(10, low + static_cast<int>(random.below(static_cast<std::uint64_t>(high - low))));
  };
  for (int i = 0; i < random_numbers; ++i) {
    const double some[] = {std::bit_cast<double>(random.bits()),
                           random.normal() * power(-20, 20),
                           static_cast<double>(random.below(1000)) * power(-12, 20),
                           static_cast<double>(random.below(10)) * power(-9, 9),
                           static_cast<double>(random.bits() >> random.below(64)),
                           static_cast<double>(random.below(100000)) / power(0, 15)};
    for (const double value : some)
      if (std::isfinite(value)) BOOST_REQUIRE_EQUAL(io::format_number(-value), shortest(-value));
  }
  for (const double value :
       {0.0, -0.0, 1e22, 1e23, 9007199254740992.0, 9007199254740991.0, 9007199254740994.0, 0.001, 1e-4, 1.5e-4, 0.00015, 1e5,
        123456.0, 1234560.0, 12345600000.0, 5e-324, std::numeric_limits<double>::max(), std::numeric_limits<double>::infinity()})
    BOOST_TEST(io::format_number(value) == shortest(value));
}

BOOST_AUTO_TEST_CASE(every_exponent_is_written_as_the_standard_says) {
  ogive::Random random(7);
  constexpr std::uint64_t significands = std::uint64_t{1} << 52;
  for (std::uint64_t exponent = 0; exponent < 2047; ++exponent) {
    for (std::uint64_t i = 0; i < 300; ++i) {
      std::uint64_t significand = random.bits() % significands;
      if (i % 3 == 0) significand = i / 3 % 2 == 0 ? i : significands - 1 - i;  // next to powers of two
      if (i % 3 == 1) significand &= ~std::uint64_t{0} << random.below(52);     // few bits
      const auto value = std::bit_cast<double>(exponent << 52 | significand);
      BOOST_REQUIRE_EQUAL(io::format_number(value), shortest(value));
    }
  }
  for (int i = 0; i < 300000; ++i) {  // short decimals and their neighbours
    const double value = static_cast<double>(random.below(100000000)) / std::pow(10, static_cast<double>(random.below(18)));
    for (const double near : {value, std::nextafter(value, 0), std::nextafter(value, 1e300)})
      BOOST_REQUIRE_EQUAL(io::format_number(near), shortest(near));
  }
}

BOOST_AUTO_TEST_CASE(a_number_is_appended_to_what_is_there) {
  std::string text = "a,";
  io::append_number(text, 0.25);
  io::append_number(text, std::nan(""));
  BOOST_TEST(text == "a,0.25nan");
}
