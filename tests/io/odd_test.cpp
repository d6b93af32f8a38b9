// SPDX-License-Identifier: MIT
// Every file in tests/data/odd is a table, however odd it looks, and has the very cells that expected.json says.
#define BOOST_TEST_MODULE io_odd
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ogive/io/csv_writer.h"
#include "ogive/io/table.h"

namespace {

using Rows = std::vector<std::vector<std::string>>;

nlohmann::json expected_tables() {
  std::ifstream file("expected.json");
  return nlohmann::json::parse(file);
}

Rows cells_of(const ogive::io::Table& table) {
  Rows rows(table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row)
    for (std::size_t column = 0; column < table.columns(); ++column) rows[row].emplace_back(table.cell(row, column));
  return rows;
}

struct InFolder {
  InFolder() { std::filesystem::current_path(OGIVE_TEST_FILES); }
};

}  // namespace

BOOST_TEST_GLOBAL_FIXTURE(InFolder);

BOOST_AUTO_TEST_CASE(every_odd_file_has_the_names_cells_and_lines_expected) {
  const auto tables = expected_tables();
  for (const auto& [name, expected] : tables.items()) {
    BOOST_TEST_CONTEXT(name) {
      const auto table = ogive::io::read_table(name);
      BOOST_TEST(table.names() == expected["names"].get<std::vector<std::string>>(), boost::test_tools::per_element());
      BOOST_TEST((cells_of(table) == expected["cells"].get<Rows>()), nlohmann::json(cells_of(table)).dump());
      if (!expected.contains("lines")) continue;
      std::vector<std::size_t> lines;
      for (std::size_t row = 0; row < table.rows(); ++row) lines.push_back(table.line(row));
      BOOST_TEST(lines == expected["lines"].get<std::vector<std::size_t>>(), boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(every_file_is_expected_and_every_expected_file_there) {
  std::vector<std::string> files, expected;
  for (const auto& entry : std::filesystem::directory_iterator(".")) {
    const auto name = entry.path().filename().string();
    if (name != "expected.json" && name != ".gitattributes") files.push_back(name);
  }
  std::sort(files.begin(), files.end());
  const auto tables = expected_tables();
  for (const auto& [name, table] : tables.items()) expected.push_back(name);
  std::sort(expected.begin(), expected.end());
  BOOST_TEST(files == expected, boost::test_tools::per_element());
  constexpr std::size_t promised = 25;
  BOOST_TEST(files.size() >= promised);
}

BOOST_AUTO_TEST_CASE(what_was_read_is_read_again_after_writing) {
  const auto tables = expected_tables();
  for (const auto& [name, expected] : tables.items()) {
    BOOST_TEST_CONTEXT(name) {
      const auto table = ogive::io::read_table(name);
      std::string text;
      ogive::io::CsvWriter csv(text);
      for (const auto& column_name : table.names()) csv.cell(column_name);
      csv.end_row();
      for (const auto& row : cells_of(table)) {
        for (const auto& cell : row) csv.cell(cell);
        csv.end_row();
      }
      const auto again = ogive::io::parse_table(text, name, {.delimiter = ',', .header = true});
      BOOST_TEST(again.names() == table.names(), boost::test_tools::per_element());
      BOOST_TEST((cells_of(again) == cells_of(table)), text);
    }
  }
}
