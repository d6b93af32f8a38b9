// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_dialect
#include <boost/test/unit_test.hpp>

#include "ogive/io/dialect.h"

namespace io = ogive::io;

BOOST_AUTO_TEST_CASE(recognises_each_delimiter) {
  BOOST_TEST(io::sniff_delimiter("x,y\n1,2\n") == ',');
  BOOST_TEST(io::sniff_delimiter("x\ty\n1\t2\n") == '\t');
  BOOST_TEST(io::sniff_delimiter("x;y\n1;2\n") == ';');
  BOOST_TEST(io::sniff_delimiter("x\n1\n") == ',');
}

BOOST_AUTO_TEST_CASE(is_not_misled_by_decimal_commas) {
  BOOST_TEST(io::sniff_delimiter("x;y\n1,5;2,5\n") == ';');
  BOOST_TEST(io::sniff_delimiter("1,5;2,5\n3,5;4,5\n") == ';');
}

BOOST_AUTO_TEST_CASE(is_not_misled_by_delimiters_within_cells) {
  BOOST_TEST(io::sniff_delimiter("name,y\n\"a;b;c\",1\n\"d;e;f\",2\n") == ',');
  BOOST_TEST(io::sniff_delimiter("name\ty\na, b\t1\nc, d\t2\n") == '\t');
  BOOST_TEST(io::sniff_delimiter("x,\ty\n1,\t2\n3,\t4\n") == ',');  // tabs that only align
}

BOOST_AUTO_TEST_CASE(a_title_line_does_not_hide_the_delimiter) { BOOST_TEST(io::sniff_delimiter("Plate 7\nx;y\n1;2\n") == ';'); }

BOOST_AUTO_TEST_CASE(a_first_row_of_words_is_a_header) {
  BOOST_TEST(io::sniff_header({{"x", "y"}, {"1", "2"}}, '.'));
  BOOST_TEST(io::sniff_header({{"plate", "drug"}, {"A", "B"}}, '.'));
  BOOST_TEST(io::sniff_header({{"x", ""}, {"1", "2"}}, '.'));
  BOOST_TEST(io::sniff_header({{"dose", "1", "2"}, {"0.1", "5", "6"}}, '.'));
  BOOST_TEST(io::sniff_header({{"x", "y"}, {"1", "abc"}}, '.'));
}

BOOST_AUTO_TEST_CASE(a_first_row_of_numbers_or_with_a_key_is_none) {
  BOOST_TEST(!io::sniff_header({{"1", "2"}, {"3", "4"}}, '.'));
  BOOST_TEST(!io::sniff_header({{"NA", "2"}, {"3", "4"}}, '.'));
  BOOST_TEST(!io::sniff_header({{"A", "1"}, {"B", "2"}}, '.'));
  BOOST_TEST(!io::sniff_header({{"1,5", "2"}, {"3", "4"}}, ','));
}

BOOST_AUTO_TEST_CASE(a_number_gone_wrong_in_the_first_row_is_no_name) {
  for (const auto* slip : {"1.O", "inf", "1e400", "0x1", "1,000",
                           "\xE2\x88\x92"
                           "1",
                           "-"})
    BOOST_TEST(!io::sniff_header({{slip, "2"}, {"3", "4"}}, '.'), slip);
  BOOST_TEST(!io::sniff_header({{"1", "oops", "3"}, {"4", "5", "6"}}, '.'));
}

BOOST_AUTO_TEST_CASE(recognises_numbers_between_blanks) {
  BOOST_TEST(io::is_blank_separated("1 2"));
  BOOST_TEST(io::is_blank_separated("  1.5   NA\t-3 "));
  BOOST_TEST(!io::is_blank_separated("1"));
  BOOST_TEST(!io::is_blank_separated("2026-11-21 12:00"));
  BOOST_TEST(!io::is_blank_separated("1 mg"));
}
