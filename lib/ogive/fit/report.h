// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Results as text: a row of CSV cells, a line of JSON, a report for people.
///
/// The columns and keys here are a contract with the programs that read them; they change only together with the schema's number.
///
///     CSV    <key columns>,model,status,shape,n,<parameters>,<parameter>_se,<parameter>_lower,<parameter>_upper,
///            rss,rse,dof,r2,aicc
///
///            (first all values, then all standard errors, all lower ends, all upper ends). Unknown and infinite numbers are empty.
///
///     JSON   {"schema":"ogive.fit/1","curve":{<key>},"model","status","shape","n","missing",
///             "parameters":{"L":{"value","se","lower","upper"},...},"derived":{likewise},"rss","rse","dof","r2","aicc","message"}
///
///            Unknown numbers are null, infinite ones the strings "inf" and "-inf".
///
/// Every number in CSV and JSON is the shortest text that reads back as the same float64. The report for people rounds.
///
/// @code
///   #include "ogive/curve/registry.h"
///
///   const std::array x = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
///   const std::array y = {0.1, 0.3, 1.1, 2.6, 3.2, 3.4};
///   const auto result = ogive::fit::fit(ogive::curve::model("logistic"), {x, y});
///   const std::array<std::string, 1> columns = {"plate"};
///   const std::array<std::string, 1> cells = {"A7"};
///   std::cout << ogive::fit::json_line(result, {columns, cells}) << '\n';
/// @endcode

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ogive/fit/fit.h"
#include "ogive/io/csv_writer.h"

namespace ogive::fit {

/// Which curve a result belongs to: the names of the key columns, and the cells that all its points share. Both may be empty.
struct Key {
  std::span<const std::string> columns;  ///< names; not owned
  std::span<const std::string> cells;    ///< as many; not owned
};

/// A prediction as it is reported.
struct ReportedPrediction {
  Prediction prediction;      ///< in the unit that the user sees
  bool extrapolated = false;  ///< x lies outside the data
};

/// The predictions at each x, in the unit that the model was fitted in. `shown` holds the same x in the user's unit, where that is
/// another one (the model was fitted to log10 x); empty: the same.
std::vector<ReportedPrediction> reported_predictions(const Result& result, std::span<const double> data_x,
                                                     std::span<const double> x, std::span<const double> shown = {});

/// Writes the row that names the CSV columns.
void write_csv_header(io::CsvWriter& csv, const curve::Model& model, std::span<const std::string> key_columns = {});

/// Writes the row of one result, under write_csv_header().
void write_csv_row(io::CsvWriter& csv, const Result& result, const Key& key = {});

/// Writes the row that names the columns of a table of predictions: `<key columns>,x,y,lower,upper,extrapolated`.
void write_prediction_header(io::CsvWriter& csv, std::span<const std::string> key_columns = {});

/// Writes the row of one prediction; the last cell is "yes" or "no".
void write_prediction_row(io::CsvWriter& csv, const ReportedPrediction& prediction, const Key& key = {});

/// One JSON object on one line, without the line's end. With predictions, it ends in the key "predictions": a list of objects
/// {"x","y","lower","upper","extrapolated"}.
/// @param missing  the number of points that were left out because x or y was missing
std::string json_line(const Result& result, const Key& key = {}, std::size_t missing = 0,
                      std::span<const ReportedPrediction> predictions = {});

/// What a report says about the data besides the result.
struct ReportContext {
  std::string title;                      ///< the first line, for example "population against year (us_census.csv)"
  std::size_t missing = 0;                ///< points left out
  Interval interval = Interval::profile;  ///< which kind the result's intervals are
  bool colour = false;                    ///< emphasis by ANSI sequences
};

/// A readable report on one result, several lines.
std::string text_report(const Result& result, const ReportContext& context = {},
                        std::span<const ReportedPrediction> predictions = {});

/// The columns of a table of many results, one row each: `<key columns>,shape,n,<parameters>,rse,r2`. Where the status is not ok,
/// it stands in the column of the shape.
std::vector<std::string> table_header(const curve::Model& model, std::span<const std::string> key_columns);

/// One row of it, with numbers rounded to 6 digits; "-" is unknown.
std::vector<std::string> table_row(const Result& result, const Key& key = {});

/// The columns of a table of many predictions: `<key columns>,x,y,lower,upper,extrapolated`.
std::vector<std::string> prediction_table_header(std::span<const std::string> key_columns);

/// One row of it.
std::vector<std::string> prediction_table_row(const ReportedPrediction& prediction, const Key& key = {});

/// A shape in a few words, for example "step: the rise lies between two neighbouring x".
std::string_view describe(Shape shape);

/// A status in a few words, for example "too-few-points: fewer distinct x than parameters".
std::string_view describe(Status status);

}  // namespace ogive::fit
