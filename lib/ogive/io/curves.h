// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// One table, many curves: a long table split by its key columns, or a wide one with a curve in each column.
///
/// @code
///   const auto table = ogive::io::read_table("plates.csv");
///   for (const auto& curve : ogive::io::long_curves(table, table.column("dose"), table.column("response"),
///   {table.column("plate")}))
///     std::cout << curve.by[0] << ": " << curve.x.size() << " points, " << curve.missing << " missing\n";
/// @endcode

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ogive/io/table.h"

namespace ogive::io {

/// The points of one curve, in the order of the table.
struct Curve {
  std::vector<std::string> by;  ///< its key: the cells of the `by` columns, or the column's name in a wide table
  std::vector<double> x;        ///< of the points where both are there
  std::vector<double> y;        ///< likewise
  std::vector<double> w{};      ///< their weights, as many; empty where no column has any
  std::size_t missing = 0;      ///< points dropped because x, y or weight was missing
};

/// One curve for each distinct combination of the `by` cells, in the order of first appearance; rows of a curve need not be
/// adjacent. With no `by` column, one curve. Keys are compared as text: 1 and 1.0 are two curves; an empty cell is a key like any
/// other. Column `w`, where there is one, goes to Curve::w.
/// @throws InputError where an x, y or w cell is neither a number nor missing.
std::vector<Curve> long_curves(const Table& table, std::size_t x, std::size_t y, const std::vector<std::size_t>& by,
                               std::optional<std::size_t> w = std::nullopt);

/// One curve for each column but `x`, with the column's name as its key (its number where the name is empty).
/// @throws InputError where a cell is neither a number nor missing, or there is no column but x.
std::vector<Curve> wide_curves(const Table& table, std::size_t x);

}  // namespace ogive::io
