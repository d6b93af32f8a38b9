// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Pieces of a gnuplot script. Numbers are written the same in every locale.
///
/// @code
///   Script script;
///   script << "set xrange [0:" << 1.0 << "]\n";
/// @endcode

#include <array>
#include <charconv>
#include <string>
#include <string_view>

namespace ogive::plot {

class Script {
 public:
  Script& operator<<(std::string_view piece) {
    text_ += piece;
    return *this;
  }
  Script& operator<<(double number) {
    std::array<char, 64> buffer;  // places and pixels: at most 6 digits before the point
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed, 6);
    text_.append(buffer.data(), end.ptr);
    return *this;
  }
  Script& operator<<(int number) {
    text_ += std::to_string(number);
    return *this;
  }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace ogive::plot
