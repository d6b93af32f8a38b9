// SPDX-License-Identifier: MIT
// ogive-fit and what is around it: files, pipes, disks that are full, terminals, signals, gnuplot. Nothing is left half-written.
#define BOOST_TEST_MODULE tools_ogive_fit_surroundings
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tools/ogive_fit.h"

using ogive::test::Folder;
using ogive::test::ogive_fit;
using ogive::test::rising;

namespace {

const std::string escape = "\x1b[";

// So many curves that a run takes long enough to be looked at, or interrupted.
std::string many_curves(int count) {
  std::string table = "curve,x,y\n";
  for (int curve = 0; curve < count; ++curve)
    for (int i = 0; i < 20; ++i)
      table += std::to_string(curve) + ',' + std::to_string(i) + ',' +
               std::to_string(1 / (1 + std::exp(3 - 0.3 * i)) + 0.02 * ((i * 7 + curve * 13) % 11)) + '\n';
  return table;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

BOOST_AUTO_TEST_CASE(output_replaces_a_file_and_leaves_nothing_beside_it) {
  const Folder folder;
  folder.write("t.csv", rising);
  folder.write("result.csv", "old");
  const auto outcome = folder.run(ogive_fit({"t.csv", "--output", "result.csv"}));
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.out == "");
  BOOST_TEST(folder.read("result.csv") == folder.run(ogive_fit({"t.csv"})).out);
  BOOST_TEST(folder.files() == (std::vector<std::string>{"result.csv", "t.csv"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(output_into_a_folder_that_is_missing_is_exit_code_3) {
  const Folder folder;
  folder.write("t.csv", rising);
  const auto outcome = folder.run(ogive_fit({"t.csv", "--output", "missing/result.csv"}));
  BOOST_TEST(outcome.code == 3);
  BOOST_TEST(outcome.err == "ogive-fit: missing/result.csv: error: No such file or directory\n");
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_exit_code_3) {
  const Folder folder;
  folder.write("t.csv", rising);
  const auto on_stdout = folder.run(ogive_fit({"t.csv"}), {.output = "/dev/full"});
  BOOST_TEST(on_stdout.code == 3);
  BOOST_TEST(on_stdout.err == "ogive-fit: <stdout>: error: No space left on device\n");
  const auto in_output = folder.run(ogive_fit({"t.csv", "--output", "/dev/full"}));
  BOOST_TEST(in_output.code == 3);
  BOOST_TEST(in_output.err == "ogive-fit: /dev/full: error: No space left on device\n");
  BOOST_TEST(folder.run(ogive_fit({"--help"}), {.output = "/dev/full"}).code == 3);
}

BOOST_AUTO_TEST_CASE(bad_input_leaves_the_old_output_as_it_was) {
  const Folder folder;
  folder.write("t.csv", "x,y\n1,2\n2,abc\n");
  folder.write("result.csv", "old");
  BOOST_TEST(folder.run(ogive_fit({"t.csv", "--output", "result.csv"})).code == 2);
  BOOST_TEST(folder.read("result.csv") == "old");
}

BOOST_AUTO_TEST_CASE(a_closed_pipe_ends_the_run_quietly) {
  const Folder folder;
  folder.write("t.csv", many_curves(3000));
  const auto outcome = folder.run(ogive_fit({"t.csv", "--by", "curve", "--interval", "none"}), {.close_stdout_after_a_line = true});
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.err == "");
  BOOST_TEST(outcome.out.starts_with("curve,model,status,shape,n,"));
}

BOOST_AUTO_TEST_CASE(an_interrupt_ends_the_run_and_leaves_nothing) {
  const Folder folder;
  folder.write("t.csv", many_curves(20000));
  folder.write("result.csv", "old");
  const auto outcome = folder.run(ogive_fit({"t.csv", "--by", "curve", "--output", "result.csv"}), {.interrupt_after = 0.7});
  BOOST_TEST(outcome.code == 130);
  BOOST_TEST(outcome.err == "");
  BOOST_TEST(folder.read("result.csv") == "old");
  BOOST_TEST(folder.files() == (std::vector<std::string>{"result.csv", "t.csv"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(on_a_terminal_the_result_is_a_report_and_elsewhere_csv) {
  const Folder folder;
  folder.write("t.csv", rising);
  const auto terminal = folder.run_on_terminal(ogive_fit({"t.csv"}));
  BOOST_TEST(terminal.code == 0);
  BOOST_TEST(contains(terminal.out, "y against x (t.csv)"));
  BOOST_TEST(contains(terminal.out, escape));
  BOOST_TEST(folder.run(ogive_fit({"t.csv"})).out.starts_with("model,status,shape,n,"));
  BOOST_TEST(!contains(folder.run(ogive_fit({"t.csv", "--format", "table"})).out, escape));
}

BOOST_AUTO_TEST_CASE(no_color_and_a_dumb_terminal_are_honoured) {
  const Folder folder;
  folder.write("t.csv", rising);
  const auto no_color = folder.run_on_terminal(ogive_fit({"t.csv"}), {.environment = {{"NO_COLOR", "1"}}});
  BOOST_TEST(contains(no_color.out, "y against x (t.csv)"));
  BOOST_TEST(!contains(no_color.out, escape));
  const auto dumb = folder.run_on_terminal(ogive_fit({"t.csv"}), {.environment = {{"TERM", "dumb"}}});
  BOOST_TEST(!contains(dumb.out, escape));
}

BOOST_AUTO_TEST_CASE(without_a_file_on_a_terminal_it_says_so_instead_of_waiting) {
  const Folder folder;
  const auto outcome = folder.run_on_terminal(ogive_fit({}));
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.out == "ogive-fit: error: no FILE was given; name a table, or - to type one (see --help)\n");
}

BOOST_AUTO_TEST_CASE(a_long_run_on_a_terminal_shows_its_progress_and_wipes_it) {
  const Folder folder;
  folder.write("t.csv", many_curves(40000));
  const std::vector<std::string> arguments = {"t.csv", "--by", "curve", "--output", "result.csv"};
  const auto outcome = folder.run_on_terminal(ogive_fit(arguments), {.interrupt_after = 8});
  if (outcome.seconds > 4) {  // on a machine fast enough to be done before that there is nothing to see
    BOOST_TEST(contains(outcome.out, " curves, "));
    BOOST_TEST(contains(outcome.out, " left"));
  }
  auto silent = arguments;
  silent.push_back("--no-progress");
  const auto without = folder.run_on_terminal(ogive_fit(silent), {.interrupt_after = 2.0});
  BOOST_TEST(!contains(without.out, "curves, "));
}

BOOST_AUTO_TEST_CASE(without_gnuplot_the_fit_is_there_and_plot_names_the_package) {
  const Folder folder;
  folder.write("t.csv", rising);
  const auto outcome = folder.run(ogive_fit({"t.csv", "--plot", "a.svg"}), {.environment = {{"PATH", "/nonexistent"}}});
  BOOST_TEST(outcome.code == 3);
  BOOST_TEST(outcome.out == folder.run(ogive_fit({"t.csv"})).out);
  BOOST_TEST(contains(outcome.err, "gnuplot-nox"));
  BOOST_TEST(!folder.has("a.svg"));
}

BOOST_AUTO_TEST_CASE(a_picture_is_drawn_beside_the_result, *boost::unit_test::precondition([](boost::unit_test::test_unit_id) {
                       return Folder().run({"/bin/sh", "-c", "command -v gnuplot"}).code == 0;
                     })) {
  const Folder folder;
  folder.write("t.csv", rising);
  const auto outcome = folder.run(ogive_fit({"t.csv", "--plot", "a.svg"}));
  BOOST_TEST(outcome.code == 0, outcome.err);
  BOOST_TEST(contains(folder.read("a.svg"), "<svg"));
  BOOST_TEST(folder.files() == (std::vector<std::string>{"a.svg", "t.csv"}), boost::test_tools::per_element());
  const auto text = folder.run(ogive_fit({"t.csv", "--plot", "-"}));
  BOOST_TEST(text.code == 0, text.err);
  BOOST_TEST(text.out.starts_with("y against x (t.csv)"));
  BOOST_TEST(std::count(text.out.begin(), text.out.end(), '\n') > 30);
}
