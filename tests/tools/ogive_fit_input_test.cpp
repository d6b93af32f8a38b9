// SPDX-License-Identifier: MIT
// ogive-fit and its input: a bad one is named with its place and a remedy (exit code 2 or 3), a good one is read in every form.
#define BOOST_TEST_MODULE tools_ogive_fit_input
#include <zlib.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tools/ogive_fit.h"

namespace data = boost::unit_test::data;
using ogive::test::Folder;
using ogive::test::ogive_fit;
using ogive::test::rising;
using ogive::test::three_curves;

namespace {

struct BadInput {
  std::string table;
  std::vector<std::string> options;
  std::string message;  // without "ogive-fit: " at the front
};

std::ostream& operator<<(std::ostream& out, const BadInput& bad) { return out << bad.message; }

const std::vector<BadInput> bad_inputs = {
    {"", {}, "t.csv: error: the file is empty"},
    {"dose,response\n", {}, "t.csv:1: error: there are no rows below the header"},
    {"dose,response\n1,2\n3\n", {}, "t.csv:3: error: this row has 1 cell, the row before it (line 2) has 2"},
    {"dose,response\n1,2\n3,abc\n", {}, "t.csv:3:3: error: 'abc' is not a number (column 'response')"},
    {std::string("\x7f"
                 "ELF\0\1\2\n",
                 8),
     {},
     "t.csv:1:5: error: a NUL byte: this is a binary file, not a table in text"},
    {"dose,response\n1,2\n",
     {"--x", "dos"},
     "t.csv:1: error: there is no column 'dos' (did you mean 'dose'?): the columns are "
     "'dose', 'response'"},
    {"dose,response\n1,2\n", {"--by", "plate"}, "t.csv:1: error: there is no column 'plate': the columns are 'dose', 'response'"},
    {"dose\n1\n2\n", {}, "t.csv: error: no column is left for y; the table has 1 column"},
    {"dose,response\n1,2\n", {"--by", "dose"}, "t.csv: error: no column is left for y; the table has 2 columns"},
    {"plate,dose,response\nA,1,2\nB,2,3\n",
     {},
     "t.csv:2:1: error: 'A' is not a number (column 'plate'); choose a column with --x (plate, dose, response)"},
    {"dose,plate,response\n1,A,2\n2,B,3\n",
     {},
     "t.csv:2:3: error: 'A' is not a number (column 'plate'); choose a column with --y (dose, plate, response)"},
    {"dose,response,w\n1,2,1\n3,4,-1\n",
     {"--weights", "w"},
     "t.csv:3:5: error: '-1' is negative, and a weight is 0 or above (column 'w')"},
    {"dose,response,s\n1,2,1\n3,4,0\n",
     {"--sd", "s"},
     "t.csv:3:5: error: '0' is no standard deviation, which is above 0 (column 's')"},
    {"dose,response,s\n1,2,1\n3,4,1e-200\n",
     {"--sd", "s"},
     "t.csv:3:5: error: '1e-200' has a weight 1 / sd^2 beyond float64 (column 's')"},
    {"dose,response,w\n1,2,heavy\n", {"--weights", "w"}, "t.csv:2:5: error: 'heavy' is not a number (column 'w')"},
    {"dose,w\n1,2\n", {"--weights", "w"}, "t.csv: error: no column is left for y; the table has 2 columns"},
    {"dose,response\n0,1\n-2,2\n",
     {"--log-x"},
     "t.csv:3:1: error: '-2' is negative and has no logarithm, which --log-x takes (column 'dose')"},
    {"dose,response\n0,1\n-2,2\n",
     {"--model", "loglogistic"},
     "t.csv:3:1: error: '-2' is negative and has no logarithm, which the model loglogistic takes (column 'dose')"},
};

std::string gzipped(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string packed(text.size() + 100, '\0');
  std::string source = text;
  stream.next_in = reinterpret_cast<Bytef*>(source.data());
  stream.avail_in = static_cast<uInt>(source.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace

BOOST_DATA_TEST_CASE(a_bad_table_is_named_with_its_place, data::make(bad_inputs), bad) {
  const Folder folder;
  folder.write("t.csv", bad.table);
  auto arguments = bad.options;
  arguments.insert(arguments.end(), {"--output", "result.csv", "t.csv"});
  const auto outcome = folder.run(ogive_fit(arguments));
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err == "ogive-fit: " + bad.message + '\n');
  BOOST_TEST(outcome.out == "");
  BOOST_TEST(!folder.has("result.csv"));
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_exit_code_3) {
  const Folder folder;
  const auto missing = folder.run(ogive_fit({"missing.csv"}));
  BOOST_TEST(missing.code == 3);
  BOOST_TEST(missing.err == "ogive-fit: missing.csv: error: No such file or directory\n");
  const auto directory = folder.run(ogive_fit({"."}));
  BOOST_TEST(directory.code == 3);
  BOOST_TEST(directory.err == "ogive-fit: .: error: Is a directory\n");
}

BOOST_AUTO_TEST_CASE(the_result_is_the_same_from_a_file_from_stdin_and_from_gzip) {
  const Folder folder;
  folder.write("t.csv", rising);
  folder.write("t.csv.gz", gzipped(rising));
  const auto from_file = folder.run(ogive_fit({"t.csv"}));
  BOOST_TEST(from_file.code == 0);
  BOOST_TEST(from_file.out.size() > 200);
  BOOST_TEST(folder.run(ogive_fit({"t.csv.gz"})).out == from_file.out);
  BOOST_TEST(folder.run(ogive_fit({"-"}), {.input = rising}).out == from_file.out);
  BOOST_TEST(folder.run(ogive_fit({}), {.input = rising}).out == from_file.out);
  BOOST_TEST(folder.run(ogive_fit({}), {.input = gzipped(rising)}).out == from_file.out);
}

BOOST_AUTO_TEST_CASE(an_error_in_stdin_is_placed_too) {
  const Folder folder;
  const auto outcome = folder.run(ogive_fit({"-"}), {.input = "x,y\n1,2\n2,two\n"});
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err == "ogive-fit: <stdin>:3:3: error: 'two' is not a number (column 'y')\n");
}

BOOST_AUTO_TEST_CASE(missing_values_are_counted_and_the_note_can_be_silenced) {
  const Folder folder;
  std::string table = three_curves;
  table += "1,A,NA,3\n1,A,3.5,\n2,B,nan,1\n";
  folder.write("t.csv", table);
  const std::vector<std::string> arguments = {"t.csv", "--by", "drug", "--x", "x", "--y", "y"};
  const auto outcome = folder.run(ogive_fit(arguments));
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.err.starts_with("ogive-fit: note: 3 points with missing values left out in 2 curves\n"));
  auto quiet = arguments;
  quiet.push_back("--quiet");
  const auto silent = folder.run(ogive_fit(quiet));
  BOOST_TEST(silent.err == "");
  BOOST_TEST(silent.out == outcome.out);
}

BOOST_AUTO_TEST_CASE(columns_that_are_not_named_are_the_first_two_that_are_left) {
  const Folder folder;
  folder.write("t.csv", three_curves);
  const auto named = folder.run(ogive_fit({"t.csv", "--by", "plate,drug", "--x", "x", "--y", "y"}));
  BOOST_TEST(named.code == 0);
  BOOST_TEST(folder.run(ogive_fit({"t.csv", "--by", "plate,drug"})).out == named.out);
  BOOST_TEST(folder.run(ogive_fit({"t.csv", "--by", "1,2", "--x", "3", "--y", "4"})).out == named.out);
}
