// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_records
#include <boost/test/unit_test.hpp>

#include "ogive/io/records.h"

namespace io = ogive::io;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows cut(std::string_view text, char delimiter = ',') {
  io::Records records(text, delimiter, "text");
  Rows rows;
  std::vector<io::CellSpan> cells;
  while (records.next(cells)) {
    auto& row = rows.emplace_back();
    for (const auto& cell : cells) row.emplace_back(text.substr(records.start() + cell.offset, cell.size()));
    cells.clear();
  }
  return rows;
}

void check(std::string_view text, const Rows& expected, char delimiter = ',') {
  BOOST_TEST((cut(text, delimiter) == expected), text);
}

}  // namespace

BOOST_AUTO_TEST_CASE(cuts_rows_at_every_kind_of_line_end) {
  check("a,b\nc,d\r\ne,f\rg,h", {{"a", "b"}, {"c", "d"}, {"e", "f"}, {"g", "h"}});
  check("", {});
  check("\n\r\n\r", {});
}

BOOST_AUTO_TEST_CASE(a_delimiter_at_the_end_opens_one_more_cell) { check("a,\n,b\n,", {{"a", ""}, {"", "b"}, {"", ""}}); }

BOOST_AUTO_TEST_CASE(a_tab_is_a_blank_unless_it_is_the_delimiter) {
  check("\ta\t,\tb\t\n\t\n", {{"a", "b"}});
  check("\ta\t\n\t\n", {{"", "a", ""}, {"", ""}}, '\t');
}

BOOST_AUTO_TEST_CASE(marks_cells_that_must_be_unescaped) {
  const std::string_view text = "\"a\"\"b\",\"c\"";
  io::Records records(text, ',', "text");
  std::vector<io::CellSpan> cells;
  BOOST_REQUIRE(records.next(cells));
  BOOST_TEST(cells[0].escaped());
  BOOST_TEST(cells[0].size() == 4u);
  BOOST_TEST(!cells[1].escaped());
  BOOST_TEST(io::unescaped("a\"\"b\"\"") == "a\"b\"");
}

BOOST_AUTO_TEST_CASE(knows_the_line_of_each_record) {
  io::Records records("# c\n\na\n\"1\r\n2\r3\n4\"\nb", ',', "text");
  std::vector<io::CellSpan> cells;
  std::vector<std::size_t> lines;
  while (records.next(cells)) lines.push_back(records.line());
  BOOST_TEST(lines == (std::vector<std::size_t>{3, 4, 8}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(places_count_bytes_from_one_and_crlf_as_one_line_end) {
  const auto place = io::place_in("ab\r\ncd\re", 0, 7, 7, "text");
  BOOST_TEST(place.line == 9u);
  BOOST_TEST(place.column == 1u);
  BOOST_TEST(io::place_in("abc", 0, 1, 2, "text").column == 3u);
}
