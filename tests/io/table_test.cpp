// SPDX-License-Identifier: MIT
// What table.h promises beyond the files in tests/data: places, numbers, columns, options.
#define BOOST_TEST_MODULE io_table
#include <boost/test/unit_test.hpp>

#include <utility>

#include "ogive/base/errors.h"
#include "ogive/io/table.h"

namespace io = ogive::io;

namespace {

io::Table parse(const std::string& text, const io::ReadOptions& options = {}) {
  return io::parse_table(text, "plate.csv", options);
}

template <class Body>
std::string message_of(Body body) {
  try {
    body();
  } catch (const ogive::InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

BOOST_AUTO_TEST_CASE(names_file_line_column_cell_and_column_of_a_bad_number) {
  std::string text = "plate,dose,name,response\n";
  for (int row = 2; row < 17; ++row) text += "A,1,a,2\n";
  const auto table = parse(text + "A,1,a,abc\n");
  BOOST_TEST(message_of([&] { table.number(15, table.column("response")); }) ==
             "plate.csv:17:7: error: 'abc' is not a number (column 'response')");
}

BOOST_AUTO_TEST_CASE(reads_numbers_and_missing_cells) {
  const auto table = parse("x,y\n1.5,NA\n,2\n");
  BOOST_TEST(table.number(0, 0).value() == 1.5);
  BOOST_TEST(!table.number(0, 1).has_value());
  BOOST_TEST(!table.number(1, 0).has_value());
}

BOOST_AUTO_TEST_CASE(reads_decimal_commas_in_semicolon_files) {
  const auto table = parse("x;y\n1,5;2\n-,25;3e1\n");
  BOOST_TEST(table.decimal_sign() == ',');
  BOOST_TEST(table.number(0, 0).value() == 1.5);
  BOOST_TEST(table.number(1, 0).value() == -0.25);
  BOOST_TEST(table.number(1, 1).value() == 30.0);
}

BOOST_AUTO_TEST_CASE(a_decimal_comma_in_a_name_says_nothing_about_the_numbers) {
  const auto table = parse("x;1,5\n0.5;2.5\n");
  BOOST_TEST(table.decimal_sign() == '.');
  BOOST_TEST(table.number(0, 1).value() == 2.5);
}

BOOST_AUTO_TEST_CASE(a_column_has_a_name_and_a_number) {
  const auto table = parse("x,2,y\n1,5,6\n");
  BOOST_TEST(table.column("x") == 0u);
  BOOST_TEST(table.column("y") == 2u);
  BOOST_TEST(table.column("3") == 2u);
  BOOST_TEST(table.column("2") == 1u);  // the name comes before the number
  BOOST_TEST(parse("1,2\n3,4\n").column("2") == 1u);
}

BOOST_AUTO_TEST_CASE(a_name_that_several_columns_have_is_an_error_only_when_asked_for) {
  const auto table = parse("x,y,y\n1,2,3\n");
  BOOST_TEST(table.column("x") == 0u);
  BOOST_TEST(table.column("3") == 2u);
  BOOST_TEST(message_of([&] { table.column("y"); }) ==
             "plate.csv:1: error: columns 2 and 3 are both called 'y': give the column's number");
}

BOOST_AUTO_TEST_CASE(options_win_over_what_is_recognised) {
  const auto headless = parse("a,b\nc,d\n", {.delimiter = {}, .header = false});
  BOOST_TEST(headless.rows() == 2u);
  BOOST_TEST(!headless.has_header());
  const auto numeric_names = parse("1,2\n3,4\n", {.delimiter = {}, .header = true});
  BOOST_TEST(numeric_names.rows() == 1u);
  BOOST_TEST(numeric_names.names()[1] == "2");
  const auto one_column = parse("a;b\n1;2\n", {.delimiter = ',', .header = {}});
  BOOST_TEST(one_column.columns() == 1u);
  BOOST_TEST(one_column.cell(0, 0) == "1;2");
}

BOOST_AUTO_TEST_CASE(a_cell_keeps_its_place_after_quotes_and_line_ends) {
  const auto table = parse("name,y\n\"a\"\"\nb\",  \"1\"\n");
  BOOST_TEST(table.cell(0, 0) == "a\"\nb");
  BOOST_TEST(table.place(0, 0).line == 2u);
  BOOST_TEST(table.place(0, 0).column == 1u);
  BOOST_TEST(table.place(0, 1).line == 3u);
  BOOST_TEST(table.place(0, 1).column == 6u);
  BOOST_TEST(table.line(0) == 2u);
}

BOOST_AUTO_TEST_CASE(escaped_cells_survive_the_header_and_a_move) {
  auto table = parse("\"a\"\"\",b\n1,\"2\"\"\"\n\"3\"\"\",4\n");
  const auto moved = std::move(table);
  BOOST_TEST(moved.names()[0] == "a\"");
  BOOST_TEST(moved.cell(0, 1) == "2\"");
  BOOST_TEST(moved.cell(1, 0) == "3\"");
}

BOOST_AUTO_TEST_CASE(a_table_that_outgrows_what_its_first_rows_promised_is_whole) {
  std::string text = "x,y\n";
  for (int row = 0; row < 200; ++row) text += "1000000000,1000000000\n";
  for (int row = 0; row < 20000; ++row) text += "1,2\n";
  const auto table = parse(text);
  BOOST_TEST(table.rows() == 20200u);
  BOOST_TEST(table.cell(20199, 1) == "2");
  BOOST_TEST(table.line(20199) == 20201u);
}
