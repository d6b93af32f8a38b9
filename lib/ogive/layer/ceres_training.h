// SPDX-License-Identifier: MIT
#pragma once

// Levenberg-Marquardt and L-BFGS through Ceres, behind train(). Private to the module.

#include <span>

#include "ogive/layer/train.h"

namespace ogive::layer::internal {

/// train() for these two optimisers, in double. The samples are as require_samples() wants them.
TrainingReport train_with_ceres(const Network& network, std::span<double> p, const Loss& loss, const Samples<double>& samples,
                                const Samples<double>& held_out, const TrainOptions& options);

}  // namespace ogive::layer::internal
