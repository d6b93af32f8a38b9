// SPDX-License-Identifier: MIT
// What it costs a network to use another sigmoid: digits 64-128-10, the hidden activation by each form of the catalogue, five
// seeds.
//
//   bench_variants_in_training [EPOCHS]             # a Markdown table; 30 epochs where not given
//
// Forward is the form itself, float32; its slope is taken as y (1 - y), as most programs do. The first line is Ogive's own
// activation with its true slope. Equal seeds start from equal weights and see the samples in equal order. Seconds are of the wall
// clock, for all five trainings. A form whose results leave [0, 1], or whose loss is not finite, shows it here.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "layer/digits.h"
#include "ogive/layer/train.h"

namespace {

using namespace ogive::layer;

constexpr std::size_t seeds = 5, width = 128;

struct Row {
  std::string name, status = "ok";
  std::vector<double> losses, accuracies;
  double seconds = 0;
};

Row run(const digits::Digits& data, const Activation& activation, const std::string& name, std::size_t epochs) {
  Network network;
  network.add(Dense{64, width});
  network.add(activation);
  network.add(Dense{width, 10});
  Row row;
  row.name = name;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto start = network.initialise(seed);
    std::vector<float> p(start.begin(), start.end());
    TrainOptions options;
    options.epochs = epochs;
    options.seed = seed;
    const auto report = train<float>(network, p, Loss{LossKind::softmax_cross_entropy}, data.training(), data.held_out(), options);
    row.seconds += report.seconds;
    if (report.status != Status::ok) row.status = report.message.substr(0, report.message.find(';'));
    if (report.epochs.empty()) continue;
    row.losses.push_back(report.epochs.back().loss);
    row.accuracies.push_back(100 * report.epochs.back().validation_accuracy);
  }
  std::sort(row.losses.begin(), row.losses.end());
  std::sort(row.accuracies.begin(), row.accuracies.end());
  return row;
}

void print(const Row& row) {
  if (row.accuracies.size() < seeds || row.status != "ok") {
    std::printf("| `%s` | | | | %.2f | %s |\n", row.name.c_str(), row.seconds, row.status.c_str());
  } else {
    std::printf("| `%s` | %.4f | %.2f | %.2f to %.2f | %.2f | ok |\n", row.name.c_str(), row.losses[seeds / 2],
                row.accuracies[seeds / 2], row.accuracies.front(), row.accuracies.back(), row.seconds);
  }
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t epochs = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 30;
  const digits::Digits data(OGIVE_DIGITS);
  std::printf("| form | loss (median) | held out %% (median) | five seeds | seconds | |\n| --- | --- | --- | --- | --- | --- |\n");
  print(run(data, Activation{width, ActivationKind::sigmoid}, "sigmoid", epochs));
  for (const auto& entry : ogive::sigmoid::catalogue())
    if (entry.target == ogive::sigmoid::Target::logistic && (entry.float32 != nullptr || entry.float64 != nullptr))
      print(run(data, Activation::of_variant(width, entry.name), std::string(entry.name), epochs));
}
