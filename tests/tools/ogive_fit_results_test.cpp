// SPDX-License-Identifier: MIT
// What ogive-fit writes: columns, keys and their order are a contract with the programs that read them.
#define BOOST_TEST_MODULE tools_ogive_fit_results
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "ogive/io/table.h"
#include "tools/ogive_fit.h"

using nlohmann::ordered_json;
using ogive::test::Folder;
using ogive::test::ogive_fit;
using ogive::test::rising;
using ogive::test::three_curves;

namespace {

const std::string csv_columns =
    "model,status,shape,n,L,x0,k,b,L_se,x0_se,k_se,b_se,L_lower,x0_lower,k_lower,b_lower,L_upper,x0_upper,k_upper,b_upper,"
    "rss,rse,dof,r2,aicc";

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

std::vector<std::string> keys(const ordered_json& object) {
  std::vector<std::string> result;
  for (const auto& [key, value] : object.items()) result.push_back(key);
  return result;
}

std::string run_good(const Folder& folder, const std::vector<std::string>& arguments) {
  const auto outcome = folder.run(ogive_fit(arguments));
  BOOST_TEST(outcome.code == 0, outcome.err);
  return outcome.out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(csv_has_the_columns_of_the_contract) {
  const Folder folder;
  folder.write("t.csv", three_curves);
  const auto out = run_good(folder, {"t.csv", "--by", "plate,drug"});
  BOOST_TEST(first_line(out) == "plate,drug," + csv_columns);
  BOOST_TEST(lines(out).size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_standard_deviation_is_a_weight_and_weight_0_is_no_point) {
  const Folder folder;
  // Column s is 1, 2 or 4, so w = 1 / s^2 is exact; the last row of "weights" weighs nothing.
  std::string sds = "plate,x,s,y\n", weights = "plate,x,w,y\n";
  const std::vector<std::string> y = {"1.02", "1.05", "1.11", "1.32", "1.79", "2.48", "3.24", "3.66", "3.91", "3.95"};
  for (std::size_t i = 0; i < y.size(); ++i) {
    const std::vector<std::string> sd = {"1", "2", "4"}, weight = {"1", "0.25", "0.0625"};
    for (const std::string plate : {"A", "B"}) {
      sds += plate + ',' + std::to_string(i) + ',' + sd[i % 3] + ',' + y[i] + '\n';
      weights += plate + ',' + std::to_string(i) + ',' + weight[i % 3] + ',' + y[i] + '\n';
    }
  }
  weights += "A,5,0,100\n";
  folder.write("s.csv", sds);
  folder.write("w.csv", weights);
  const auto by_weight = run_good(folder, {"w.csv", "--by", "plate", "--weights", "w", "--format", "csv"});
  BOOST_TEST(run_good(folder, {"s.csv", "--by", "plate", "--sd", "s", "--format", "csv"}) == by_weight);
  BOOST_TEST(run_good(folder, {"w.csv", "--by", "plate", "--y", "y", "--format", "csv"}) != by_weight);
  BOOST_TEST(lines(by_weight).at(1).starts_with("A,logistic,ok,regular,10,"));
  const auto report = run_good(folder, {"s.csv", "--by", "plate", "--sd", "s", "--at", "5", "--format", "table"});
  BOOST_TEST(report.find("shape") != report.npos);
  folder.write(
      "one.csv", "x,y,w\n" + [&] {
        std::string rows;
        for (std::size_t i = 0; i < y.size(); ++i) rows += std::to_string(i) + ',' + y[i] + ",2\n";
        return rows;
      }());
  const auto one = run_good(folder, {"one.csv", "--weights", "w", "--format", "table"});
  BOOST_TEST(first_line(one) == "y against x, weighted by w (one.csv)");
}

BOOST_AUTO_TEST_CASE(rows_are_in_the_order_in_which_the_keys_first_appear) {
  const Folder folder;
  folder.write("t.csv", three_curves);
  const auto rows = lines(run_good(folder, {"t.csv", "--by", "plate,drug"}));
  BOOST_TEST(rows.at(1).starts_with("1,A,logistic,ok,regular,10,"));
  BOOST_TEST(rows.at(2).starts_with("2,B,logistic,ok,regular,10,"));
  BOOST_TEST(rows.at(3).starts_with("1,C,logistic,ok,flat,10,"));
}

BOOST_AUTO_TEST_CASE(shuffled_rows_give_the_fit_of_the_sorted_ones) {
  const Folder folder;
  folder.write("t.csv", three_curves);
  folder.write("sorted.csv", rising);
  const auto shuffled = lines(run_good(folder, {"t.csv", "--by", "plate,drug", "--format", "json"})).at(0);
  const auto sorted = run_good(folder, {"sorted.csv", "--format", "json"});
  const double one = ordered_json::parse(shuffled)["rss"];
  const double other = ordered_json::parse(sorted)["rss"];
  constexpr double rounding = 1e-9;  // the order of the points changes the order of the sums
  BOOST_TEST(std::fabs(one - other) <= rounding * other);
}

BOOST_AUTO_TEST_CASE(json_has_the_keys_of_the_contract_in_their_order) {
  const Folder folder;
  folder.write("t.csv", three_curves);
  const auto rows = lines(run_good(folder, {"t.csv", "--by", "plate,drug", "--format", "json"}));
  BOOST_TEST(rows.size() == 3u);
  for (const auto& row : rows) {
    const auto object = ordered_json::parse(row);
    const std::vector<std::string> expected = {"schema",  "curve", "model", "status", "shape", "n",    "missing", "parameters",
                                               "derived", "rss",   "rse",   "dof",    "r2",    "aicc", "message"};
    BOOST_TEST(keys(object) == expected, boost::test_tools::per_element());
    BOOST_TEST(object["schema"] == "ogive.fit/1");
    BOOST_TEST(keys(object["curve"]) == (std::vector<std::string>{"plate", "drug"}), boost::test_tools::per_element());
    BOOST_TEST(keys(object["parameters"]) == (std::vector<std::string>{"L", "x0", "k", "b"}), boost::test_tools::per_element());
    for (const auto& parameter : object["parameters"])
      BOOST_TEST(keys(parameter) == (std::vector<std::string>{"value", "se", "lower", "upper"}), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(csv_and_json_hold_the_same_numbers_to_the_last_bit) {
  const Folder folder;
  folder.write("t.csv", rising);
  const auto table = ogive::io::parse_table(run_good(folder, {"t.csv"}), "csv");
  const auto object = ordered_json::parse(run_good(folder, {"t.csv", "--format", "json"}));
  for (const std::string name : {"L", "x0", "k", "b"}) {
    for (const auto& [suffix, key] : {std::pair{"", "value"}, {"_se", "se"}, {"_lower", "lower"}, {"_upper", "upper"}}) {
      const auto number = table.number(0, table.column(name + suffix));
      const auto& json = object["parameters"][name][key];
      BOOST_TEST(number.has_value() == json.is_number(), name << suffix);
      if (number && json.is_number()) BOOST_TEST(*number == json.get<double>(), name << suffix);
    }
  }
  BOOST_TEST(table.number(0, table.column("rss")).value() == object["rss"].get<double>());
}

BOOST_AUTO_TEST_CASE(the_fit_of_a_known_curve_is_right) {
  const Folder folder;
  std::string table = "x,y\n";
  for (int i = 0; i <= 20; ++i) {
    std::ostringstream cell;
    cell.precision(17);
    cell << i << ',' << 2 + 3 / (1 + std::exp(-0.7 * (i - 9.5))) << '\n';
    table += cell.str();
  }
  folder.write("t.csv", table);
  const auto object = ordered_json::parse(run_good(folder, {"t.csv", "--format", "json"}));
  BOOST_TEST(object["shape"] == "perfect");
  constexpr double claim = 1e-9;
  BOOST_TEST(std::fabs(object["parameters"]["L"]["value"].get<double>() - 3) < claim);
  BOOST_TEST(std::fabs(object["parameters"]["x0"]["value"].get<double>() - 9.5) < claim);
  BOOST_TEST(std::fabs(object["parameters"]["k"]["value"].get<double>() - 0.7) < claim);
  BOOST_TEST(std::fabs(object["parameters"]["b"]["value"].get<double>() - 2) < claim);
}

BOOST_AUTO_TEST_CASE(every_number_of_threads_gives_the_same_bytes) {
  const Folder folder;
  std::string table = "curve,x,y\n";
  for (int curve = 0; curve < 60; ++curve)
    for (int i = 0; i < 12; ++i)
      table += std::to_string(curve) + ',' + std::to_string(i) + ',' +
               std::to_string(1 / (1 + std::exp(0.2 * (curve % 7) - 0.3 * i)) + 0.01 * ((i * 7 + curve * 13) % 11)) + '\n';
  folder.write("t.csv", table);
  const auto one = run_good(folder, {"t.csv", "--by", "curve", "--threads", "1", "--format", "json"});
  BOOST_TEST(lines(one).size() == 60u);
  BOOST_TEST(run_good(folder, {"t.csv", "--by", "curve", "--threads", "4", "--format", "json"}) == one);
}

BOOST_AUTO_TEST_CASE(a_wide_table_is_a_curve_for_each_column) {
  const Folder folder;
  folder.write("t.csv", "time,one,two\n0,1,9\n1,1.1,8.8\n2,1.3,8\n3,2.1,6\n4,3.2,3\n5,3.8,1.5\n6,4,1.1\n7,4.1,1\n");
  const auto rows = lines(run_good(folder, {"t.csv", "--wide"}));
  BOOST_TEST(rows.at(0) == "column," + csv_columns);
  BOOST_TEST(rows.at(1).starts_with("one,logistic,ok,regular,8,"));
  BOOST_TEST(rows.at(2).starts_with("two,logistic,ok,regular,8,"));
}

BOOST_AUTO_TEST_CASE(log_x_fits_against_log10_and_takes_dose_0_as_the_limit) {
  const Folder folder;
  folder.write("t.csv", "dose,y\n0,0.02\n0.001,0.05\n0.01,0.3\n0.1,1.4\n1,2.7\n10,2.93\n100,3.01\n");
  const auto object = ordered_json::parse(run_good(folder, {"t.csv", "--log-x", "--format", "json", "--at", "0,1,1000"}));
  BOOST_TEST(object["n"] == 7);
  const double x0 = object["parameters"]["x0"]["value"];
  BOOST_TEST(x0 > -2);
  BOOST_TEST(x0 < 0);
  const auto& predictions = object["predictions"];
  BOOST_TEST(predictions.size() == 3u);
  BOOST_TEST(predictions[0]["x"] == 0.0);  // in the unit of the table
  const double limit = object["derived"]["lower"]["value"];
  BOOST_TEST(predictions[0]["y"].get<double>() == limit);
  BOOST_TEST(predictions[0]["extrapolated"] == false);
  BOOST_TEST(predictions[2]["extrapolated"] == true);
}

BOOST_AUTO_TEST_CASE(predictions_have_bands_around_them_and_say_where_they_extrapolate) {
  const Folder folder;
  folder.write("t.csv", three_curves);
  const auto out = run_good(folder, {"t.csv", "--by", "drug", "--x", "x", "--y", "y", "--at", "4.5,-3"});
  const auto table = ogive::io::parse_table(out, "csv");
  BOOST_TEST(first_line(out) == "drug,x,y,lower,upper,extrapolated");
  BOOST_TEST(table.rows() == 6u);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double y = table.number(row, 2).value();
    BOOST_TEST(table.number(row, 3).value() <= y);
    BOOST_TEST(table.number(row, 4).value() >= y);
    BOOST_TEST(table.number(row, 1).value() == (row % 2 == 0 ? 4.5 : -3));
    BOOST_TEST(table.cell(row, 5) == (row % 2 == 0 ? "no" : "yes"));
  }
}

BOOST_AUTO_TEST_CASE(without_intervals_their_cells_are_empty) {
  const Folder folder;
  folder.write("t.csv", rising);
  const auto table = ogive::io::parse_table(run_good(folder, {"t.csv", "--interval", "none"}), "csv");
  for (const std::string suffix : {"_se", "_lower", "_upper"})
    BOOST_TEST(!table.number(0, table.column("x0" + suffix)).has_value(), suffix);
  BOOST_TEST(table.number(0, table.column("x0")).has_value());
}

BOOST_AUTO_TEST_CASE(a_higher_confidence_makes_wider_intervals) {
  const Folder folder;
  folder.write("t.csv", rising);
  const auto width = [&](const std::string& confidence) {
    const auto object = ordered_json::parse(run_good(folder, {"t.csv", "--format", "json", "--confidence", confidence}));
    const auto& x0 = object["parameters"]["x0"];
    return x0["upper"].get<double>() - x0["lower"].get<double>();
  };
  BOOST_TEST(width("0.99") > width("0.5"));
}

BOOST_AUTO_TEST_CASE(strict_makes_a_curve_without_a_regular_fit_exit_code_1) {
  const Folder folder;
  folder.write("t.csv", three_curves);
  folder.write("good.csv", rising);
  const std::vector<std::string> arguments = {"t.csv", "--by", "drug", "--x", "x", "--y", "y"};
  const auto tolerant = folder.run(ogive_fit(arguments));
  BOOST_TEST(tolerant.code == 0);
  BOOST_TEST(tolerant.err == "ogive-fit: note: 1 of 3 curves without a regular fit: 1 flat\n");
  auto strict = arguments;
  strict.push_back("--strict");
  const auto outcome = folder.run(ogive_fit(strict));
  BOOST_TEST(outcome.code == 1);
  BOOST_TEST(outcome.out == tolerant.out);
  BOOST_TEST(folder.run(ogive_fit({"good.csv", "--strict"})).code == 0);
}

BOOST_AUTO_TEST_CASE(too_few_points_are_a_status_and_not_an_error) {
  const Folder folder;
  folder.write("t.csv", "x,y\n1,2\n2,3\n");
  const auto out = run_good(folder, {"t.csv"});
  BOOST_TEST(lines(out).at(1).starts_with("logistic,too-few-points,"));
}

BOOST_AUTO_TEST_CASE(the_table_of_one_curve_is_a_report) {
  const Folder folder;
  folder.write("t.csv", rising + "10,\n");
  const auto out = run_good(folder, {"t.csv", "--format", "table", "--at", "4.5,20"});
  BOOST_TEST(first_line(out) == "y against x (t.csv)");
  for (const std::string words :
       {"y = b + L / (1 + exp(-k (x - x0)))", "regular: an ordinary optimum", "std. error", "\nL ", "\nx0 ", "\nrss ",
        "F(3, 6) = ", "95 %", "10 at 10 distinct x; 1 left out (missing)", "extrapolated"})
    BOOST_TEST(out.find(words) != out.npos, words);
}

BOOST_AUTO_TEST_CASE(the_table_of_many_curves_has_a_line_for_each) {
  const Folder folder;
  folder.write("t.csv", three_curves);
  const auto rows = lines(run_good(folder, {"t.csv", "--by", "plate,drug", "--format", "table"}));
  BOOST_TEST(rows.size() == 4u);
  BOOST_TEST(rows.at(0).starts_with("plate  drug  shape"));
}

BOOST_AUTO_TEST_CASE(the_locale_changes_nothing) {
  const Folder folder;
  folder.write("t.csv", rising);
  const auto plain = run_good(folder, {"t.csv", "--format", "json"});
  for (const std::string locale : {"de_DE.UTF-8", "C.UTF-8", "tr_TR.UTF-8"}) {
    const auto outcome =
        folder.run(ogive_fit({"t.csv", "--format", "json"}), {.environment = {{"LC_ALL", locale}, {"LANG", locale}}});
    BOOST_TEST(outcome.out == plain, locale);
  }
}

BOOST_AUTO_TEST_CASE(keys_with_commas_and_quotes_read_back) {
  const Folder folder;
  std::string table = "name,x,y\n";
  for (int i = 0; i < 4; ++i) table += "\"a,\"\"b\"\"\"," + std::to_string(i) + ',' + std::to_string(i * i) + '\n';
  folder.write("t.csv", table);
  const auto csv = ogive::io::parse_table(run_good(folder, {"t.csv", "--by", "name"}), "csv");
  BOOST_TEST(csv.cell(0, 0) == "a,\"b\"");
  const auto object = ordered_json::parse(run_good(folder, {"t.csv", "--by", "name", "--format", "json"}));
  BOOST_TEST(object["curve"]["name"] == "a,\"b\"");
}
