// SPDX-License-Identifier: MIT
// How good a network becomes, and how long that takes: the digits that come with Ogive, and Fashion-MNIST where it is installed.
//
//   bench_training                                  # digits 64-128-10, 30 epochs, five seeds
//   bench_training /usr/share/datasets/fashion-mnist    # and 784-256-128-64-10 for 10 epochs (Debian: dataset-fashion-mnist)
//
// Seconds are of the wall clock, one thread.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "layer/digits.h"
#include "ogive/io/idx.h"
#include "ogive/layer/train.h"

namespace {

using namespace ogive::layer;

Network network_of(const std::vector<std::size_t>& sizes, ActivationKind kind) {
  Network network;
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
    network.add(Dense{sizes[i], sizes[i + 1]});
    if (i + 2 < sizes.size()) network.add(Activation{sizes[i + 1], kind});
  }
  return network;
}

constexpr Loss loss{LossKind::softmax_cross_entropy};

TrainingReport run(const Network& network, const Samples<float>& samples, const Samples<float>& held_out,
                   const TrainOptions& options, Initialiser how) {
  const auto start = network.initialise(options.seed, how);
  std::vector<float> p(start.begin(), start.end());
  return train<float>(network, p, loss, samples, held_out, options);
}

void digits_figures() {
  const digits::Digits data(OGIVE_DIGITS);
  const Network network = network_of({64, 128, 10}, ActivationKind::relu);
  std::vector<double> accuracies, seconds;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    TrainOptions options;
    options.epochs = 30;
    options.seed = seed;
    const auto report = run(network, data.training(), data.held_out(), options, Initialiser::he);
    accuracies.push_back(report.epochs.back().validation_accuracy);
    seconds.push_back(report.seconds);
  }
  std::sort(accuracies.begin(), accuracies.end());
  std::sort(seconds.begin(), seconds.end());
  std::printf(
      "digits 64-128-10 relu, 30 epochs, batch 32, 1347 to learn from, 450 held out, five seeds:\n"
      "  held out %.2f %% (median; %.2f to %.2f; bar 92), %.3f s (median; bar 0.2)\n",
      100 * accuracies[2], 100 * accuracies[0], 100 * accuracies[4], seconds[2]);
}

struct Images {
  std::vector<float> x;
  std::vector<std::uint32_t> labels;
  std::size_t size;

  Images(const std::filesystem::path& folder, const std::string& name) {
    const auto pixels = ogive::io::read_idx((folder / (name + "-images-idx3-ubyte.gz")).string());
    const auto classes = ogive::io::read_idx((folder / (name + "-labels-idx1-ubyte.gz")).string());
    size = pixels.item_size();
    x.resize(pixels.size());
    pixels.copy(0, std::span<float>(x));
    for (float& value : x) value /= 255;
    for (std::size_t i = 0; i < classes.size(); ++i) labels.push_back(static_cast<std::uint32_t>(classes[i]));
  }

  Samples<float> first(std::size_t count) const {
    Samples<float> samples;
    samples.x = Columns<const float>(x.data(), size, labels.size()).middle(0, count);
    samples.targets.labels = std::span(labels).first(count);
    return samples;
  }
};

void fashion_figures(const std::filesystem::path& folder) {
  const Images training(folder, "train"), test(folder, "t10k");
  const Network network = network_of({784, 256, 128, 64, 10}, ActivationKind::sigmoid);
  TrainOptions options;
  options.batch = 64;
  options.progress = [](const Epoch& epoch) {
    std::printf("  epoch %zu: loss %.4f, test %.2f %%, %.0f samples/s\n", epoch.number, epoch.loss, 100 * epoch.validation_accuracy,
                epoch.samples_per_second);
    std::fflush(stdout);
  };
  std::printf("Fashion-MNIST 784-256-128-64-10 sigmoid, 10 epochs, batch 64, 48000 to learn from:\n");
  const auto report = run(network, training.first(48000), test.first(10000), options, Initialiser::glorot);
  std::printf("  test %.2f %% (bar 87), %.2f s an epoch\n", 100 * report.epochs.back().validation_accuracy, report.seconds / 10);
}

}  // namespace

int main(int argc, char** argv) {
  digits_figures();
  const std::filesystem::path folder = argc > 1 ? argv[1] : "/usr/share/datasets/fashion-mnist";
  if (std::filesystem::exists(folder)) {
    fashion_figures(folder);
  } else {
    std::printf("Fashion-MNIST is left out: there is no folder %s (Debian's package is dataset-fashion-mnist)\n", folder.c_str());
  }
}
