// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "ogive/io/number.h"
#include "ogive/io/text_table.h"
#include "ogive/plot/train_figure.h"
#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/common/picture.h"
#include "tools/common/progress.h"
#include "tools/common/run_tool.h"
#include "tools/common/signals.h"
#include "tools/ogive-train/commands.h"
#include "tools/ogive-train/network_of.h"
#include "tools/ogive-train/weights_file.h"

namespace ogive::tools {
namespace {

constexpr std::size_t rows_shown = 20;  // a table of a thousand epochs says no more than one of twenty

// With two digits after the point, so that a column of them lines up.
std::string percent(double part) {
  if (std::isnan(part)) return "-";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", 100 * part);
  return text.data();
}

// "78 500 samples/s": three digits say what there is to say.
std::string rate(double samples_per_second) {
  if (!(samples_per_second >= 0 && samples_per_second < 1e15)) return "-";
  const double rounded = std::stod(io::format_number(samples_per_second, 3));
  return grouped(static_cast<std::uint64_t>(std::llround(rounded))) + " samples/s";
}

std::string digits4(double value) { return std::isnan(value) ? "-" : io::format_number(value, 4); }

template <class T>
std::string heading(const Prepared<T>& data, const layer::Network& network, const Arguments& arguments) {
  const NetArguments& net = arguments.net;
  std::string text = data.learn.source + ": " + std::to_string(data.learn.count()) + " samples of " +
                     std::to_string(data.learn.features) + " numbers to learn from";
  if (data.divisor != 1) text += ", divided by " + io::format_number(data.divisor);
  if (data.held_out.count() > 0)
    text += "; " + std::to_string(data.held_out.count()) +
            (data.own_test_file ? " in the test file"
             : net.holdout_last ? " held out, the last ones"
                                : " held out at random");
  text += "\nnetwork " + sizes_text(sizes_of(network)) + ": ";
  for (std::size_t i = 0; i < network.layers().size(); ++i) text += (i > 0 ? ", " : "") + layer::describe(network.layers()[i]);
  text += "\n" + grouped(network.parameters()) + " parameters in " + (sizeof(T) == 4 ? "float32" : "float64") + ", " +
          std::string(layer::to_string(net.loss.kind)) + " by " + std::string(layer::to_string(net.optimiser));
  if (net.optimiser == layer::Optimiser::adam || net.optimiser == layer::Optimiser::sgd)
    text += ", learning rate " + io::format_number(arguments.learning_rate) + ", " + std::to_string(arguments.batch) +
            " samples in a step";
  return text + "\n\n";
}

std::string epoch_table(const layer::TrainingReport& report, bool classes, bool held_out, bool colour) {
  std::vector<std::string> header = {"epoch", "loss"};
  if (classes) header.emplace_back("right, %");
  if (held_out) header.emplace_back("held-out loss");
  if (held_out && classes) header.emplace_back("held-out right, %");
  io::TextTable table(header);
  const std::size_t count = report.epochs.size();
  const std::size_t every = count <= 2 * rows_shown ? 1 : (count + rows_shown - 1) / rows_shown;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& epoch = report.epochs[i];
    if (i != 0 && i + 1 != count && epoch.number % every != 0 && epoch.number != report.best_epoch) continue;
    std::vector<std::string> row = {std::to_string(epoch.number), digits4(epoch.loss)};
    if (classes) row.push_back(percent(epoch.accuracy));
    if (held_out) row.push_back(digits4(epoch.validation_loss));
    if (held_out && classes) row.push_back(percent(epoch.validation_accuracy));
    table.add_row(std::move(row));
  }
  return count == 0 ? "" : table.text({.colour = colour});
}

const layer::Epoch* final_epoch(const layer::TrainingReport& report) {
  if (report.epochs.empty()) return nullptr;
  return report.best_epoch > 0 && report.best_epoch <= report.epochs.size() ? &report.epochs[report.best_epoch - 1]
                                                                            : &report.epochs.back();
}

// "ok after 30 epochs, 1290 steps: 97.1 % of the held-out samples right".
std::string verdict(const layer::TrainingReport& report, bool held_out) {
  std::string text = std::string(to_string(report.status)) + " after " + std::to_string(report.epochs.size()) + " epochs, " +
                     std::to_string(report.steps) + " steps";
  const auto* last = final_epoch(report);
  if (last != nullptr && report.status != layer::Status::diverged) {
    const double accuracy = held_out ? last->validation_accuracy : last->accuracy;
    const std::string what = held_out ? "held-out " : "";
    text += std::isnan(accuracy) ? ": " + what + "loss " + digits4(held_out ? last->validation_loss : last->loss)
                                 : ": " + percent(accuracy) + " % of the " + what + "samples right";
    if (report.best_epoch > 0 && report.best_epoch != report.epochs.size())
      text += " in epoch " + std::to_string(report.best_epoch) + ", whose weights are kept";
  }
  if (!report.message.empty()) text += "\n" + report.message;
  return text + "\n";
}

void write_epochs(RecordWriter& writer, const layer::TrainingReport& report, bool json) {
  for (const auto& epoch : report.epochs) {
    Record record;
    if (json) record.push_back({"record", "epoch"});
    record.push_back({"epoch", static_cast<std::uint64_t>(epoch.number), "epoch"});
    record.push_back({"loss", epoch.loss, "loss", digits4(epoch.loss)});
    record.push_back({"accuracy", epoch.accuracy, "right, %", percent(epoch.accuracy)});
    record.push_back({"held_out_loss", epoch.validation_loss, "held-out loss", digits4(epoch.validation_loss)});
    record.push_back({"held_out_accuracy", epoch.validation_accuracy, "held-out right, %", percent(epoch.validation_accuracy)});
    record.push_back({"samples_per_second", epoch.samples_per_second});
    writer.add(record);
  }
}

template <class T>
Record result_record(const layer::TrainingReport& report, const Prepared<T>& data, const layer::Network& network) {
  const layer::Epoch none;
  const auto* last = final_epoch(report);
  if (last == nullptr) last = &none;
  return {{"record", "result"},
          {"status", std::string(to_string(report.status))},
          {"message", report.message},
          {"stopped", report.stopped},
          {"epochs", static_cast<std::uint64_t>(report.epochs.size())},
          {"best_epoch", static_cast<std::uint64_t>(report.best_epoch)},
          {"steps", static_cast<std::uint64_t>(report.steps)},
          {"loss", last->loss},
          {"accuracy", last->accuracy},
          {"held_out_loss", last->validation_loss},
          {"held_out_accuracy", last->validation_accuracy},
          {"samples", static_cast<std::uint64_t>(data.learn.count())},
          {"held_out", static_cast<std::uint64_t>(data.held_out.count())},
          {"divided_by", data.divisor},
          {"layers", sizes_text(sizes_of(network))},
          {"parameters", static_cast<std::uint64_t>(network.parameters())},
          {"type", sizeof(T) == 4 ? "float32" : "float64"},
          {"seconds", report.seconds},
          {"samples_per_second", report.samples_per_second}};
}

void draw(const Arguments& arguments, const layer::TrainingReport& report, const std::string& title, const std::string& subtitle,
          bool held_out) {
  plot::TrainingFigure figure;
  figure.title = title;
  figure.subtitle = subtitle;
  const auto line = [&](std::string name, double layer::Epoch::*member) {
    plot::TrainingCurve curve{std::move(name), {}};
    for (const auto& epoch : report.epochs) curve.values.push_back(epoch.*member);
    return curve;
  };
  figure.losses.push_back(line("learned from", &layer::Epoch::loss));
  if (held_out) figure.losses.push_back(line("held out", &layer::Epoch::validation_loss));
  if (!report.epochs.empty() && !std::isnan(report.epochs[0].accuracy)) {
    figure.accuracy.push_back(line("learned from", &layer::Epoch::accuracy));
    if (held_out) figure.accuracy.push_back(line("held out", &layer::Epoch::validation_accuracy));
  }
  write_picture(*arguments.plot,
                [&](plot::Format format, const plot::Options& options) { return plot::render(figure, format, options); });
}

// The network of --load or of --layers, and its weights.
template <class T>
std::pair<layer::Network, std::vector<T>> start_of(const Arguments& arguments, const std::optional<layer::Weights>& loaded,
                                                   const Prepared<T>& data) {
  if (loaded) {
    auto p = loaded->as<T>();
    multiply_first_layer(loaded->network, p, data.divisor);
    return {loaded->network, std::move(p)};
  }
  layer::Network network = network_of(data.sizes, arguments.net.hidden[0]);
  const auto p = network.initialise(arguments.seed, arguments.net.initialiser);
  return {std::move(network), {p.begin(), p.end()}};
}

template <class T>
int train(const Arguments& arguments) {
  const NetArguments& net = arguments.net;
  network_of({1, 1, 1}, net.hidden[0]);  // a misspelt name is refused before data are read
  std::optional<layer::Weights> loaded;
  if (net.load) loaded = read_weights(*net.load);
  if (loaded && !net.sizes.empty()) layer::require_network(*loaded, network_of(net.sizes, net.hidden[0]));
  const auto data = prepare<T>(arguments, loaded ? sizes_of(loaded->network) : std::vector<std::size_t>{}, arguments.seed);
  auto [network, p] = start_of(arguments, loaded, data);
  const bool held_out = data.held_out.count() > 0;

  auto options = train_options(arguments, arguments.seed);
  layer::TrainingReport report;
  defer_interrupts();
  Output output(arguments.output);
  if (arguments.format == RecordFormat::table) output.write(heading(data, network, arguments));
  {
    Progress progress("ogive-train", "epochs", options.epochs, arguments.progress);
    options.stop = interrupted;
    options.progress = [&](const layer::Epoch& epoch) {
      std::string detail = "loss " + io::format_number(epoch.loss, 3);
      const double accuracy = held_out ? epoch.validation_accuracy : epoch.accuracy;
      if (!std::isnan(accuracy)) detail += ", " + percent(accuracy) + " %";
      progress.advance(detail + ", " + rate(epoch.samples_per_second));
    };
    report = layer::train<T>(network, p, net.loss, data.samples(), data.held_out_samples(), options);
  }
  if (net.save && report.status != layer::Status::diverged) write_weights(*net.save, network, p, data.divisor);

  if (arguments.format == RecordFormat::table) {
    const bool classes = !report.epochs.empty() && !std::isnan(report.epochs[0].accuracy);
    const auto table = epoch_table(report, classes, held_out, record_style(arguments).colour);
    output.write(table + (table.empty() ? "" : "\n") + verdict(report, held_out));
  } else {
    const bool json = arguments.format == RecordFormat::json;
    RecordWriter writer(record_style(arguments), output);
    write_epochs(writer, report, json);
    if (json) writer.add(result_record(report, data, network));
    writer.finish();
  }
  output.finish();
  if (!arguments.quiet) {
    if (arguments.format != RecordFormat::table && arguments.format != RecordFormat::json && report.status != layer::Status::ok)
      note("ogive-train", std::string(to_string(report.status)) + ": " + report.message);
    if (report.seconds > 0 && !report.epochs.empty())
      note("ogive-train", io::format_number(report.seconds, 3) + " s, " + rate(report.samples_per_second));
    if (net.save && report.status == layer::Status::diverged) note("ogive-train", *net.save + " is not written");
    if (report.stopped)
      note("ogive-train", "stopped by a signal in epoch " + std::to_string(report.epochs.size() + 1) +
                              (net.save ? "; the weights so far are in " + *net.save : std::string()));
  }
  if (arguments.plot)
    draw(arguments, report, data.learn.source + ", " + sizes_text(sizes_of(network)), verdict(report, held_out), held_out);
  if (report.stopped) return exit_again;
  return report.status == layer::Status::ok ? exit_good : exit_not_good;
}

}  // namespace

int net(const Arguments& arguments) {
  return arguments.type.value_or(FloatType::float32) == FloatType::float32 ? train<float>(arguments) : train<double>(arguments);
}

}  // namespace ogive::tools
