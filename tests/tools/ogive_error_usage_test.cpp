// SPDX-License-Identifier: MIT
// ogive-error on the command line: wrong usage is exit code 2 and one line that says what to do; nothing goes to stdout.
#define BOOST_TEST_MODULE tools_ogive_error_usage
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tools/mistake.h"
#include "tools/ogive_error.h"

namespace data = boost::unit_test::data;
using ogive::test::Folder;
using ogive::test::Mistake;
using ogive::test::ogive_error;

namespace {

const std::vector<Mistake> mistakes = {
    {{}, "no command was given; the commands are list, eval, measure, compare, bench, pareto, plot"},
    {{"--quiet"}, "no command was given; the commands are list, eval, measure, compare, bench, pareto, plot"},
    {{"mesure"}, "there is no command 'mesure'; did you mean measure?"},
    {{"zebra"}, "there is no command 'zebra'; the commands are list, eval, measure, compare, bench, pareto, plot"},
    {{"measure", "textbook", "--type", "float"}, "--type: 'float' is not one of float16, bfloat16, float32, float64"},
    {{"measure", "textbook", "--type", "float16,float16"}, "--type: float16 is named twice"},
    {{"compare", "textbook", "--types", "half"}, "--types: 'half' is not one of float16, bfloat16, float32, float64"},
    {{"measure", "textbook", "--domain", "3"}, "--domain: '3' is not a range LO:HI, such as -10:10 or 0:inf"},
    {{"measure", "textbook", "--domain", "a:b"}, "--domain: 'a:b' is not a range LO:HI, such as -10:10 or 0:inf"},
    {{"measure", "textbook", "--domain", "nan:1"}, "--domain: 'nan:1' is not a range LO:HI, such as -10:10 or 0:inf"},
    {{"measure", "textbook", "--domain", "2:1"}, "--domain: '2:1' is empty: its first end is above the second"},
    {{"measure", "textbook", "--samples", "0"}, "--samples: 0 is not between 1 and 1e+12"},
    {{"measure", "textbook", "--samples", "1.5"}, "--samples: 1.5 is not a whole number"},
    {{"measure", "textbook", "textbook"}, "the variant 'textbook' is named twice"},
    {{"measure", "all", "textbook"}, "'all' stands alone"},
    {{"measure", "--zebra"}, "unknown option '--zebra'"},
    {{"list", "--type", "float32"}, "unknown option '--type'"},
    {{"measure", "textbook", "--format", "xml"}, "--format: 'xml' is not one of table, csv, json, markdown"},
    {{"eval"}, "eval needs a variant and inputs"},
    {{"eval", "textbook"}, "eval needs inputs after the variant, or - to read them"},
    {{"eval", "textbook", "one"}, "X: 'one' is not a number"},
    {{"eval", "all", "1"}, "eval takes one variant, not all"},
    {{"eval", "textbook", "1", "--type", "float16,float32"}, "eval takes one --type"},
    {{"plot", "textbook"}, "plot needs --plot FILE.svg, .png or .pdf, or --plot - for the terminal"},
    {{"plot", "--plot", "a.svg"}, "plot draws one variant; name it"},
    {{"plot", "textbook", "--plot", "a.svg", "--output", "b"}, "unknown option '--output'"},
    {{"eval", "textbook", "1", "--threads", "2"}, "unknown option '--threads'"},
    {{"bench", "textbook", "--rounds", "0"}, "--rounds: '0' is not a whole number from 1 to 1000"},
    {{"pareto", "--plot", "-", "--format", "json"},
     "--plot - draws on standard output, where the json goes; give --output FILE or a file for the plot"},
    {{"--library", "mine.so"}, "--library needs --symbol NAME: the function in it"},
    {{"--library", "mine.so", "--symbol", "f"}, "--library needs --type with the one type that the function takes"},
    {{"measure", "--symbol", "f"}, "--symbol needs --library FILE: where the function is"},
    {{"measure", "textbook", "--claim", "1"}, "--claim is for the function of a --library"},
    {{"--library", "mine.so", "--symbol", "f", "--type", "float32", "--check"},
     "--check needs --claim ULP: the largest error that the function may have"},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_mistake_is_answered_in_one_line, data::make(mistakes), mistake) {
  const Folder folder;
  const auto outcome = folder.run(ogive_error(mistake.arguments));
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err == "ogive-error: error: " + mistake.message + " (see --help)\n");
  BOOST_TEST(outcome.out == "");
  BOOST_TEST(folder.files().empty());
}

BOOST_AUTO_TEST_CASE(an_unknown_variant_is_answered_with_a_suggestion) {
  const Folder folder;
  const auto outcome = folder.run(ogive_error({"measure", "textbok"}));
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err == "ogive-error: error: there is no variant 'textbok'; did you mean 'textbook'?\n");
}

BOOST_AUTO_TEST_CASE(a_variant_that_lacks_the_type_names_those_that_it_has) {
  const Folder folder;
  const auto outcome = folder.run(ogive_error({"measure", "logistic_cr", "--type", "float64"}));
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err == "ogive-error: error: the variant 'logistic_cr' does not exist for float64; it does for float32\n");
}

BOOST_AUTO_TEST_CASE(every_command_has_a_help_text_that_names_its_arguments) {
  const Folder folder;
  for (const std::string command : {"list", "eval", "measure", "compare", "bench", "pareto", "plot"}) {
    const auto outcome = folder.run(ogive_error({command, "--help"}));
    BOOST_TEST(outcome.code == 0, command);
    BOOST_TEST(outcome.err == "");
    BOOST_TEST(outcome.out.starts_with("Usage: ogive-error " + command + " [options] [VARIANT"), outcome.out);
    BOOST_TEST(folder.run(ogive_error({"--help"})).out.find("\n  " + command + ' ') != std::string::npos, command);
  }
}

BOOST_AUTO_TEST_CASE(version_names_the_program) {
  const Folder folder;
  const auto outcome = folder.run(ogive_error({"--version"}));
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.out.starts_with("ogive-error " OGIVE_VERSION "\ncompiler: "));
  BOOST_TEST(outcome.out.find("\narray kernels: ") != std::string::npos, outcome.out);  // the instruction set that they run on
}

BOOST_AUTO_TEST_CASE(a_result_that_cannot_be_written_is_exit_code_3) {
  const Folder folder;
  const auto outcome = folder.run(ogive_error({"list", "--output", "missing/list.csv"}));
  BOOST_TEST(outcome.code == 3);
  BOOST_TEST(outcome.err.starts_with("ogive-error: missing/list.csv: error: "), outcome.err);
}
