// SPDX-License-Identifier: MIT
#include "ogive/fit/report.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "ogive/io/json_writer.h"
#include "ogive/io/number.h"
#include "ogive/io/text_table.h"

namespace ogive::fit {
namespace {

using Row = std::vector<std::string>;

constexpr int digits_for_people = 6;

Estimate estimate(std::span<const Estimate> estimates, std::size_t i) { return i < estimates.size() ? estimates[i] : Estimate{}; }

std::string rounded(double value, int digits = digits_for_people) {
  return std::isnan(value) ? "-" : io::format_number(value, digits);
}

// Up to the second digit of the standard error, and at least six: a midpoint of 20000.1234 +- 0.0012 keeps its decimals.
int digits_of(const Estimate& e) {
  if (!std::isfinite(e.value) || !(e.se > 0) || !std::isfinite(e.se) || e.value == 0) return digits_for_people;
  const double digits = std::floor(std::log10(std::fabs(e.value))) - std::floor(std::log10(e.se)) + 2;
  return static_cast<int>(std::clamp(digits, static_cast<double>(digits_for_people), 15.0));
}

void append(Row& row, std::span<const std::string> cells) { row.insert(row.end(), cells.begin(), cells.end()); }

// The first words of a meaning: "the rise" of "the rise: upper minus lower plateau, in the unit of y".
std::string brief(std::string_view meaning) { return std::string(meaning.substr(0, meaning.find_first_of(",;:("))); }

std::string estimates_table(std::string_view what, const auto& names, std::span<const Estimate> estimates,
                            const ReportContext& context) {
  const bool intervals = context.interval != Interval::none;
  Row header = {std::string(what), "value"};
  if (intervals) append(header, Row{"std. error", "lower", "upper"});
  header.emplace_back("meaning");
  io::TextTable table(header);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Estimate e = estimate(estimates, i);
    const int digits = digits_of(e);
    Row row = {std::string(names[i].name), rounded(e.value, digits)};
    if (intervals) append(row, Row{rounded(e.se, 4), rounded(e.lower, digits), rounded(e.upper, digits)});
    row.push_back(brief(names[i].meaning));
    table.add_row(std::move(row));
  }
  return table.text({.colour = context.colour});
}

// The limit as a formula. A log-dose model is a function of log x, and so is its limit; where a step lies is said in the unit of x.
std::string limit_in_words(const Limit& limit, bool log_dose) {
  const std::string shifted = (log_dose ? "(log x - " : "(x - ") + rounded(limit.center, 8) + ")";
  const auto place = [&](double x) { return rounded(log_dose ? std::exp(x) : x, 8); };
  switch (limit.kind) {
    case Limit::Kind::none:
      return "";
    case Limit::Kind::constant:
      return "y = " + rounded(limit.low);
    case Limit::Kind::line:
      return "y = " + rounded(limit.low) + " + " + rounded(limit.high) + ' ' + shifted;
    case Limit::Kind::exponential:
      return "y = " + rounded(limit.low) + " + " + rounded(limit.high) + " expm1(" + rounded(limit.rate) + ' ' + shifted + ")";
    case Limit::Kind::step: {
      const bool at_a_point = limit.left == limit.right;
      return "y = " + rounded(limit.low) + " left of x = " + place(limit.left) + ", " + rounded(limit.high) + " right of " +
             (at_a_point ? "it" : "x = " + place(limit.right)) +
             (at_a_point && !std::isnan(limit.middle) ? ", " + rounded(limit.middle) + " there" : "");
    }
  }
  return "";
}

// "0.993 (L, x0)": the pair of parameters that the data can least tell apart.
std::string largest_correlation(const Result& result) {
  const std::size_t p = result.parameters.size();
  if (result.correlation.size() != p * p) return "";
  double largest = 0;
  std::string pair;
  for (std::size_t i = 0; i < p; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double r = result.correlation[i * p + j];
      if (!(std::fabs(r) > std::fabs(largest))) continue;
      largest = r;
      pair = std::string(result.model->parameters[j].name) + ", " + std::string(result.model->parameters[i].name);
    }
  }
  return pair.empty() ? "" : rounded(largest, 4) + " (" + pair + ")";
}

std::string f_test(const Result& result) {
  if (std::isnan(result.f_statistic)) return "";
  const std::size_t p = result.model->parameters.size();
  std::string text = "F(" + std::to_string(p - 1) + ", " + std::to_string(result.dof) + ") = " + rounded(result.f_statistic);
  if (!std::isnan(result.f_p_value)) text += result.f_p_value < 1e-16 ? ", p < 1e-16" : ", p = " + rounded(result.f_p_value, 3);
  return text + ", against a constant";
}

// One line for each fact that is known.
std::string summary(const Result& result, const ReportContext& context) {
  std::string text;
  const auto say = [&](std::string_view name, const std::string& words) {
    if (!words.empty()) text += std::string(name) + std::string(13 - name.size(), ' ') + words + '\n';
  };
  const auto number = [&](std::string_view name, double value, const std::string& more = "") {
    if (!std::isnan(value)) say(name, rounded(value) + more);
  };
  say("points", std::to_string(result.n) + " at " + std::to_string(result.distinct) + " distinct x" +
                    (context.missing > 0 ? "; " + std::to_string(context.missing) + " left out (missing)" : ""));
  number("rss", result.rss);
  number("rse", result.rse, " with " + std::to_string(result.dof) + (result.dof == 1 ? " degree" : " degrees") + " of freedom");
  number("r2", result.r2);
  number("aicc", result.aicc);
  say("F test", f_test(result));
  if (context.interval == Interval::none) return text;
  number("condition", result.condition);
  say("correlation", largest_correlation(result));
  say("intervals", rounded(100 * result.confidence) + " %, " +
                       (context.interval == Interval::profile ? "parameters by profile likelihood" : "symmetric (Wald)"));
  return text;
}

std::string emphasised(const std::string& text, std::string_view code, bool colour) {
  return colour ? "\x1b[" + std::string(code) + 'm' + text + "\x1b[0m" : text;
}

}  // namespace

std::vector<ReportedPrediction> reported_predictions(const Result& result, std::span<const double> data_x,
                                                     std::span<const double> x, std::span<const double> shown) {
  assert(shown.empty() || shown.size() == x.size());
  const auto [least, greatest] = std::minmax_element(data_x.begin(), data_x.end());
  const auto predictions = predict(result, x);
  std::vector<ReportedPrediction> reported;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    reported.push_back({predictions[i], data_x.empty() || x[i] < *least || x[i] > *greatest});
    reported.back().prediction.x = shown.empty() ? x[i] : shown[i];
  }
  return reported;
}

void write_csv_header(io::CsvWriter& csv, const curve::Model& model, std::span<const std::string> key_columns) {
  for (const auto& column : key_columns) csv.cell(column);
  for (const std::string_view name : {"model", "status", "shape", "n"}) csv.cell(name);
  for (const std::string_view suffix : {"", "_se", "_lower", "_upper"})
    for (const auto& parameter : model.parameters) csv.cell(std::string(parameter.name) + std::string(suffix));
  for (const std::string_view name : {"rss", "rse", "dof", "r2", "aicc"}) csv.cell(name);
  csv.end_row();
}

void write_csv_row(io::CsvWriter& csv, const Result& result, const Key& key) {
  for (const auto& cell : key.cells) csv.cell(cell);
  csv.cell(result.model->name).cell(to_string(result.status)).cell(to_string(result.shape)).cell(result.n);
  for (const auto part : {&Estimate::value, &Estimate::se, &Estimate::lower, &Estimate::upper})
    for (std::size_t i = 0; i < result.model->parameters.size(); ++i) csv.cell(estimate(result.parameters, i).*part);
  csv.cell(result.rss).cell(result.rse).cell(result.dof).cell(result.r2).cell(result.aicc);
  csv.end_row();
}

void write_prediction_header(io::CsvWriter& csv, std::span<const std::string> key_columns) {
  for (const auto& name : prediction_table_header(key_columns)) csv.cell(name);
  csv.end_row();
}

void write_prediction_row(io::CsvWriter& csv, const ReportedPrediction& prediction, const Key& key) {
  for (const auto& cell : key.cells) csv.cell(cell);
  const Prediction& p = prediction.prediction;
  csv.cell(p.x).cell(p.y).cell(p.lower).cell(p.upper).cell(prediction.extrapolated ? "yes" : "no");
  csv.end_row();
}

std::string json_line(const Result& result, const Key& key, std::size_t missing, std::span<const ReportedPrediction> predictions) {
  io::JsonObject curve;
  for (std::size_t i = 0; i < key.columns.size(); ++i) curve.set(key.columns[i], key.cells[i]);
  const auto estimates = [](const auto& names, std::span<const Estimate> values) {
    io::JsonObject object;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Estimate e = estimate(values, i);
      object.set(names[i].name, io::JsonObject().set("value", e.value).set("se", e.se).set("lower", e.lower).set("upper", e.upper));
    }
    return object;
  };
  io::JsonObject line;
  line.set("schema", "ogive.fit/1")
      .set("curve", curve)
      .set("model", result.model->name)
      .set("status", to_string(result.status))
      .set("shape", to_string(result.shape))
      .set("n", result.n)
      .set("missing", missing)
      .set("parameters", estimates(result.model->parameters, result.parameters))
      .set("derived", estimates(result.model->derived_quantities, result.derived))
      .set("rss", result.rss)
      .set("rse", result.rse)
      .set("dof", result.dof)
      .set("r2", result.r2)
      .set("aicc", result.aicc)
      .set("message", result.message);
  if (!predictions.empty()) {
    std::vector<io::JsonObject> list;
    for (const auto& [p, extrapolated] : predictions)
      list.push_back(io::JsonObject()
                         .set("x", p.x)
                         .set("y", p.y)
                         .set("lower", p.lower)
                         .set("upper", p.upper)
                         .set("extrapolated", extrapolated));
    line.set("predictions", std::span<const io::JsonObject>(list));
  }
  return line.text();
}

std::string text_report(const Result& result, const ReportContext& context, std::span<const ReportedPrediction> predictions) {
  const curve::Model& model = *result.model;
  std::string text;
  if (!context.title.empty()) text += emphasised(context.title, "1", context.colour) + '\n';
  text += std::string(model.name) + ": " + std::string(model.formula) + '\n';

  const bool fitted = result.status == Status::ok;
  std::string verdict(fitted ? describe(result.shape) : describe(result.status));
  if (!result.message.empty())
    verdict = std::string(fitted ? to_string(result.shape) : to_string(result.status)) + ": " + result.message;
  text += (result.good() ? verdict : emphasised(verdict, "33", context.colour)) + '\n';
  if (const auto limit = limit_in_words(result.limit, model.log_dose); !limit.empty()) text += "limit: " + limit + '\n';

  text += '\n' + estimates_table("parameter", model.parameters, result.parameters, context);
  if (std::any_of(result.derived.begin(), result.derived.end(), [](const Estimate& e) { return !std::isnan(e.value); }))
    text += '\n' + estimates_table("derived", model.derived_quantities, result.derived, context);
  text += '\n' + summary(result, context);
  if (!predictions.empty()) {
    io::TextTable table(prediction_table_header({}));
    for (const auto& prediction : predictions) table.add_row(prediction_table_row(prediction));
    text += '\n' + table.text({.colour = context.colour});
  }
  return text;
}

std::vector<std::string> table_header(const curve::Model& model, std::span<const std::string> key_columns) {
  Row row(key_columns.begin(), key_columns.end());
  append(row, Row{"shape", "n"});
  for (const auto& parameter : model.parameters) row.emplace_back(parameter.name);
  append(row, Row{"rse", "r2"});
  return row;
}

std::vector<std::string> table_row(const Result& result, const Key& key) {
  Row row(key.cells.begin(), key.cells.end());
  append(row, Row{std::string(result.status == Status::ok ? to_string(result.shape) : to_string(result.status)),
                  std::to_string(result.n)});
  for (std::size_t i = 0; i < result.model->parameters.size(); ++i) row.push_back(rounded(estimate(result.parameters, i).value));
  append(row, Row{rounded(result.rse), rounded(result.r2)});
  return row;
}

std::vector<std::string> prediction_table_header(std::span<const std::string> key_columns) {
  Row row(key_columns.begin(), key_columns.end());
  append(row, Row{"x", "y", "lower", "upper", "extrapolated"});
  return row;
}

std::vector<std::string> prediction_table_row(const ReportedPrediction& prediction, const Key& key) {
  Row row(key.cells.begin(), key.cells.end());
  const Prediction& p = prediction.prediction;
  append(row,
         Row{io::format_number(p.x), rounded(p.y), rounded(p.lower), rounded(p.upper), prediction.extrapolated ? "yes" : "no"});
  return row;
}

std::string_view describe(Shape shape) {
  switch (shape) {
    case Shape::regular:
      return "regular: an ordinary optimum";
    case Shape::step:
      return "step: the steeper the curve, the better; the midpoint is only known to lie in a gap of x";
    case Shape::exponential:
      return "exponential: the data show one plateau only; the other is not determined";
    case Shape::line:
      return "line: the data show neither plateau; a straight line does as well";
    case Shape::flat:
      return "flat: no effect; the F test does not reject a constant at 5 %";
    case Shape::perfect:
      return "perfect: the curve meets the points up to rounding";
  }
  return "";
}

std::string_view describe(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::too_few_points:
      return "too-few-points: fewer distinct x than the model has parameters";
    case Status::bad_data:
      return "bad-data: the data do not suit the model";
    case Status::not_converged:
      return "not-converged: the best point found is not an optimum";
  }
  return "";
}

}  // namespace ogive::fit
