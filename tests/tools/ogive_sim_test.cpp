// SPDX-License-Identifier: MIT
// ogive-sim as a user runs it: formats that agree, bytes that do not depend on threads, mistakes that are named.
#define BOOST_TEST_MODULE tools_ogive_sim
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>

#include "ogive/io/table.h"
#include "tools/command.h"

namespace data = boost::unit_test::data;
using ogive::io::parse_table;
using ogive::test::Folder;

namespace {

std::vector<std::string> ogive_sim(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), OGIVE_SIM);
  return arguments;
}

std::string run_good(const Folder& folder, const std::vector<std::string>& arguments) {
  const auto outcome = folder.run(ogive_sim(arguments));
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.err == "");
  return outcome.out;
}

std::vector<double> numbers_of(const std::string& npy) {
  const std::size_t begin = npy.find('\n') + 1;  // the header ends its line
  std::vector<double> numbers((npy.size() - begin) / sizeof(double));
  std::memcpy(numbers.data(), npy.data() + begin, numbers.size() * sizeof(double));
  return numbers;
}

struct Mistake {
  std::vector<std::string> arguments;
  std::string message;
};

std::ostream& operator<<(std::ostream& out, const Mistake& mistake) {
  for (const auto& argument : mistake.arguments) out << argument << ' ';
  return out;
}

const std::vector<Mistake> mistakes = {
    {{"--curves", "0"}, "--curves: '0' is not a whole number from 1 to 4000000000"},
    {{"--points", "1.5"}, "--points: '1.5' is not a whole number from 1 to 100000000"},
    {{"--points", "100000000", "--replicates", "2"}, "a curve cannot have more than 100000000 points"},
    {{"--noise", "-1"}, "--noise: -1 is not between 0 and 1e+06"},
    {{"--noise", "nan"}, "--noise: 'nan' is not a finite number"},
    {{"--missing", "2"}, "--missing: 2 is not between 0 and 1"},
    {{"--design", "medium"}, "--design: 'medium' is not one of easy, hard"},
    {{"--seed", "1.5"}, "--seed: 1.5 is not a whole number"},
    {{"--format", "npy"}, "--format npy writes y only; say with --x FILE where x goes"},
    {{"--x", "x.npy"}, "--x is for --format npy; a table holds x itself"},
    {{"--format", "wide"}, "--format wide has one column of x for all curves; add --shared-x"},
    {{"--format", "npy", "--x", "x.npy", "--digits", "5"}, "--digits is for text; --format npy holds every digit"},
    {{"--output", "a", "--truth", "a"}, "two outputs have the same name, 'a'"},
    {{"--truth", "-"}, "only --output may be standard output"},
    {{"plate.csv"}, "unexpected argument 'plate.csv'"},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_mistake_is_one_line_and_exit_code_2, data::make(mistakes), mistake) {
  const Folder folder;
  const auto outcome = folder.run(ogive_sim(mistake.arguments));
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.out == "");
  BOOST_TEST(outcome.err == "ogive-sim: error: " + mistake.message + " (see --help)\n");
  BOOST_TEST(folder.files().empty());
}

BOOST_AUTO_TEST_CASE(an_unknown_model_is_named_with_those_there_are) {
  const auto outcome = Folder().run(ogive_sim({"--model", "probit"}));
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err.find("there is no model 'probit'; the models are logistic, ") != outcome.err.npos);
}

BOOST_AUTO_TEST_CASE(help_and_version_are_on_standard_output) {
  const Folder folder;
  BOOST_TEST(run_good(folder, {"--help"}).starts_with("Usage: ogive-sim [options]\n"));
  BOOST_TEST(run_good(folder, {"--version"}).starts_with("ogive-sim " OGIVE_VERSION "\n"));
}

BOOST_AUTO_TEST_CASE(a_seed_stands_for_the_same_curves_in_every_version) {
  const Folder folder;
  const auto rows = run_good(folder, {"--curves", "2", "--points", "2", "--digits", "6"});
  BOOST_TEST(rows == "curve,x,y\n1,-3.29307,-0.299692\n1,0.196776,0.901108\n2,-0.96714,0.867569\n2,4.95613,3.44339\n");
  BOOST_TEST(run_good(folder, {"--curves", "2", "--points", "2", "--digits", "6", "--seed", "2"}) != rows);
}

BOOST_AUTO_TEST_CASE(bytes_do_not_depend_on_threads) {
  const Folder folder;
  const std::vector<std::vector<std::string>> formats = {
      {"--format", "csv"}, {"--format", "wide", "--shared-x"}, {"--format", "npy", "--x", "x.npy"}};
  for (const auto& format : formats) {
    std::vector<std::string> seen;
    for (const std::string threads : {"1", "2", "4"}) {
      std::vector<std::string> arguments = {"--curves", "5000",      "--design", "hard",    "--missing",
                                            "0.1",      "--threads", threads,    "--truth", "truth.csv"};
      arguments.insert(arguments.end(), format.begin(), format.end());
      seen.push_back(run_good(folder, arguments));
      seen.back() += folder.read("truth.csv") + (folder.has("x.npy") ? folder.read("x.npy") : "");
    }
    BOOST_TEST((seen[0] == seen[1]), format[1]);
    BOOST_TEST((seen[0] == seen[2]), format[1]);
  }
}

BOOST_AUTO_TEST_CASE(all_formats_hold_the_same_numbers) {
  const Folder folder;
  const std::vector<std::string> base = {"--curves", "30", "--points", "7", "--replicates", "2", "--shared-x", "--missing", "0.2"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), base.begin(), base.end());
    return run_good(folder, more);
  };
  const auto table = parse_table(with({}), "csv"), wide = parse_table(with({"--format", "wide"}), "wide");
  with({"--format", "npy", "--x", "x.npy", "--output", "y.npy"});
  const auto x = numbers_of(folder.read("x.npy")), y = numbers_of(folder.read("y.npy"));
  BOOST_TEST(table.rows() == 30u * 14);
  BOOST_TEST(wide.rows() == 14u);
  BOOST_TEST(wide.columns() == 31u);
  BOOST_TEST(x.size() == 14u);
  BOOST_TEST(y.size() == 30u * 14);
  std::size_t missing = 0;
  for (std::size_t curve = 0; curve < 30; ++curve)
    for (std::size_t j = 0; j < 14; ++j) {
      const std::size_t i = 14 * curve + j;
      const auto cell = table.number(i, 2), wide_cell = wide.number(j, curve + 1);
      BOOST_TEST(table.number(i, 1).value() == x[j]);
      BOOST_TEST(wide.number(j, 0).value() == x[j]);
      BOOST_TEST(cell.has_value() == !std::isnan(y[i]));
      BOOST_TEST(wide_cell.has_value() == cell.has_value());
      missing += cell ? 0 : 1;
      if (cell) BOOST_TEST(*cell == y[i]);
      if (cell) BOOST_TEST(*wide_cell == y[i]);
    }
  BOOST_TEST(missing > 40u);
  BOOST_TEST(missing < 130u);
}

BOOST_AUTO_TEST_CASE(without_noise_the_truth_is_on_the_curve) {
  const Folder folder;
  const auto table =
      parse_table(run_good(folder, {"--curves", "3", "--noise", "0", "--truth", "truth.csv", "--model", "logistic"}), "csv");
  const auto truth = parse_table(folder.read("truth.csv"), "truth");
  BOOST_TEST(truth.names() == (std::vector<std::string>{"curve", "L", "x0", "k", "b", "noise", "traits"}),
             boost::test_tools::per_element());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::size_t curve = row / 20;
    const double L = truth.number(curve, 1).value(), x0 = truth.number(curve, 2).value(), k = truth.number(curve, 3).value();
    const double expected = truth.number(curve, 4).value() + L / (1 + std::exp(-k * (table.number(row, 1).value() - x0)));
    BOOST_TEST(std::fabs(table.number(row, 2).value() - expected) < 1e-14);
  }
}

BOOST_AUTO_TEST_CASE(hard_curves_say_what_makes_them_hard) {
  const Folder folder;
  run_good(folder, {"--curves", "500", "--design", "hard", "--truth", "truth.csv", "--output", "t.csv"});
  const auto truth = folder.read("truth.csv");
  for (const std::string trait : {"one-plateau", "noisy", "flat", "outliers", "shifted"})
    BOOST_TEST(truth.find(trait) != truth.npos, trait);
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_exit_code_3_and_a_closed_pipe_no_error) {
  const Folder folder;
  const auto full = folder.run(ogive_sim({"--curves", "5000"}), {.output = "/dev/full"});
  BOOST_TEST(full.code == 3);
  BOOST_TEST(full.err == "ogive-sim: <stdout>: error: No space left on device\n");
  const auto closed = folder.run(ogive_sim({"--curves", "100000000"}), {.close_stdout_after_a_line = true});
  BOOST_TEST(closed.code == 0);
  BOOST_TEST(closed.out == "curve,x,y");
}

BOOST_AUTO_TEST_CASE(an_interrupt_leaves_no_file) {
  const Folder folder;
  const auto outcome = folder.run(ogive_sim({"--curves", "100000000", "--format", "npy", "--x", "x.npy", "--output", "y.npy"}),
                                  {.interrupt_after = 0.3});
  BOOST_TEST(outcome.code == 130);
  BOOST_TEST(folder.files().empty());
}
