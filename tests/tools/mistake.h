// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A wrong call of a tool and what it says: what the usage tests are lists of.

#include <ostream>
#include <string>
#include <vector>

namespace ogive::test {

struct Mistake {
  std::vector<std::string> arguments;
  std::string message;  ///< without the program's name at the front and the hint at the end
};

inline std::ostream& operator<<(std::ostream& out, const Mistake& mistake) {
  for (const auto& argument : mistake.arguments) out << argument << ' ';
  return out;
}

}  // namespace ogive::test
