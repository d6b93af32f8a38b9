// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the tests of ogive-error share: the program.

#include <string>
#include <vector>

#include "tools/command.h"

namespace ogive::test {

inline std::vector<std::string> ogive_error(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), OGIVE_ERROR);
  return arguments;
}

}  // namespace ogive::test
