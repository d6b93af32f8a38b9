// SPDX-License-Identifier: MIT
// ogive-fit on many curves: the stream of the lane engine against the single engine, every format, threads, pipes, Ctrl-C.
#define BOOST_TEST_MODULE tools_ogive_fit_lanes
#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "ogive/io/table.h"
#include "tools/ogive_fit.h"

namespace data = boost::unit_test::data;
using nlohmann::ordered_json;
using ogive::io::parse_table;
using ogive::test::Folder;
using ogive::test::ogive_fit;
using ogive::test::rising;

namespace {

// What the issue promises of the two engines.
constexpr double same_rss = 1e-6;
// On so few curves of the easy kind, every one has to be found; of the hard ones, the share that the engine promises.
constexpr double hard_share = 0.99;

void make(const Folder& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), OGIVE_SIM);
  const auto outcome = folder.run(arguments);
  BOOST_REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
}

std::string fit(const Folder& folder, std::vector<std::string> arguments, const std::vector<std::string>& more = {}) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  arguments.push_back("--quiet");
  const auto outcome = folder.run(ogive_fit(arguments));
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.err == "");
  return outcome.out;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    result.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

// The share of curves whose rows agree: key, status, shape and RSS.
double agreement(const std::string& lanes, const std::string& single) {
  const auto p = parse_table(lanes, "lanes"), q = parse_table(single, "single");
  BOOST_REQUIRE(p.rows() == q.rows());
  BOOST_REQUIRE(p.names() == q.names());
  const std::size_t rss = p.column("rss");
  double same = 0;
  for (std::size_t row = 0; row < p.rows(); ++row) {
    bool agrees = p.cell(row, 0) == q.cell(row, 0);
    for (const char* name : {"model", "status", "shape", "n", "dof"}) {
      const std::size_t column = p.column(name);
      agrees = agrees && p.cell(row, column) == q.cell(row, column);
    }
    const auto a = p.number(row, rss), b = q.number(row, rss);
    same += agrees && a.has_value() == b.has_value() && (!a || std::fabs(*a - *b) <= same_rss * *b) ? 1 : 0;
  }
  return same / static_cast<double>(p.rows());
}

// A .npy file of records: the offset of a float64 field, and its numbers.
std::vector<double> field_of(const std::string& npy, const std::string& name) {
  const std::size_t begin = npy.find('\n') + 1;
  const std::string header = npy.substr(0, begin);
  std::size_t offset = 0, size = 0, found = std::string::npos;
  for (std::size_t at = header.find("('"); at != header.npos; at = header.find("('", at + 1)) {
    const std::size_t quote = header.find('\'', at + 2);
    const std::string field = header.substr(at + 2, quote - at - 2);
    const std::size_t type = header.find('\'', quote + 1) + 1;
    if (field == name) found = size;
    size += static_cast<std::size_t>(std::stoul(header.substr(type + 2)));
  }
  BOOST_REQUIRE(found != std::string::npos);
  std::vector<double> numbers;
  for (offset = begin + found; offset < npy.size(); offset += size) {
    double value = 0;
    std::memcpy(&value, npy.data() + offset, sizeof value);
    numbers.push_back(value);
  }
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
    {{"t.csv", "--engine", "gpu"}, "--engine: 'gpu' is not one of auto, single, lanes"},
    {{"t.csv", "--precision", "float16"}, "--precision: 'float16' is not one of float64, float32"},
    {{"t.csv", "--engine", "lanes", "--plot", "a.svg"}, "--engine lanes does not keep the curves; --plot needs --engine single"},
    {{"t.csv", "--engine", "lanes", "--at", "1"}, "--engine lanes does not predict; --at needs --engine single"},
    {{"t.csv", "--engine", "lanes", "--format", "table"}, "--engine lanes writes row by row; --format table needs --engine single"},
    {{"t.csv", "--engine", "single", "--format", "npy"}, "--format npy is written by the lanes, not by --engine single"},
    {{"t.csv", "--engine", "single", "--precision", "float32"}, "--precision float32 is for the lanes, not for --engine single"},
    {{"t.csv", "--format", "npy"}, "--format npy needs --output FILE here: how many curves there are is known only at the end"},
    {{"y.npy"}, "'y.npy' holds y only; name the file of x with --x X.npy"},
    {{"y.npy", "--x", "x.npy", "--by", "a"}, "--by is for tables, and 'y.npy' is a .npy matrix of y"},
    {{"y.npy", "--x", "x.npy", "--wide"}, "--wide is for tables, and 'y.npy' is a .npy matrix of y"},
    {{"y.npy", "--x", "x.npy", "--at", "1"}, "'y.npy' is a .npy file: no --plot, no --at and no --format table"},
    {{"y.npy", "--x", "x.npy", "--weights", "w"}, "'y.npy' is a .npy file, which has no column of weights"},
    {{"y.npy", "--x", "x.npy", "--engine", "single"}, "'y.npy' is a .npy file, which --engine single does not read"},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_mistake_is_one_line_and_exit_code_2, data::make(mistakes), mistake) {
  const Folder folder;
  folder.write("t.csv", rising);
  make(folder, {"--curves", "2", "--shared-x", "--format", "npy", "--x", "x.npy", "--output", "y.npy"});
  const auto outcome = folder.run(ogive_fit(mistake.arguments));
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.out == "");
  BOOST_TEST(outcome.err == "ogive-fit: error: " + mistake.message + " (see --help)\n");
}

BOOST_AUTO_TEST_CASE(lanes_say_what_the_single_engine_says) {
  const Folder folder;
  make(folder, {"--curves", "400", "--missing", "0.05", "--output", "easy.csv"});
  make(folder, {"--curves", "400", "--design", "hard", "--output", "hard.csv"});
  for (const std::string interval : {"none", "wald"}) {
    const std::vector<std::string> more = {"--by", "curve", "--interval", interval, "--engine"};
    const auto with = [&](const std::string& file, const std::string& engine) {
      auto arguments = more;
      arguments.push_back(engine);
      return fit(folder, {file}, arguments);
    };
    BOOST_TEST(agreement(with("easy.csv", "lanes"), with("easy.csv", "single")) == 1.0);
    BOOST_TEST(agreement(with("hard.csv", "lanes"), with("hard.csv", "single")) >= hard_share);
  }
}

BOOST_AUTO_TEST_CASE(profile_intervals_are_those_of_the_single_engine) {
  const Folder folder;
  make(folder, {"--curves", "20", "--output", "t.csv"});
  const auto lanes = parse_table(fit(folder, {"t.csv", "--by", "curve", "--engine", "lanes"}), "lanes");
  const auto single = parse_table(fit(folder, {"t.csv", "--by", "curve"}), "single");
  for (std::size_t row = 0; row < 20; ++row)
    for (std::size_t column = 0; column < lanes.column("rss"); ++column)
      BOOST_TEST(lanes.cell(row, column) == single.cell(row, column), lanes.names()[column]);
  const auto noted = folder.run(ogive_fit({"t.csv", "--by", "curve", "--engine", "lanes"}));
  BOOST_TEST(contains(noted.err, "note: profile intervals are found one curve after the other; --interval wald is"), noted.err);
}

BOOST_AUTO_TEST_CASE(bytes_do_not_depend_on_threads) {
  const Folder folder;
  make(folder, {"--curves", "20000", "--design", "hard", "--missing", "0.02", "--points", "12", "--output", "t.csv"});
  for (const std::string format : {"csv", "npy"}) {
    std::vector<std::string> seen;
    for (const std::string threads : {"1", "2", "4"}) {
      fit(folder, {"t.csv", "--by", "curve", "--engine", "lanes", "--interval", "wald", "--format", format, "--threads", threads},
          {"--output", "result"});
      seen.push_back(folder.read("result"));
    }
    BOOST_TEST((seen[0] == seen[1]), format);
    BOOST_TEST((seen[0] == seen[2]), format);
    if (format == "csv") BOOST_TEST(lines(seen[0]).size() == 20001u);
  }
}

BOOST_AUTO_TEST_CASE(tables_long_and_wide_pipes_and_arrays_say_the_same) {
  const Folder folder;
  const std::vector<std::string> curves = {"--curves", "3000", "--shared-x", "--missing", "0.03", "--points", "15"};
  const auto made = [&](std::vector<std::string> more) {
    more.insert(more.begin(), curves.begin(), curves.end());
    make(folder, more);
  };
  made({"--output", "t.csv"});
  made({"--format", "wide", "--output", "w.csv"});
  made({"--format", "npy", "--x", "x.npy", "--output", "y.npy"});
  const std::vector<std::string> more = {"--engine", "lanes", "--interval", "wald"};
  const auto table = fit(folder, {"t.csv", "--by", "curve"}, more);
  BOOST_TEST((fit(folder, {"y.npy", "--x", "x.npy"}, more) == table));
  auto wide = fit(folder, {"w.csv", "--wide"}, more);
  BOOST_REQUIRE(wide.starts_with("column,"));
  BOOST_TEST(("curve," + wide.substr(7) == table));
  const auto piped = folder.run(ogive_fit({"-", "--by", "curve", "--engine", "lanes", "--interval", "wald", "--quiet"}),
                                {.input = folder.read("t.csv")});
  BOOST_TEST((piped.out == table));
  const auto array = folder.run(ogive_fit({"-", "--x", "x.npy", "--interval", "wald", "--quiet"}), {.input = folder.read("y.npy")});
  BOOST_TEST((array.out == table));
}

BOOST_AUTO_TEST_CASE(json_lines_hold_the_numbers_of_the_rows) {
  const Folder folder;
  make(folder, {"--curves", "50", "--output", "t.csv"});
  const std::vector<std::string> more = {"--by", "curve", "--engine", "lanes", "--interval", "wald"};
  const auto table = parse_table(fit(folder, {"t.csv"}, more), "csv");
  const auto objects = lines(fit(folder, {"t.csv", "--format", "json"}, more));
  BOOST_REQUIRE(objects.size() == 50u);
  for (std::size_t i = 0; i < 50; ++i) {
    const auto object = ordered_json::parse(objects[i]);
    BOOST_TEST(object["schema"] == "ogive.fit/1");
    BOOST_TEST(object["curve"]["curve"] == std::to_string(i + 1));
    BOOST_TEST(object["shape"] == std::string(table.cell(i, table.column("shape"))));
    if (object["shape"] != "regular") continue;
    BOOST_TEST(object["rss"] == table.number(i, table.column("rss")).value());
    BOOST_TEST(object["parameters"]["x0"]["se"] == table.number(i, table.column("x0_se")).value());
  }
}

BOOST_AUTO_TEST_CASE(records_for_numpy_hold_the_numbers_of_the_rows) {
  const Folder folder;
  make(folder, {"--curves", "500", "--output", "t.csv"});
  make(folder, {"--curves", "500", "--format", "npy", "--x", "x.npy", "--output", "y.npy"});
  const std::vector<std::string> more = {"--engine", "lanes", "--interval", "wald"};
  const auto table = parse_table(fit(folder, {"t.csv", "--by", "curve"}, more), "csv");
  fit(folder, {"t.csv", "--by", "curve", "--format", "npy", "--output", "table.npy"}, more);
  fit(folder, {"y.npy", "--x", "x.npy", "--format", "npy", "--output", "array.npy"}, more);
  const auto on_stdout = fit(folder, {"y.npy", "--x", "x.npy", "--format", "npy"}, more);
  BOOST_TEST((on_stdout == folder.read("array.npy")));
  BOOST_TEST(contains(on_stdout.substr(0, 2000), "(500,)"));
  for (const std::string file : {"table.npy", "array.npy"}) {
    for (const std::string field : {"L", "x0", "k", "b", "x0_se", "k_lower", "b_upper", "rss", "rse", "r2", "aicc"}) {
      const auto numbers = field_of(folder.read(file), field);
      BOOST_REQUIRE(numbers.size() == 500u);
      for (std::size_t i = 0; i < 500; ++i) {
        const auto cell = table.number(i, table.column(field));
        BOOST_TEST((cell ? *cell == numbers[i] : !std::isfinite(numbers[i])), file << ' ' << field << ' ' << i);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(logarithms_and_doses_are_taken_in_a_stream_too) {
  const Folder folder;
  make(folder, {"--curves", "100", "--model", "loglogistic", "--output", "t.csv"});
  for (const std::vector<std::string>& option : {std::vector<std::string>{"--log-x"}, {"--model", "loglogistic"}}) {
    auto more = option;
    for (const std::string word : {"--by", "curve", "--interval", "none", "--engine"}) more.push_back(word);
    auto single = more;
    single.push_back("single");
    more.push_back("lanes");
    BOOST_TEST(agreement(fit(folder, {"t.csv"}, more), fit(folder, {"t.csv"}, single)) >= hard_share);
  }
}

BOOST_AUTO_TEST_CASE(bad_cells_late_in_the_table_are_named_as_by_the_single_engine) {
  const Folder folder;
  make(folder, {"--curves", "3000", "--output", "t.csv"});
  const auto good = folder.read("t.csv");
  for (const std::string row : {"3001,1,abc\n", "3001,1\n", "3001,-1,2\n"}) {
    folder.write("bad.csv", good + row);
    const std::vector<std::string> arguments = {"bad.csv", "--by", "curve", "--interval", "none", "--engine"};
    auto lanes = arguments, single = arguments;
    lanes.push_back("lanes");
    single.push_back("single");
    if (row == "3001,-1,2\n") {
      for (auto* words : {&lanes, &single}) words->push_back("--log-x");
      auto positive = good;
      for (auto at = positive.find(",-"); at != positive.npos; at = positive.find(",-", at)) positive.erase(at + 1, 1);
      folder.write("bad.csv", positive + row);
    }
    const auto p = folder.run(ogive_fit(lanes)), q = folder.run(ogive_fit(single));
    BOOST_TEST(p.code == 2);
    BOOST_TEST(p.err == q.err);
  }
}

BOOST_AUTO_TEST_CASE(a_large_table_whose_curves_are_scattered_is_left_to_the_single_engine) {
  const Folder folder;
  make(folder, {"--curves", "300000", "--points", "2", "--output", "t.csv"});
  const auto rows = lines(folder.read("t.csv"));
  BOOST_REQUIRE(folder.read("t.csv").size() > std::size_t{8} << 20);
  std::string swapped = rows[0] + '\n', halves = swapped;
  for (std::size_t i = 1; i + 3 < rows.size(); i += 4)
    for (const std::size_t j : {0u, 2u, 1u, 3u}) swapped += rows[i + j] + '\n';
  for (const std::size_t part : {1u, 2u})
    for (std::size_t i = part; i < rows.size(); i += 2) halves += rows[i] + '\n';
  folder.write("swapped.csv", swapped);
  folder.write("halves.csv", halves);
  const std::vector<std::string> more = {"--by", "curve", "--interval", "none"};
  const auto expected = fit(folder, {"t.csv"}, more);
  BOOST_TEST((fit(folder, {"swapped.csv"}, more) == expected));
  // Seen late: what is on standard output cannot be taken back, a file can.
  const auto late = folder.run(ogive_fit({"halves.csv", "--by", "curve", "--interval", "none"}));
  BOOST_TEST(late.code == 2);
  BOOST_TEST(late.err.starts_with("ogive-fit: halves.csv:300002: error: "), late.err);
  BOOST_TEST(contains(late.err, "--engine single"), late.err);
  BOOST_TEST((late.out.empty() || late.out.back() == '\n'));
  fit(folder, {"halves.csv", "--output", "result.csv"}, more);
  BOOST_TEST((folder.read("result.csv") == expected));
  BOOST_TEST(folder.run(ogive_fit({"swapped.csv", "--by", "curve", "--engine", "lanes"})).code == 2);
}

BOOST_AUTO_TEST_CASE(notes_and_strict_are_as_in_the_single_engine) {
  const Folder folder;
  make(folder, {"--curves", "200", "--design", "hard", "--missing", "0.1", "--output", "t.csv"});
  const std::vector<std::string> arguments = {"t.csv", "--by", "curve", "--interval", "none", "--strict", "--engine"};
  auto lanes = arguments, single = arguments;
  lanes.push_back("lanes");
  single.push_back("single");
  const auto p = folder.run(ogive_fit(lanes)), q = folder.run(ogive_fit(single));
  BOOST_TEST(p.code == 1);
  BOOST_TEST(q.code == 1);
  BOOST_TEST(p.err == q.err);
  BOOST_TEST(contains(p.err, " of 200 curves without a regular fit: "), p.err);
}

BOOST_AUTO_TEST_CASE(timing_names_the_stages_of_either_engine) {
  const Folder folder;
  make(folder, {"--curves", "2000", "--output", "t.csv"});
  for (const std::string engine : {"single", "lanes"}) {
    const auto outcome = folder.run(
        ogive_fit({"t.csv", "--by", "curve", "--interval", "none", "--engine", engine, "--timing", "--threads", "1", "-q"}));
    BOOST_TEST(outcome.code == 0);
    const auto said = lines(outcome.err);
    BOOST_REQUIRE(said.size() == 5u);
    const std::vector<std::string> stages = {"reading", "fitting", "writing", "in all ", "elapsed"};
    for (std::size_t i = 0; i < 5; ++i) {
      BOOST_TEST(said[i].starts_with("ogive-fit: timing: " + stages[i]), said[i]);
      BOOST_TEST(contains(said[i], " curves/s"), said[i]);
    }
    BOOST_TEST(contains(said[4], "2 000 curves, 1 thread, "), said[4]);
  }
}

BOOST_AUTO_TEST_CASE(float32_says_with_timing_how_it_compares) {
  const Folder folder;
  make(folder, {"--curves", "2000", "--output", "t.csv"});
  const std::vector<std::string> arguments = {"t.csv", "--by", "curve", "--interval", "none", "--precision", "float32", "--timing"};
  const auto outcome = folder.run(ogive_fit(arguments));
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(contains(outcome.err, "of the curves float32 is "), outcome.err);
  BOOST_TEST(contains(outcome.err, "its RSS is within 1e-3 of float64's for "), outcome.err);
  const auto wide = parse_table(fit(folder, {"t.csv", "--by", "curve", "--interval", "none", "--engine", "lanes"}), "float64");
  const auto narrow = parse_table(outcome.out, "float32");
  double close = 0;
  for (std::size_t i = 0; i < 2000; ++i)
    close += narrow.number(i, wide.column("rss")).value() <= wide.number(i, wide.column("rss")).value() * (1 + 1e-3);
  BOOST_TEST(close >= 0.999 * 2000);
}

BOOST_AUTO_TEST_CASE(an_interrupt_leaves_whole_rows_and_says_where_it_stopped) {
  const Folder folder;
  make(folder, {"--curves", "300000", "--points", "10", "--output", "t.csv"});
  const std::vector<std::string> arguments = {"t.csv", "--by", "curve", "--engine", "lanes", "--interval", "profile"};
  const auto outcome = folder.run(ogive_fit(arguments), {.interrupt_after = 3});
  BOOST_TEST(outcome.code == 130);
  const auto rows = lines(outcome.out);
  BOOST_REQUIRE(rows.size() >= 1u);
  BOOST_TEST(outcome.out.back() == '\n');
  const auto commas = std::count(rows[0].begin(), rows[0].end(), ',');
  for (std::size_t i = 1; i < rows.size(); ++i) {
    BOOST_TEST(rows[i].starts_with(std::to_string(i) + ",logistic,"));
    BOOST_TEST(std::count(rows[i].begin(), rows[i].end(), ',') == commas);
  }
  BOOST_TEST(contains(outcome.err, "stopped after " + std::to_string(rows.size() - 1) + " curve"), outcome.err);

  folder.write("result.csv", "old");
  auto to_file = arguments;
  to_file.insert(to_file.end(), {"--output", "result.csv"});
  const auto kept = folder.run(ogive_fit(to_file), {.interrupt_after = 1});
  BOOST_TEST(kept.code == 130);
  BOOST_TEST(contains(kept.err, "'result.csv' was not written"), kept.err);
  BOOST_TEST(folder.read("result.csv") == "old");
  BOOST_TEST(folder.files() == (std::vector<std::string>{"result.csv", "t.csv"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_exit_code_3_and_a_closed_pipe_no_error) {
  const Folder folder;
  make(folder, {"--curves", "5000", "--output", "t.csv"});
  const std::vector<std::string> arguments = {"t.csv", "--by", "curve", "--engine", "lanes", "--interval", "none"};
  const auto full = folder.run(ogive_fit(arguments), {.output = "/dev/full"});
  BOOST_TEST(full.code == 3);
  BOOST_TEST(full.err == "ogive-fit: <stdout>: error: No space left on device\n");
  const auto closed = folder.run(ogive_fit(arguments), {.close_stdout_after_a_line = true});
  BOOST_TEST(closed.code == 0);
  BOOST_TEST(closed.err == "");
}

BOOST_AUTO_TEST_CASE(arrays_that_do_not_fit_are_named) {
  const Folder folder;
  make(folder, {"--curves", "3", "--points", "8", "--shared-x", "--format", "npy", "--x", "x8.npy", "--output", "y8.npy"});
  make(folder, {"--curves", "3", "--points", "9", "--shared-x", "--format", "npy", "--x", "x9.npy", "--output", "y9.npy"});
  const auto shape = folder.run(ogive_fit({"y8.npy", "--x", "x9.npy"}));
  BOOST_TEST(shape.code == 2);
  BOOST_TEST(std::count(shape.err.begin(), shape.err.end(), '\n') == 1);
  folder.write("short.npy", folder.read("y8.npy").substr(0, 150));
  const auto cut = folder.run(ogive_fit({"short.npy", "--x", "x8.npy"}));
  BOOST_TEST(cut.code == 2);
  BOOST_TEST(contains(cut.err, "short.npy"), cut.err);
  const auto absent = folder.run(ogive_fit({"y8.npy", "--x", "none.npy"}));
  BOOST_TEST(absent.code == 3);
  const auto negative = folder.run(ogive_fit({"y8.npy", "--x", "x8.npy", "--log-x"}));
  BOOST_TEST(negative.code == 2);
  BOOST_TEST(contains(negative.err, "x8.npy: error: index 0: '-5' is negative and has no logarithm, which --log-x takes"),
             negative.err);
}

BOOST_AUTO_TEST_CASE(progress_of_a_stream_shows_its_rate) {
  const Folder folder;
  make(folder, {"--curves", "100000", "--points", "10", "--output", "t.csv"});
  const auto outcome = folder.run_on_terminal(ogive_fit({"t.csv", "--by", "curve", "--engine", "lanes", "--output", "result.csv"}),
                                              {.interrupt_after = 4});
  BOOST_TEST(contains(outcome.out, " curves, "), outcome.out);
  BOOST_TEST(contains(outcome.out, "/s, "), outcome.out);
}
