// SPDX-License-Identifier: MIT
// What report.h promises: the columns and keys of the contract, and numbers that are unknown or infinite.
#define BOOST_TEST_MODULE fit_report
#include <array>
#include <boost/test/unit_test.hpp>

#include "ogive/curve/registry.h"
#include "ogive/fit/report.h"

namespace fit = ogive::fit;
using fit::infinite;
using fit::unknown;

namespace {

// A result made up for the purpose: the fitter is not asked.
fit::Result step_result() {
  fit::Result result;
  result.model = &ogive::curve::model("logistic");
  result.status = fit::Status::ok;
  result.shape = fit::Shape::step;
  result.message = "a \"step\"";
  result.n = 6;
  result.distinct = 5;
  result.parameters = {{2.5, 0.25, 2, 3}, {unknown, unknown, 3, 4}, {infinite, unknown, 0.5, infinite}, {-1, 0.125, -1.5, -0.5}};
  result.derived.resize(result.model->derived_quantities.size());
  result.limit = {.kind = fit::Limit::Kind::step, .low = -1, .high = 1.5, .left = 3, .right = 4};
  result.rss = 0.1;
  result.rse = 0.25;
  result.dof = 2;
  result.r2 = 0.75;
  return result;
}

const std::array<std::string, 2> columns = {"plate", "well"};
const std::array<std::string, 2> cells = {"P,1", "A7"};

}  // namespace

BOOST_AUTO_TEST_CASE(csv_groups_values_standard_errors_and_ends) {
  std::string text;
  ogive::io::CsvWriter csv(text);
  fit::write_csv_header(csv, ogive::curve::model("logistic"), columns);
  BOOST_TEST(
      text ==
      "plate,well,model,status,shape,n,L,x0,k,b,L_se,x0_se,k_se,b_se,L_lower,x0_lower,k_lower,b_lower,L_upper,x0_upper,k_upper,"
      "b_upper,rss,rse,dof,r2,aicc\n");
}

BOOST_AUTO_TEST_CASE(csv_leaves_unknown_and_infinite_numbers_empty) {
  std::string text;
  ogive::io::CsvWriter csv(text);
  fit::write_csv_row(csv, step_result(), {columns, cells});
  BOOST_TEST(text == "\"P,1\",A7,logistic,ok,step,6,2.5,,,-1,0.25,,,0.125,2,3,0.5,-1.5,3,4,,-0.5,0.1,0.25,2,0.75,\n");
}

BOOST_AUTO_TEST_CASE(csv_has_all_its_cells_where_nothing_was_computed) {
  fit::Result result;
  result.model = &ogive::curve::model("richards");
  std::string header;
  std::string row;
  ogive::io::CsvWriter header_csv(header);
  ogive::io::CsvWriter row_csv(row);
  fit::write_csv_header(header_csv, *result.model);
  fit::write_csv_row(row_csv, result);
  BOOST_TEST(row.starts_with("richards,bad-data,"));
  BOOST_TEST(std::count(row.begin(), row.end(), ',') == std::count(header.begin(), header.end(), ','));
}

BOOST_AUTO_TEST_CASE(json_writes_unknown_as_null_and_infinite_as_a_word) {
  const auto line = fit::json_line(step_result(), {columns, cells}, 3);
  BOOST_TEST(line.starts_with(R"({"schema":"ogive.fit/1","curve":{"plate":"P,1","well":"A7"},"model":"logistic","status":"ok",)"
                              R"("shape":"step","n":6,"missing":3,"parameters":{"L":{"value":2.5,"se":0.25,"lower":2,"upper":3},)"
                              R"("x0":{"value":null,"se":null,"lower":3,"upper":4},)"
                              R"("k":{"value":"inf","se":null,"lower":0.5,"upper":"inf"},)"));
  BOOST_TEST(line.ends_with(R"(,"rss":0.1,"rse":0.25,"dof":2,"r2":0.75,"aicc":null,"message":"a \"step\""})"));
}

BOOST_AUTO_TEST_CASE(json_ends_in_the_predictions_where_there_are_any) {
  const std::array predictions = {fit::ReportedPrediction{{1, 2, unknown, infinite}, false},
                                  fit::ReportedPrediction{{9, 3, 2, 4}, true}};
  const auto line = fit::json_line(step_result(), {}, 0, predictions);
  BOOST_TEST(line.ends_with(R"("predictions":[{"x":1,"y":2,"lower":null,"upper":"inf","extrapolated":false},)"
                            R"({"x":9,"y":3,"lower":2,"upper":4,"extrapolated":true}]})"));
}

BOOST_AUTO_TEST_CASE(the_report_says_what_a_limit_is) {
  const auto text =
      fit::text_report(step_result(), {.title = "y against x", .missing = 2, .interval = fit::Interval::wald, .colour = false});
  for (const std::string words :
       {"y against x\n", "\nstep: a \"step\"\n", "limit: y = -1 left of x = 3, 1.5 right of x = 4\n", "a \"step\"\n",
        "6 at 5 distinct x; 2 left out (missing)\n", "0.25 with 2 degrees of freedom\n", "(Wald)"})
    BOOST_TEST(text.find(words) != text.npos, words);
  BOOST_TEST(text.find('\x1b') == text.npos);
}

BOOST_AUTO_TEST_CASE(the_report_keeps_the_digits_that_the_standard_error_leaves) {
  auto result = step_result();
  result.parameters[1] = {20000.123456, 0.0012, 20000.12, 20000.127};
  const auto text = fit::text_report(result);
  BOOST_TEST(text.find("20000.1235") != text.npos);
}

BOOST_AUTO_TEST_CASE(every_shape_and_status_has_words_that_begin_with_its_name) {
  for (const auto shape :
       {fit::Shape::regular, fit::Shape::step, fit::Shape::exponential, fit::Shape::line, fit::Shape::flat, fit::Shape::perfect})
    BOOST_TEST(fit::describe(shape).starts_with(fit::to_string(shape)));
  for (const auto status : {fit::Status::ok, fit::Status::too_few_points, fit::Status::bad_data, fit::Status::not_converged})
    BOOST_TEST(fit::describe(status).starts_with(fit::to_string(status)));
}

BOOST_AUTO_TEST_CASE(table_rows_have_as_many_cells_as_their_header) {
  const auto result = step_result();
  const auto row = fit::table_row(result, {columns, cells});
  BOOST_TEST(row.size() == fit::table_header(*result.model, columns).size());
  BOOST_TEST(row[2] == "step");
  BOOST_TEST(fit::prediction_table_row({{1, 2, 3, 4}, true}, {columns, cells}).size() ==
             fit::prediction_table_header(columns).size());
}
