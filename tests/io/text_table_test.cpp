// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_text_table
#include <boost/test/unit_test.hpp>

#include "ogive/io/text_table.h"

using ogive::io::TextTable;

BOOST_AUTO_TEST_CASE(numbers_stand_flush_right_and_words_flush_left) {
  TextTable table({"curve", "x0", "status"});
  table.add_row({"A", "2.5", "ok"});
  table.add_row({"long name", "-10", "not-converged"});
  table.add_row({"C", "inf", "ok"});
  BOOST_TEST(table.text() ==
             "curve       x0  status\n"
             "A          2.5  ok\n"
             "long name  -10  not-converged\n"
             "C          inf  ok\n");
}

BOOST_AUTO_TEST_CASE(one_word_makes_a_column_of_words) {
  TextTable table({"x"});
  table.add_row({"1"});
  table.add_row({"a word"});
  BOOST_TEST(table.text() == "x\n1\na word\n");
}

BOOST_AUTO_TEST_CASE(width_counts_what_is_seen) {
  TextTable table({"name", "y"});
  table.add_row({"\xC2\xB5\xC2\xB5\xC2\xB5\xC2\xB5\xC2\xB5", "1"});
  table.add_row({"\xE6\x9B\xB2", "22"});
  BOOST_TEST(table.text() ==
             "name    y\n"
             "\xC2\xB5\xC2\xB5\xC2\xB5\xC2\xB5\xC2\xB5   1\n"
             "\xE6\x9B\xB2     22\n");
}

BOOST_AUTO_TEST_CASE(no_cell_breaks_a_line_or_reaches_the_terminal_raw) {
  TextTable table({"a\nb"});
  table.add_row({"\x1B[31mred\r\n"});
  table.add_row({"\xFF"});
  BOOST_TEST(table.text() == "a b\n [31mred\n?\n");
}

BOOST_AUTO_TEST_CASE(rows_may_be_short) {
  TextTable table({"a", "b"});
  table.add_row({"x"});
  BOOST_TEST(table.text() == "a  b\nx\n");
}

BOOST_AUTO_TEST_CASE(colour_is_only_there_when_asked_for) {
  TextTable table({"a"});
  BOOST_TEST(table.text() == "a\n");
  BOOST_TEST(table.text({.colour = true}) == "\x1B[1ma\x1B[0m\n");
}
