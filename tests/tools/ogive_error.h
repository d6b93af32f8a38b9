// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the tests of ogive-error share: the program, and what it printed, line by line.

#include <sstream>
#include <string>
#include <vector>

#include "tools/command.h"

namespace ogive::test {

inline std::vector<std::string> ogive_error(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), OGIVE_ERROR);
  return arguments;
}

inline std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

}  // namespace ogive::test
