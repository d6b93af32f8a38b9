// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The commands of ogive-train, one file each. All of them return the exit code.

#include "tools/ogive-train/arguments.h"

namespace ogive::tools {

int bump(const Arguments& arguments);        ///< one bump, fitted
int bump_sweep(const Arguments& arguments);  ///< learned widths against true ones
int net(const Arguments& arguments);         ///< a network, trained
int compare(const Arguments& arguments);     ///< the same network with one activation after the other
int predict(const Arguments& arguments);     ///< what a saved network says
int probe(const Arguments& arguments);       ///< what every neuron of a saved network does
int eval(const Arguments& arguments);        ///< values and gradients of a bump
int check(const Arguments& arguments);       ///< every gradient against an exact one

}  // namespace ogive::tools
