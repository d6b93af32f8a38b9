// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Numbers of the four types as people write and read them.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ogive/base/float_types.h"

namespace ogive::tools {

/// The number of that type nearest to a text: decimal, hexadecimal (0x1.8p-3), inf or nan in any case; nothing where it is none.
std::optional<double> read_number(const std::string& text, FloatType type);

/// The numbers that words stand for, in their order; the word "-" stands for all those on standard input, between blanks, commas
/// or semicolons.
/// @throws UsageError for a word that is no number, InputError with its place for one on standard input
std::vector<double> read_numbers(std::span<const std::string> words, FloatType type);

/// The shortest decimal that reads back as this number of the type (16-bit types: as float32).
std::string decimal(double value, FloatType type);

/// "0x1.8p-3"; inf, nan.
std::string hexadecimal(double value);

/// The bits of this number in the type: "0x3f000000".
std::string bit_pattern(double value, FloatType type);

/// "4 294 967 296".
std::string grouped(std::uint64_t count);

/// For people: three significant digits, "0.762", "8.39e+06".
std::string brief(double value);

}  // namespace ogive::tools
