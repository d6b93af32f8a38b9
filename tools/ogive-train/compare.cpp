// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "ogive/base/parallel_for.h"
#include "ogive/io/number.h"
#include "tools/common/exit_code.h"
#include "tools/common/progress.h"
#include "tools/common/signals.h"
#include "tools/ogive-train/activations.h"
#include "tools/ogive-train/commands.h"
#include "tools/ogive-train/network_of.h"

namespace ogive::tools {
namespace {

struct Trained {
  bool good = false;
  layer::Epoch last;
  double seconds = 0;
};

struct Spread {
  double mean = std::numeric_limits<double>::quiet_NaN(), low = mean, high = mean;
};

Spread spread_of(const std::vector<double>& values) {
  if (values.empty()) return {};
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return {sum / static_cast<double>(values.size()), *low, *high};
}

std::string percent(double part) { return std::isnan(part) ? "-" : io::format_number(100 * part, 4); }

template <class T>
Trained train_once(const Arguments& arguments, const Prepared<T>& data, const std::string& hidden, std::uint64_t seed) {
  const auto network = network_of(data.sizes, hidden);
  const auto start = network.initialise(seed, arguments.net.initialiser);
  std::vector<T> p(start.begin(), start.end());
  auto options = train_options(arguments, seed);
  options.stop = interrupted;
  const auto report = layer::train<T>(network, p, arguments.net.loss, data.samples(), data.held_out_samples(), options);
  check_interrupt();
  Trained trained;
  trained.good = report.status != layer::Status::diverged && !report.epochs.empty();
  if (!report.epochs.empty()) trained.last = report.epochs.back();
  trained.seconds = report.seconds;
  return trained;
}

// A plus sign where there is no minus, so that differences read as such.
std::string signed_points(double difference) {
  if (std::isnan(difference)) return "-";
  const std::string text = io::format_number(100 * difference, 2);
  return difference > 0 ? "+" + text : text;
}

Record record_of(const std::string& hidden, const std::vector<Trained>& runs, bool held_out, double& first_mean) {
  std::vector<double> accuracy, loss, seconds;
  for (const auto& run : runs) {
    if (!run.good) continue;
    accuracy.push_back(held_out ? run.last.validation_accuracy : run.last.accuracy);
    loss.push_back(held_out ? run.last.validation_loss : run.last.loss);
    seconds.push_back(run.seconds);
  }
  const Spread right = spread_of(accuracy), losses = spread_of(loss);
  if (std::isnan(first_mean)) first_mean = right.mean;
  const double difference = right.mean - first_mean;
  const auto diverged = static_cast<std::uint64_t>(runs.size() - loss.size());
  return {{"activation", hidden, "activation"},
          {"seeds", static_cast<std::uint64_t>(runs.size())},
          {"accuracy.mean", right.mean, "right, %", percent(right.mean)},
          {"accuracy.low", right.low, "worst seed", percent(right.low)},
          {"accuracy.high", right.high, "best seed", percent(right.high)},
          {"difference", difference, "points gained", signed_points(difference)},
          {"loss.mean", losses.mean, "loss", std::isnan(losses.mean) ? "-" : io::format_number(losses.mean, 3)},
          {"diverged", diverged, "diverged"},
          {"seconds", spread_of(seconds).mean}};
}

template <class T>
int run(const Arguments& arguments) {
  const NetArguments& net = arguments.net;
  const auto names = expanded(net.hidden, sizeof(T) == 4 ? FloatType::float32 : FloatType::float64);
  for (const auto& name : names) activation_of(name, 1);
  // One split for each seed; one for all where it does not depend on the seed.
  const bool same_data = net.holdout_last || net.holdout == 0.0 || test_names_of(arguments);
  std::vector<Prepared<T>> data;
  for (unsigned i = 0; i < (same_data ? 1 : net.seeds); ++i) data.push_back(prepare<T>(arguments, {}, arguments.seed + i));

  defer_interrupts();
  Output output(arguments.output);
  std::vector<Trained> trained(names.size() * net.seeds);
  {
    Progress progress("ogive-train", "trainings", trained.size(), arguments.progress);
    parallel_for(trained.size(), arguments.threads, [&](std::size_t i) {
      check_interrupt();
      const std::size_t seed = i % net.seeds;
      trained[i] = train_once(arguments, data[same_data ? 0 : seed], names[i / net.seeds], arguments.seed + seed);
      progress.advance();
    });
  }
  RecordWriter writer(record_style(arguments), output);
  bool all_good = true;
  double first_mean = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::vector<Trained> runs(trained.begin() + static_cast<std::ptrdiff_t>(i * net.seeds),
                                    trained.begin() + static_cast<std::ptrdiff_t>((i + 1) * net.seeds));
    for (const auto& one : runs) all_good = all_good && one.good;
    writer.add(record_of(names[i], runs, data[0].held_out.count() > 0, first_mean));
  }
  writer.finish();
  output.finish();
  return all_good ? exit_good : exit_not_good;
}

}  // namespace

int compare(const Arguments& arguments) {
  return arguments.type.value_or(FloatType::float32) == FloatType::float32 ? run<float>(arguments) : run<double>(arguments);
}

}  // namespace ogive::tools
