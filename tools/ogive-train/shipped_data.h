// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Data sets that need no file name.

#include <string>

namespace ogive::tools {

/// The digits that come with Ogive: beside the installed program, or in the source tree. @throws FileError where they are in
/// neither
std::string digits_path();

/// A file of Debian's package dataset-fashion-mnist. @throws FileError that names the package where it is not installed
std::string fashion_mnist_path(const std::string& name);

}  // namespace ogive::tools
