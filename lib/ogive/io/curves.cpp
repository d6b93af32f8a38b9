// SPDX-License-Identifier: MIT
#include "ogive/io/curves.h"

#include <string_view>
#include <unordered_map>

namespace ogive::io {
namespace {

/// The `by` cells of a row as one text. Each is preceded by its size, so that ("a", "bc") and ("ab", "c") differ.
void join_key(const Table& table, std::size_t row, const std::vector<std::size_t>& by, std::string& key) {
  key.clear();
  for (const auto column : by) {
    const auto cell = table.cell(row, column);
    const auto size = cell.size();
    key.append(reinterpret_cast<const char*>(&size), sizeof size);
    key.append(cell);
  }
}

void add_point(Curve& curve, const std::optional<double>& x, const std::optional<double>& y) {
  if (!x || !y) {
    ++curve.missing;
    return;
  }
  curve.x.push_back(*x);
  curve.y.push_back(*y);
}

}  // namespace

std::vector<Curve> long_curves(const Table& table, std::size_t x, std::size_t y, const std::vector<std::size_t>& by,
                               std::optional<std::size_t> w) {
  std::vector<Curve> curves;
  std::unordered_map<std::string, std::size_t> index_of;
  std::string key, last_key;
  std::size_t current = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    join_key(table, row, by, key);
    if (row == 0 || key != last_key) {  // most tables keep the rows of a curve together
      const auto [entry, is_new] = index_of.try_emplace(key, curves.size());
      current = entry->second;
      if (is_new) {
        auto& curve = curves.emplace_back();
        for (const auto column : by) curve.by.emplace_back(table.cell(row, column));
      }
      last_key = key;
    }
    const auto x_value = table.number(row, x);
    const auto y_value = table.number(row, y);
    if (!w) {
      add_point(curves[current], x_value, y_value);
      continue;
    }
    const auto weight = table.number(row, *w);
    add_point(curves[current], weight ? x_value : std::nullopt, y_value);
    if (weight && x_value && y_value) curves[current].w.push_back(*weight);
  }
  return curves;
}

std::vector<Curve> wide_curves(const Table& table, std::size_t x) {
  if (table.columns() < 2)
    throw InputError({table.source(), 0, 0},
                     "a wide table needs at least two columns, this one has 1: one for x and one for each curve");
  std::vector<Curve> curves;
  for (std::size_t column = 0; column < table.columns(); ++column) {
    if (column == x) continue;
    const auto& name = table.names()[column];
    auto& curve = curves.emplace_back();
    curve.by = {name.empty() ? std::to_string(column + 1) : name};
    curve.x.reserve(table.rows());
    curve.y.reserve(table.rows());
  }
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto x_value = table.number(row, x);
    for (std::size_t column = 0, curve = 0; column < table.columns(); ++column)
      if (column != x) add_point(curves[curve++], x_value, table.number(row, column));
  }
  return curves;
}

}  // namespace ogive::io
