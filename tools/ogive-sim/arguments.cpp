// SPDX-License-Identifier: MIT
#include "tools/ogive-sim/arguments.h"

#include <algorithm>
#include <cmath>

#include "ogive/curve/registry.h"
#include "ogive/io/number.h"
#include "tools/common/options.h"
#include "tools/common/run_tool.h"
#include "tools/common/terminal.h"

namespace ogive::tools {
namespace {

constexpr std::string_view summary = "Makes curves with a known truth: random parameters, random x, normal noise.";

constexpr std::string_view examples =
    R"(Examples:
  ogive-sim --curves 1000000 -o many.csv --truth truth.csv
      a long table (curve,x,y) of a million logistic curves with 20 points each
  ogive-sim --curves 96 --points 40 --shared-x --format wide --missing 0.02 -o plate.csv
      a plate: one column of x, 96 columns of y, some cells empty
  ogive-sim --curves 10000000 --shared-x --format npy --x x.npy -o y.npy
      arrays for NumPy: y is 10000000 x 20, x is 20

The same options give the same bytes, whatever the number of threads.
Exit codes: 0 done; 2 wrong usage; 3 a file could not be written; 70 a defect.
)";

constexpr double most_exact = 9007199254740992;  // 2^53
constexpr double most_points = 1e8;
constexpr unsigned most_curves = 4000000000U;

bool is_file(const std::optional<std::string>& path) { return path && *path != "-"; }

void refuse_contradictions(const SimArguments& a, bool digits_given) {
  if (a.format == SimFormat::npy && !a.x_file) throw UsageError("--format npy writes y only; say with --x FILE where x goes");
  if (a.format != SimFormat::npy && a.x_file) throw UsageError("--x is for --format npy; a table holds x itself");
  if (a.format == SimFormat::npy && digits_given) throw UsageError("--digits is for text; --format npy holds every digit");
  if (a.format == SimFormat::wide && a.shared_x.empty())
    throw UsageError("--format wide has one column of x for all curves; add --shared-x");
  if (static_cast<double>(a.plan.points) * static_cast<double>(a.plan.replicates) > most_points)
    throw UsageError("a curve cannot have more than 100000000 points");
  for (const auto* path : {&a.x_file, &a.truth})
    if (*path && !is_file(*path)) throw UsageError("only --output may be standard output");
  for (const auto& [p, q] : {std::pair(&a.output, &a.x_file), std::pair(&a.output, &a.truth), std::pair(&a.x_file, &a.truth)})
    if (is_file(*p) && is_file(*q) && **p == **q) throw UsageError("two outputs have the same name, '" + **p + "'");
  if (a.format == SimFormat::npy && !is_file(a.output) && is_terminal(Stream::out))
    throw UsageError("--format npy is no text for a terminal; give --output FILE");
}

}  // namespace

SimArguments read_sim_arguments(int argc, char** argv) {
  SimArguments a;
  std::optional<std::string> model;
  std::string design = "easy", format = "csv";
  double seed = 1;
  unsigned curves = 1000, points = 20, replicates = 1;
  bool shared_x = false, no_progress = false, help = false, version = false;

  Options options("ogive-sim", summary);
  options.group("Curves");
  options.text("--model", "NAME", model, "the curve (default: logistic); ogive-fit --list-models names them");
  options.count("--curves", "N", curves, most_curves, "how many (default: 1000)");
  options.count("--points", "N", points, 100000000, "different x of a curve (default: 20)");
  options.count("--replicates", "N", replicates, 1000000, "points at each x (default: 1)");
  options.choice("--design", {"easy", "hard"}, design,
                 "easy (default): both plateaus in sight; hard: half without one plateau, some noisy, flat or with outliers, half "
                 "with x in awkward units");
  options.number("--noise", "S", a.plan.noise, {.low = 0, .high = 1e6},
                 "standard deviation, as a share of the height (default: 0.02)");
  options.number("--missing", "P", a.plan.missing, {.low = 0, .high = 1}, "the probability that a y is missing (default: 0)");
  options.flag("--shared-x", shared_x, "all curves have the same x, evenly spaced; otherwise each has random ones");
  options.number("--seed", "S", seed, {.low = 0, .high = most_exact}, "another seed, other curves (default: 1)");
  options.group("Results");
  options.choice("--format", {"csv", "wide", "npy"}, format,
                 "csv (default): a long table with columns curve, x and y; wide: a column of x and one of y for each curve; npy: y "
                 "as a matrix for NumPy, float64");
  options.count("--digits", "N", a.digits, 17, "round numbers in text to N significant digits (default: all)");
  options.text("-o,--output", "FILE", a.output, "write there instead of to standard output");
  options.text("--x", "FILE", a.x_file, "npy: x goes there, a row for each curve, or one vector with --shared-x");
  options.text("--truth", "FILE", a.truth, "a table of the true parameters, the noise and what makes a curve hard");
  options.group("Running");
  options.count("--threads", "N", a.threads, 1024, "threads (default: one for each processor); results do not depend on it");
  options.flag("-q,--quiet", a.quiet, "no progress on stderr, only errors");
  options.flag("--no-progress", no_progress, "no progress line (it appears on a terminal after a second)");
  options.group("About");
  options.flag("--version", version, "the version, and what it was built with");
  options.stops();
  options.flag("-h,--help", help, "this text");
  options.stops();
  options.footer(examples);
  options.parse(argc, argv);

  if (help) a.instead = options.help(std::min<std::size_t>(terminal_width(Stream::out), 110));
  if (version) a.instead = version_text("ogive-sim");
  if (!a.instead.empty()) return a;

  if (seed != std::floor(seed)) throw UsageError("--seed: " + io::format_number(seed) + " is not a whole number");
  a.seed = static_cast<std::uint64_t>(seed);
  a.plan.model = model ? &curve::model(*model) : &curve::models().front();
  a.plan.design = design == "hard" ? curve::Design::hard : curve::Design::easy;
  a.plan.points = points;
  a.plan.replicates = replicates;
  a.curves = curves;
  a.format = format == "npy" ? SimFormat::npy : format == "wide" ? SimFormat::wide : SimFormat::csv;
  a.progress = !no_progress && !a.quiet;
  if (shared_x) a.shared_x = curve::even_x(*a.plan.model, points);
  refuse_contradictions(a, options.given("--digits"));
  return a;
}

}  // namespace ogive::tools
