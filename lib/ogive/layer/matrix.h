// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Samples side by side: a matrix whose columns are samples, as a view of numbers that somebody else owns.
///
/// Columns are contiguous and follow each other without a gap, so N rows of a file with F numbers each, as they stand in memory,
/// are already a matrix of F rows and N columns: a batch is a pointer into the data, and nothing is copied or transposed.
///
/// @code
///   std::vector<double> file = {1, 2, 3, 4, 5, 6};                      // three samples of two features
///   const ogive::layer::Columns<double> x(file.data(), 2, 3);
///   const double second_feature_of_first_sample = x(1, 0);              // 2
/// @endcode

#include <cassert>
#include <cstddef>
#include <span>
#include <type_traits>

namespace ogive::layer {

/// A view of rows x columns numbers, column by column.
template <class T>
class Columns {
 public:
  /// The empty matrix: where one is optional, it says "not wanted".
  Columns() = default;

  /// @param data  rows x columns numbers, which must outlive the view
  Columns(T* data, std::size_t rows, std::size_t columns) : data_(data), rows_(rows), columns_(columns) {}

  /// A matrix that may be written is one that may be read.
  operator Columns<const T>() const requires(!std::is_const_v<T>) { return {data_, rows_, columns_}; }

  T* data() const { return data_; }                        ///< the first number of the first column
  std::size_t rows() const { return rows_; }               ///< numbers in a sample
  std::size_t columns() const { return columns_; }         ///< samples
  std::size_t size() const { return rows_ * columns_; }    ///< numbers in all
  bool empty() const { return size() == 0; }               ///< whether there are none
  std::span<T> values() const { return {data_, size()}; }  ///< all numbers, column by column

  /// Row and column from 0.
  T& operator()(std::size_t row, std::size_t column) const {
    assert(row < rows_ && column < columns_);
    return data_[column * rows_ + row];
  }

  /// One sample.
  std::span<T> column(std::size_t column) const {
    assert(column < columns_);
    return {data_ + column * rows_, rows_};
  }

  /// `count` samples from `first` on.
  Columns middle(std::size_t first, std::size_t count) const {
    assert(first + count <= columns_);
    return {data_ + first * rows_, rows_, count};
  }

 private:
  T* data_ = nullptr;
  std::size_t rows_ = 0, columns_ = 0;
};

}  // namespace ogive::layer
