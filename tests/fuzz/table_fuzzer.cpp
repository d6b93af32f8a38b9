// SPDX-License-Identifier: MIT
// libFuzzer target for the table reader. Whatever the bytes are: a table or an InputError, and
//
//   every table is rectangular, and each of its cells has a place;
//   every cell is a number, missing, or an InputError at its place;
//   written by CsvWriter and read again, a table has the same names and cells.
//
// The last byte chooses the options, what is before it is the text; so a table in a file is an input as it is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/io/csv_writer.h"
#include "ogive/io/curves.h"
#include "ogive/io/table.h"

namespace io = ogive::io;

namespace {

void require(bool holds) {
  if (!holds) std::abort();  // libFuzzer keeps the input that led here
}

io::ReadOptions options_from(std::uint8_t byte) {
  io::ReadOptions options;
  if (byte % 4 == 1) options.delimiter = ',';
  if (byte % 4 == 2) options.delimiter = '\t';
  if (byte % 4 == 3) options.delimiter = ';';
  if (byte / 4 % 4 == 1) options.header = true;
  if (byte / 4 % 4 == 2) options.header = false;
  return options;
}

void check_places(const io::Table& table) {
  require(table.rows() > 0 && table.columns() > 0);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    require(table.line(row) > (row == 0 ? 0 : table.line(row - 1)));
    for (std::size_t column = 0; column < table.columns(); ++column) {
      const auto place = table.place(row, column);
      require(place.line >= table.line(row) && place.column > 0);
      if (column > 0) {
        const auto before = table.place(row, column - 1);
        require(before.line < place.line || (before.line == place.line && before.column < place.column));
      }
    }
  }
}

/// Exceptions are slow under the sanitizers, so the first few of a table must do.
void check_numbers(const io::Table& table) {
  int errors = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t column = 0; column < table.columns(); ++column) {
      try {
        table.number(row, column);
      } catch (const ogive::InputError& error) {
        const auto place = table.place(row, column);
        require(error.place().line == place.line && error.place().column == place.column);
        for (const char* c = error.what(); *c != '\0'; ++c) require(static_cast<unsigned char>(*c) >= 0x20);
        if (++errors == 3) return;
      }
    }
  }
}

void check_curves(const io::Table& table) {
  try {
    std::size_t points = 0;
    for (const auto& curve : io::long_curves(table, 0, table.columns() - 1, {table.columns() / 2})) {
      require(curve.x.size() == curve.y.size());
      points += curve.x.size() + curve.missing;
    }
    require(points == table.rows());
    for (const auto& curve : io::wide_curves(table, 0)) require(curve.x.size() + curve.missing == table.rows());
  } catch (const ogive::InputError&) {
    // a cell that is no number, or a single column
  }
}

void check_columns(const io::Table& table) {
  for (const auto& name : table.names()) {
    try {
      require(table.names()[table.column(name)] == name);
    } catch (const ogive::InputError&) {
      // the name is there twice
    }
  }
}

void check_round_trip(const io::Table& table, char delimiter) {
  std::string text;
  io::CsvWriter csv(text, delimiter);
  for (const auto& name : table.names()) csv.cell(name);
  csv.end_row();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t column = 0; column < table.columns(); ++column) csv.cell(table.cell(row, column));
    csv.end_row();
  }
  const auto again = io::parse_table(text, "again", {.delimiter = delimiter, .header = true});
  require(again.names() == table.names());
  require(again.rows() == table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row)
    for (std::size_t column = 0; column < table.columns(); ++column) require(again.cell(row, column) == table.cell(row, column));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data), size - 1);
  try {
    const auto table = io::parse_table(text, "fuzz", options_from(data[size - 1]));
    check_places(table);
    check_numbers(table);
    check_curves(table);
    check_columns(table);
    check_round_trip(table, ",\t;"[data[size - 1] / 16 % 3]);
  } catch (const ogive::InputError&) {
    // refused, which is as good; anything else that is thrown ends the fuzzer
  }
  return 0;
}
