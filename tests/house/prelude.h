// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What an example in a header may use without saying so: the standard headers that any program would have included, and use().

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Stands for whatever the reader does with a value.
template <class T>
void use(const T& value) {
  static_cast<void>(value);
}

/// One object of this type in each file of examples: header_examples counts them.
struct CountExample {
  CountExample() { ++total(); }
  static int& total() {
    static int count = 0;
    return count;
  }
};
