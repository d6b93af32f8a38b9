// SPDX-License-Identifier: MIT
// ogive-fit on the command line: wrong usage is exit code 2 and one line that says what to do; nothing goes to stdout.
#define BOOST_TEST_MODULE tools_ogive_fit_usage
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "ogive/base/errors.h"
#include "tools/mistake.h"
#include "tools/ogive_fit.h"

namespace data = boost::unit_test::data;
using ogive::test::Folder;
using ogive::test::Mistake;
using ogive::test::ogive_fit;
using ogive::test::rising;

namespace {

const std::vector<Mistake> mistakes = {
    {{"t.csv", "--confidence", "0"}, "--confidence: 0 is not strictly between 0 and 1"},
    {{"t.csv", "--confidence", "1"}, "--confidence: 1 is not strictly between 0 and 1"},
    {{"t.csv", "--confidence", "95"}, "--confidence: 95 is not strictly between 0 and 1"},
    {{"t.csv", "--confidence", "-0.5"}, "--confidence: -0.5 is not strictly between 0 and 1"},
    {{"t.csv", "--confidence", "nan"}, "--confidence: 'nan' is not a finite number"},
    {{"t.csv", "--confidence", "inf"}, "--confidence: 'inf' is not a finite number"},
    {{"t.csv", "--confidence", "1e400"}, "--confidence: '1e400' is not a finite number"},
    {{"t.csv", "--confidence", "abc"}, "--confidence: 'abc' is not a finite number"},
    {{"t.csv", "--confidence", "0.9x"}, "--confidence: '0.9x' is not a finite number"},
    {{"t.csv", "--confidence"}, "--confidence needs a value"},
    {{"t.csv", "--confidence="}, "--confidence needs a value"},
    {{"t.csv", "--confidence", "--quiet"}, "--confidence needs a value; '--quiet' is an option"},
    {{"t.csv", "--interval", "bootstrap"}, "--interval: 'bootstrap' is not one of profile, wald, none"},
    {{"t.csv", "--interval", "none", "--confidence", "0.9"}, "--confidence has no meaning with --interval none"},
    {{"t.csv", "--format", "xml"}, "--format: 'xml' is not one of table, csv, json, npy"},
    {{"t.csv", "--threads", "0"}, "--threads: '0' is not a whole number from 1 to 1024"},
    {{"t.csv", "--threads", "2.5"}, "--threads: '2.5' is not a whole number from 1 to 1024"},
    {{"t.csv", "--threads", "many"}, "--threads: 'many' is not a whole number from 1 to 1024"},
    {{"t.csv", "--at", "1,nan"}, "--at: 'nan' is not a finite number"},
    {{"t.csv", "--at", "1,,2"}, "--at: there is an empty entry in '1,,2'"},
    {{"t.csv", "--at", "1,"}, "--at: there is an empty entry in '1,'"},
    {{"t.csv", "--by", "x,"}, "--by: there is an empty entry in 'x,'"},
    {{"t.csv", "--x", ""}, "--x: the value is empty"},
    {{"t.csv", "--output", ""}, "--output: the value is empty"},
    {{"t.csv", "--quiet=3"}, "--quiet takes no value"},
    {{"t.csv", "--x", "1", "--x", "2"}, "--x was given twice"},
    {{"t.csv", "--quiet", "--quiet"}, "--quiet was given twice"},
    {{"t.csv", "u.csv"}, "unexpected argument 'u.csv': only one FILE is read"},
    {{""}, "the name of FILE is empty"},
    {{"t.csv", "--modle", "gompertz"}, "unknown option '--modle'; did you mean --model?"},
    {{"t.csv", "--zebra"}, "unknown option '--zebra'"},
    {{"t.csv", "-z"}, "unknown option '-z'"},
    {{"t.csv", "--wide", "--by", "x"}, "--wide makes a curve of each column; it cannot be combined with --by"},
    {{"t.csv", "--wide", "--y", "y"}, "--wide fits every column but x; it cannot be combined with --y"},
    {{"t.csv", "--x", "x", "--y", "1"}, "column 'x' is used twice"},
    {{"t.csv", "--weights", "y", "--y", "y"}, "column 'y' is used twice"},
    {{"t.csv", "--weights", "y", "--sd", "x"}, "--weights and --sd both say how much a point weighs; give one of them"},
    {{"t.csv", "--wide", "--sd", "y"}, "--wide makes a curve of each column; it cannot be combined with --sd"},
    {{"t.csv", "--engine", "lanes", "--weights", "y"}, "--engine lanes takes no weights; --weights needs --engine single"},
    {{"t.csv", "--format", "npy", "--sd", "y", "-o", "f"}, "--format npy takes no weights; --sd needs --engine single"},
    {{"t.csv", "--by", "y,y"}, "column 'y' is used twice"},
    {{"t.csv", "--log-x", "--at", "-1"}, "--at: -1 is negative and has no logarithm"},
    {{"t.csv", "--log-x", "--model", "loglogistic"},
     "--log-x is not for the model loglogistic, which takes the logarithm of x itself"},
    {{"t.csv", "--plot", "-", "--format", "json"},
     "--plot - draws on standard output, where the json goes; give --output FILE or a file for the plot"},
    {{"t.csv", "--output", "t.csv"}, "--output would overwrite the input"},
    {{"t.csv", "--output", "./t.csv"}, "--output would overwrite the input"},
    {{"t.csv", "--output", "a.svg", "--plot", "a.svg"}, "--output and --plot name the same file"},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_mistake_is_answered_in_one_line, data::make(mistakes), mistake) {
  const Folder folder;
  folder.write("t.csv", rising);
  const auto outcome = folder.run(ogive_fit(mistake.arguments));
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err == "ogive-fit: error: " + mistake.message + " (see --help)\n");
  BOOST_TEST(outcome.out == "");
  BOOST_TEST(folder.files() == std::vector<std::string>{"t.csv"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_unknown_model_is_answered_with_the_list) {
  const Folder folder;
  const auto outcome = folder.run(ogive_fit({"t.csv", "--model", "sigmoid"}));
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err ==
             "ogive-fit: error: there is no model 'sigmoid'; the models are logistic, logistic3, logistic2, loglogistic, gompertz, "
             "richards, richards4\n");
}

BOOST_AUTO_TEST_CASE(a_picture_of_another_kind_is_refused_before_anything_is_read) {
  const Folder folder;
  const auto outcome = folder.run(ogive_fit({"missing.csv", "--plot", "a.jpg"}));
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err ==
             "ogive-fit: a.jpg: error: a picture is a file that ends in .svg, .png or .pdf, or '-' for the terminal\n");
}

BOOST_AUTO_TEST_CASE(help_goes_to_stdout_and_shows_three_examples_that_work) {
  const Folder folder;
  const auto outcome = folder.run(ogive_fit({"--help"}));
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.err == "");
  const std::string start = "\n  ogive-fit datasets/";
  std::size_t examples = 0;
  for (auto at = outcome.out.find(start); at != outcome.out.npos; at = outcome.out.find(start, at + 1)) {
    const auto line = outcome.out.substr(at + 3, outcome.out.find('\n', at + 1) - at - 3);
    const auto arguments = line.substr(line.find(' '));
    const auto run = folder.run({"/bin/sh", "-c", "ln -sfn " OGIVE_DATASETS " datasets; " OGIVE_FIT + arguments});
    BOOST_TEST(run.code == (arguments.find("--plot") != arguments.npos && run.code == 3 ? 3 : 0), line << '\n' << run.err);
    BOOST_TEST(run.out.size() > 100, line);
    ++examples;
  }
  BOOST_TEST(examples == 3);
}

BOOST_AUTO_TEST_CASE(help_wins_over_every_other_mistake) {
  const Folder folder;
  BOOST_TEST(folder.run(ogive_fit({"--confidence", "7", "-h"})).code == 0);
}

BOOST_AUTO_TEST_CASE(version_names_the_compiler_and_the_libraries) {
  const Folder folder;
  const auto outcome = folder.run(ogive_fit({"--version"}));
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.out.starts_with("ogive-fit " OGIVE_VERSION "\ncompiler: "));
  for (const std::string name : {"\nlibraries: ", "Ceres ", "Eigen ", "Boost ", "CLI11 ", "zlib ", "\nSIMD: "})
    BOOST_TEST(outcome.out.find(name) != outcome.out.npos, name);
  BOOST_TEST(outcome.out.find('@') == outcome.out.npos);  // all placeholders were filled in
}

BOOST_AUTO_TEST_CASE(list_models_shows_every_model_with_its_formula) {
  const Folder folder;
  const auto outcome = folder.run(ogive_fit({"--list-models"}));
  BOOST_TEST(outcome.code == 0);
  for (const std::string name : {"logistic ", "logistic3 ", "logistic2 ", "loglogistic ", "richards ", "richards4 ", "gompertz "})
    BOOST_TEST(("\n" + outcome.out).find("\n" + name) != std::string::npos, name);
  BOOST_TEST(outcome.out.find("y = b + L / (1 + exp(-k (x - x0)))") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(after_two_dashes_a_name_may_begin_with_a_dash) {
  const Folder folder;
  folder.write("-x.csv", rising);
  BOOST_TEST(folder.run(ogive_fit({"--", "-x.csv"})).code == 0);
}
