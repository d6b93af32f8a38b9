// SPDX-License-Identifier: MIT
// ogive-error and what is around it: pipes, disks that are full, terminals, signals, gnuplot. Nothing is left half-written.
#define BOOST_TEST_MODULE tools_ogive_error_surroundings
#include <boost/test/unit_test.hpp>

#include "tools/ogive_error.h"

using ogive::test::Folder;
using ogive::test::lines;
using ogive::test::ogive_error;

namespace {

constexpr const char* escape = "\x1b[";

bool contains(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

BOOST_AUTO_TEST_CASE(a_full_disk_is_exit_code_3) {
  const Folder folder;
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"list"},
                                                    {"--help"},
                                                    {"measure", "logistic", "--type", "float16"},
                                                    {"eval", "textbook", "1"},
                                                    {"plot", "logistic", "--type", "float16", "--plot", "-"}}) {
    const auto on_stdout = folder.run(ogive_error(arguments), {.output = "/dev/full"});
    BOOST_TEST(on_stdout.code == 3, arguments[0]);
    BOOST_TEST(on_stdout.err == "ogive-error: <stdout>: error: No space left on device\n");
  }
  const auto in_output = folder.run(ogive_error({"list", "--output", "/dev/full"}));
  BOOST_TEST(in_output.code == 3);
  BOOST_TEST(in_output.err == "ogive-error: /dev/full: error: No space left on device\n");
}

BOOST_AUTO_TEST_CASE(a_closed_pipe_ends_the_run_quietly_and_at_once) {
  const Folder folder;
  const auto head = folder.run(ogive_error({"list"}), {.close_stdout_after_a_line = true});
  BOOST_TEST(head.code == 0);
  BOOST_TEST(head.err == "");
  // Rows go out as they come, and nothing is measured for a reader who has gone.
  const std::vector<std::string> arguments = {"measure", "all", "--type", "float64", "--samples", "1"};
  const auto whole = folder.run(ogive_error(arguments));
  const auto closed = folder.run(ogive_error(arguments), {.close_stdout_after_a_line = true});
  BOOST_TEST(closed.code == 0);
  BOOST_TEST(closed.err == "");
  BOOST_TEST(closed.out.starts_with("variant,type,"));
  BOOST_TEST(closed.seconds < 0.5 * whole.seconds);
}

BOOST_AUTO_TEST_CASE(an_interrupt_leaves_the_old_result_as_it_was) {
  const Folder folder;
  folder.write("result.csv", "old");
  for (const std::string command : {"measure", "compare", "bench", "pareto"}) {
    const auto outcome = folder.run(ogive_error({command, "textbook", "two_branch", "reflected", "--output", "result.csv"}),
                                    {.interrupt_after = 0.5});
    BOOST_TEST(outcome.code == 130, command);  // 128 + SIGINT
    BOOST_TEST(outcome.err == "");
    BOOST_TEST(folder.read("result.csv") == "old");
    BOOST_TEST(folder.files() == (std::vector<std::string>{"result.csv"}), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(an_interrupt_ends_a_library_too) {
  const Folder folder;
  const std::vector<std::string> arguments = {
      "--library", OGIVE_USER_FUNCTIONS, "--symbol",  "late_looping_sigmoid", "--type", "float32", "--domain",
      "1:1.3",     "--output",           "result.csv"};
  const auto outcome = folder.run(ogive_error(arguments), {.interrupt_after = 1});
  BOOST_TEST(outcome.code == 130);
  BOOST_TEST(outcome.err == "");
  BOOST_TEST(folder.files().empty());
}

BOOST_AUTO_TEST_CASE(colour_is_for_terminals_and_no_color_is_honoured) {
  const Folder folder;
  const std::vector<std::string> arguments = {"list", "textbook", "two_branch"};
  BOOST_TEST(contains(folder.run_on_terminal(ogive_error(arguments)).out, escape));
  const auto plain = folder.run_on_terminal(ogive_error(arguments), {.environment = {{"NO_COLOR", "1"}}});
  BOOST_TEST(contains(plain.out, "two_branch"));
  BOOST_TEST(!contains(plain.out, escape));
  BOOST_TEST(!contains(folder.run_on_terminal(ogive_error(arguments), {.environment = {{"TERM", "dumb"}}}).out, escape));
  BOOST_TEST(!contains(folder.run(ogive_error({"list", "textbook", "--format", "table"})).out, escape));
}

BOOST_AUTO_TEST_CASE(progress_is_shown_on_a_terminal_only_and_only_where_it_is_wanted) {
  const Folder folder;
  // tanhf over 2^32 inputs takes longer than a second anywhere.
  const auto shown = folder.run_on_terminal(ogive_error({"measure", "tanh_form"}), {.interrupt_after = 2});
  BOOST_TEST(shown.code == 130);
  BOOST_TEST(contains(shown.out, " of 100 percent"), shown.out);
  for (const std::string option : {"--no-progress", "--quiet"})
    BOOST_TEST(
        !contains(folder.run_on_terminal(ogive_error({"measure", "tanh_form", option}), {.interrupt_after = 2}).out, "percent"),
        option);
  BOOST_TEST(folder.run(ogive_error({"measure", "tanh_form"}), {.interrupt_after = 2}).err == "");
}

BOOST_AUTO_TEST_CASE(without_gnuplot_the_figures_are_there_and_the_picture_names_the_package) {
  const Folder folder;
  const std::map<std::string, std::string> no_gnuplot = {{"PATH", "/nonexistent"}};
  const auto outcome =
      folder.run(ogive_error({"pareto", "logistic", "textbook", "--type", "float16", "--rounds", "1", "--plot", "p.svg"}),
                 {.environment = no_gnuplot});
  BOOST_TEST(outcome.code == 3);
  BOOST_TEST(lines(outcome.out).size() == 3u, outcome.out);
  BOOST_TEST(contains(outcome.err, "gnuplot-nox"), outcome.err);
  BOOST_TEST(!folder.has("p.svg"));
}
