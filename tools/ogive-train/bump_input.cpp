// SPDX-License-Identifier: MIT
#include "tools/ogive-train/bump_input.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ogive/base/errors.h"
#include "ogive/io/table.h"
#include "tools/common/options.h"

namespace ogive::tools {
namespace {

using layer::BumpForm;
using layer::BumpParameters;

constexpr std::size_t usual_epochs = 10;       // of adam
constexpr std::size_t usual_iterations = 200;  // of Levenberg-Marquardt
constexpr double usual_start = 0.04;           // the width where the experiment of the discussions starts

std::size_t free_column(const io::Table& table, std::optional<std::size_t> used, const std::string& option) {
  for (std::size_t column = 0; column < table.columns(); ++column)
    if (column != used) return column;
  throw InputError({table.source()}, "the table has one column; a bump needs x and y (" + option + " chooses one)");
}

/// A bump that covers all data: its gradient is not 0 anywhere.
BumpParameters wide_start(BumpForm form, const layer::BumpData& data) {
  std::size_t top = 0;
  for (std::size_t i = 0; i < data.y.size(); ++i)
    if (std::fabs(data.y[i]) > std::fabs(data.y[top])) top = i;
  BumpParameters start{data.y[top], data.x[top], 1};
  double reach = 0;
  for (const double x : data.x) reach = std::max(reach, std::fabs(x - start.c));
  const double half_width = reach > 0 ? 1.5 * reach : 1;
  switch (form) {
    case BumpForm::canonical:
      start.sigma = half_width;
      break;
    case BumpForm::root:
      start.a *= std::numbers::e;
      start.sigma = half_width < 1 ? half_width : half_width * half_width;
      break;
    case BumpForm::gaussian:
      start.sigma = 2 / (half_width * half_width);
      break;
  }
  return start;
}

BumpParameters start_of(const Arguments& arguments, const BumpInput& input) {
  BumpParameters start = input.truth ? *input.truth : wide_start(input.form, input.data);
  if (input.truth) {
    start.sigma = usual_start;
    // What is to be learned does not start at the answer.
    const auto free = free_of(arguments);
    if (free.c) start.c = 0;
    if (free.a) start.a = 1;
  }
  const auto& given = arguments.bump.start;
  if (given.size() > 0) start.sigma = given[0];
  if (given.size() > 1) start.c = given[1];
  if (given.size() > 2) start.a = given[2];
  return start;
}

}  // namespace

BumpForm form_of(const Arguments& arguments) {
  return arguments.bump.form.value_or(arguments.file ? BumpForm::canonical : BumpForm::root);
}

layer::FreeParameters free_of(const Arguments& arguments) {
  const auto& names = arguments.bump.free;
  if (names.empty()) return arguments.file ? layer::FreeParameters{} : layer::FreeParameters{false, false, true};
  const auto has = [&](const char* name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  return {has("a"), has("c"), has("sigma")};
}

double digits_of(double BumpParameters::*member, const BumpParameters& found, const BumpParameters& truth) {
  if (truth.*member != 0) return layer::digits(found.*member, truth.*member);
  return layer::digits(truth.sigma + found.*member, truth.sigma);
}

std::string width_name(BumpForm form) { return form == BumpForm::gaussian ? "b" : "sigma"; }

BumpInput made_bump_input(const Arguments& arguments, double sigma) {
  BumpInput input;
  input.form = form_of(arguments);
  input.source = "data that were made";
  input.truth = arguments.bump.truth;
  input.truth->sigma = sigma;
  layer::BumpDataOptions options;
  options.form = input.form;
  options.truth = *input.truth;
  options.low = arguments.bump.low;
  options.high = arguments.bump.high;
  options.samples = arguments.bump.samples;
  options.noise = arguments.bump.noise;
  options.seed = arguments.seed;
  input.data = layer::generate_bump(options);
  return input;
}

BumpInput read_bump_input(const Arguments& arguments) {
  if (!arguments.file) return made_bump_input(arguments, arguments.bump.truth.sigma);
  const io::Table table = io::read_table(*arguments.file);
  std::optional<std::size_t> x, y;
  if (arguments.bump.x) x = table.column(*arguments.bump.x);
  if (arguments.bump.y) y = table.column(*arguments.bump.y);
  if (!x) x = free_column(table, y, "--x");
  if (!y) y = free_column(table, x, "--y");
  if (x == y) throw UsageError("column '" + table.names()[*x] + "' is used twice");
  BumpInput input;
  input.form = form_of(arguments);
  input.source = table.source();
  input.x_name = table.names()[*x];
  input.y_name = table.names()[*y];
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto at = table.number(row, *x), value = table.number(row, *y);
    if (!at || !value) {
      ++input.missing;
      continue;
    }
    input.data.x.push_back(*at);
    input.data.y.push_back(*value);
  }
  if (input.data.x.empty()) throw InputError({table.source()}, "no row has both x and y");
  return input;
}

std::size_t most_epochs(const Arguments& arguments, const BumpInput& input) {
  if (arguments.bump.method == BumpMethod::closed) return 0;
  if (arguments.epochs) return *arguments.epochs;
  if (arguments.bump.method == BumpMethod::lm) return usual_iterations;
  return arguments.command == Command::bump_sweep && input.truth ? layer::experiment_epochs(input.truth->sigma) : usual_epochs;
}

layer::BumpFit fit_bump(const Arguments& arguments, const BumpInput& input,
                        const std::function<bool(std::size_t, double)>& progress) {
  layer::BumpProblem problem;
  problem.form = input.form;
  problem.x = input.data.x;
  problem.y = input.data.y;
  problem.free = free_of(arguments);
  problem.start = start_of(arguments, input);
  problem.scale = arguments.bump.scale;
  switch (arguments.bump.method) {
    case BumpMethod::closed:
      return layer::closed_form(problem);
    case BumpMethod::lm: {
      layer::BumpLmOptions options;
      options.iterations = most_epochs(arguments, input);
      options.rescue = arguments.bump.rescue;
      options.progress = progress;
      return layer::fit_lm(problem, options);
    }
    case BumpMethod::adam:
      break;
  }
  layer::BumpAdamOptions options;
  options.learning_rate = arguments.learning_rate;
  options.epochs = most_epochs(arguments, input);
  options.batch = arguments.batch;
  options.seed = arguments.seed;
  options.rescue = arguments.bump.rescue;
  options.progress = progress;
  return arguments.type == FloatType::float32 ? layer::fit_adam<float>(problem, options)
                                              : layer::fit_adam<double>(problem, options);
}

}  // namespace ogive::tools
