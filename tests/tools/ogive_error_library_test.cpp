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

void check_that_it_crashes(const std::string& function, const std::string& input) {
  const Folder folder;
  const auto outcome = measure(folder, function);
  BOOST_TEST(outcome.code == 1);
  BOOST_TEST(outcome.out == "");
  BOOST_TEST(outcome.err ==
             at_fault + function + ", called with one input (" + input + "), crashed with signal 11 (Segmentation fault)\n");
}

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

BOOST_AUTO_TEST_CASE(a_crash_is_reported_with_its_input_and_signal) { check_that_it_crashes("crashing_sigmoid", "inf"); }

BOOST_AUTO_TEST_CASE(a_function_that_goes_beyond_the_end_of_its_arrays_is_found) {
  check_that_it_crashes("overrunning_sigmoid", "0");
}

BOOST_AUTO_TEST_CASE(a_function_that_goes_before_the_beginning_of_its_arrays_is_found) {
  check_that_it_crashes("underrunning_sigmoid", "0");
}

BOOST_AUTO_TEST_CASE(a_function_that_writes_to_its_inputs_is_found) { check_that_it_crashes("input_changing_sigmoid", "0"); }

BOOST_AUTO_TEST_CASE(a_function_that_does_not_return_is_reported_with_its_input) {
  const Folder folder;
  const auto outcome = measure(folder, "looping_sigmoid", {"--output", "result.json"});
  BOOST_TEST(outcome.code == 1);
  BOOST_TEST(outcome.err == at_fault + "looping_sigmoid, called with one input (inf), did not return within 10 s\n");
  BOOST_TEST(folder.files().empty());
}

BOOST_AUTO_TEST_CASE(a_crash_in_the_middle_of_a_measurement_leaves_no_file) {
  const Folder folder;
  const auto outcome = measure(folder, "late_crashing_sigmoid", {"--output", "result.json"});
  BOOST_TEST(outcome.code == 1);
  BOOST_TEST(outcome.err.starts_with(at_fault + "late_crashing_sigmoid, called with "), outcome.err);
  BOOST_TEST(outcome.err.ends_with("), crashed with signal 8 (Floating point exception)\n"), outcome.err);
  BOOST_TEST(folder.files().empty());
}

BOOST_AUTO_TEST_CASE(a_result_that_depends_on_its_place_in_the_buffer_is_counted) {
  const Folder folder;
  const auto found = ordered_json::parse(measure(folder, "position_dependent_sigmoid").out);
  BOOST_TEST(found["position_dependent"]["count"].get<int>() > 0);
  BOOST_TEST(ordered_json::parse(measure(folder, "good_sigmoid").out)["position_dependent"]["count"] == 0);
}

BOOST_AUTO_TEST_CASE(it_is_timed_and_drawn_like_any_other) {
  const Folder folder;
  const auto own = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--library", OGIVE_USER_FUNCTIONS, "--symbol", "good_sigmoid", "--type", "float32"});
    return ogive_error(arguments);
  };
  const auto times = folder.run(own({"bench", "logistic_u1", "--rounds", "1", "--format", "json"}));
  BOOST_TEST(times.code == 0, times.err);
  const auto rows = ogive::test::lines(times.out);
  BOOST_REQUIRE(rows.size() == 3u);
  BOOST_TEST(ordered_json::parse(rows[1])["variant"] == "good_sigmoid");
  const auto front = folder.run(own({"pareto", "textbook", "--domain", "1:1.1", "--rounds", "1", "--format", "json"}));
  BOOST_TEST(ogive::test::lines(front.out).size() == 2u, front.err);
  const auto picture = folder.run(own({"plot", "--plot", "-"}));
  BOOST_TEST(picture.out.find("good_sigmoid, float32") != std::string::npos, picture.err);
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
