// SPDX-License-Identifier: MIT
#include "tools/ogive-fit/arguments.h"

#include <algorithm>
#include <filesystem>

#include "ogive/batch/fit_many.h"
#include "ogive/curve/registry.h"
#include "ogive/io/number.h"
#include "ogive/plot/figure.h"
#include "tools/common/options.h"
#include "tools/common/run_tool.h"
#include "tools/common/terminal.h"

namespace ogive::tools {
namespace {

constexpr std::string_view summary = "Fits an S-curve to each group of points in a table. No start values are needed.";

constexpr std::string_view examples =
    R"(Examples:
  ogive-fit datasets/us_census.csv
      the second column against the first
  ogive-fit datasets/dnase.csv --x conc --y density --by run --model loglogistic --format csv
      one row for each of 11 runs
  ogive-fit --x x.npy y.npy --interval wald --format npy --output fits.npy --timing
      a matrix of millions of curves
  ogive-fit datasets/us_census.csv --at 1950,1960 --plot census.svg
      what the curve says about later years, and a picture

Exit codes: 0 done; 1 done, but a curve has no regular fit (only with --strict);
2 wrong usage or bad input; 3 a file could not be read or written; 70 a defect.
)";

std::string model_list() {
  std::string text;
  std::size_t width = 0;
  for (const auto& model : curve::models()) width = std::max(width, model.name.size());
  for (const auto& model : curve::models()) {
    text += std::string(model.name) + std::string(width + 2 - model.name.size(), ' ') + std::string(model.summary) + '\n' +
            std::string(width + 2, ' ') + std::string(model.formula) + '\n';
    for (const auto& parameter : model.parameters) {
      const std::string name(parameter.name);
      text += std::string(width + 4, ' ') + name + std::string(6 - std::min<std::size_t>(name.size(), 5), ' ') +
              std::string(parameter.meaning) + '\n';
    }
  }
  return text;
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return a == b || std::filesystem::equivalent(a, b, ignored);
}

bool is_regular(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

// A stream is not kept: nothing that needs all curves at the end can be had from it.
void refuse_whole_table(const Arguments& a, const std::string& format, const std::string& option) {
  if (a.plot) throw UsageError(option + " does not keep the curves; --plot needs --engine single");
  if (!a.at.empty()) throw UsageError(option + " does not predict; --at needs --engine single");
  if (format == "table") throw UsageError(option + " writes row by row; --format table needs --engine single");
  if (a.has_weights())
    throw UsageError(option + std::string(" takes no weights; ") + (a.sd ? "--sd" : "--weights") + " needs --engine single");
}

// What cannot be meant together. A contradiction is refused rather than decided in silence.
void refuse_contradictions(const Arguments& a, const Options& options, const std::string& format) {
  if (a.wide && a.y) throw UsageError("--wide fits every column but x; it cannot be combined with --y");
  if (a.wide && !a.by.empty()) throw UsageError("--wide makes a curve of each column; it cannot be combined with --by");
  if (a.weights && a.sd) throw UsageError("--weights and --sd both say how much a point weighs; give one of them");
  if (a.wide && a.has_weights())
    throw UsageError(std::string("--wide makes a curve of each column; it cannot be combined with ") +
                     (a.sd ? "--sd" : "--weights"));
  if (a.interval == fit::Interval::none && options.given("--confidence"))
    throw UsageError("--confidence has no meaning with --interval none");
  if (a.log_x && a.model->log_dose)
    throw UsageError("--log-x is not for the model " + std::string(a.model->name) + ", which takes the logarithm of x itself");
  if (a.log_x || a.model->log_dose)
    for (const double x : a.at)
      if (x < 0) throw UsageError("--at: " + io::format_number(x) + " is negative and has no logarithm");
  const bool output_to_file = a.output && *a.output != "-";
  if (a.engine == Engine::lanes) refuse_whole_table(a, format, "--engine lanes");
  if (format == "npy") refuse_whole_table(a, format, "--format npy");
  if (a.float32) refuse_whole_table(a, format, "--precision float32");
  if (a.engine == Engine::single && format == "npy")
    throw UsageError("--format npy is written by the lanes, not by --engine single");
  if (a.engine == Engine::single && a.float32) throw UsageError("--precision float32 is for the lanes, not for --engine single");
  if (format == "npy" && !output_to_file && is_terminal(Stream::out))
    throw UsageError("--format npy is no text for a terminal; give --output FILE");
  if (a.plot == "-" && !output_to_file && (format == "csv" || format == "json"))
    throw UsageError("--plot - draws on standard output, where the " + format + " goes; give --output FILE or a file for the plot");
  if (output_to_file && a.file != "-" && is_regular(*a.output) && same_file(*a.output, a.file))
    throw UsageError("--output would overwrite the input");
  if (a.plot && *a.plot != "-" && a.file != "-" && is_regular(*a.plot) && same_file(*a.plot, a.file))
    throw UsageError("--plot would overwrite the input");
  if (output_to_file && a.plot && *a.plot != "-" && same_file(*a.output, *a.plot))
    throw UsageError("--output and --plot name the same file");
}

}  // namespace

Arguments read_arguments(int argc, char** argv) {
  Arguments a;
  std::optional<std::string> file;
  std::optional<std::string> model;
  std::string interval = "profile";
  std::string engine = "auto";
  std::string precision = "float64";
  std::string format;
  bool no_progress = false;
  bool help = false;
  bool version = false;
  bool list_models = false;

  Options options("ogive-fit", summary);
  options.argument("FILE", file,
                   "A CSV, TSV or semicolon table, with or without header, possibly gzipped; or a .npy matrix of y, a row for each "
                   "curve; - is standard input. Empty cells, NA and NaN are missing.");
  options.group("Columns, by name or number (from 1)");
  options.text(
      "--x", "COLUMN", a.x,
      "the independent variable (default: the first column that is not used otherwise). Where FILE is .npy: the .npy file of x");
  options.text("--y", "COLUMN", a.y, "the dependent variable (default: the next one)");
  options.list("--by", "COLUMN,...", a.by, "one curve for each combination of values in these columns");
  options.text("--weights", "COLUMN", a.weights,
               "weights of the points: inverse variances, up to a common factor; 0 leaves a point out");
  options.text("--sd", "COLUMN", a.sd, "standard deviations of y instead: the weight is 1 / sd^2");
  options.flag("--wide", a.wide, "one curve for each column but x");
  options.flag("--log-x", a.log_x, "fit against log10 of x; x = 0 is the limit at the left");
  options.group("Fit");
  options.text("--model", "NAME", model, "the curve (default: logistic); see --list-models");
  options.choice("--interval", {"profile", "wald", "none"}, interval,
                 "confidence intervals by the profile likelihood (default), symmetric ones, or none");
  options.number("--confidence", "P", a.confidence, {.low = 0, .high = 1, .open = true}, "their confidence (default: 0.95)");
  options.numbers(
      "--at", "X,...", a.at,
      "predict y at these x, with confidence bands. In CSV, the predictions are the result: one row for each curve and x");
  options.choice("--engine", {"auto", "single", "lanes"}, engine,
                 "single: one curve after the other, the table in memory; lanes: many at once, in a stream, rows of a curve "
                 "together; auto (default): lanes for .npy and from 8 MB on");
  options.choice("--precision", {"float64", "float32"}, precision,
                 "of the lanes: float64 (default), or float32, faster, with an RSS within 1e-3 of the best");
  options.group("Results");
  options.choice("--format", {"table", "csv", "json", "npy"}, format,
                 "table: for people (default on a terminal); csv (default elsewhere); json: one object a line; npy: records for "
                 "NumPy");
  options.text("-o,--output", "FILE", a.output, "write there instead of to standard output; - is standard output");
  options.text("--plot", "FILE", a.plot, "draw data and curves into FILE.svg, .png or .pdf; - draws in the terminal");
  options.flag("--strict", a.strict, "exit with 1 where a curve has no regular fit");
  options.group("Running");
  options.count("--threads", "N", a.threads, 1024, "threads (default: one for each processor); results do not depend on it");
  options.flag("-q,--quiet", a.quiet, "no notes and no progress on stderr, only errors");
  options.flag("--no-progress", no_progress, "no progress line (it appears on a terminal after a second)");
  options.flag("--timing", a.timing, "seconds and curves/s of reading, fitting and writing, on stderr");
  options.group("About");
  options.flag("--list-models", list_models, "the models with their formulas and parameters");
  options.stops();
  options.flag("--version", version, "the version, and what it was built with");
  options.stops();
  options.flag("-h,--help", help, "this text");
  options.stops();
  options.footer(examples);
  options.parse(argc, argv);

  if (help) a.instead = options.help(std::min<std::size_t>(terminal_width(Stream::out), 110));
  if (version) a.instead = version_text("ogive-fit") + "lanes: " + std::string(batch::lane_target()) + '\n';
  if (list_models) a.instead = model_list();
  if (!a.instead.empty()) return a;

  if (!file && is_terminal(Stream::in)) throw UsageError("no FILE was given; name a table, or - to type one");
  a.file = file.value_or("-");
  a.model = model ? &curve::model(*model) : &curve::models().front();
  a.interval = interval == "wald" ? fit::Interval::wald : interval == "none" ? fit::Interval::none : fit::Interval::profile;
  a.progress = !no_progress && !a.quiet;
  a.engine = engine == "single" ? Engine::single : engine == "lanes" ? Engine::lanes : Engine::automatic;
  a.float32 = precision == "float32";
  a.format_given = !format.empty();
  refuse_contradictions(a, options, format);
  if (a.plot) plot::format_of(*a.plot);

  const bool on_terminal = !(a.output && *a.output != "-") && (is_terminal(Stream::out) || a.plot == "-");
  if (format.empty()) format = on_terminal ? "table" : "csv";
  a.format = format == "csv" ? Format::csv : format == "json" ? Format::json : format == "npy" ? Format::npy : Format::table;
  return a;
}

}  // namespace ogive::tools
