// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// From the arguments to one fit of a bump.

#include <functional>
#include <optional>
#include <string>

#include "ogive/layer/bump_fit.h"
#include "tools/ogive-train/arguments.h"

namespace ogive::tools {

/// The samples, and what is known about them.
struct BumpInput {
  layer::BumpForm form = layer::BumpForm::canonical;
  layer::BumpData data;
  std::string source;  ///< the file as the user named it; "data that were made"
  std::string x_name = "x", y_name = "y";
  std::optional<layer::BumpParameters> truth;  ///< of data that were made
  std::size_t missing = 0;                     ///< points left out because x or y is empty, NA or NaN
};

/// The form that was asked for, or the usual one: canonical for a file, root for data that are made.
layer::BumpForm form_of(const Arguments& arguments);

/// Data from the file, or made with this true width. @throws FileError, InputError, UsageError
BumpInput read_bump_input(const Arguments& arguments);
BumpInput made_bump_input(const Arguments& arguments, double sigma);

/// The parameters that move: those of --free, or all for a file and the width for data that are made.
layer::FreeParameters free_of(const Arguments& arguments);

/// Digits to which a parameter agrees with the truth; where that is 0, as parts of the true width.
double digits_of(double layer::BumpParameters::*member, const layer::BumpParameters& found, const layer::BumpParameters& truth);

/// The name of the width: "sigma", and "b" for the gaussian.
std::string width_name(layer::BumpForm form);

/// Runs the fit that the arguments ask for.
/// @param progress  called after each epoch or iteration with its number and the mean squared error; false stops
layer::BumpFit fit_bump(const Arguments& arguments, const BumpInput& input,
                        const std::function<bool(std::size_t, double)>& progress);

/// The epochs or iterations that fit_bump() makes at most.
std::size_t most_epochs(const Arguments& arguments, const BumpInput& input);

}  // namespace ogive::tools
