// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Training: samples in, parameters changed in place, a report of what happened out.
///
/// Stochastic gradients (sgd, adam) go through the samples in batches, in an order that is drawn anew for each epoch from the seed
/// and is the same on every platform. Levenberg-Marquardt (mse only) and L-BFGS take all samples at once and stop by themselves; an
/// epoch is one of their iterations.
///
/// A loss that is not finite stops the training at once: status `diverged`, with the number of the step in the message. The
/// parameters are those that gave that loss, so that one can look into them. `ok` means that the training went as was asked: to the
/// last epoch, to the end of the patience, or to the caller's word. How good the network is, the losses tell.
///
/// @code
///   using namespace ogive::layer;
///   Network network;
///   network.add(Dense{1, 8});
///   network.add(Activation{8, ActivationKind::sigmoid});
///   network.add(Dense{8, 1});
///   std::vector<double> p = network.initialise(1);
///   const std::vector<double> x = {-1, 0, 1, 2}, y = {1, 0, 1, 4};
///   Samples<double> samples;
///   samples.x = {x.data(), 1, 4};
///   samples.targets.values = {y.data(), 1, 4};
///   TrainOptions options;
///   options.epochs = 200;
///   const TrainingReport report = train<double>(network, p, Loss{LossKind::mse}, samples, {}, options);
///   const double last_loss = report.epochs.back().loss;
/// @endcode

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ogive/layer/loss.h"
#include "ogive/layer/matrix.h"
#include "ogive/layer/network.h"
#include "ogive/layer/status.h"

namespace ogive::layer {

/// The optimisers.
enum class Optimiser {
  sgd,                  ///< stochastic gradient descent with momentum
  adam,                 ///< Kingma and Ba, ICLR 2015
  levenberg_marquardt,  ///< all samples at once, mse only; best for few parameters
  lbfgs                 ///< all samples at once, any loss
};

std::string_view to_string(Optimiser optimiser);   ///< "sgd", "adam", "lm", "lbfgs"
Optimiser parse_optimiser(std::string_view name);  ///< @throws InputError that names the four

/// Samples with what the network ought to make of them: views of the caller's memory.
template <class T>
struct Samples {
  Columns<const T> x = {};                  ///< a column a sample
  Targets<T> targets = {};                  ///< values, or labels for softmax_cross_entropy
  std::string source = {};                  ///< where they come from, for messages: a file as the user named it
  std::span<const std::size_t> lines = {};  ///< the line of each sample in the source, for messages; empty: not known
};

/// What an epoch came to. Figures that there are none of are NaN.
struct Epoch {
  std::size_t number = 0;                                                 ///< from 1
  double loss = std::numeric_limits<double>::quiet_NaN();                 ///< mean over the samples as they went by
  double accuracy = std::numeric_limits<double>::quiet_NaN();             ///< likewise; of losses with classes
  double validation_loss = std::numeric_limits<double>::quiet_NaN();      ///< of the held-out samples, after the epoch
  double validation_accuracy = std::numeric_limits<double>::quiet_NaN();  ///< likewise
  double seconds = 0;                                                     ///< since the training began
  double samples_per_second = 0;                                          ///< of this epoch, without the held-out samples
};

/// What to do.
struct TrainOptions {
  Optimiser optimiser = Optimiser::adam;  ///< which
  double learning_rate = 1e-3;            ///< of sgd and adam
  double momentum = 0;                    ///< of sgd, in [0, 1)
  double beta1 = 0.9;                     ///< of adam
  double beta2 = 0.999;                   ///< of adam
  double epsilon = 1e-8;                  ///< of adam
  std::size_t epochs = 10;                ///< at most; iterations of Levenberg-Marquardt and L-BFGS
  std::size_t batch = 32;                 ///< samples in a step of sgd and adam; the last batch of an epoch may be smaller
  std::uint64_t seed = 1;                 ///< of the order of the samples
  bool shuffle = true;                    ///< false: in the order in which they stand
  std::size_t patience = 0;  ///< stop after so many epochs without a smaller held-out loss (where none is held out: loss) and
                             ///< return the best parameters; 0: never
  std::function<void(const Epoch&)> progress = {};  ///< called after each epoch
  std::function<bool()> stop = {};                  ///< asked after each step; true ends the training (Ctrl-C)
};

/// What came of it.
struct TrainingReport {
  Status status = Status::ok;      ///< how it ended
  std::string message = {};        ///< one line for people; empty where there is nothing to add
  std::vector<Epoch> epochs = {};  ///< one entry an epoch; after `diverged`, without the one that was not finished
  std::size_t steps = 0;           ///< of the optimiser, all epochs together
  std::size_t best_epoch = 0;      ///< whose parameters were returned where patience was asked for; else the last one
  bool stopped = false;            ///< by TrainOptions::stop
  double seconds = 0;              ///< wall clock
  double samples_per_second = 0;   ///< mean over all epochs, without the held-out samples
};

/// Refuses samples that do not fit the network and the loss: another number of columns, other targets, a label out of range, a
/// number that is not finite.
/// @throws InputError with the source, and the line of the sample where lines are given
template <class T>
void require_samples(const Network& network, const Loss& loss, const Samples<std::type_identity_t<T>>& samples);

/// Trains.
///
/// @tparam T        float or double
/// @param network   the layers
/// @param p         the parameters to start from; changed in place
/// @param loss      what to make small
/// @param samples   to learn from; at least one
/// @param held_out  to measure on after each epoch; no columns: none
/// @param options   what to do
/// @throws InputError where samples, parameters, loss and options do not fit each other
template <class T>
TrainingReport train(const Network& network, std::span<std::type_identity_t<T>> p, const Loss& loss, const Samples<T>& samples,
                     const Samples<std::type_identity_t<T>>& held_out, const TrainOptions& options);

/// Loss and accuracy of parameters on samples, as in an Epoch.
struct Score {
  double loss = 0;      ///< the mean
  double accuracy = 0;  ///< NaN of losses without classes
};

/// Measures, without training.
template <class T>
Score score(const Network& network, std::span<const std::type_identity_t<T>> p, const Loss& loss, const Samples<T>& samples);

}  // namespace ogive::layer
