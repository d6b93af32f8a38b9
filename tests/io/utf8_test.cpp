// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_utf8
#include <boost/test/unit_test.hpp>

#include "ogive/io/utf8.h"

namespace io = ogive::io;

BOOST_AUTO_TEST_CASE(reads_code_points_of_one_to_four_bytes) {
  const auto is = [](std::string_view text, char32_t value) {
    const auto point = io::first_code_point(text);
    return point.valid && point.value == value && point.size == text.size();
  };
  BOOST_TEST(is("A", U'A'));
  BOOST_TEST(is("\xC2\xB5", char32_t{0xB5}));
  BOOST_TEST(is("\xE2\x88\x92", char32_t{0x2212}));
  BOOST_TEST(is("\xF0\x9F\x98\x80", char32_t{0x1F600}));
}

BOOST_AUTO_TEST_CASE(refuses_what_is_not_utf8_one_byte_at_a_time) {
  for (const std::string_view text :
       {"\x80", "\xC0\x80", "\xC3", "\xC3(", "\xE2\x88", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"}) {
    const auto point = io::first_code_point(text);
    BOOST_TEST(!point.valid);
    BOOST_TEST(point.size == 1u);
  }
}

BOOST_AUTO_TEST_CASE(measures_what_a_terminal_shows) {
  BOOST_TEST(io::display_width("abc") == 3u);
  BOOST_TEST(io::display_width("\xC2\xB5M") == 2u);
  BOOST_TEST(io::display_width("e\xCC\x81") == 1u);                 // e and a combining accent
  BOOST_TEST(io::display_width("\xE6\x9B\xB2\xE7\xB7\x9A") == 4u);  // two wide characters
  BOOST_TEST(io::display_width("") == 0u);
}

BOOST_AUTO_TEST_CASE(knows_what_does_not_show) {
  BOOST_TEST(!io::is_printable(U'\n'));
  BOOST_TEST(!io::is_printable(0x1B));
  BOOST_TEST(!io::is_printable(0xA0));    // no-break space
  BOOST_TEST(!io::is_printable(0x202E));  // turns the text around
  BOOST_TEST(io::is_printable(U' '));
  BOOST_TEST(io::is_printable(0xB5));
}
