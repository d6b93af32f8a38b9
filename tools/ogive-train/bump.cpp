// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>

#include "ogive/io/number.h"
#include "ogive/io/text_table.h"
#include "ogive/plot/train_figure.h"
#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/common/picture.h"
#include "tools/common/progress.h"
#include "tools/common/run_tool.h"
#include "tools/common/signals.h"
#include "tools/ogive-train/bump_input.h"
#include "tools/ogive-train/commands.h"

namespace ogive::tools {
namespace {

constexpr std::size_t points_drawn = 3000;
constexpr std::size_t losses_shown = 20;

struct Parameter {
  std::string name;
  std::string meaning;
  double layer::BumpParameters::*member;
  bool free;
};

std::vector<Parameter> parameters_of(const BumpInput& input, const layer::FreeParameters& free) {
  const bool root = input.form == layer::BumpForm::root, gaussian = input.form == layer::BumpForm::gaussian;
  return {{width_name(input.form),
           root       ? "the square of the half-width, from 1 on"
           : gaussian ? "1 / (2 variance)"
                      : "half of the width",
           &layer::BumpParameters::sigma, free.sigma},
          {"c", "centre", &layer::BumpParameters::c, free.c},
          {"a", root ? "height times e" : "height", &layer::BumpParameters::a, free.a}};
}

std::string formula(layer::BumpForm form) {
  switch (form) {
    case layer::BumpForm::canonical:
      return "a exp(1 - 1/(1 - u^2)), u = (x - c)/sigma";
    case layer::BumpForm::root:
      return "a exp(-sigma/(sigma - (x - c)^2))";
    case layer::BumpForm::gaussian:
      break;
  }
  return "a exp(-b (x - c)^2)";
}

std::string digits_text(double digits) { return digits >= 17 ? "all" : io::format_number(std::max(digits, 0.0), 3); }

FloatType type_of(const Arguments& arguments) {
  return arguments.bump.method == BumpMethod::adam ? arguments.type.value_or(FloatType::float64) : FloatType::float64;
}

std::string how(const Arguments& arguments) {
  switch (arguments.bump.method) {
    case BumpMethod::adam:
      return "adam in " + std::string(to_string(type_of(arguments))) + ", learning rate " +
             io::format_number(arguments.learning_rate) + ", " + std::to_string(arguments.batch) + " samples in a step, " +
             std::string(layer::to_string(arguments.bump.scale));
    case BumpMethod::lm:
      return "Levenberg-Marquardt in float64";
    case BumpMethod::closed:
      break;
  }
  return "the closed form, without iteration";
}

std::string page(const Arguments& arguments, const BumpInput& input, const layer::BumpFit& fit) {
  std::string text = input.y_name + " against " + input.x_name + " (" + input.source + ")\n" +
                     std::string(layer::to_string(input.form)) + ": " + formula(input.form) + "\n" + how(arguments) + "\n" +
                     std::string(layer::to_string(fit.status)) + (fit.message.empty() ? "" : ": " + fit.message) + "\n\n";
  const FloatType type = type_of(arguments);
  std::vector<std::string> header = {"parameter", "value", "start"};
  if (input.truth) header.insert(header.end(), {"truth", "digits"});
  header.emplace_back("meaning");
  io::TextTable table(header);
  for (const auto& parameter : parameters_of(input, free_of(arguments))) {
    const double value = fit.found.*parameter.member;
    std::vector<std::string> row = {parameter.name, decimal(value, type),
                                    parameter.free ? io::format_number(fit.start.*parameter.member) : "fixed"};
    if (input.truth) {
      const double truth = (*input.truth).*parameter.member;
      row.push_back(io::format_number(truth));
      row.push_back(parameter.free ? digits_text(digits_of(parameter.member, fit.found, *input.truth)) : "-");
    }
    row.push_back(parameter.meaning);
    table.add_row(std::move(row));
  }
  const bool colour = record_style(arguments).colour;
  text += table.text({.colour = colour}) + "\n";
  const double half = layer::half_width(input.form, fit.found.sigma);
  const auto fact = [&](const std::string& name, const std::string& value) {
    text += name + std::string(10 - name.size(), ' ') + value + "\n";
  };
  if (std::isfinite(half))
    fact("support", io::format_number(fit.found.c - half, 6) + " to " + io::format_number(fit.found.c + half, 6));
  fact("samples", grouped(fit.samples) + ", " + grouped(fit.active) + " in the support (" + grouped(fit.active_at_start) +
                      " in that of the start)" +
                      (input.missing > 0 ? "; " + grouped(input.missing) + " without x or y left out" : ""));
  fact("mse", io::format_number(fit.mse, 4) + "; that of a flat zero is " + io::format_number(fit.null_mse, 4));
  if (fit.steps > 0) fact("steps", grouped(fit.steps));
  if (fit.rescued)
    fact("rescued",
         "the first start came to " + std::string(layer::to_string(fit.first_status)) + "; this one was taken from the data");
  if (!fit.loss.empty()) {
    std::string losses;
    const std::size_t every = (fit.loss.size() + losses_shown - 1) / losses_shown;
    for (std::size_t i = 0; i < fit.loss.size(); ++i)
      if (i % every == 0 || i + 1 == fit.loss.size()) losses += (losses.empty() ? "" : " ") + io::format_number(fit.loss[i], 3);
    fact("loss", losses);
  }
  return text;
}

Record record_of(const Arguments& arguments, const BumpInput& input, const layer::BumpFit& fit) {
  Record record = {{"source", input.source},
                   {"form", std::string(layer::to_string(input.form)), "form"},
                   {"optimizer", std::string(to_string(arguments.bump.method)), "optimizer"},
                   {"type", std::string(to_string(type_of(arguments)))},
                   {"status", std::string(layer::to_string(fit.status)), "status"},
                   {"message", fit.message},
                   {"rescued", fit.rescued},
                   {"first_status", std::string(layer::to_string(fit.first_status))}};
  const auto parameters = parameters_of(input, free_of(arguments));
  for (const auto& p : parameters) record.push_back({"parameters." + p.name, fit.found.*p.member, p.name});
  for (const auto& p : parameters) record.push_back({"start." + p.name, fit.start.*p.member});
  if (input.truth) {
    for (const auto& p : parameters) record.push_back({"truth." + p.name, (*input.truth).*p.member});
    for (const auto& p : parameters)
      record.push_back(
          {"digits." + p.name, p.free ? digits_of(p.member, fit.found, *input.truth) : std::numeric_limits<double>::quiet_NaN()});
  }
  const auto count = [](std::size_t n) { return static_cast<std::uint64_t>(n); };
  record.insert(record.end(), {{"samples", count(fit.samples), "samples"},
                               {"missing", count(input.missing)},
                               {"active", count(fit.active), "active"},
                               {"active_at_start", count(fit.active_at_start)},
                               {"mse", fit.mse, "mse"},
                               {"null_mse", fit.null_mse},
                               {"steps", count(fit.steps), "steps"},
                               {"seconds", fit.seconds},
                               {"loss", fit.loss}});
  return record;
}

// The bump at 600 places, broken off at the edges where it jumps.
std::vector<plot::Place2> curve_of(layer::BumpForm form, const layer::BumpParameters& bump, double low, double high) {
  constexpr int steps = 600;
  constexpr double jump = 1e-3;  // of the height
  std::vector<double> xs;
  for (int i = 0; i <= steps; ++i) xs.push_back(low + (high - low) * i / steps);
  const double half = layer::half_width(form, bump.sigma);
  std::vector<plot::Place2> places;
  const auto at = [&](double x) { return layer::evaluate(form, x, bump).f; };
  std::vector<double> edges;
  if (std::isfinite(half)) edges = {bump.c - half, bump.c + half};
  for (const double edge : edges) {
    if (!(edge > low && edge < high)) continue;
    const double inside = edge < bump.c ? std::nextafter(edge, bump.c) : std::nextafter(edge, -1e308);
    if (std::fabs(at(inside + (bump.c - inside) * 1e-12)) > jump * std::fabs(bump.a)) xs.push_back(edge);
  }
  std::sort(xs.begin(), xs.end());
  for (const double x : xs) {
    const bool is_edge = std::find(edges.begin(), edges.end(), x) != edges.end();
    if (!is_edge) {
      places.emplace_back(x, at(x));
      continue;
    }
    const double inside = at(x + (bump.c - x) * 1e-12);
    const std::pair values = x < bump.c ? std::pair{0.0, inside} : std::pair{inside, 0.0};
    places.emplace_back(x, values.first);
    places.emplace_back(x, std::numeric_limits<double>::quiet_NaN());
    places.emplace_back(x, values.second);
  }
  return places;
}

void draw(const Arguments& arguments, const BumpInput& input, const layer::BumpFit& fit) {
  plot::BumpFigure figure;
  figure.title = std::string(layer::to_string(input.form)) + ", " + width_name(input.form) + " = " +
                 io::format_number(fit.found.sigma, 6) + ": " + std::string(layer::to_string(fit.status));
  figure.subtitle = formula(input.form) + ", " + input.source + "; " + how(arguments);
  const auto [low, high] = std::minmax_element(input.data.x.begin(), input.data.x.end());
  const std::size_t every = (input.data.x.size() + points_drawn - 1) / points_drawn;
  for (std::size_t i = 0; i < input.data.x.size(); i += every) figure.data.emplace_back(input.data.x[i], input.data.y[i]);
  figure.curve = curve_of(input.form, fit.found, *low, *high);
  if (input.truth) figure.truth = curve_of(input.form, *input.truth, *low, *high);
  const double half = layer::half_width(input.form, fit.found.sigma);
  if (std::isfinite(half)) figure.edges = {fit.found.c - half, fit.found.c + half};
  for (std::size_t i = 0; i < fit.loss.size(); ++i) figure.loss.emplace_back(static_cast<double>(i + 1), fit.loss[i]);
  figure.steps_name = arguments.bump.method == BumpMethod::adam ? "epoch" : "iteration";
  write_picture(*arguments.plot,
                [&](plot::Format format, const plot::Options& options) { return plot::render(figure, format, options); });
}

}  // namespace

int bump(const Arguments& arguments) {
  const BumpInput input = read_bump_input(arguments);
  if (input.missing > 0 && !arguments.quiet)
    note("ogive-train",
         std::to_string(input.missing) + (input.missing == 1 ? " point" : " points") + " with missing values left out");
  defer_interrupts();
  Output output(arguments.output);
  layer::BumpFit fit;
  {
    const bool adam = arguments.bump.method == BumpMethod::adam;
    Progress progress("ogive-train", adam ? "epochs" : "iterations", most_epochs(arguments, input), arguments.progress);
    fit = fit_bump(arguments, input, [&](std::size_t, double loss) {
      progress.advance("loss " + io::format_number(loss, 4));
      return !interrupted();
    });
  }
  check_interrupt();
  if (arguments.format == RecordFormat::table) {
    output.write(page(arguments, input, fit));
  } else {
    RecordWriter writer(record_style(arguments), output);
    writer.add(record_of(arguments, input, fit));
    writer.finish();
  }
  output.finish();
  const bool good = fit.status == layer::Status::ok;
  if (!good && arguments.format != RecordFormat::table && !arguments.quiet)
    note("ogive-train", std::string(layer::to_string(fit.status)) + ": " + fit.message);
  if (arguments.plot) draw(arguments, input, fit);
  return good ? exit_good : exit_not_good;
}

}  // namespace ogive::tools
