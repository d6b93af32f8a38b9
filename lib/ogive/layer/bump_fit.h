// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Fits one bump to samples (x, y) by least squares, in one of three ways, and says whether it did.
///
///   fit_adam      the way of the discussions: small steps, small batches, 4 to 7 digits; here to be compared with
///   fit_lm        Levenberg and Marquardt over all samples at once: every digit, in less time
///   closed_form   no iteration at all: the logarithm turns a bump of known height into a parabola
///
/// The gradient of a bump is zero outside its support, so a start beside the data cannot move, and every general solver calls that
/// converged. Here it is a status of its own (status.h), found before anything is solved where it can be; and, unless that is
/// switched off, a fit that ended in one of those states is run again from starts taken from the data. The result then says so:
/// `rescued`, and in `first_status` what the start of the caller came to.
///
/// @code
///   using namespace ogive::layer;
///   const BumpData data = generate_bump({.form = BumpForm::root, .truth = {.sigma = 2.5}});
///   const BumpProblem problem{.form = BumpForm::root, .x = data.x, .y = data.y, .free = {.a = false, .c = false, .sigma = true}};
///   const BumpFit fit = fit_lm(problem);
///   const bool good = fit.status == Status::ok;              // fit.found.sigma is 2.5
/// @endcode

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ogive/layer/bump_data.h"
#include "ogive/layer/bump_form.h"
#include "ogive/layer/bump_scale.h"
#include "ogive/layer/status.h"

namespace ogive::layer {

/// The samples and the question. The spans are read, not copied, and must live as long as the call.
struct BumpProblem {
  BumpForm form = BumpForm::canonical;     ///< which bump
  std::span<const double> x = {};          ///< where: finite
  std::span<const double> y = {};          ///< what was seen there: finite, as many
  FreeParameters free = {};                ///< what may move
  BumpParameters start = {};               ///< where it starts, and what the fixed parameters are
  SigmaScale scale = SigmaScale::project;  ///< how Adam keeps sigma positive (Levenberg-Marquardt takes the bound alone)
  double sigma_min = 1e-6;                 ///< the least width, > 0
};

/// Options of fit_adam(). The defaults are those of the experiment of the discussions (bump_data.h: experiment_epochs).
struct BumpAdamOptions {
  double learning_rate = 1e-3;  ///< step length
  double beta1 = 0.9;           ///< memory of the gradient
  double beta2 = 0.999;         ///< memory of its square
  double epsilon = 1e-7;        ///< added to the root of the latter
  std::size_t epochs = 10;      ///< passes over the data
  std::size_t batch = 32;       ///< samples in a step; the last step of an epoch takes what is left
  std::uint64_t seed = 1;       ///< of the order of the samples
  bool shuffle = true;          ///< a new order in each epoch
  bool rescue = true;           ///< a second run from a start taken from the data, where the first one failed
  double tolerance = 1e-2;  ///< ok if the Gauss-Newton step from the end would change no parameter by more, relative to its size
  /// Called after each epoch with its number (from 1) and the mean squared error in it; false stops.
  std::function<bool(std::size_t, double)> progress = {};
};

/// Options of fit_lm().
struct BumpLmOptions {
  std::size_t iterations = 200;  ///< at most, for each start
  bool rescue = true;            ///< starts taken from the data, where the caller's failed or may stand in a local minimum
  /// Called after each iteration with its number (from 1) and the mean squared error; false stops.
  std::function<bool(std::size_t, double)> progress = {};
};

/// What came of a fit.
struct BumpFit {
  Status status = Status::not_converged;        ///< what to think of it
  std::string message;                          ///< the same in words, with the number where there is one
  BumpParameters found;                         ///< the answer
  BumpParameters start;                         ///< where the run that gave it began
  bool rescued = false;                         ///< whether that was another start than the caller's
  Status first_status = Status::not_converged;  ///< what the caller's start came to
  double mse = 0;                               ///< mean squared error over all samples, at the answer
  double null_mse = 0;                          ///< that of a flat zero, to compare with
  std::size_t samples = 0;                      ///< how many there are
  std::size_t active_at_start = 0;              ///< samples in the support of the caller's start (gaussian: with a value above 0)
  std::size_t active = 0;                       ///< samples in the support of the answer
  std::size_t steps = 0;                        ///< optimiser steps or iterations, all runs together
  std::vector<double> loss;                     ///< of the run that gave the answer: mean squared error in each epoch or iteration
  double seconds = 0;                           ///< wall time
};

/// Adam in the arithmetic of T (float or double), data included.
///
/// The step is the one of Keras: t counts the steps for all parameters, r = learning_rate sqrt(1 - beta2^t) / (1 - beta1^t), and
/// each parameter moves by -r m / (sqrt(v) + epsilon). The loss is the mean over the batch of (f - y)^2. All samples of a batch are
/// evaluated together. With SigmaScale::project the result has
/// the same bits on every processor; the other scales take exp and log1p from the platform.
/// @return  status ok where the end is a minimum up to `tolerance`; diverged, with the step, where the loss is not finite
/// @throws InputError  x and y differ in length, are empty or not finite; sigma_min or start.sigma is not positive; nothing is
/// free;
///                     batch is 0
template <class T>
BumpFit fit_adam(const BumpProblem& problem, const BumpAdamOptions& options = {});
/// In float.
extern template BumpFit fit_adam<float>(const BumpProblem&, const BumpAdamOptions&);
/// In double.
extern template BumpFit fit_adam<double>(const BumpProblem&, const BumpAdamOptions&);

/// Levenberg-Marquardt in double over the normal equations, one pass over the samples in each iteration, without any other memory.
/// @return  status ok at a minimum that explains the data better than a flat zero does, with at least as many samples in the
/// support
///          as there are free parameters
/// @throws InputError  as fit_adam()
BumpFit fit_lm(const BumpProblem& problem, const BumpLmOptions& options = {});

/// The answer without iteration, from the samples with y / a > 0. With L = -log(y / a) and z = x - c:
///
///     root, a and c known    sigma = sum (L - 1) z^2 L / sum (L - 1)^2
///     root, a known          1 / L = 1 - z^2 / sigma:            a parabola in x, c and sigma from its coefficients
///     canonical, a known     1 / (1 + L) = 1 - z^2 / sigma^2:    the same
///     gaussian               -log y = -log a + b z^2:            the same, and the height is in it
///
/// Exact to rounding on data without noise. Noise is magnified, most of all for wide bumps: take it as a start for fit_lm() then.
/// A free height of the other two forms cannot be found in this way: it is guessed from the largest |y|, the answer is a start and
/// its status not_converged.
/// @return  status dead_support where too few samples have a y / a in (0, 1]; steps is 0
/// @throws InputError  as fit_adam(), but for start.sigma, which is not used
BumpFit closed_form(const BumpProblem& problem);

/// Decimal digits to which a number agrees with the truth: -log10 of the relative error, 17 where they are equal.
double digits(double found, double truth);

}  // namespace ogive::layer
