// SPDX-License-Identifier: MIT
#include "tools/ogive-train/arguments.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ogive/io/excerpt.h"
#include "ogive/io/number.h"
#include "ogive/io/suggest.h"
#include "ogive/plot/figure.h"
#include "tools/common/options.h"
#include "tools/common/run_tool.h"
#include "tools/common/terminal.h"

namespace ogive::tools {
namespace {

struct CommandText {
  Command command;
  std::string_view name;
  std::string_view summary;
};

constexpr std::array<CommandText, 8> commands = {{
    {Command::bump, "bump", "Fits one bump to a table of x and y, or to data that it makes itself."},
    {Command::bump_sweep, "bump-sweep", "Makes data of one true width after the other, and sets the learned widths beside them."},
    {Command::net, "net", "Trains a small network on a table or on IDX files."},
    {Command::compare, "compare", "Trains the same network with one activation after the other, from several seeds."},
    {Command::predict, "predict", "Says what a saved network makes of each row."},
    {Command::probe, "probe", "Shows every neuron's weighted sum and activation for one row."},
    {Command::eval, "eval", "Computes a bump and all its gradients, to the last digit."},
    {Command::check, "check", "Compares every gradient with an exact one, and names the worst."},
}};

constexpr std::string_view overview_examples =
    R"(Examples:
  ogive-train bump --true-sigma 2.5 --optimizer adam
      100000 samples of the bump exp(-sigma / (sigma - x^2)), and sigma found again
  ogive-train net --layers 64-128-10 --hidden relu --epochs 30 --save digits.weights
      1797 handwritten digits, which come with Ogive
  ogive-train probe --load digits.weights --sample 3
      what every neuron does with the third of them

Exit codes: 0 done; 1 done, but the status is not ok (or a gradient is wrong);
2 wrong usage or bad input; 3 a file could not be read or written; 70 a defect;
75 stopped by Ctrl-C.
)";

std::string overview() {
  std::string text =
      "Usage: ogive-train COMMAND [options] [arguments]\n\nTrains bumps and small networks of sigmoids, with every number open to "
      "view.\n\nCommands (ogive-train COMMAND --help says more):\n";
  for (const auto& command : commands)
    text += "  " + std::string(command.name) + std::string(12 - command.name.size(), ' ') + std::string(command.summary) + '\n';
  text += "\nOptions:\n  --version   the version, and what it was built with\n  -h, --help  this text\n\n";
  return text + std::string(overview_examples);
}

std::string command_list() {
  std::string list;
  for (const auto& command : commands) list += (list.empty() ? "" : ", ") + std::string(command.name);
  return list;
}

const CommandText& command_of(const std::string& word) {
  std::vector<std::string> names;
  for (const auto& command : commands) {
    if (command.name == word) return command;
    names.emplace_back(command.name);
  }
  const auto* nearest = io::nearest_name(word, names);
  throw UsageError("there is no command " + io::excerpt(word) +
                   (nearest ? "; did you mean " + *nearest + "?" : "; the commands are " + command_list()));
}

std::vector<std::string> parts_of(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

// "LO:HI" or "LO:HI:STEP".
std::vector<double> range_of(const std::string& option, const std::string& text, std::size_t count, std::string_view example) {
  std::vector<double> numbers;
  for (const auto& part : parts_of(text, ':')) {
    const auto [status, value] = io::parse_number(part);
    if (status != io::NumberStatus::ok) {
      numbers.clear();
      break;
    }
    numbers.push_back(value);
  }
  if (numbers.size() != count)
    throw UsageError(option + ": " + io::excerpt(text) + " is not a range such as " + std::string(example));
  return numbers;
}

std::uint64_t whole_number(const std::string& option, double value) {
  if (value != std::floor(value)) throw UsageError(option + ": " + io::format_number(value) + " is not a whole number");
  return static_cast<std::uint64_t>(value);
}

std::vector<std::size_t> sizes_of(const std::string& text) {
  constexpr double most = 1e6;
  std::vector<std::size_t> sizes;
  for (const auto& part : parts_of(text, '-')) {
    const auto [status, value] = io::parse_number(part);
    if (status != io::NumberStatus::ok || !(value >= 1 && value <= most) || value != std::floor(value))
      throw UsageError("--layers: " + io::excerpt(text) + " is not a list of sizes from 1 to 1000000, such as 64-128-10");
    sizes.push_back(static_cast<std::size_t>(value));
  }
  if (sizes.size() < 2) throw UsageError("--layers: " + io::excerpt(text) + " needs at least inputs and outputs, such as 64-10");
  return sizes;
}

// The words of the command line, before they become what they mean.
struct Words {
  std::string format, form, method = "lm", type, scale = "project", loss = "softmax", optimiser = "adam", initialiser = "glorot",
                            split = "random";
  std::optional<std::string> range, sigma, sizes, neurons;
  std::vector<std::string> hidden;
  double samples = 100000, seed = 1, holdout = 0.25, positive_weight = 1;
  unsigned epochs = 0, batch = 32, layer = 0;
  double true_sigma = 1, true_c = 0, true_a = 1, b = 1;
  bool no_rescue = false, no_progress = false, help = false, version = false;
};

constexpr Range positive{.low = 0, .high = std::numeric_limits<double>::max(), .open = true};
constexpr unsigned most_epochs = 100000000;
constexpr double most_exact = 9007199254740992;  // whole numbers are exact up to here

void add_bump_data_options(Options& options, Arguments& a, Words& w, bool sweep) {
  options.group("Data that are made");
  options.text("--range", "LO:HI", w.range, "x is uniform from LO to HI (default: -1:1)");
  if (sweep)
    options.text("--sigma", "LO:HI:STEP", w.sigma, "the true widths (default: 0.1:9.9:0.1)");
  else
    options.number("--true-sigma", "S", w.true_sigma, positive, "the true width (gaussian: b; default: 1)");
  options.number("--true-c", "C", w.true_c, {}, "the true centre (default: 0)");
  options.number("--true-a", "A", w.true_a, {}, "the true height (default: 1)");
  options.number("--samples", "N", w.samples, {.low = 1, .high = 1e9}, "how many samples (default: 100000)");
  options.number("--noise", "S", a.bump.noise, {.low = 0}, "standard deviation of noise on y (default: 0)");
}

void add_bump_options(Options& options, Arguments& a, Words& w, bool sweep) {
  options.group("The bump");
  options.choice(
      "--form", {"canonical", "root", "gaussian"}, w.form,
      "a exp(1 - 1/(1 - u^2)) with u = (x - c)/sigma; a exp(-sigma/(sigma - (x - c)^2)); a exp(-b (x - c)^2) (default: " +
          std::string(sweep ? "root)" : "canonical for a FILE, root for data that are made)"));
  options.list("--free", "NAME,...", a.bump.free,
               sweep ? "parameters that are learned: sigma, c, a (default: sigma)"
                     : "parameters that are learned: sigma, c, a (default: all for a FILE, else sigma)");
  options.numbers("--start", "SIGMA[,C[,A]]", a.bump.start,
                  sweep ? "where learning starts (default: 0.04,0,1)"
                        : "where learning starts (default: wide, from the data, for a FILE; else 0.04 and the true c and a)");
  options.group("How");
  options.choice("--optimizer", {"adam", "lm", "closed"}, w.method,
                 "small steps; Levenberg-Marquardt, to the last digit (default); no iteration at all");
  options.choice("--type", {"float32", "float64"}, w.type, "the arithmetic of adam (default: float64)");
  options.choice("--scale", {"project", "log", "softplus"}, w.scale, "how adam keeps sigma positive (default: project)");
  options.count("--epochs", "N", w.epochs, most_epochs,
                sweep ? "adam: passes over the data (default: 3, 5 or 10, by width); lm: iterations at most"
                      : "adam: passes over the data (default: 10); lm: iterations at most (default: 200)");
  options.count("--batch", "N", w.batch, 1000000000, "adam: samples in a step (default: 32)");
  options.number("--learning-rate", "R", a.learning_rate, positive, "adam: the length of a step (default: 0.001)");
  options.number("--seed", "S", w.seed, {.low = 0, .high = most_exact}, "of the data and their order (default: 1)");
  options.flag("--no-rescue", w.no_rescue, "no second try from another start where the first one came to nothing");
}

void add_data_options(Options& options, Arguments& a) {
  options.group("Data");
  options.choice("--data", {"digits", "fashion-mnist"}, a.net.data,
                 "instead of a FILE: 1797 handwritten digits (default), or Debian's dataset-fashion-mnist where it is installed");
  options.text("--label", "COLUMN", a.net.label, "a table's column with the labels, by name or number (default: the last one)");
  options.text("--labels", "FILE", a.net.labels,
               "the IDX file with the labels of an IDX FILE (default: its name with labels-idx1)");
}

void add_net_options(Options& options, Arguments& a, Words& w) {
  options.group("The network");
  options.text("--layers", "N-N-...", w.sizes, "inputs, hidden neurons, outputs (default: inputs-128-classes)");
  options.list("--hidden", a.command == Command::compare ? "NAME,..." : "NAME", w.hidden,
               a.command == Command::compare
                   ? "activations: those of net, or all for every variant of the catalogue (default: all)"
                   : "activation: sigmoid (default), tanh, relu, leaky_relu, softplus, or a variant (ogive-error list)");
  options.choice("--initialiser", {"glorot", "he", "uniform", "zeros"}, w.initialiser, "how weights start (default: glorot)");
  options.choice("--loss", {"softmax", "bce", "mse"}, w.loss,
                 "softmax: one class of many (default); bce: 0 or 1; mse: any number, or one output for each class");
  options.number("--positive-weight", "W", w.positive_weight, positive, "bce: what a 1 counts (default: 1)");
  options.group("Training");
  options.choice("--type", {"float32", "float64"}, w.type, "the arithmetic (default: float32)");
  options.choice("--optimizer", {"adam", "sgd", "lm", "lbfgs"}, w.optimiser,
                 "adam (default), sgd; lm (mse only) and lbfgs take all samples at once");
  options.count("--epochs", "N", w.epochs, most_epochs, "passes over the samples; lm, lbfgs: iterations at most (default: 30)");
  options.count("--batch", "N", w.batch, 1000000000, "samples in a step of adam and sgd (default: 32)");
  options.number("--learning-rate", "R", a.learning_rate, positive, "the length of a step of adam and sgd (default: 0.001)");
  options.number("--momentum", "M", a.net.momentum, {.low = 0, .high = 0.999999}, "of sgd (default: 0)");
  options.number("--seed", "S", w.seed, {.low = 0, .high = most_exact}, "of weights, order and split (default: 1)");
  if (a.command == Command::net)
    options.count("--patience", "N", a.net.patience, most_epochs,
                  "stop after N epochs without a smaller held-out loss, and keep the best weights (default: never)");
  else
    options.count("--seeds", "N", a.net.seeds, 1000, "so many trainings for each activation, from --seed on (default: 5)");
  options.number("--holdout", "PART", w.holdout, {.low = 0, .high = 0.9},
                 "the part of the samples that is not learned from, but measured on (default: 0.25)");
  options.choice("--split", {"random", "last"}, w.split, "which part that is: random samples (default), or the last ones");
  options.text("--test", "FILE", a.net.test, "a file of its own to measure on, instead of --holdout");
  options.text("--test-labels", "FILE", a.net.test_labels, "its labels, where it is an IDX file");
}

void add_result_options(Options& options, Arguments& a, Words& w, bool draws) {
  options.group("Results");
  options.choice(
      "--format", {"table", "csv", "json", "markdown"}, w.format,
      "table: for people (default on a terminal); csv (default elsewhere); json: one object a line; markdown: for a page");
  options.text("-o,--output", "FILE", a.output, "write there instead of to standard output; - is standard output");
  if (draws) options.text("--plot", "FILE", a.plot, "draw into FILE.svg, .png or .pdf; - draws in the terminal");
  options.group("Running");
  if (a.command == Command::bump_sweep || a.command == Command::compare)
    options.count("--threads", "N", a.threads, 1024, "threads (default: one for each processor); results do not depend on it");
  options.flag("-q,--quiet", a.quiet, "no notes and no progress on stderr, only errors");
  options.flag("--no-progress", w.no_progress, "no progress line (it appears on a terminal after a second)");
  options.group("About");
  options.flag("--version", w.version, "the version, and what it was built with");
  options.stops();
  options.flag("-h,--help", w.help, "this text");
  options.stops();
}

void refuse_bump_contradictions(const Arguments& a, const Options& options) {
  const auto refuse_all = [&](std::initializer_list<const char*> names, const std::string& reason) {
    for (const char* name : names)
      if (options.given(name)) throw UsageError(std::string(name) + reason);
  };
  if (a.file)
    refuse_all({"--range", "--true-sigma", "--true-c", "--true-a", "--samples", "--noise"},
               " is for data that are made; leave FILE out");
  if (!a.file) refuse_all({"--x", "--y"}, " is for a FILE");
  if (a.bump.method != BumpMethod::adam)
    refuse_all({"--type", "--scale", "--batch", "--learning-rate"},
               " is for --optimizer adam; " + std::string(to_string(a.bump.method)) + " works in float64 on all samples at once");
  if (a.bump.method == BumpMethod::closed) refuse_all({"--epochs", "--no-rescue"}, " has no meaning with --optimizer closed");
  if (!(a.bump.low < a.bump.high)) throw UsageError("--range: its first end must be below the second");
  for (std::size_t i = 0; i < a.bump.free.size(); ++i) {
    const auto& name = a.bump.free[i];
    if (name != "sigma" && name != "c" && name != "a")
      throw UsageError("--free: " + io::excerpt(name) + " is not one of sigma, c, a");
    if (std::find(a.bump.free.begin(), a.bump.free.begin() + static_cast<std::ptrdiff_t>(i), name) !=
        a.bump.free.begin() + static_cast<std::ptrdiff_t>(i))
      throw UsageError("--free: " + name + " is named twice");
  }
  if (a.bump.start.size() > 3) throw UsageError("--start takes at most three numbers: SIGMA,C,A");
  if (!a.bump.start.empty() && !(a.bump.start[0] > 0)) throw UsageError("--start: the width must be above 0");
}

void refuse_net_contradictions(const Arguments& a, const Options& options) {
  if (a.file && options.given("--data")) throw UsageError("--data is instead of a FILE; leave one of them out");
  if (!a.file && a.net.labels) throw UsageError("--labels is for an IDX FILE");
  if (!a.file && a.net.label) throw UsageError("--label is for a table FILE");
  if (a.net.test_labels && !a.net.test) throw UsageError("--test-labels needs --test FILE");
  if (a.net.test && (options.given("--holdout") || options.given("--split")))
    throw UsageError("--test is instead of --holdout; leave one of them out");
  if (options.given("--positive-weight") && a.net.loss.kind != layer::LossKind::bce_with_logits)
    throw UsageError("--positive-weight is for --loss bce");
  if (options.given("--momentum") && a.net.optimiser != layer::Optimiser::sgd)
    throw UsageError("--momentum is for --optimizer sgd");
  const bool whole = a.net.optimiser == layer::Optimiser::levenberg_marquardt || a.net.optimiser == layer::Optimiser::lbfgs;
  for (const char* name : {"--batch", "--learning-rate"})
    if (whole && options.given(name)) throw UsageError(std::string(name) + " is for --optimizer adam and sgd");
  if (a.net.optimiser == layer::Optimiser::levenberg_marquardt && a.net.loss.kind != layer::LossKind::mse)
    throw UsageError("--optimizer lm is for --loss mse");
  if (a.command == Command::net && a.net.hidden.size() != 1) throw UsageError("net takes one --hidden; compare takes several");
  if (a.net.load && options.given("--initialiser")) throw UsageError("--initialiser is for new weights; --load brings its own");
  if (a.net.load && options.given("--hidden") && !options.given("--layers"))
    throw UsageError("--hidden is known from --load; give --layers too where it shall be checked");
}

void refuse_output_contradictions(const Arguments& a, const std::string& format) {
  const bool to_file = a.output && *a.output != "-";
  if (a.plot == "-" && !to_file && (format == "csv" || format == "json"))
    throw UsageError("--plot - draws on standard output, where the " + format + " goes; give --output FILE or a file for the plot");
  const std::pair<const char*, const std::optional<std::string>*> files[] = {
      {"--output", &a.output}, {"--plot", &a.plot}, {"--save", &a.net.save}};
  for (const auto& [name, path] : files) {
    if (!*path || **path == "-") continue;
    if (a.file && *a.file == **path) throw UsageError(std::string(name) + " would overwrite the input");
    for (const auto& [other, path2] : files)
      if (name != other && *path2 && **path == **path2)
        throw UsageError(std::string(name) + " and " + other + " name the same file");
  }
}

void read_neurons(const std::string& text, NetArguments& net) {
  const auto ends = range_of("--neurons", text, 2, "1:20");
  if (!(ends[0] >= 1 && ends[0] <= ends[1]) || ends[0] != std::floor(ends[0]) || ends[1] != std::floor(ends[1]))
    throw UsageError("--neurons: " + io::excerpt(text) + " is not a range of whole numbers from 1, such as 1:20");
  net.first_neuron = static_cast<std::size_t>(ends[0]);
  net.last_neuron = static_cast<std::size_t>(std::min(ends[1], 1e9));
}

void read_divisor(const std::string& text) {
  if (text == "auto" || text == "none") return;
  const auto [status, value] = io::parse_number(text);
  int exponent = 0;
  if (status != io::NumberStatus::ok || !(value > 0) || std::frexp(value, &exponent) != 0.5)
    throw UsageError("--divide-by: " + io::excerpt(text) +
                     " is not auto, none or a power of two, such as 16 (only those change no digit of a weight)");
}

}  // namespace

std::string_view to_string(Command command) {
  for (const auto& text : commands)
    if (text.command == command) return text.name;
  return "";
}

std::string_view to_string(BumpMethod method) {
  return method == BumpMethod::adam ? "adam" : method == BumpMethod::lm ? "lm" : "closed";
}

RecordStyle record_style(const Arguments& arguments) {
  return {"ogive.train/1", std::string(to_string(arguments.command)), arguments.format,
          !arguments.output && use_colour(Stream::out)};
}

Arguments read_arguments(int argc, char** argv) {
  Arguments a;
  const std::string first = argc > 1 ? argv[1] : "";
  if (first == "--help" || first == "-h") return a.instead = overview(), a;
  if (first == "--version") return a.instead = version_text("ogive-train"), a;
  if (first.empty() || first.starts_with('-')) throw UsageError("no command was given; the commands are " + command_list());
  const CommandText& text = command_of(first);
  a.command = text.command;
  const bool fits_bumps = a.command == Command::bump || a.command == Command::bump_sweep;
  const bool trains = a.command == Command::net || a.command == Command::compare;
  const bool loads = a.command == Command::predict || a.command == Command::probe;

  Words w;
  Options options("ogive-train " + std::string(text.name), text.summary);
  constexpr std::string_view table_help = "A CSV, TSV or semicolon table, possibly gzipped; - is standard input.";
  constexpr std::string_view samples_help = "A table with one sample a row, or an IDX file, possibly gzipped; - is standard input.";
  if (a.command == Command::eval)
    options.arguments("X", a.words, "Where: decimal, hexadecimal (0x1.8p-3), inf, nan; - reads them from stdin.");
  if (a.command == Command::bump) options.argument("FILE", a.file, table_help);
  if (trains || loads) options.argument("FILE", a.file, samples_help);

  if (a.command == Command::bump) {
    options.group("Columns of FILE, by name or number (from 1)");
    options.text("--x", "COLUMN", a.bump.x, "where (default: the first column that is not used otherwise)");
    options.text("--y", "COLUMN", a.bump.y, "what was seen there (default: the next one)");
  }
  if (fits_bumps) {
    add_bump_data_options(options, a, w, a.command == Command::bump_sweep);
    add_bump_options(options, a, w, a.command == Command::bump_sweep);
    if (a.command == Command::bump_sweep)
      options.number("--tolerance", "T", a.bump.tolerance, {.low = 0},
                     "how near a width must come to the true one (default: 0.01)");
  }
  if (a.command == Command::eval) {
    options.group("The bump");
    options.choice(
        "--form", {"canonical", "root", "gaussian"}, w.form,
        "a exp(1 - 1/(1 - u^2)) with u = (x - c)/sigma (default); a exp(-sigma/(sigma - (x - c)^2)); a exp(-b (x - c)^2)");
    options.number("--a", "A", w.true_a, {}, "height (default: 1)");
    options.number("--c", "C", w.true_c, {}, "centre (default: 0)");
    options.number("--sigma", "S", w.true_sigma, {}, "width of the first two (default: 1)");
    options.number("--b", "B", w.b, {}, "1 / (2 variance) of the gaussian (default: 1)");
    options.choice("--type", {"float32", "float64"}, w.type, "the arithmetic (default: float64)");
  }
  if (trains || loads) add_data_options(options, a);
  if (trains) add_net_options(options, a, w);
  if (loads) {
    options.group("The network");
    options.text("--load", "FILE", a.net.load, "the weights that ogive-train net --save wrote");
    options.choice("--type", {"float32", "float64"}, w.type, "the arithmetic (default: that of the weights)");
  }
  if (a.command == Command::predict)
    options.choice("--loss", {"softmax", "bce", "mse"}, w.loss, "what the outputs mean, as in net (default: softmax)");
  if (a.command == Command::probe) {
    options.group("What is shown");
    options.count("--sample", "N", a.net.sample, 1000000000, "the row, from 1 (default: 1)");
    options.count("--layer", "N", w.layer, 1000, "one layer only, from 1");
    options.text("--neurons", "LO:HI", w.neurons, "these neurons of each layer, from 1 (default in a table: the first eight)");
  }
  if (a.command == Command::check)
    options.number("--seed", "S", w.seed, {.low = 0, .high = most_exact}, "of the numbers tried (default: 1)");
  if (trains)
    options.text("--divide-by", "D", w.range,
                 "divide inputs by a power of two; auto (default): one that brings them to [-1, 1]; none");
  if (a.command == Command::net) {
    options.group("Weights");
    options.text("--load", "FILE", a.net.load, "go on from these weights, in the network that they are of");
    options.text("--save", "FILE", a.net.save, "write the weights as text, for inputs as they stand in the data");
  }
  add_result_options(options, a, w, a.command == Command::bump || a.command == Command::net);
  options.parse(argc - 1, argv + 1);

  if (w.help) a.instead = options.help(std::min<std::size_t>(terminal_width(Stream::out), 110));
  if (w.version) a.instead = version_text("ogive-train");
  if (!a.instead.empty()) return a;

  if (!w.type.empty()) a.type = w.type == "float32" ? FloatType::float32 : FloatType::float64;
  if (!w.form.empty()) a.bump.form = layer::parse_bump_form(w.form);
  a.bump.method = w.method == "adam" ? BumpMethod::adam : w.method == "lm" ? BumpMethod::lm : BumpMethod::closed;
  a.bump.scale = layer::parse_sigma_scale(w.scale).value_or(layer::SigmaScale::project);
  a.bump.truth = {w.true_a, w.true_c, w.true_sigma};
  if (a.command == Command::eval && a.bump.form == layer::BumpForm::gaussian) {
    if (options.given("--sigma")) throw UsageError("--sigma is not for the gaussian; its width is --b");
    a.bump.truth.sigma = w.b;
  } else if (options.given("--b")) {
    throw UsageError("--b is for --form gaussian; the width of the others is --sigma");
  }
  a.bump.samples = static_cast<std::size_t>(whole_number("--samples", w.samples));
  a.bump.rescue = !w.no_rescue;
  if (fits_bumps && w.range) {
    const auto ends = range_of("--range", *w.range, 2, "-1:1");
    a.bump.low = ends[0], a.bump.high = ends[1];
  }
  if (w.sigma) {
    const auto ends = range_of("--sigma", *w.sigma, 3, "0.1:9.9:0.1");
    if (!(ends[0] > 0 && ends[0] <= ends[1] && ends[2] > 0))
      throw UsageError("--sigma: " + io::excerpt(*w.sigma) + " needs 0 < LO <= HI and STEP > 0");
    if ((ends[1] - ends[0]) / ends[2] > 1e6)
      throw UsageError("--sigma: " + io::excerpt(*w.sigma) + " has more than a million steps");
    a.bump.sigma_low = ends[0], a.bump.sigma_high = ends[1], a.bump.sigma_step = ends[2];
  }
  if (w.epochs > 0) a.epochs = w.epochs;
  a.batch = w.batch;
  a.seed = whole_number("--seed", w.seed);
  if (w.sizes) a.net.sizes = sizes_of(*w.sizes);
  if (!w.hidden.empty())
    a.net.hidden = w.hidden;
  else if (a.command == Command::compare)
    a.net.hidden = {"all"};
  a.net.loss = {layer::parse_loss(w.loss), w.positive_weight};
  a.net.initialiser = layer::parse_initialiser(w.initialiser);
  a.net.optimiser = layer::parse_optimiser(w.optimiser);
  if (options.given("--holdout")) a.net.holdout = w.holdout;
  a.net.holdout_last = w.split == "last";
  if (w.layer > 0) a.net.layer = w.layer;
  if (w.neurons) read_neurons(*w.neurons, a.net);
  if (trains && w.range) read_divisor(a.net.divide_by = *w.range);
  a.progress = !w.no_progress && !a.quiet;

  if (fits_bumps) refuse_bump_contradictions(a, options);
  if (trains || loads) refuse_net_contradictions(a, options);
  if (a.command == Command::eval && a.words.empty()) throw UsageError("eval needs inputs, or - to read them");
  if (loads && !a.net.load)
    throw UsageError(std::string(text.name) + " needs --load FILE: weights that ogive-train net --save wrote");
  refuse_output_contradictions(a, w.format);
  if (a.plot) plot::format_of(*a.plot);
  const bool on_terminal = !(a.output && *a.output != "-") && (is_terminal(Stream::out) || a.plot == "-");
  if (w.format.empty()) w.format = on_terminal ? "table" : "csv";
  a.format = w.format == "csv"        ? RecordFormat::csv
             : w.format == "json"     ? RecordFormat::json
             : w.format == "markdown" ? RecordFormat::markdown
                                      : RecordFormat::table;
  return a;
}

}  // namespace ogive::tools
