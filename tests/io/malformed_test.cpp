// SPDX-License-Identifier: MIT
// Every file in tests/data/malformed is refused, with the very message of its row in expected.tsv.
//
// A row: the file; the column that is asked for ("*": every cell is read as a number); the message.
#define BOOST_TEST_MODULE io_malformed
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "ogive/base/errors.h"
#include "ogive/io/table.h"

namespace {

struct Expected {
  std::string column;
  std::string message;
};

std::map<std::string, Expected> expected_messages() {
  std::ifstream file("expected.tsv");
  std::map<std::string, Expected> rows;
  std::string line;
  std::getline(file, line);  // the header
  while (std::getline(file, line)) {
    const auto first = line.find('\t'), second = line.find('\t', first + 1);
    BOOST_REQUIRE_MESSAGE(second != std::string::npos, "expected.tsv: a row without three cells: " << line);
    const auto name = line.substr(0, first);
    const bool is_new =
        rows.try_emplace(name, Expected{line.substr(first + 1, second - first - 1), line.substr(second + 1)}).second;
    BOOST_TEST(is_new, "expected.tsv: two rows for " << name);
  }
  return rows;
}

void read_column(const ogive::io::Table& table, std::size_t column) {
  for (std::size_t row = 0; row < table.rows(); ++row) table.number(row, column);
}

void read_all(const ogive::io::Table& table) {
  for (std::size_t row = 0; row < table.rows(); ++row)
    for (std::size_t column = 0; column < table.columns(); ++column) table.number(row, column);
}

std::string message_of(const std::string& name, const std::string& column) {
  try {
    const auto table = ogive::io::read_table(name);
    if (column == "*")
      read_all(table);
    else
      read_column(table, table.column(column));
  } catch (const ogive::InputError& error) {
    return error.what();
  } catch (const ogive::FileError& error) {
    return error.what();
  }
  return "no error";
}

struct InFolder {
  InFolder() { std::filesystem::current_path(OGIVE_TEST_FILES); }
};

}  // namespace

BOOST_TEST_GLOBAL_FIXTURE(InFolder);

BOOST_AUTO_TEST_CASE(every_malformed_file_gives_its_message) {
  for (const auto& [name, expected] : expected_messages()) BOOST_TEST(message_of(name, expected.column) == expected.message);
}

BOOST_AUTO_TEST_CASE(every_file_has_a_row_and_every_row_a_file) {
  std::set<std::string> files, rows;
  for (const auto& entry : std::filesystem::directory_iterator(".")) {
    const auto name = entry.path().filename().string();
    if (name != "expected.tsv" && name != ".gitattributes") files.insert(name);
  }
  for (const auto& [name, expected] : expected_messages()) rows.insert(name);
  BOOST_TEST(files == rows, boost::test_tools::per_element());
  constexpr std::size_t promised = 70;
  BOOST_TEST(files.size() >= promised);
}

BOOST_AUTO_TEST_CASE(every_message_is_one_line_of_printable_text) {
  for (const auto& [name, expected] : expected_messages()) {
    const auto message = message_of(name, expected.column);
    for (const char c : message) BOOST_TEST((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F), "in the message for " << name);
    constexpr std::size_t readable = 400;
    BOOST_TEST(message.size() < readable, name << " has a message of " << message.size() << " bytes");
  }
}
