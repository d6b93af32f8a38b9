// SPDX-License-Identifier: MIT
// The blocks of a wide table are the curves of the same table read whole, whatever the strips.
#define BOOST_TEST_MODULE io_wide_blocks
#include <boost/test/unit_test.hpp>

#include <zlib.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "io/temporary_file.h"
#include "ogive/base/errors.h"
#include "ogive/io/curves.h"
#include "ogive/io/number.h"
#include "ogive/io/wide_blocks.h"

namespace io = ogive::io;
using ogive::test::TemporaryFile;

namespace {

struct Outcome {
  std::vector<io::Curve> curves;
  std::string error;
};

Outcome whole(const std::string& path, const std::string& x) {
  try {
    const auto table = io::read_table(path);
    return {io::wide_curves(table, x.empty() ? 0 : table.column(x)), ""};
  } catch (const std::exception& error) {
    return {{}, error.what()};
  }
}

Outcome in_blocks(const std::string& path, const std::string& x, std::size_t bytes) {
  Outcome outcome;
  try {
    io::WideOptions options;
    options.piece = bytes;
    if (!x.empty()) options.x = x;
    io::WideBlocks blocks(io::ByteSource(path), options);
    io::WidePiece piece;
    io::CurveBlock block;
    while (blocks.next(piece)) {
      blocks.parse(piece, block);
      BOOST_TEST(block.first == outcome.curves.size());
      for (std::size_t i = 0; i < block.size(); ++i) {
        auto& curve = outcome.curves.emplace_back();
        curve.by.emplace_back(block.key(i, 0));
        for (std::size_t j = 0; j < block.points(i); ++j) {
          if (std::isnan(block.x_of(i)[j]) || std::isnan(block.y_of(i)[j])) {
            ++curve.missing;
          } else {
            curve.x.push_back(block.x_of(i)[j]);
            curve.y.push_back(block.y_of(i)[j]);
          }
        }
      }
    }
    BOOST_TEST(outcome.curves.size() == blocks.curves());
  } catch (const std::exception& error) {
    outcome = {{}, error.what()};
  }
  return outcome;
}

void check_same(const Outcome& got, const Outcome& expected, const std::string& context) {
  BOOST_TEST_CONTEXT(context) {
    BOOST_TEST(got.error == expected.error);
    BOOST_REQUIRE(got.curves.size() == expected.curves.size());
    for (std::size_t i = 0; i < got.curves.size(); ++i) {
      BOOST_TEST(got.curves[i].by == expected.curves[i].by, boost::test_tools::per_element());
      BOOST_TEST(got.curves[i].x == expected.curves[i].x, boost::test_tools::per_element());
      BOOST_TEST(got.curves[i].y == expected.curves[i].y, boost::test_tools::per_element());
      BOOST_TEST(got.curves[i].missing == expected.curves[i].missing);
    }
  }
}

constexpr std::size_t piece_sizes[] = {1, 64, 1000, 5000, std::size_t{1} << 20};

std::string gzipped(const std::string& text) {
  z_stream stream{};
  BOOST_REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string result(text.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  BOOST_REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

Outcome check(const std::string& text, const std::string& x = "") {
  const TemporaryFile file(text), compressed(gzipped(text));
  auto expected = whole(file.path(), x);
  const auto compressed_expected = whole(compressed.path(), x);
  for (const auto size : piece_sizes) {
    check_same(in_blocks(file.path(), x, size), expected, "strip of " + std::to_string(size));
    check_same(in_blocks(compressed.path(), x, size), compressed_expected, "gzip, strip of " + std::to_string(size));
  }
  return expected;
}

void check_good(const std::string& text, const std::string& x = "") {
  const auto outcome = check(text, x);
  BOOST_TEST(outcome.error == "");
  BOOST_TEST(!outcome.curves.empty());
}

void check_bad(const std::string& text, const std::string& message) {
  const auto outcome = check(text);
  BOOST_TEST(outcome.error.find(message) != std::string::npos, outcome.error);
}

std::string number(std::size_t i) {
  return io::format_number(std::sin(static_cast<double>(i)) * std::pow(10, static_cast<double>(i % 9) - 4));
}

/// A table of `rows` x `columns`; `cell(row, column)` replaces a number where it is not empty.
template <class Cell>
std::string table(std::size_t rows, std::size_t columns, Cell cell, const std::string& header = "well ") {
  std::string text = "x";
  for (std::size_t j = 1; j < columns; ++j) text += ',' + header + (header.empty() ? "" : std::to_string(j));
  text += '\n';
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      const std::string other = cell(i, j);
      text += (j == 0 ? "" : ",") + (other.empty() ? number(i * columns + j) : other);
    }
    text += '\n';
  }
  return text;
}

std::string plain_cell(std::size_t, std::size_t) { return ""; }
const std::string plain = table(9, 400, plain_cell);

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_plain_table_is_read_alike_in_every_strip) {
  check_good(plain);
  check_good(plain.substr(0, plain.size() - 1));
  check_good(plain.substr(plain.find('\n') + 1));  // no header
  check_good(replaced(plain, "\n", "\r\n"));
  check_good(replaced(plain, "\n", "\r"));
  check_good("\xEF\xBB\xBF" + plain);
  check_good(replaced(plain, ",", "\t"));
  check_good(replaced(plain, ",", ";"));
  check_good(replaced(plain, ",", " , "));
  check_good(replaced(plain, "\n", ",,\n"));
  check_good(replaced(replaced(plain, ",", ";"), ".", ","));
  check_good("# comment, with \"one quote\n\n" + replaced(plain, "\n", "\n# another\n  \n"));
  check_good(table(300, 5, plain_cell));
  check_good(table(3, 2, plain_cell));
}

BOOST_AUTO_TEST_CASE(x_may_be_any_column) {
  check_good(plain, "well 7");
  check_good(plain, "400");
  BOOST_TEST(check(plain, "wel 7").error.find("did you mean 'well 7'?") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(names_may_be_quoted_or_empty) {
  const auto quoted = '"' + replaced(plain, ",well ", "\",\"a \"\"well\"\",\n");
  check_good(replaced(quoted, "\n399\n", "\n399\"\n"));
  check_good(table(4, 30, plain_cell, ""));
}

BOOST_AUTO_TEST_CASE(missing_and_quoted_cells) {
  check_good(table(9, 300, [](std::size_t i, std::size_t j) {
    static const std::string cells[] = {"NA", " ", "\"\"", "nan", "\"1.5\"", " 2.5 ", "\" 3 \"", "\"NA\""};
    return (i + j) % 5 == 2 && (j != 0 || i > 3) ? cells[(i * 3 + j) % 8] : "";
  }));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_reported_as_by_the_whole_table) {
  for (const std::string bad : {"abc", "1.O", "inf", "1e999", "\"ab\nc\"", "1.5x", "null"})
    for (const std::size_t column : {std::size_t{1}, std::size_t{200}, std::size_t{299}})
      check_bad(table(5, 300, [&](std::size_t i, std::size_t j) { return i == 3 && j == column ? bad : std::string(); }),
                "(column 'well " + std::to_string(column) + "')");
  for (const std::string bad : {"1\"2", "\"1\"2"})
    check_bad(table(5, 300, [&](std::size_t i, std::size_t j) { return i == 3 && j == 150 ? bad : std::string(); }), "quote");
  check_bad(table(5, 300, [&](std::size_t i, std::size_t j) { return i == 3 && j == 150 ? "1,2" : std::string(); }),
            "has 301 cells");
  check_bad(plain + "1,2\n", "this row has 2 cells");
  check_bad(plain + "\"1,2\n", "never closed");
  check_bad("x\n1\n2\n", "a wide table needs at least two columns");
  check_bad("", "the file is empty");
  check_bad("# only\n", "there are only comments and blank lines");
  check_bad("x,y\n", "there are no rows below the header");
}

BOOST_AUTO_TEST_CASE(knows_x_its_cells_and_its_name) {
  const TemporaryFile file("# c\ndose,A,B\n0.5,1,2\n\n-1,3,4\n");
  io::WideBlocks blocks(io::ByteSource(file.path()), {.read = {}, .x = {}});
  BOOST_TEST(blocks.x() == (std::vector<double>{0.5, -1}), boost::test_tools::per_element());
  BOOST_TEST(blocks.x_name() == "dose");
  BOOST_TEST(blocks.curves() == 2u);
  const auto cell = blocks.x_cell(1);
  BOOST_TEST(cell.text == "-1");
  BOOST_TEST(cell.place.line == 5u);
  BOOST_TEST(cell.place.column == 1u);
}
