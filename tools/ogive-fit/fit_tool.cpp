// SPDX-License-Identifier: MIT
#include "tools/ogive-fit/fit_tool.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "ogive/base/parallel_for.h"
#include "ogive/io/byte_source.h"
#include "ogive/io/npy.h"
#include "ogive/io/number.h"
#include "ogive/io/table.h"
#include "ogive/plot/figure.h"
#include "tools/common/exit_code.h"
#include "tools/common/options.h"
#include "tools/common/output.h"
#include "tools/common/progress.h"
#include "tools/common/run_tool.h"
#include "tools/common/signals.h"
#include "tools/common/terminal.h"
#include "tools/ogive-fit/arguments.h"
#include "tools/ogive-fit/fit_stream.h"
#include "tools/ogive-fit/input.h"
#include "tools/ogive-fit/results.h"
#include "tools/ogive-fit/timing.h"
#include "tools/ogive-fit/verdicts.h"

namespace ogive::tools {
namespace {

// Curves are fitted block by block, so that a million results need not be held at once and the first row appears early.
constexpr std::size_t block = 4096;

constexpr std::size_t most_panels = 100;
constexpr std::size_t npy_magic = 6;  // bytes

// From this many bytes on (unpacked), the lanes are worth their while; less is done in a second either way.
constexpr std::size_t large = 8U << 20;

void note_missing(const std::vector<io::Curve>& curves) {
  std::size_t points = 0;
  std::size_t affected = 0;
  for (const auto& curve : curves) points += curve.missing, affected += curve.missing > 0 ? 1 : 0;
  if (points > 0) note("ogive-fit", missing_note(points, affected));
}

// Whether the user's terminal shows UTF-8, as the C library decides it.
bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string locale(value);
    return locale.find("UTF-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

plot::FitPanel panel_of(const Input& input, std::size_t i, const fit::Result* result, const Arguments& arguments) {
  const io::Curve& curve = input.curves[i];
  plot::FitPanel panel;
  for (const auto& cell : curve.by) panel.title += (panel.title.empty() ? "" : ", ") + cell;
  if (input.curves.size() == 1 && panel.title.empty()) panel.title = input.source;
  panel.x = curve.x;
  panel.y = curve.y;
  panel.log_x = arguments.model->log_dose;
  if (result == nullptr) return panel;
  panel.result = result;
  panel.curve = fit::predict(*result, plot::prediction_points(curve.x, panel.log_x));
  panel.fitted = fit::predict(*result, curve.x);
  return panel;
}

void draw(const Arguments& arguments, const Input& input, const std::vector<fit::Result>& results) {
  std::vector<plot::FitPanel> panels;
  for (std::size_t i = 0; i < input.curves.size(); ++i)
    panels.push_back(panel_of(input, i, i < results.size() ? &results[i] : nullptr, arguments));
  plot::Options options;
  options.x_label = input.x_name;
  options.y_label = input.y_name;
  options.max_panels = arguments.plot == "-" ? 0 : most_panels;
  if (arguments.plot != "-") return plot::draw_fits(panels, *arguments.plot, options);
  if (is_terminal(Stream::out)) options.width = static_cast<int>(std::min<std::size_t>(terminal_width(Stream::out), 120));
  options.colour = use_colour(Stream::out);
  options.unicode = locale_is_utf8();
  Output output(std::nullopt);
  if (arguments.format == Format::table && !arguments.output) output.write("\n");
  output.write(plot::render_fits(panels, plot::Format::text, options));
  output.finish();
}

fit::Result fit_one(const io::Curve& curve, const Arguments& arguments) {
  return fit::fit(*arguments.model, {curve.x, curve.y, curve.w},
                  {.interval = arguments.interval, .confidence = arguments.confidence});
}

bool needs_whole_table(const Arguments& arguments) {
  return arguments.plot || !arguments.at.empty() || arguments.format == Format::table || arguments.has_weights();
}

// All of a table in memory, one curve after the other.
int fit_table(const io::Table& table, const Arguments& arguments, Timing& timing) {
  const Input input = [&] {
    const Spend spend(timing, Stage::reading);
    return read_input(table, arguments);
  }();
  const auto& curves = input.curves;
  if (!arguments.quiet) note_missing(curves);

  defer_interrupts();
  Output output(arguments.output);
  ResultWriter writer(arguments, input, output);
  std::vector<double> at = arguments.at;
  if (arguments.log_x)
    for (double& x : at) x = std::log10(x);

  Verdicts verdicts;
  std::vector<fit::Result> drawn;
  {
    Progress progress("ogive-fit", "curves", curves.size(), arguments.progress);
    std::vector<Fitted> fitted(std::min(block, curves.size()));
    for (std::size_t first = 0; first < curves.size() && !(output.closed() && !arguments.plot); first += block) {
      const std::size_t count = std::min(block, curves.size() - first);
      parallel_for(count, arguments.threads, [&](std::size_t i) {
        check_interrupt();
        const Spend spend(timing, Stage::fitting);
        const io::Curve& curve = curves[first + i];
        fitted[i].result = fit_one(curve, arguments);
        if (!at.empty()) fitted[i].predictions = fit::reported_predictions(fitted[i].result, curve.x, at, arguments.at);
        progress.advance();
      });
      const Spend spend(timing, Stage::writing);
      for (std::size_t i = 0; i < count; ++i) {
        verdicts.add(fitted[i].result.status, fitted[i].result.shape);
        writer.add(curves[first + i], fitted[i]);
        if (arguments.plot && drawn.size() < most_panels) drawn.push_back(std::move(fitted[i].result));
      }
    }
  }
  check_interrupt();
  writer.finish();
  output.finish();

  const bool said = arguments.format == Format::table && curves.size() == 1;  // the report says it
  if (!verdicts.all_good() && !arguments.quiet && !said && !output.closed()) note("ogive-fit", verdicts.text(curves.size()));
  if (arguments.timing) {
    const unsigned threads = thread_count(arguments.threads);
    const std::string engine = std::to_string(threads) + (threads == 1 ? " thread" : " threads") + ", one curve after the other";
    std::fputs(timing.text("ogive-fit", curves.size(), engine).c_str(), stderr);
  }
  if (arguments.plot) draw(arguments, input, drawn);  // last, so that the result is there even without gnuplot
  check_interrupt();
  return arguments.strict && !verdicts.all_good() ? exit_not_good : exit_good;
}

}  // namespace

int fit_tool(int argc, char** argv) {
  Arguments arguments = read_arguments(argc, argv);
  if (!arguments.instead.empty()) {
    Output output(std::nullopt);
    output.write(arguments.instead);
    output.finish();
    return exit_good;
  }
  Timing timing(arguments.timing);
  io::ByteSource source(arguments.file);
  const bool npy = io::looks_like_npy(source.peek(npy_magic));
  if (npy && arguments.engine == Engine::single)
    throw UsageError("'" + arguments.file + "' is a .npy file, which --engine single does not read");
  const bool asked = npy || arguments.engine == Engine::lanes || arguments.format == Format::npy || arguments.float32;
  if (asked && arguments.format == Format::table && !arguments.format_given) arguments.format = Format::csv;
  if (npy && arguments.has_weights()) throw UsageError("'" + arguments.file + "' is a .npy file, which has no column of weights");
  if (npy && needs_whole_table(arguments))
    throw UsageError("'" + arguments.file + "' is a .npy file: no --plot, no --at and no --format table");
  const bool from_file = arguments.file != "-" && source.file_size().has_value();  // and can be read again
  const bool many = arguments.wide || !arguments.by.empty();
  if (asked ||
      (arguments.engine == Engine::automatic && many && !needs_whole_table(arguments) && source.peek(large).size() >= large)) {
    const bool may_give_up =
        !asked && from_file;  // a table in another order, say: the single engine takes it, or says what is wrong
    if (const auto code = fit_stream(std::move(source), arguments, may_give_up)) return *code;
  }
  const io::Table table = [&] {
    const Spend spend(timing, Stage::reading);
    return from_file ? io::read_table(arguments.file) : io::parse_table(source.read_rest(), source.name());
  }();
  return fit_table(table, arguments, timing);
}

}  // namespace ogive::tools
