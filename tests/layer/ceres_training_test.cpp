// SPDX-License-Identifier: MIT
// Levenberg-Marquardt and L-BFGS behind train().
#define BOOST_TEST_MODULE layer_ceres_training
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/base/random.h"
#include "ogive/layer/train.h"

using namespace ogive::layer;

namespace {

// A bump of height 2 at 0.3, half-width 0.8, on 201 points.
struct BumpData {
  std::vector<double> x, y;
  BumpData() {
    for (int i = -100; i <= 100; ++i) {
      const double at = 0.01 * i, u = (at - 0.3) / 0.8;
      x.push_back(at);
      y.push_back(std::abs(u) < 1 ? 2 * std::exp(-u * u / (1 - u * u)) : 0);
    }
  }
  Samples<double> samples() const {
    Samples<double> all;
    all.x = {x.data(), 1, x.size()};
    all.targets.values = {y.data(), 1, y.size()};
    return all;
  }
};

TrainOptions with(Optimiser optimiser, std::size_t iterations) {
  TrainOptions options;
  options.optimiser = optimiser;
  options.epochs = iterations;
  return options;
}

}  // namespace

BOOST_AUTO_TEST_CASE(levenberg_marquardt_finds_a_bump_to_the_last_digits) {
  Network network;
  network.add(BumpLayer(1));
  std::vector<double> p = {1, 0, 1.5};
  const BumpData data;
  const TrainingReport report =
      train<double>(network, p, Loss{LossKind::mse}, data.samples(), {}, with(Optimiser::levenberg_marquardt, 100));
  BOOST_TEST((report.status == Status::ok), report.message);
  BOOST_TEST(std::abs(p[0] / 2 - 1) < 1e-12);
  BOOST_TEST(std::abs(p[1] / 0.3 - 1) < 1e-12);
  BOOST_TEST(std::abs(p[2] / 0.8 - 1) < 1e-12);
  BOOST_TEST(report.epochs.size() == report.steps);
}

BOOST_AUTO_TEST_CASE(levenberg_marquardt_solves_a_line_in_a_few_steps) {
  Network network;
  network.add(Dense{2, 2});
  std::vector<double> p(6), x, y;
  ogive::Random random(1);
  for (int i = 0; i < 50; ++i) {
    const double a = random.normal(), b = random.normal();
    x.insert(x.end(), {a, b});
    y.insert(y.end(), {3 * a - b + 0.5, a + 4 * b - 2});
  }
  Samples<double> samples;
  samples.x = {x.data(), 2, 50};
  samples.targets.values = {y.data(), 2, 50};
  const TrainingReport report =
      train<double>(network, p, Loss{LossKind::mse}, samples, {}, with(Optimiser::levenberg_marquardt, 50));
  const std::vector<double> expected = {3, 1, -1, 4, 0.5, -2};
  for (std::size_t i = 0; i < 6; ++i) BOOST_TEST(std::abs(p[i] - expected[i]) < 1e-12);
  BOOST_TEST(report.steps < 20);
}

BOOST_AUTO_TEST_CASE(lbfgs_learns_exclusive_or_in_both_types) {
  Network network;
  network.add(Dense{2, 8});
  network.add(Activation{8, ActivationKind::tanh});
  network.add(Dense{8, 1});
  const auto start = network.initialise(1);
  const Loss loss{LossKind::bce_with_logits};
  const auto learn = [&]<class T>(T) {
    std::vector<T> p(start.begin(), start.end());
    const std::vector<T> x = {0, 0, 0, 1, 1, 0, 1, 1}, y = {0, 1, 1, 0};
    Samples<T> samples;
    samples.x = {x.data(), 2, 4};
    samples.targets.values = {y.data(), 1, 4};
    std::size_t told = 0;
    TrainOptions options = with(Optimiser::lbfgs, 60);
    options.progress = [&](const Epoch&) { ++told; };
    const TrainingReport report = train<T>(network, p, loss, samples, samples, options);
    BOOST_TEST(told == report.epochs.size());
    BOOST_TEST(report.epochs.back().loss < 1e-3);
    BOOST_TEST(report.epochs.back().accuracy == 1);
    BOOST_TEST(report.epochs.back().validation_accuracy == 1);
    BOOST_TEST(score<T>(network, p, loss, samples).loss < 2e-3);
  };
  learn(1.0);
  learn(1.0f);
}

BOOST_AUTO_TEST_CASE(says_when_the_iterations_were_too_few) {
  Network network;
  network.add(BumpLayer(1));
  std::vector<double> p = {1, 0, 1.5};
  const BumpData data;
  const TrainingReport report =
      train<double>(network, p, Loss{LossKind::mse}, data.samples(), {}, with(Optimiser::levenberg_marquardt, 2));
  BOOST_TEST((report.status == Status::not_converged));
  BOOST_TEST(report.message.find("2 iterations") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(stops_when_it_is_told_to) {
  Network network;
  network.add(BumpLayer(1));
  std::vector<double> p = {1, 0, 1.5};
  const BumpData data;
  TrainOptions options = with(Optimiser::lbfgs, 100);
  std::size_t asked = 0;
  options.stop = [&] { return ++asked == 3; };
  const TrainingReport report = train<double>(network, p, Loss{LossKind::mse}, data.samples(), {}, options);
  BOOST_TEST((report.stopped && report.status == Status::ok));
}

BOOST_AUTO_TEST_CASE(a_start_without_a_finite_loss_has_diverged_at_step_1) {
  Network network;
  network.add(Dense{1, 1});
  const BumpData data;
  for (const auto optimiser : {Optimiser::levenberg_marquardt, Optimiser::lbfgs}) {
    std::vector<double> p = {1e308, 1e308};
    const TrainingReport report = train<double>(network, p, Loss{LossKind::mse}, data.samples(), {}, with(optimiser, 5));
    BOOST_TEST((report.status == Status::diverged));
    BOOST_TEST(report.message.find("step 1") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(levenberg_marquardt_refuses_what_is_no_sum_of_squares) {
  Network network;
  network.add(Dense{1, 1});
  std::vector<double> p(2);
  BumpData data;
  for (double& value : data.y) value /= 2;
  BOOST_CHECK_THROW(
      train<double>(network, p, Loss{LossKind::bce_with_logits}, data.samples(), {}, with(Optimiser::levenberg_marquardt, 5)),
      ogive::InputError);
}
