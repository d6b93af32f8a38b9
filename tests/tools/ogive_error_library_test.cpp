// SPDX-License-Identifier: MIT
// ogive-error on a function of the user's own: it is measured like any other, and whatever it does, the tool lives to tell.
#define BOOST_TEST_MODULE tools_ogive_error_library
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "tools/ogive_error.h"

using nlohmann::ordered_json;
using ogive::test::Folder;
using ogive::test::ogive_error;
using ogive::test::Outcome;

namespace {

// Of a small range of inputs, so that the tests are quick.
Outcome measure(const Folder& folder, const std::string& symbol, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"--library", OGIVE_USER_FUNCTIONS, "--symbol", symbol, "--type",
                                        "float32",   "--format",           "json"};
  if (std::find(more.begin(), more.end(), "--domain") == more.end()) arguments.insert(arguments.end(), {"--domain", "1:1.5"});
  arguments.insert(arguments.end(), more.begin(), more.end());
  return folder.run(ogive_error(arguments));
}

const std::string at_fault = "ogive-error: " OGIVE_USER_FUNCTIONS ": error: ";

}  // namespace

BOOST_AUTO_TEST_CASE(a_good_function_is_measured_without_a_command) {
  const Folder folder;
  const auto outcome = measure(folder, "good_sigmoid", {"--check", "--claim", "0.5001"});
  BOOST_TEST(outcome.code == 0, outcome.err);
  BOOST_TEST(outcome.err == "");
  const auto found = ordered_json::parse(outcome.out);
  BOOST_TEST(found["variant"] == "good_sigmoid");
  BOOST_TEST(found["verdict"] == "kept");
  BOOST_TEST(found["inputs"] == 4194305);  // the float32 numbers from 1 to 1.5
  const double ulp = found["ulp"]["value"];
  BOOST_TEST(ulp > 0.49);
  BOOST_TEST(ulp < 0.5001);
}

BOOST_AUTO_TEST_CASE(check_exits_with_1_where_the_claim_is_broken) {
  const Folder folder;
  const auto outcome = measure(folder, "coarse_sigmoid", {"--check", "--claim", "2"});
  BOOST_TEST(outcome.code == 1);
  BOOST_TEST(ordered_json::parse(outcome.out)["verdict"] == "broken");
  BOOST_TEST(outcome.err.starts_with("ogive-error: note: claim broken: coarse_sigmoid, float32: "), outcome.err);
  BOOST_TEST(outcome.err.find(", where at most 2 are claimed") != std::string::npos, outcome.err);
}

BOOST_AUTO_TEST_CASE(without_check_a_bad_function_is_no_failure) {
  const Folder folder;
  BOOST_TEST(measure(folder, "coarse_sigmoid").code == 0);
}

BOOST_AUTO_TEST_CASE(a_nan_breaks_every_claim) {
  const Folder folder;
  const auto outcome = measure(folder, "nan_sigmoid", {"--domain", "88:90", "--check", "--claim", "1e9"});
  BOOST_TEST(outcome.code == 1);
  const auto found = ordered_json::parse(outcome.out);
  BOOST_TEST(found["nan"]["count"].get<int>() > 0);
  const double first = found["nan"]["first"];
  BOOST_TEST(first == 88.72283935546875);  // the least float32 whose exp overflows
  BOOST_TEST(outcome.err.find("NaN, the first at x = 88.72284") != std::string::npos, outcome.err);
}

BOOST_AUTO_TEST_CASE(a_crash_is_reported_with_its_input_and_signal) {
  const Folder folder;
  const auto outcome = measure(folder, "crashing_sigmoid");
  BOOST_TEST(outcome.code == 1);
  BOOST_TEST(outcome.out == "");
  BOOST_TEST(outcome.err ==
             at_fault + "crashing_sigmoid, called with one input (inf), crashed with signal 11 (Segmentation fault)\n");
}

BOOST_AUTO_TEST_CASE(a_function_that_goes_beyond_the_end_of_its_arrays_is_found) {
  const Folder folder;
  const auto outcome = measure(folder, "overrunning_sigmoid");
  BOOST_TEST(outcome.code == 1);
  BOOST_TEST(outcome.err ==
             at_fault + "overrunning_sigmoid, called with one input (0), crashed with signal 11 (Segmentation fault)\n");
}

BOOST_AUTO_TEST_CASE(a_function_that_throws_is_reported) {
  const Folder folder;
  const auto outcome = measure(folder, "throwing_sigmoid");
  BOOST_TEST(outcome.code == 1);
  BOOST_TEST(outcome.err.find("crashed with signal 6 (Aborted)\n") != std::string::npos, outcome.err);
}

BOOST_AUTO_TEST_CASE(a_function_that_ends_the_process_is_reported) {
  const Folder folder;
  const auto outcome = measure(folder, "leaving_sigmoid");
  BOOST_TEST(outcome.code == 1);
  BOOST_TEST(outcome.err == at_fault + "leaving_sigmoid ended the process with exit code 0\n");
}

BOOST_AUTO_TEST_CASE(a_missing_library_is_exit_code_3) {
  const Folder folder;
  const auto outcome = folder.run(ogive_error({"--library", "./mine.so", "--symbol", "f", "--type", "float32"}));
  BOOST_TEST(outcome.code == 3);
  BOOST_TEST(outcome.err ==
             "ogive-error: ./mine.so: error: cannot be loaded: cannot open shared object file: No such file or directory\n");
}

BOOST_AUTO_TEST_CASE(a_missing_symbol_is_exit_code_2) {
  const Folder folder;
  const auto outcome = measure(folder, "my_sigmoid");
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err == at_fault + "there is no function 'my_sigmoid' in it (in C++, declare it extern \"C\")\n");
}

BOOST_AUTO_TEST_CASE(single_values_of_it_can_be_computed) {
  const Folder folder;
  const auto outcome = folder.run(ogive_error(
      {"eval", "--library", OGIVE_USER_FUNCTIONS, "--symbol", "good_sigmoid", "--type", "float32", "--format", "json", "0", "-1"}));
  BOOST_TEST(outcome.code == 0, outcome.err);
  const auto rows = ogive::test::lines(outcome.out);
  BOOST_REQUIRE(rows.size() == 2u);
  BOOST_TEST(ordered_json::parse(rows[0])["result"] == 0.5);
}
