// SPDX-License-Identifier: MIT
#include "tools/ogive-error/arguments.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ogive/io/excerpt.h"
#include "ogive/io/number.h"
#include "ogive/io/suggest.h"
#include "ogive/plot/figure.h"
#include "ogive/sigmoid/kernels.h"
#include "ogive/sigmoid/targets.h"
#include "tools/common/options.h"
#include "tools/common/run_tool.h"
#include "tools/common/terminal.h"

namespace ogive::tools {
namespace {

struct CommandText {
  Command command;
  std::string_view name;
  std::string_view argument;  // empty: none
  std::string_view argument_help;
  std::string_view summary;
};

constexpr std::string_view variants_help = "Variants of the catalogue; all, or none at all, is the whole catalogue.";

constexpr std::array<CommandText, 7> commands = {{
    {Command::list, "list", "VARIANT", variants_help, "Lists the variants: what they compute, whose they are, what is claimed."},
    {Command::eval, "eval", "VARIANT X",
     "A variant, then inputs: decimal, hexadecimal (0x1.8p-3), inf, nan; - reads them from stdin.",
     "Computes single values and sets them beside the exact ones."},
    {Command::measure, "measure", "VARIANT", variants_help,
     "Measures the error of variants over every input (float64: by a search, figures are \"at least\")."},
    {Command::compare, "compare", "VARIANT", variants_help, "Compares a variant with itself across the float types."},
    {Command::bench, "bench", "VARIANT", variants_help, "Measures the time per element, beside that of a copy of the same bytes."},
    {Command::pareto, "pareto", "VARIANT", variants_help, "Sets accuracy against time: which variants are worth choosing?"},
    {Command::plot, "plot", "VARIANT", "A variant of the catalogue.",
     "Draws the error over x, with the error that rounding x alone would cause."},
}};

constexpr std::string_view overview_examples =
    R"(Examples:
  ogive-error measure logistic_u1 textbook
      every float32 input, in seconds
  ogive-error eval textbook --type float32 -89 17.3
      single values beside the exact ones
  ogive-error --library ./mine.so --symbol my_sigmoid --type float32
      a function of your own: void my_sigmoid(const float* x, float* y, size_t n)

Exit codes: 0 done; 1 done, but a claim is broken (--check) or the library crashed;
2 wrong usage or bad input; 3 a file could not be read or written; 70 a defect.
)";

std::string overview() {
  std::string text =
      "Usage: ogive-error COMMAND [options] [arguments]\n\nHow far each fast sigmoid is from the true one, in every float type, "
      "and how "
      "fast it is.\n\nCommands (ogive-error COMMAND --help says more):\n";
  for (const auto& command : commands)
    text += "  " + std::string(command.name) + std::string(10 - command.name.size(), ' ') + std::string(command.summary) + '\n';
  text += "\nOptions:\n  --version   the version, and what it was built with\n  -h, --help  this text\n\n";
  return text + std::string(overview_examples);
}

const CommandText& command_of(const std::string& word) {
  std::vector<std::string> names;
  for (const auto& command : commands) {
    if (command.name == word) return command;
    names.emplace_back(command.name);
  }
  const auto* nearest = io::nearest_name(word, names);
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  throw UsageError("there is no command " + io::excerpt(word) +
                   (nearest ? "; did you mean " + *nearest + "?" : "; the commands are " + list));
}

// The kernels choose their instruction set when they run; what the rest was compiled for says little here.
std::string version() {
  std::string text = version_text("ogive-error") + "array kernels: " + sigmoid::simd_target() + ", of";
  for (const auto& target : sigmoid::supported_targets()) text += ' ' + target;
  return text + '\n';
}

constexpr std::array<FloatType, 4> all_types = {FloatType::float16, FloatType::bfloat16, FloatType::float32, FloatType::float64};

std::vector<FloatType> types_of(const std::string& option, const std::vector<std::string>& words) {
  if (words.size() == 1 && words[0] == "all") return {all_types.begin(), all_types.end()};
  std::vector<FloatType> types;
  for (const auto& word : words) {
    const auto* found = std::find_if(all_types.begin(), all_types.end(), [&](FloatType t) { return ogive::to_string(t) == word; });
    if (found == all_types.end())
      throw UsageError(option + ": " + io::excerpt(word) + " is not one of float16, bfloat16, float32, float64");
    if (std::find(types.begin(), types.end(), *found) != types.end()) throw UsageError(option + ": " + word + " is named twice");
    types.push_back(*found);
  }
  return types;
}

std::optional<double> end_of(const std::string& text) {
  const auto [status, value] = io::parse_number(text);
  if (status == io::NumberStatus::ok) return value;
  if (status != io::NumberStatus::infinite) return std::nullopt;
  return text[0] == '-' ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
}

void read_domain(const std::string& text, Arguments& a) {
  const auto colon = text.find(':');
  const auto low = end_of(text.substr(0, colon));
  const auto high = colon == text.npos ? std::nullopt : end_of(text.substr(colon + 1));
  if (!low || !high) throw UsageError("--domain: " + io::excerpt(text) + " is not a range LO:HI, such as -10:10 or 0:inf");
  if (!(*low <= *high)) throw UsageError("--domain: " + io::excerpt(text) + " is empty: its first end is above the second");
  a.low = *low, a.high = *high;
}

const std::vector<std::string> target_words = {"logistic", "derivative", "logit", "softplus", "log_logistic"};

// What belongs to which command; an option that a command does not use is not known to it.
struct Uses {
  bool measures, times, draws, library, checks;
};

Uses uses_of(Command command) {
  switch (command) {
    case Command::list:
      return {false, false, false, false, false};
    case Command::eval:
      return {false, false, false, true, false};
    case Command::measure:
      return {true, false, false, true, true};
    case Command::compare:
      return {true, false, false, false, false};
    case Command::bench:
      return {false, true, false, true, false};
    case Command::pareto:
      return {true, true, true, true, false};
    case Command::plot:
      break;
  }
  return {false, false, true, true, false};
}

void refuse_contradictions(const Arguments& a, const Options& options, const std::string& format, const Uses& uses) {
  if (uses.library) {
    if (a.library && !a.symbol) throw UsageError("--library needs --symbol NAME: the function in it");
    if (a.symbol && !a.library) throw UsageError("--symbol needs --library FILE: where the function is");
    if (a.library && a.types.size() != 1) throw UsageError("--library needs --type with the one type that the function takes");
    if (!a.library && uses.checks && options.given("--claim")) throw UsageError("--claim is for the function of a --library");
    if (a.library && a.check && !options.given("--claim"))
      throw UsageError("--check needs --claim ULP: the largest error that the function may have");
  }
  if (a.command == Command::eval) {
    if (a.types.size() > 1) throw UsageError("eval takes one --type");
    if (!a.library && a.words.empty()) throw UsageError("eval needs a variant and inputs");
    if (a.words.size() < (a.library ? 1U : 2U)) throw UsageError("eval needs inputs after the variant, or - to read them");
  }
  if (a.command == Command::plot) {
    if (!a.plot) throw UsageError("plot needs --plot FILE.svg, .png or .pdf, or --plot - for the terminal");
    if (a.words.size() != (a.library ? 0U : 1U)) throw UsageError("plot draws one variant; name it");
  }
  if ((a.command == Command::plot || a.command == Command::bench || a.command == Command::pareto) && a.types.size() > 1)
    throw UsageError(std::string(to_string(a.command)) + " takes one --type");
  if (a.plot == "-" && a.command == Command::pareto && !(a.output && *a.output != "-") && (format == "csv" || format == "json"))
    throw UsageError("--plot - draws on standard output, where the " + format + " goes; give --output FILE or a file for the plot");
  if (a.plot && a.output && *a.output != "-" && *a.output == *a.plot) throw UsageError("--output and --plot name the same file");
}

}  // namespace

std::string_view to_string(Command command) {
  for (const auto& text : commands)
    if (text.command == command) return text.name;
  return "";
}

std::string_view to_string(sigmoid::Target target) { return target_words[static_cast<std::size_t>(target)]; }

RecordStyle record_style(const Arguments& arguments) {
  return {"ogive.error/1", std::string(to_string(arguments.command)), arguments.format,
          !arguments.output && use_colour(Stream::out)};
}

Arguments read_arguments(int argc, char** argv) {
  Arguments a;
  const std::string first = argc > 1 ? argv[1] : "";
  if (first == "--help" || first == "-h") return a.instead = overview(), a;
  if (first == "--version") return a.instead = version(), a;
  const bool names_library = std::any_of(argv + std::min(argc, 1), argv + argc,
                                         [](const char* w) { return std::string_view(w).starts_with("--library"); });
  const bool implied = first.starts_with('-') && names_library;  // a library alone is measured
  if (first.empty() || (first.starts_with('-') && !implied))
    throw UsageError("no command was given; the commands are list, eval, measure, compare, bench, pareto, plot");
  const CommandText& text = command_of(implied ? "measure" : first);
  a.command = text.command;
  const Uses uses = uses_of(a.command);

  std::vector<std::string> type_words;
  std::optional<std::string> domain;
  std::string position = "sampled";
  std::string target = "logistic";
  std::string format;
  double samples = static_cast<double>(a.samples);
  double seed = 1;
  bool no_progress = false;
  bool help = false;
  bool wants_version = false;
  constexpr double most_samples = 1e12;
  constexpr double most_seed = 9007199254740992;  // whole numbers are exact up to here

  Options options("ogive-error " + std::string(text.name), text.summary);
  options.arguments(text.argument, a.words, text.argument_help);
  options.group("What");
  const std::string type_option = a.command == Command::compare ? "--types" : "--type";
  if (a.command != Command::list)
    options.list(type_option, "T,...", type_words,
                 "float16, bfloat16, float32, float64, or all (default: " +
                     std::string(a.command == Command::compare ? "all)" : "float32, or what the variant exists for)"));
  if (uses.measures || uses.draws)
    options.text("--domain", "LO:HI", domain, "only inputs from LO to HI, both included (default: all)");
  if (uses.measures) {
    options.number("--samples", "N", samples, {.low = 1, .high = most_samples},
                   "float64: about so many inputs (default: 4194304; some 700 000 are always tried)");
    options.number("--seed", "S", seed, {.low = 0, .high = most_seed}, "float64: another seed, other inputs (default: 1)");
    options.choice("--position", {"none", "sampled", "full"}, position,
                   "whether a result depends on its place in the buffer: not checked, on most inputs (default), on all");
  }
  if (uses.times)
    options.count("--rounds", "N", a.rounds, 1000, "time each one so often, in turns, and take medians (default: 15)");
  if (a.command == Command::pareto)
    options.choice("--error", {"ulp", "normal_ulp", "absolute", "mean_ulp"}, a.error_kind,
                   "what is set against time (default: ulp)");
  if (uses.checks) options.flag("--check", a.check, "exit with 1 where an error is above the claimed one");
  if (uses.library) {
    options.group("A function of your own");
    options.text("--library", "FILE", a.library, "a shared library; runs in a process of its own");
    options.text("--symbol", "NAME", a.symbol, "its function, void NAME(const T* x, T* y, size_t n); 16-bit types as uint16_t");
    options.choice("--target", target_words, target,
                   "the true function (default: logistic); without --library: variants of it only");
    if (uses.checks)
      options.number("--claim", "ULP", a.claim, {.low = 0}, "the largest error that --check lets pass, in ulp on all results");
  }
  options.group("Results");
  if (a.command != Command::plot) {
    options.choice(
        "--format", {"table", "csv", "json", "markdown"}, format,
        "table: for people (default on a terminal); csv (default elsewhere); json: one object a line; markdown: for a page");
    options.text("-o,--output", "FILE", a.output, "write there instead of to standard output; - is standard output");
  }
  if (uses.draws) options.text("--plot", "FILE", a.plot, "draw into FILE.svg, .png or .pdf; - draws in the terminal");
  options.group("Running");
  if (uses.measures)
    options.count("--threads", "N", a.threads, 1024, "threads (default: one for each processor); findings do not depend on it");
  options.flag("-q,--quiet", a.quiet, "no notes and no progress on stderr, only errors");
  if (uses.measures || uses.times)
    options.flag("--no-progress", no_progress, "no progress line (it appears on a terminal after a second)");
  options.group("About");
  options.flag("--version", wants_version, "the version, and what it was built with");
  options.stops();
  options.flag("-h,--help", help, "this text");
  options.stops();
  const int skipped = implied ? 0 : 1;
  options.parse(argc - skipped, argv + skipped);

  if (help) a.instead = options.help(std::min<std::size_t>(terminal_width(Stream::out), 110));
  if (wants_version) a.instead = version();
  if (!a.instead.empty()) return a;

  if (!type_words.empty()) a.types = types_of(type_option, type_words);
  if (domain) read_domain(*domain, a);
  for (const auto& [name, value] : {std::pair{"--samples", samples}, std::pair{"--seed", seed}})
    if (value != std::floor(value))
      throw UsageError(std::string(name) + ": " + io::format_number(value) + " is not a whole number");
  a.samples = static_cast<std::uint64_t>(samples);
  a.seed = static_cast<std::uint64_t>(seed);
  a.position = position == "none"   ? accuracy::PositionCheck::none
               : position == "full" ? accuracy::PositionCheck::full
                                    : accuracy::PositionCheck::sampled;
  a.target = static_cast<sigmoid::Target>(std::find(target_words.begin(), target_words.end(), target) - target_words.begin());
  a.progress = !no_progress && !a.quiet;
  refuse_contradictions(a, options, format, uses);
  if (a.plot) plot::format_of(*a.plot);
  const bool on_terminal = !(a.output && *a.output != "-") && (is_terminal(Stream::out) || a.plot == "-");
  if (format.empty()) format = on_terminal ? "table" : "csv";
  a.format = format == "csv"        ? Format::csv
             : format == "json"     ? Format::json
             : format == "markdown" ? Format::markdown
                                    : Format::table;
  return a;
}

}  // namespace ogive::tools
