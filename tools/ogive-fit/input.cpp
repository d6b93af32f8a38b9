// SPDX-License-Identifier: MIT
#include "tools/ogive-fit/input.h"

#include <algorithm>
#include <cmath>

#include "ogive/base/errors.h"
#include "ogive/io/table.h"
#include "tools/common/options.h"

namespace ogive::tools {
namespace {

// The first column that none of `used` is; where there is none, the table is too narrow.
std::size_t free_column(const io::Table& table, const std::vector<std::size_t>& used, const std::string& option) {
  for (std::size_t column = 0; column < table.columns(); ++column)
    if (std::find(used.begin(), used.end(), column) == used.end()) return column;
  throw InputError({table.source(), 0, 0}, "no column is left for " + option + "; the table has " +
                                               std::to_string(table.columns()) + (table.columns() == 1 ? " column" : " columns"));
}

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < 12; ++i) text += (i > 0 ? ", " : "") + names[i];
  return names.size() > 12 ? text + ", ..." : text;
}

// A column that the user did not choose may be the wrong one: where its first cell is no number, the remedy is to choose.
void check_default(const io::Table& table, std::size_t column, const std::string& option) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    try {
      if (table.number(row, column)) return;
    } catch (const InputError& error) {
      const std::string prefix = InputError(error.place(), "").what();
      throw InputError(error.place(), std::string(error.what()).substr(prefix.size()) + "; choose a column with " + option + " (" +
                                          list_of(table.names()) + ")");
    }
  }
}

void refuse_negative_doses(const io::Table& table, std::size_t x, const Arguments& arguments) {
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (const auto value = table.number(row, x); value && *value < 0)
      throw InputError(table.place(row, x),
                       negative_dose(std::string(table.cell(row, x)), arguments) + " (column '" + table.names()[x] + "')");
}

// A weight or standard deviation that is none is named with its place.
void refuse_odd_weights(const io::Table& table, std::size_t column, const Arguments& arguments) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto value = table.number(row, column);
    if (!value) continue;
    std::string objection;
    if (arguments.weights && *value < 0) objection = "is negative, and a weight is 0 or above";
    if (arguments.sd && !(*value > 0)) objection = "is no standard deviation, which is above 0";
    const double weight = 1 / (*value * *value);
    if (arguments.sd && objection.empty() && !(weight > 0 && std::isfinite(weight)))
      objection = "has a weight 1 / sd^2 beyond float64";
    if (!objection.empty())
      throw InputError(table.place(row, column),
                       "'" + std::string(table.cell(row, column)) + "' " + objection + " (column '" + table.names()[column] + "')");
  }
}

}  // namespace

std::string negative_dose(const std::string& cell, const Arguments& arguments) {
  return "'" + cell + "' is negative and has no logarithm, which " +
         (arguments.log_x ? "--log-x" : "the model " + std::string(arguments.model->name)) + " takes";
}

Columns choose_columns(const io::Table& table, const Arguments& arguments) {
  std::vector<std::size_t> by;
  std::vector<std::size_t> used;
  const auto choose = [&](const std::string& name) {
    const std::size_t column = table.column(name);
    if (std::find(used.begin(), used.end(), column) != used.end())
      throw UsageError("column '" + table.names()[column] + "' is used twice");
    used.push_back(column);
    return column;
  };
  for (const auto& name : arguments.by) by.push_back(choose(name));
  std::optional<std::size_t> x;
  std::optional<std::size_t> y;
  if (arguments.x) x = choose(*arguments.x);
  if (arguments.y) y = choose(*arguments.y);
  std::optional<std::size_t> w;
  if (arguments.weights) w = choose(*arguments.weights);
  if (arguments.sd) w = choose(*arguments.sd);
  if (!x) used.push_back(*(x = free_column(table, used, "x")));
  if (!y) y = free_column(table, used, arguments.wide ? "a curve" : "y");

  if (!arguments.x) check_default(table, *x, "--x");
  if (!arguments.y && !arguments.wide) check_default(table, *y, "--y");
  return {by, *x, *y, w};
}

Input read_input(const io::Table& table, const Arguments& arguments) {
  const auto [by, x, y, w] = choose_columns(table, arguments);
  if (arguments.log_x || arguments.model->log_dose) refuse_negative_doses(table, x, arguments);
  if (w) refuse_odd_weights(table, *w, arguments);
  Input input;
  input.source = table.source();
  input.x_name = table.names()[x];
  input.y_name = arguments.wide ? "y" : table.names()[y];
  if (arguments.wide) {
    input.curves = io::wide_curves(table, x);
    input.key_columns = {"column"};
  } else {
    input.curves = io::long_curves(table, x, y, by, w);
    if (w) input.weighted = "weighted by " + (arguments.sd ? "1 / " + table.names()[*w] + "^2" : table.names()[*w]);
    if (arguments.sd)
      for (auto& curve : input.curves)
        for (double& weight : curve.w) weight = 1 / (weight * weight);
    for (const std::size_t column : by) input.key_columns.push_back(table.names()[column]);
  }
  if (arguments.log_x) {
    input.x_name = "log10(" + input.x_name + ")";
    for (auto& curve : input.curves)
      for (double& value : curve.x) value = std::log10(value);
  }
  return input;
}

}  // namespace ogive::tools
