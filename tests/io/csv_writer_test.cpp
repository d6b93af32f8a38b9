// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_csv_writer
#include <boost/test/unit_test.hpp>

#include <limits>

#include "ogive/io/csv_writer.h"

namespace {

template <class... Cells>
std::string row(Cells... cells) {
  std::string text;
  ogive::io::CsvWriter csv(text);
  (csv.cell(cells), ...);
  csv.end_row();
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(plain_cells_are_written_as_they_are) { BOOST_TEST(row("a b", "c.d", "", "e") == "a b,c.d,,e\n"); }

BOOST_AUTO_TEST_CASE(quotes_what_a_reader_would_misread) {
  BOOST_TEST(row("a,b", "c\"d", "e\nf", "g\rh") == "\"a,b\",\"c\"\"d\",\"e\nf\",\"g\rh\"\n");
  BOOST_TEST(row(" a", "b ", "\tc", "#d", "e#") == "\" a\",\"b \",\"\tc\",\"#d\",e#\n");
}

BOOST_AUTO_TEST_CASE(no_cell_makes_a_file_look_like_another_kind_of_file) {
  BOOST_TEST(row("\xEF\xBB\xBF"
                 "a") ==
             "\"\xEF\xBB\xBF"
             "a\"\n");                                  // would be taken for a byte-order mark
  BOOST_TEST(row("\xFF\xFE") == "\"\xFF\xFE\"\n");      // UTF-16
  BOOST_TEST(row("BZh91AY&SY") == "\"BZh91AY&SY\"\n");  // bzip2
  BOOST_TEST(row("\xC2\xB5M") == "\xC2\xB5M\n");
}

BOOST_AUTO_TEST_CASE(a_row_of_one_empty_cell_is_no_blank_line) {
  BOOST_TEST(row("") == "\"\"\n");
  BOOST_TEST(row("", "") == ",\n");
}

BOOST_AUTO_TEST_CASE(numbers_read_back_exactly_and_what_is_not_finite_is_empty) {
  BOOST_TEST(row(0.1, 3, std::size_t{7}, -2L) == "0.1,3,7,-2\n");
  BOOST_TEST(row(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 1.0) == ",,1\n");
}

BOOST_AUTO_TEST_CASE(rows_are_appended_with_the_delimiter_asked_for) {
  std::string text = "x\ty\n";
  ogive::io::CsvWriter tsv(text, '\t');
  tsv.cell("a,b").cell("c\td").end_row();
  tsv.cell(1).cell(2).end_row();
  BOOST_TEST(text == "x\ty\na,b\t\"c\td\"\n1\t2\n");
}
