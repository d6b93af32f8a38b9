// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_excerpt
#include <boost/test/unit_test.hpp>

#include "ogive/io/excerpt.h"

namespace io = ogive::io;

BOOST_AUTO_TEST_CASE(shows_a_short_cell_as_it_is) {
  BOOST_TEST(io::excerpt("abc") == "'abc'");
  BOOST_TEST(io::excerpt("") == "''");
  BOOST_TEST(io::excerpt("\xC2\xB5M") == "'\xC2\xB5M'");
}

BOOST_AUTO_TEST_CASE(shortens_by_characters_and_not_by_bytes) {
  const std::string exactly(io::excerpt_limit, 'a');
  BOOST_TEST(io::excerpt(exactly) == "'" + exactly + "'");
  BOOST_TEST(io::excerpt(exactly + "b") == "'" + exactly + "...'");
  std::string mu;
  for (std::size_t i = 0; i < io::excerpt_limit; ++i) mu += "\xC2\xB5";
  BOOST_TEST(io::excerpt(mu + "x") == "'" + mu + "...'");
}

BOOST_AUTO_TEST_CASE(escapes_what_would_not_show_or_would_harm) {
  BOOST_TEST(io::excerpt("a\nb\r\t\\") == "'a\\nb\\r\\t\\\\'");
  BOOST_TEST(io::excerpt("\x1B[31m") == "'\\x1b[31m'");
  BOOST_TEST(io::excerpt("\xC2\xA0") == "'\\u00a0'");
  BOOST_TEST(io::excerpt("\xFF"
                         "a") == "'\\xffa'");
}
