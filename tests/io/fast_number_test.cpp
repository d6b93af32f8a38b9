// SPDX-License-Identifier: MIT
// What fast_number() reads is what fast_float reads, to the last bit and the last character; the rest it leaves to others.
#define BOOST_TEST_MODULE io_fast_number
#include <fast_float/fast_float.h>

#include <bit>
#include <boost/test/unit_test.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>

#include "ogive/base/random.h"
#include "ogive/io/fast_number.h"

namespace io = ogive::io;

namespace {

constexpr int rounds = 200000;

/// @return whether it was read
bool check(const std::string& number, char end) {
  const std::string text = number + end + std::string(io::fast_number_slack, '7');
  double value = 0, expected = 0;
  const char* const stop = io::fast_number(text.data(), '.', value);
  if (stop == nullptr) return false;
  const auto other = fast_float::from_chars(text.data(), text.data() + number.size() + 1, expected);
  BOOST_REQUIRE_MESSAGE(other.ec == std::errc() && other.ptr == stop, text);
  BOOST_REQUIRE_MESSAGE(std::bit_cast<std::uint64_t>(value) == std::bit_cast<std::uint64_t>(expected), text);
  return true;
}

std::string digits(ogive::Random& random, std::uint64_t most) {
  std::string text;
  for (std::uint64_t count = random.below(most + 1); count > 0; --count) text += static_cast<char>('0' + random.below(10));
  return text;
}

template <class Number>
std::string shortest(Number value) {
  char buffer[64];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

}  // namespace

BOOST_AUTO_TEST_CASE(agrees_with_fast_float) {
  ogive::Random random(1);
  constexpr std::string_view ends = ",;\t\n\r x\"";
  int read = 0;
  for (int i = 0; i < rounds; ++i) {
    const char end = ends[random.below(ends.size())];
    const auto any = std::bit_cast<double>(random.bits());
    if (std::isfinite(any)) read += check(shortest(any), end) ? 1 : 0;
    read += check(shortest(random.normal()), end) ? 1 : 0;
    read += check(shortest(static_cast<std::int64_t>(random.bits()) >> random.below(64)), end) ? 1 : 0;
    check(digits(random, 24) + (random.below(2) == 0 ? "." : "") + digits(random, 24), end);
    check("-" + digits(random, 10) + "." + digits(random, 12) + "e" + (random.below(2) == 0 ? "-" : "+") + digits(random, 3), end);
  }
  BOOST_TEST(read > 2 * rounds);  // what is common is not left to others
}

BOOST_AUTO_TEST_CASE(leaves_what_is_not_plain) {
  for (const std::string text : {"", "-", "+1", ".", "-.", "e5", "1e", "1e+", "inf", "nan", "NA", "\"1\"", " 1", "1e99999", "1e400",
                                 "4.9e-324", "12345678901234567890", "--1"})
    BOOST_TEST(!check(text, ','), text);
}

BOOST_AUTO_TEST_CASE(zeros_at_the_front_do_not_count) {
  BOOST_TEST(check("0.0000000000000000000000012345678901234567", ','));
  BOOST_TEST(check("000000000000000000000001.5", ','));
  BOOST_TEST(check("-0.000", ','));
}

BOOST_AUTO_TEST_CASE(the_decimal_sign_may_be_a_comma) {
  const std::string text = "-1,25;" + std::string(io::fast_number_slack, ' ');
  double value = 0;
  const char* const end = io::fast_number(text.data(), ',', value);
  BOOST_REQUIRE(end != nullptr);
  BOOST_TEST(*end == ';');
  BOOST_TEST(value == -1.25);
}
