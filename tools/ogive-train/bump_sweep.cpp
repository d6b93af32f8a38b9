// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "ogive/base/parallel_for.h"
#include "ogive/io/number.h"
#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/common/progress.h"
#include "tools/common/run_tool.h"
#include "tools/common/signals.h"
#include "tools/ogive-train/bump_input.h"
#include "tools/ogive-train/commands.h"

namespace ogive::tools {
namespace {

// Decimal steps: the third is 0.3, not 0.1 + 0.1 + 0.1.
std::vector<double> widths_of(const BumpArguments& bump) {
  const double steps = (bump.sigma_high - bump.sigma_low) / bump.sigma_step;
  const auto count = static_cast<std::size_t>(std::floor(steps * (1 + 1e-12) + 1e-9)) + 1;
  std::vector<double> widths;
  for (std::size_t i = 0; i < count; ++i)
    widths.push_back(std::stod(io::format_number(bump.sigma_low + static_cast<double>(i) * bump.sigma_step, 14)));
  return widths;
}

struct Summary {
  std::size_t near = 0, ok = 0, steps = 0;
  double largest = 0, at = 0, seconds = 0;

  void add(double truth, const layer::BumpFit& fit, double tolerance) {
    const double error = std::fabs(fit.found.sigma - truth);
    near += error <= tolerance ? 1 : 0;
    ok += fit.status == layer::Status::ok ? 1 : 0;
    steps += fit.steps;
    seconds += fit.seconds;
    if (!(error <= largest)) largest = error, at = truth;
  }

  std::string text(std::size_t count, double tolerance, const std::string& name) const {
    return std::to_string(near) + " of " + std::to_string(count) + " within " + io::format_number(tolerance) +
           " of the truth, largest error " + io::format_number(largest, 2) +
           (largest > 0 ? " at " + name + " = " + io::format_number(at) : "") + "; " + std::to_string(ok) + " with status ok; " +
           grouped(steps) + " steps";
  }
};

Record record_of(double truth, const layer::BumpFit& fit, std::size_t epochs, double tolerance) {
  const double error = fit.found.sigma - truth;
  const double digits = layer::digits(fit.found.sigma, truth);
  return {{"truth", truth, "true width"},
          {"learned", fit.found.sigma, "learned"},
          {"error", error, "error", io::format_number(error, 2)},
          {"digits", digits, "digits", digits >= 17 ? "all" : io::format_number(std::max(digits, 0.0), 3)},
          {"near", std::fabs(error) <= tolerance},
          {"status", std::string(layer::to_string(fit.status)), "status"},
          {"message", fit.message},
          {"rescued", fit.rescued, "", ""},
          {"active", static_cast<std::uint64_t>(fit.active), "active"},
          {"epochs", static_cast<std::uint64_t>(epochs)},
          {"steps", static_cast<std::uint64_t>(fit.steps), "steps"},
          {"mse", fit.mse, "mse", io::format_number(fit.mse, 2)},
          {"seconds", fit.seconds}};
}

}  // namespace

int bump_sweep(const Arguments& arguments) {
  const auto widths = widths_of(arguments.bump);
  const double tolerance = arguments.bump.tolerance;
  defer_interrupts();
  Output output(arguments.output);
  std::vector<layer::BumpFit> fits(widths.size());
  std::vector<std::size_t> epochs(widths.size());
  {
    Progress progress("ogive-train", "bumps", widths.size(), arguments.progress);
    parallel_for(widths.size(), arguments.threads, [&](std::size_t i) {
      check_interrupt();
      const BumpInput input = made_bump_input(arguments, widths[i]);
      fits[i] = fit_bump(arguments, input, [](std::size_t, double) { return !interrupted(); });
      epochs[i] = fits[i].loss.size();
      progress.advance();
    });
  }
  check_interrupt();
  RecordWriter writer(record_style(arguments), output);
  Summary summary;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    writer.add(record_of(widths[i], fits[i], epochs[i], tolerance));
    summary.add(widths[i], fits[i], tolerance);
  }
  writer.finish();
  const std::string text = summary.text(widths.size(), tolerance, width_name(form_of(arguments)));
  if (arguments.format == RecordFormat::table) output.write("\n" + text + "\n");
  output.finish();
  if (!arguments.quiet) {
    if (arguments.format != RecordFormat::table) note("ogive-train", text);
    note("ogive-train", io::format_number(summary.seconds, 3) + " s in all fits");
  }
  return summary.near == widths.size() && summary.ok == widths.size() ? exit_good : exit_not_good;
}

}  // namespace ogive::tools
