// SPDX-License-Identifier: MIT
// Training: it learns, it is the same every time, it stops when it should, and it refuses what it cannot use, naming the place.
#define BOOST_TEST_MODULE layer_train
#include "ogive/layer/train.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "layer/digits.h"
#include "ogive/base/errors.h"
#include "ogive/base/random.h"

using namespace ogive::layer;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

// Exclusive or of two inputs: a network without a hidden layer cannot learn it.
struct Xor {
  std::vector<double> x = {0, 0, 0, 1, 1, 0, 1, 1}, y = {0, 1, 1, 0};
  std::vector<std::size_t> lines = {2, 3, 5, 6};
  Samples<double> samples() const {
    Samples<double> all;
    all.x = {x.data(), 2, 4};
    all.targets.values = {y.data(), 1, 4};
    all.source = "xor.csv";
    all.lines = lines;
    return all;
  }
};

Network hidden(std::size_t in, std::size_t width, std::size_t out, ActivationKind kind = ActivationKind::tanh) {
  Network network;
  network.add(Dense{in, width});
  network.add(Activation{width, kind});
  network.add(Dense{width, out});
  return network;
}

const Loss bce{LossKind::bce_with_logits};

TrainOptions some(std::size_t epochs) {
  TrainOptions options;
  options.epochs = epochs;
  options.batch = 2;
  options.learning_rate = 0.05;
  return options;
}

// Expects a refusal at this line of xor.csv, for this reason.
template <class Change>
void refuses(Change change, std::size_t line, const std::string& why) {
  const Network network = hidden(2, 3, 1);
  auto p = network.initialise(1);
  Xor data;
  Samples<double> samples = data.samples();
  change(data, samples);
  BOOST_CHECK_EXCEPTION(train<double>(network, p, bce, samples, {}, some(1)), ogive::InputError,
                        [&](const ogive::InputError& error) {
                          const bool right = error.place().source == "xor.csv" && error.place().line == line &&
                                             std::string(error.what()).find(why) != std::string::npos;
                          if (!right) BOOST_TEST_MESSAGE(error.what());
                          return right;
                        });
}

}  // namespace

BOOST_AUTO_TEST_CASE(learns_exclusive_or) {
  const Network network = hidden(2, 8, 1);
  for (const auto optimiser : {Optimiser::adam, Optimiser::sgd}) {
    auto p = network.initialise(1);
    const Xor data;
    TrainOptions options = some(500);
    options.optimiser = optimiser;
    if (optimiser == Optimiser::sgd) {
      options.learning_rate = 0.1;
      options.momentum = 0.9;
    }
    const TrainingReport report = train<double>(network, p, bce, data.samples(), {}, options);
    BOOST_TEST((report.status == Status::ok));
    BOOST_TEST(report.steps == 1000);
    BOOST_TEST(report.epochs.size() == 500);
    BOOST_TEST(report.epochs.front().loss > 0.5);
    BOOST_TEST(report.epochs.back().loss < 0.01);
    BOOST_TEST(report.epochs.back().accuracy == 1);
    BOOST_TEST(std::isnan(report.epochs.back().validation_loss));
    BOOST_TEST(report.samples_per_second > 0);
    BOOST_TEST((score<double>(network, p, bce, data.samples()).loss < 0.01));
  }
}

BOOST_AUTO_TEST_CASE(is_the_same_every_time_and_another_with_another_seed) {
  const Network network = hidden(2, 8, 1);
  const auto run = [&](std::uint64_t seed) {
    auto p = network.initialise(1);
    const Xor data;
    TrainOptions options = some(5);
    options.seed = seed;
    train<double>(network, p, bce, data.samples(), {}, options);
    return p;
  };
  BOOST_TEST(run(1) == run(1), boost::test_tools::per_element());
  BOOST_TEST(run(1) != run(2));
}

BOOST_AUTO_TEST_CASE(a_loss_that_is_not_finite_stops_and_names_the_step) {
  const Network network = hidden(2, 8, 1, ActivationKind::relu);
  auto p = network.initialise(1);
  const Xor data;
  TrainOptions options = some(50);
  options.optimiser = Optimiser::sgd;
  options.learning_rate = 1e200;
  const TrainingReport report = train<double>(network, p, Loss{LossKind::mse}, data.samples(), {}, options);
  BOOST_TEST((report.status == Status::diverged));
  BOOST_TEST(report.steps < 10);
  BOOST_TEST(report.message.find("at step " + std::to_string(report.steps + 1)) != std::string::npos, report.message);
  BOOST_TEST(report.message.find("epoch") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(parameters_that_are_not_finite_after_the_last_step_are_no_success) {
  Network network;
  network.add(Dense{1, 1});
  std::vector<double> p = {1, 0};
  const std::vector<double> x = {1e100}, y = {0};
  Samples<double> samples;
  samples.x = {x.data(), 1, 1};
  samples.targets.values = {y.data(), 1, 1};
  TrainOptions options = some(1);
  options.optimiser = Optimiser::sgd;
  options.learning_rate = 1e200;
  const TrainingReport report = train<double>(network, p, Loss{LossKind::mse}, samples, {}, options);
  BOOST_TEST((report.status == Status::diverged));
  BOOST_TEST(report.message.find("at step 1") != std::string::npos, report.message);
}

BOOST_AUTO_TEST_CASE(stops_when_it_is_told_to) {
  const Network network = hidden(2, 8, 1);
  auto p = network.initialise(1);
  const Xor data;
  TrainOptions options = some(1000);
  std::size_t asked = 0, told = 0;
  options.stop = [&] { return ++asked == 7; };
  options.progress = [&](const Epoch& epoch) { told = epoch.number; };
  const TrainingReport report = train<double>(network, p, bce, data.samples(), {}, options);
  BOOST_TEST((report.status == Status::ok && report.stopped));
  BOOST_TEST(report.steps == 7);
  BOOST_TEST(report.epochs.size() == 3);
  BOOST_TEST(told == 3);
}

BOOST_AUTO_TEST_CASE(gives_the_best_parameters_back_when_its_patience_ends) {
  const Network network = hidden(2, 8, 1);
  auto p = network.initialise(1);
  const Xor data;
  Xor other;  // held out, and the contrary: what is learned there makes it worse here
  for (double& value : other.y) value = 1 - value;
  TrainOptions options = some(1000);
  options.patience = 4;
  const TrainingReport report = train<double>(network, p, bce, data.samples(), other.samples(), options);
  BOOST_TEST(report.epochs.size() == report.best_epoch + 4);
  const double best = score<double>(network, p, bce, other.samples()).loss;
  BOOST_TEST(best == report.epochs[report.best_epoch - 1].validation_loss);
  for (const Epoch& epoch : report.epochs) BOOST_TEST(epoch.validation_loss >= best);
  BOOST_TEST(report.message.find("stopped early") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_last_batch_that_is_smaller_counts_by_its_samples) {
  const Network network = hidden(2, 3, 1);
  auto p = network.initialise(1);
  const Xor data;
  TrainOptions options = some(1);
  options.batch = 3;
  options.shuffle = false;
  options.learning_rate = 1e-300;  // nothing moves
  const double loss = score<double>(network, p, bce, data.samples()).loss;
  const TrainingReport report = train<double>(network, p, bce, data.samples(), {}, options);
  BOOST_TEST(report.steps == 2);
  BOOST_TEST(std::abs(report.epochs[0].loss - loss) < 1e-15);
}

BOOST_AUTO_TEST_CASE(refuses_bad_samples_and_names_the_line) {
  refuses([](Xor& data, auto&) { data.x[5] = not_a_number; }, 5, "number 2 is nan");
  refuses([](Xor& data, auto&) { data.y[3] = std::numeric_limits<double>::infinity(); }, 6, "target 1 is inf");
  refuses([](Xor& data, auto&) { data.y[1] = 2; }, 3, "the target 2 is not between 0 and 1");
  refuses([](Xor& data, auto& samples) { samples.x = {data.x.data(), 4, 2}; }, 2, "4 columns of numbers, but the network takes 2");
  refuses([](Xor& data, auto& samples) { samples.targets.values = {data.y.data(), 2, 2}; }, 0, "the targets are 2 x 2");
  refuses([](Xor&, auto& samples) { samples.x = samples.x.middle(0, 0); }, 0, "no samples");
}

BOOST_AUTO_TEST_CASE(refuses_a_label_out_of_range_and_names_the_line) {
  const Network network = hidden(2, 3, 3);
  auto p = network.initialise(1);
  const Xor data;
  const std::vector<std::uint32_t> labels = {0, 1, 3, 2};
  Samples<double> samples = data.samples();
  samples.targets = {};
  samples.targets.labels = labels;
  const Loss loss{LossKind::softmax_cross_entropy};
  BOOST_CHECK_EXCEPTION(train<double>(network, p, loss, samples, {}, some(1)), ogive::InputError, [](const auto& error) {
    return error.place().line == 5 && std::string(error.what()).find("the label 3 is not one of 0 to 2") != std::string::npos;
  });
  samples.targets.labels = std::span(labels).first(3);
  BOOST_CHECK_THROW(train<double>(network, p, loss, samples, {}, some(1)), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(refuses_indices_of_an_embedding_that_are_none) {
  Network network;
  network.add(Embedding{2, 1, 3});
  auto p = network.initialise(1);
  Xor data;
  data.x[7] = 0;
  BOOST_CHECK_EXCEPTION(train<double>(network, p, bce, data.samples(), {}, some(1)), ogive::InputError,
                        [](const auto& error) { return error.place().line == 3; });
}

BOOST_AUTO_TEST_CASE(refuses_options_and_parameters_that_make_no_sense) {
  const Network network = hidden(2, 3, 1);
  auto p = network.initialise(1);
  const Xor data;
  const auto with = [&](auto change) {
    TrainOptions options = some(1);
    change(options);
    BOOST_CHECK_THROW(train<double>(network, p, bce, data.samples(), {}, options), ogive::InputError);
  };
  with([](TrainOptions& o) { o.batch = 0; });
  with([](TrainOptions& o) { o.learning_rate = not_a_number; });
  with([](TrainOptions& o) { o.momentum = 1; });
  with([](TrainOptions& o) { o.beta2 = 1; });
  with([](TrainOptions& o) { o.epsilon = 0; });
  p.pop_back();
  BOOST_CHECK_THROW(train<double>(network, p, bce, data.samples(), {}, some(1)), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(factorises_ratings) {
  Network network;
  network.add(Embedding{12, 9, 2});
  network.add(Activation::sigmoid_range(1, 0, 5));
  auto p = network.initialise(1);
  ogive::Random random(4);
  std::vector<double> u(24), v(18), x, y;
  for (double& value : u) value = random.normal();
  for (double& value : v) value = random.normal();
  for (std::size_t i = 0; i < 12; ++i)
    for (std::size_t j = 0; j < 9; ++j) {
      x.insert(x.end(), {static_cast<double>(i), static_cast<double>(j)});
      y.push_back(5 / (1 + std::exp(-u[2 * i] * v[2 * j] - u[2 * i + 1] * v[2 * j + 1])));
    }
  Samples<double> samples;
  samples.x = {x.data(), 2, y.size()};
  samples.targets.values = {y.data(), 1, y.size()};
  TrainOptions options = some(400);
  options.batch = 16;
  const TrainingReport report = train<double>(network, p, Loss{LossKind::mse}, samples, {}, options);
  BOOST_TEST(report.epochs.back().loss < 0.02);
}

BOOST_AUTO_TEST_CASE(learns_how_sure_it_can_be) {
  Network network;
  network.add(SplitHead{1, 1});
  auto p = network.initialise(1);
  ogive::Random random(9);
  std::vector<double> x(2000), y(2000);
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = random.uniform(-1, 1);
    y[i] = 2 * x[i] + 1 + 0.3 * random.normal();
  }
  Samples<double> samples;
  samples.x = {x.data(), 1, x.size()};
  samples.targets.values = {y.data(), 1, y.size()};
  TrainOptions options = some(60);
  options.batch = 50;
  options.learning_rate = 0.01;
  train<double>(network, p, Loss{LossKind::gaussian_nll}, samples, {}, options);
  BOOST_TEST(std::abs(p[0] - 2) < 0.05);
  BOOST_TEST(std::abs(p[2] - 1) < 0.05);
  BOOST_TEST(std::abs(std::exp(p[3]) - 0.3) < 0.02);
}

// A claim: the median of five seeds. The held-out digits are of other writers; the spread from seed to seed is half a percent
// (three or four digits of 450).
BOOST_AUTO_TEST_CASE(reads_92_of_100_digits_of_writers_it_has_not_seen) {
  const digits::Digits data(OGIVE_DIGITS);
  const Network network = hidden(64, 128, 10, ActivationKind::relu);
  std::vector<double> held_out;
  for (const std::uint64_t seed : {1u, 2u, 3u, 4u, 5u}) {
    const auto start = network.initialise(seed, Initialiser::he);
    std::vector<float> p(start.begin(), start.end());
    TrainOptions options;
    options.epochs = 30;
    options.seed = seed;
    const TrainingReport report =
        train<float>(network, p, Loss{LossKind::softmax_cross_entropy}, data.training(), data.held_out(), options);
    held_out.push_back(report.epochs.back().validation_accuracy);
    BOOST_TEST_MESSAGE("seed " << seed << ": " << 100 * held_out.back() << " % of " << data.held_out().x.columns()
                               << " held-out digits (bar: median 92), " << report.seconds << " s (bar 0.2)");
    BOOST_TEST(held_out.back() >= 0.91);
  }
  std::nth_element(held_out.begin(), held_out.begin() + 2, held_out.end());
  BOOST_TEST(held_out[2] >= 0.92);
}

BOOST_AUTO_TEST_CASE(names_read_back) {
  for (const auto optimiser : {Optimiser::sgd, Optimiser::adam, Optimiser::levenberg_marquardt, Optimiser::lbfgs})
    BOOST_TEST((parse_optimiser(to_string(optimiser)) == optimiser));
  BOOST_CHECK_THROW(parse_optimiser("rmsprop"), ogive::InputError);
}
