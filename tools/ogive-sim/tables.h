// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Simulated curves as text and bytes.

#include <cstddef>
#include <cstdint>
#include <string>

#include "tools/ogive-sim/arguments.h"

namespace ogive::tools {

/// What becomes of some curves in a row.
struct Piece {
  std::string data;   ///< rows of a long table, or y as float64
  std::string x;      ///< npy with own x: x as float64
  std::string truth;  ///< rows of the table of truths
  std::size_t curves = 0;
};

/// Makes the curves [first, last), counted from 0, into a piece that is used again.
void make_piece(const SimArguments& arguments, std::uint64_t first, std::uint64_t last, Piece& piece);

/// The x that all curves share, each as often as there are replicates, as float64.
std::string shared_x_bytes(const SimArguments& arguments);

/// The header of the table of truths.
std::string truth_header(const curve::Model& model);

/// Appends a number as a cell: shortest, or rounded; a missing one is empty.
void append_cell(std::string& text, double value, unsigned digits);

}  // namespace ogive::tools
