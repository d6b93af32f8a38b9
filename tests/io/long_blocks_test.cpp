// SPDX-License-Identifier: MIT
// The blocks of a long table are the curves of the same table read whole: the same keys, the same numbers, the same errors;
// wherever it is cut.
#define BOOST_TEST_MODULE io_long_blocks
#include <boost/test/unit_test.hpp>

#include <zlib.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "io/temporary_file.h"
#include "ogive/base/errors.h"
#include "ogive/base/random.h"
#include "ogive/io/curves.h"
#include "ogive/io/long_blocks.h"
#include "ogive/io/number.h"

namespace io = ogive::io;
using ogive::test::TemporaryFile;

namespace {

struct Columns {
  std::vector<std::size_t> by;
  std::size_t x;
  std::size_t y;
};

/// What became of a table: its curves, or an error.
struct Outcome {
  std::vector<io::Curve> curves;
  std::string error;
};

std::string without_name(std::string message, const std::string& name) {
  const auto at = message.find(name);
  return at == std::string::npos ? message : message.erase(at, name.size());
}

Outcome whole(const std::string& path, const Columns& columns) {
  try {
    return {io::long_curves(io::read_table(path), columns.x, columns.y, columns.by), ""};
  } catch (const std::exception& error) {
    return {{}, error.what()};
  }
}

io::Curve curve_of(const io::CurveBlock& block, std::size_t i) {
  io::Curve curve;
  for (std::size_t column = 0; column < block.key_columns; ++column) curve.by.emplace_back(block.key(i, column));
  for (std::size_t point = 0; point < block.points(i); ++point) {
    const double x = block.x_of(i)[point], y = block.y_of(i)[point];
    if (std::isnan(x) || std::isnan(y)) {
      ++curve.missing;
    } else {
      curve.x.push_back(x);
      curve.y.push_back(y);
    }
  }
  return curve;
}

Outcome in_blocks(const std::string& path, const Columns& columns, std::size_t piece_bytes) {
  Outcome outcome;
  try {
    io::LongBlocks blocks(io::ByteSource(path), {.read = {}, .piece = piece_bytes});
    blocks.select(columns.by, columns.x, columns.y);
    io::TextPiece piece;
    io::CurveBlock block;
    while (blocks.next(piece)) {
      blocks.parse(piece, block);
      blocks.admit(block);
      BOOST_TEST(block.first == outcome.curves.size());
      for (std::size_t i = 0; i < block.size(); ++i) outcome.curves.push_back(curve_of(block, i));
    }
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

constexpr std::size_t piece_sizes[] = {1, 64, 100, 257, 1000, std::size_t{1} << 20};

/// Reads the text in pieces of many sizes and whole. @return what the whole table gave
Outcome check(std::string_view text, const Columns& columns) {
  const TemporaryFile file(text);
  auto expected = whole(file.path(), columns);
  for (const auto size : piece_sizes)
    check_same(in_blocks(file.path(), columns, size), expected, "piece of " + std::to_string(size));
  return expected;
}

/// More rows than the dialect is told by, so that the cuts come after the beginning: `head`, rows made by `row(i)`, `tail`.
template <class Row>
std::string many_rows(const std::string& head, Row row, std::size_t count = 400, const std::string& tail = "") {
  std::string text = head;
  for (std::size_t i = 0; i < count; ++i) text += row(i);
  return text + tail;
}

std::string number(std::size_t i) {
  return io::format_number(std::sin(static_cast<double>(i)) * std::pow(10, static_cast<double>(i % 9) - 4));
}
std::string key(std::size_t i) { return "plate-" + std::to_string(i / 7); }

const Columns key_first{{0}, 1, 2};

void check_good(std::string_view text, const Columns& columns = key_first) {
  const auto outcome = check(text, columns);
  BOOST_TEST(outcome.error == "");
  BOOST_TEST(!outcome.curves.empty());
}

void check_bad(std::string_view text, const std::string& message, const Columns& columns = key_first) {
  const auto outcome = check(text, columns);
  BOOST_TEST(outcome.error.find(message) != std::string::npos, outcome.error);
}

/// The message of a table that can be read whole, but not in blocks.
std::string refusal(std::string_view text, const Columns& columns, std::size_t size = 64) {
  const TemporaryFile file(text);
  BOOST_TEST(whole(file.path(), columns).error == "");
  return without_name(in_blocks(file.path(), columns, size).error, file.path());
}

/// Whether rows of a key do not stand together: then only the whole table can be read.
bool comes_back(const Outcome& outcome) { return outcome.error.find("was there before") != std::string::npos; }

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

const std::string plain =
    many_rows("plate,dose,response\n", [](std::size_t i) { return key(i) + ',' + number(i) + ',' + number(3 * i) + '\n'; });

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_plain_table_is_read_alike_wherever_it_is_cut) {
  check_good(plain);
  check_good(plain.substr(0, plain.size() - 1));              // no line end at the end
  check_good(plain.substr(plain.find('\n') + 1));             // no header
  check_good(replaced(plain, "\n", "\r\n"));                  // CRLF
  check_good(replaced(plain, "\n", "\r"));                    // CR
  check_good("\xEF\xBB\xBF" + plain);                         // byte-order mark
  check_good(replaced(plain, ",", "\t"));                     // tabs
  check_good(replaced(plain, ",", ";"));                      // semicolons
  check_good(replaced(plain, ",", ", "));                     // blanks after delimiters
  check_good(replaced(plain, ",", "  ,  "));                  // on both sides
  check_good(replaced(plain, "\n", " \n"));                   // at the end of the line
  check_good(replaced(plain, "\n", ",\n"));                   // delimiters at the end
  check_good(replaced(plain, "\n", ",,,\r\n"));               // several
  check_good(replaced(replaced(plain, ",", ";"), ".", ","));  // decimal comma
}

BOOST_AUTO_TEST_CASE(every_size_of_piece_gives_the_same_curves) {
  const TemporaryFile file(plain.substr(0, 9000));
  const auto expected = whole(file.path(), key_first);
  for (std::size_t size = 1; size < 1500; size += 7)
    check_same(in_blocks(file.path(), key_first, size), expected, std::to_string(size));
}

BOOST_AUTO_TEST_CASE(comments_and_blank_lines_may_stand_anywhere) {
  const auto row = [](std::size_t i) {
    std::string text = key(i) + ',' + number(i) + ',' + number(i + 1) + '\n';
    if (i % 5 == 0) text += "# a comment, with \"one quote\n";
    if (i % 6 == 0) text += "\n   \n";
    return text;
  };
  check_good(many_rows("# first\n\nplate,dose,response\n", row));
  check_good(many_rows("# first\n\nplate,dose,response\n", row, 400, "# last"));
  check_good(replaced(many_rows("plate,dose,response\n", row), "\n", "\r\n"));
}

BOOST_AUTO_TEST_CASE(quoted_keys_may_hold_anything) {
  const auto quoted = [](std::size_t i) { return "\"" + key(i) + "\"," + number(i) + ',' + number(2 * i) + '\n'; };
  check_good(many_rows("\"plate\",\"dose\",\"response\"\n", quoted));
  const auto with_line_ends = [](std::size_t i) {
    return "\"plate\n" + std::to_string(i / 9) + ", \"\"x\"\"\r\n\"," + number(i) + ',' + number(2 * i) + '\n';
  };
  check_good(many_rows("plate,dose,response\n", with_line_ends));
  check_good(many_rows("# it's \"\n\"plate\n1\",dose,response\n", with_line_ends));
  const auto with_comment_signs = [](std::size_t i) { return "\"\n# " + std::to_string(i / 9) + "\"," + number(i) + ",1\n"; };
  check_good(many_rows("plate,dose,response\n", with_comment_signs));
  const auto sometimes = [](std::size_t i) {  // the same key, written in three ways
    const std::string way[] = {key(i), '"' + key(i) + '"', "  " + key(i) + " "};
    return way[i % 3] + ',' + number(i) + ",\"" + number(i) + "\"\n";
  };
  check_good(many_rows("plate,dose,response\n", sometimes));
}

BOOST_AUTO_TEST_CASE(missing_cells_are_kept_as_nan) {
  const auto row = [](std::size_t i) {
    static const std::string cells[] = {"", "NA", "nan", "NaN", "na", " ", " NA ", "\"\"", "\"NA\""};
    const bool missing_x = i % 11 == 3, missing_y = i % 5 == 1;
    return key(i) + ',' + (missing_x ? cells[i % 9] : number(i)) + ',' + (missing_y ? cells[(i + 4) % 9] : number(i)) + '\n';
  };
  check_good(many_rows("plate,dose,response\n", row));
}

BOOST_AUTO_TEST_CASE(numbers_are_read_exactly_in_every_form) {
  static const std::string forms[] = {"1",
                                      "-1",
                                      "+1",
                                      "1.",
                                      ".5",
                                      "-.5",
                                      "1e5",
                                      "1E-5",
                                      "1e+05",
                                      "0.1",
                                      "-0",
                                      "0e400",
                                      "4.9e-324",
                                      "1.7976931348623157e308",
                                      "123456789012345678901234567890",
                                      "1e22",
                                      "1e23",
                                      "0.000000000000000000000000000001",
                                      "9007199254740993",
                                      "2.2250738585072011e-308",
                                      "00012.50",
                                      "0.30000000000000004",
                                      "12345678",
                                      "123456789.123456789",
                                      "18446744073709551615",
                                      "18446744073709551616",
                                      "0.1234567890123456789012345",
                                      "1e-323",
                                      "1e0000000000001"};
  const auto row = [](std::size_t i) {
    return key(i) + ',' + forms[i % std::size(forms)] + ',' + forms[(i * 7 + 1) % std::size(forms)] + '\n';
  };
  check_good(many_rows("plate,dose,response\n", row));
  const auto with_comma = [&](std::size_t i) { return replaced(replaced(row(i), ",", ";"), ".", ","); };
  check_good(many_rows("plate;dose;response\n", with_comma));
}

BOOST_AUTO_TEST_CASE(keys_may_be_of_several_columns_anywhere) {
  const auto row = [](std::size_t i) {
    return number(i) + ',' + std::to_string(i / 40) + ',' + number(i + 5) + ",note," + "well " + std::to_string(i / 8 % 5) + '\n';
  };
  const auto text = many_rows("dose,plate,response,comment,well\n", row);
  check_good(text, {{1, 4}, 0, 2});
  check_good(text, {{4, 1}, 0, 2});
  check_good(text, {{4, 1}, 2, 0});
  check_good(replaced(text, "\n", "\r\n"), {{1, 4}, 0, 2});
  check_good(replaced(text, "note", "\"a \"\"note\"\", quoted\""), {{1, 4}, 0, 2});
  check_good(replaced(text, "note", "\"a\nnote\""), {{4, 1}, 0, 2});
  check_good(replaced(text, "well ", ""), {{1, 4}, 0, 2});
  // ("a", "bc") and ("ab", "c") are two keys.
  check_good("k,l,x,y\na,bc,1,2\na,bc,2,3\nab,c,1,2\nab,c,2,3\n", {{0, 1}, 2, 3});
  // An empty key is a key like any other.
  check_good(many_rows("k,x,y\n", [](std::size_t i) { return std::string(i < 200 ? "" : "B") + ',' + number(i) + ",1\n"; }));
}

BOOST_AUTO_TEST_CASE(a_curve_larger_than_the_piece_makes_a_larger_piece) {
  const auto row = [](std::size_t i) {
    return std::string(i < 3 ? "A" : i < 1800 ? "B" : "C") + ',' + number(i) + ',' + number(i) + '\n';
  };
  check_good(many_rows("k,x,y\n", row, 2000));
  check_good(many_rows(
      "k,x,y\n", [&](std::size_t i) { return '"' + row(i).insert(1, 1, '"'); }, 2000));
  check_good(many_rows(
                 "x,y\n", [](std::size_t i) { return number(i) + ',' + number(i + 1) + '\n'; }, 2000),
             {{}, 0, 1});  // no key
}

BOOST_AUTO_TEST_CASE(gzip_is_undone) {
  const TemporaryFile file(gzipped(plain), ".gz"), members(gzipped(plain.substr(0, 3000)) + gzipped(plain.substr(3000)), ".gz");
  const TemporaryFile zeros(gzipped(plain) + std::string(2000, '\0'), ".gz");
  for (const auto size : piece_sizes) {
    check_same(in_blocks(file.path(), key_first, size), whole(file.path(), key_first), "gzip");
    check_same(in_blocks(members.path(), key_first, size), whole(file.path(), key_first), "two members");
    check_same(in_blocks(zeros.path(), key_first, size), whole(file.path(), key_first), "zeros at the end");
  }
  const auto cut_off = gzipped(plain).substr(0, 1500);
  const TemporaryFile damaged(gzipped(plain) + "rubbish", ".gz"), truncated(cut_off, ".gz");
  for (const auto* bad : {&damaged, &truncated})
    for (const auto size : piece_sizes)
      check_same(in_blocks(bad->path(), key_first, size), whole(bad->path(), key_first), "damaged");
}

BOOST_AUTO_TEST_CASE(what_is_no_number_is_reported_as_by_the_whole_table) {
  for (const std::string cell : {"abc", "1.O", "inf", "1e400", "1e-400", "0x10", "1 000", "1,5", "\"1,5\"",
                                 "\xE2\x88\x92"
                                 "1",
                                 "null", "1.5x", "1.5 x", "1.5.2", "--1", "N", "NAN0", "1e", "."}) {
    if (cell == "1,5") continue;
    for (const std::size_t at : {std::size_t{5}, std::size_t{150}, std::size_t{395}}) {
      const auto text = many_rows("plate,dose,response\n", [&](std::size_t i) {
        return key(i) + ',' + (i == at ? cell : number(i)) + ',' + number(i) + '\n';
      });
      check_bad(text, "(column 'dose')");
      check_bad(replaced(text, "\n", "\r\n"), "(column 'dose')");
      check_bad(replaced(text, "plate-20,", "\"pl\nate\","), "(column 'dose')");
    }
  }
}

BOOST_AUTO_TEST_CASE(ragged_rows_are_reported_as_by_the_whole_table) {
  for (const std::string bad :
       {"plate-20,1\n", "plate-20,1,2,3\n", "plate-20\n", "plate-20,1,2,\n", "plate-20,1,2,\"a\"\n", "\"\"\n"}) {
    for (const std::size_t at : {std::size_t{0}, std::size_t{141}, std::size_t{147}}) {
      const auto text = many_rows("plate,dose,response\n", [&](std::size_t i) {
        return (i == at ? bad : "") + (i % 10 == 0 ? "# comment\n\n" : "") + key(i) + ',' + number(i) + ',' + number(i) + '\n';
      });
      if (at != 0) check_bad(text, "the row before it (line ");
    }
  }
}

BOOST_AUTO_TEST_CASE(quotes_out_of_place_are_reported_as_by_the_whole_table) {
  for (const std::string bad : {"pla\"te-20,1,2\n", "\"plate-20\"x,1,2\n", "plate-20,1\",2\n", "\"plate-20,1,2\n"}) {
    const auto text = many_rows("plate,dose,response\n", [&](std::size_t i) {
      return (i == 141 ? bad : "") + key(i) + ',' + number(i) + ',' + number(i) + '\n';
    });
    check_bad(text, "quote");
    if (bad[0] != '"' || bad.find('x') != std::string::npos) check_bad(replaced(text, "plate-5", "\"plate-5\""), "quote");
  }
}

BOOST_AUTO_TEST_CASE(a_nul_byte_is_reported_with_its_place) {
  auto text = plain;
  text[plain.size() - 2] = '\0';
  const TemporaryFile file(text);
  const auto message = in_blocks(file.path(), key_first, 64).error;
  BOOST_TEST(message == whole(file.path(), key_first).error);
}

BOOST_AUTO_TEST_CASE(a_key_that_comes_back_is_refused_with_its_line) {
  const auto text =
      many_rows("k,x,y\n", [](std::size_t i) { return std::to_string(i == 300 ? 3 : i / 10) + ',' + number(i) + ",1\n"; });
  for (const auto size : {std::size_t{64}, std::size_t{1} << 20})
    BOOST_TEST(
        refusal(text, key_first, size) ==
        ":302: error: the key '3' was there before, and rows of other keys stand between: sort the table by its key, or read it "
        "whole (--engine single)");
  const auto two = many_rows(
      "k,l,x,y\n", [](std::size_t i) { return std::string(i == 390 ? "0,a," : "1,b,") + number(i) + ",1\n"; }, 400, "0,a,1,1\n");
  BOOST_TEST(refusal(two, {{0, 1}, 2, 3}).find("'1', 'b'") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_decimal_sign_is_that_of_the_beginning) {
  const auto late =
      many_rows("k;x;y\n", [](std::size_t i) { return key(i) + ';' + std::to_string(i) + (i < 300 ? "" : ",5") + ";1\n"; });
  BOOST_TEST(
      refusal(late, key_first).find(": error: '300,5' has a decimal comma, but no cell at the beginning of the table has one") !=
      std::string::npos);
  const auto mixed = many_rows("k;x;y\n", [](std::size_t i) { return key(i) + ";1" + (i < 300 ? "," : ".") + "5;1\n"; });
  check_bad(mixed, "'1.5' has a decimal point, but '1,5' at 2:9 a decimal comma");
}

BOOST_AUTO_TEST_CASE(names_the_cell_of_a_point) {
  const TemporaryFile file(
      many_rows("# c\nk,x,y\n", [](std::size_t i) { return "\"a\n" + key(i) + "\", -" + std::to_string(i) + ",1\n"; }));
  io::LongBlocks blocks(io::ByteSource(file.path()), {.read = {}, .piece = 500});
  blocks.select({0}, 1, 2);
  io::TextPiece piece;
  io::CurveBlock block;
  std::size_t point = 0;
  while (blocks.next(piece)) {
    blocks.parse(piece, block);
    for (std::size_t i = 0; i < block.points(); ++i, ++point) {
      const auto cell = blocks.x_cell(piece, i);
      BOOST_TEST(cell.text == "-" + std::to_string(point));
      BOOST_TEST(cell.place.line == 4 + 2 * point);
    }
    std::size_t first_point = point - block.points();
    for (std::size_t i = 0; i < block.size(); ++i) BOOST_TEST(block.lines[i] == 3 + 2 * (first_point + block.offsets[i]));
  }
  BOOST_TEST(point == 400u);
}

BOOST_AUTO_TEST_CASE(the_position_comes_to_the_size_of_the_file) {
  const TemporaryFile file(plain), compressed(gzipped(plain));
  for (const auto* each : {&file, &compressed}) {
    io::LongBlocks blocks(io::ByteSource(each->path()), {.read = {}, .piece = 100});
    blocks.select({0}, 1, 2);
    io::TextPiece piece;
    std::uint64_t last = 0;
    while (blocks.next(piece)) {
      BOOST_TEST(piece.position() >= last);
      last = piece.position();
    }
    BOOST_TEST(last == blocks.file_size().value());
    BOOST_TEST(last == std::filesystem::file_size(each->path()));
  }
}

// The files that the whole-table reader is tested with, good and bad, under several choices of columns.
BOOST_AUTO_TEST_CASE(every_odd_and_malformed_file_is_read_or_refused_alike) {
  std::size_t files = 0;
  for (const std::string folder : {OGIVE_TEST_FILES "/odd", OGIVE_TEST_FILES "/malformed"}) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const auto path = entry.path().string();
      if (!entry.is_regular_file()) continue;
      ++files;
      std::size_t columns = 0;
      std::string error;
      try {
        columns = io::read_table(path).columns();
      } catch (const std::exception& e) {
        error = e.what();
      }
      if (!error.empty()) {  // what is no table at all
        std::string got;
        try {
          io::LongBlocks blocks(io::ByteSource(path), {.read = {}, .piece = 64});
          io::TextPiece piece;
          while (blocks.next(piece)) continue;
        } catch (const std::exception& e) {
          got = e.what();
        }
        BOOST_TEST(got == error);
        continue;
      }
      std::vector<Columns> choices;
      if (columns >= 2) choices = {{{}, 0, 1}, {{}, 1, 0}};
      if (columns >= 3) choices.insert(choices.end(), {{{0}, 1, 2}, {{2}, 0, 1}, {{1}, 0, 2}});
      for (const auto& choice : choices)
        for (const std::size_t size : {std::size_t{1}, std::size_t{64}}) {
          const auto got = in_blocks(path, choice, size);
          if (comes_back(got)) continue;
          check_same(got, whole(path, choice), path + " " + std::to_string(choice.x));
        }
    }
  }
  BOOST_TEST(files > 100u);
}

// Texts made at random from pieces that mean something, many of them bad.
BOOST_AUTO_TEST_CASE(texts_made_at_random_are_read_or_refused_alike) {
  ogive::Random random(20261122);
  static const std::string atoms[] = {"1", "2.5", ",",  ",",    "\n",    "\n", "\"", "a",    "b", "\r\n",
                                      " ", "#",   "NA", "\n\n", "\"a\"", ";",  "-",  "\"\"", "e5"};
  std::size_t good = 0;
  for (int round = 0; round < 400; ++round) {
    std::size_t curve = 0;
    const bool wild = round % 2 == 0;
    auto text = many_rows(
        "k,x,y\n",
        [&](std::size_t i) {
          if (random.below(4) == 0) ++curve;
          std::string row = "c" + std::to_string(curve) + ',' + number(i) + ',' + number(2 * i) + '\n';
          if (i > 105 && random.below(wild ? 40 : 15) == 0) {
            if (wild)
              row.insert(random.below(row.size()), atoms[random.below(std::size(atoms))]);
            else
              row = "\"c" + std::to_string(curve) + "\" ,NA,\" \"\n#,\n" + (i % 2 == 0 ? "\n" : "");
          }
          return row;
        },
        160);
    const TemporaryFile file(text);
    const auto expected = whole(file.path(), key_first);
    if (expected.error.empty()) ++good;
    for (const std::size_t size : {std::size_t{1}, std::size_t{200}}) {
      const auto got = in_blocks(file.path(), key_first, size);
      if (comes_back(got)) continue;
      // With two errors, the whole table tells that of the grammar first, and blocks the one that comes first.
      if (!got.error.empty() && !expected.error.empty()) continue;
      check_same(got, expected, text);
    }
  }
  BOOST_TEST(good > 150u);
}
