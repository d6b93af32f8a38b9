// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Two tables of vectors, looked up by two indices, and their dot product: who (i) likes what (j).
///
///     y = sum_k U_ki V_kj + b_i + c_j
///
/// A sample is two numbers, the indices i and j, counted from 0. The parameters are U (a column of `width` numbers for each i), V
/// (likewise for each j), and, with biases, b and c. An activation `sigmoid_range` behind it turns the sum into a rating.
///
/// @code
///   const ogive::layer::Embedding layer{1000, 200, 8};                          // 1000 people, 200 films, vectors of 8 numbers
///   std::vector<double> p(layer.parameters(), 0.5);
///   const std::vector<double> x = {17, 3};
///   std::vector<double> y(1);
///   layer.forward<double>(p, {x.data(), 2, 1}, {y.data(), 1, 1});                // 8 / 4 + 1/2 + 1/2
/// @endcode

#include <cstddef>
#include <span>
#include <string>
#include <type_traits>

#include "ogive/layer/initialise.h"
#include "ogive/layer/matrix.h"

namespace ogive::layer {

/// y = U_i . V_j + b_i + c_j.
struct Embedding {
  std::size_t left = 0;   ///< how many i there are
  std::size_t right = 0;  ///< how many j
  std::size_t width = 0;  ///< numbers in a vector
  bool biases = true;     ///< whether there are b and c

  std::size_t inputs() const { return 2; }                                                ///< i and j
  std::size_t outputs() const { return 1; }                                               ///< y
  std::size_t parameters() const { return (left + right) * (width + (biases ? 1 : 0)); }  ///< U, V, b, c
  std::string describe() const;  ///< "embedding 1000 200 8", "embedding 1000 200 8 no_biases"

  /// @param p  U, V, b, c
  /// @param x  2 rows: the indices
  /// @param y  1 row, as many columns; overwritten
  /// @throws InputError where an index is no whole number or is out of range; its place has the sample's number, from 1, as line
  template <class T>
  void forward(std::span<const T> p, Columns<const T> x, Columns<T> y) const {
    for (std::size_t s = 0; s < x.columns(); ++s) {
      const std::size_t i = index(x(0, s), left, s, 1), j = index(x(1, s), right, s, 2);
      T sum = T(0);
      if (biases) sum = p[bias(i)] + p[bias(left + j)];
      for (std::size_t k = 0; k < width; ++k) sum += p[width * i + k] * p[width * (left + j) + k];
      y(0, s) = sum;
    }
  }

  /// @param p   as in forward()
  /// @param x   as in forward()
  /// @param dy  dL/dy
  /// @param dp  dL/dp is added to it
  /// @param dx  zeros: an index has no slope; empty: not wanted
  template <class T>
  void backward(std::span<const T> p, Columns<const T> x, Columns<const T> /*y*/, Columns<const T> dy, std::span<T> dp,
                Columns<T> dx) const {
    for (std::size_t s = 0; s < x.columns(); ++s) {
      const std::size_t i = index(x(0, s), left, s, 1), j = index(x(1, s), right, s, 2);
      const T& slope = dy(0, s);
      for (std::size_t k = 0; k < width; ++k) {
        dp[width * i + k] += slope * p[width * (left + j) + k];
        dp[width * (left + j) + k] += slope * p[width * i + k];
      }
      if (!biases) continue;
      dp[bias(i)] += slope;
      dp[bias(left + j)] += slope;
    }
    for (T& value : dx.values()) value = T(0);
  }

  /// Draws U and V; biases are 0.
  void initialise(std::span<double> p, Initialiser how, Random& random) const;

  /// Its parameters have no limits.
  template <class T>
  void project(std::span<T> /*p*/) const {}

  bool operator==(const Embedding&) const = default;  ///< the same sizes

 private:
  std::size_t bias(std::size_t row) const { return width * (left + right) + row; }

  template <class T>
  std::size_t index(const T& value, std::size_t count, std::size_t sample, std::size_t row) const {
    if constexpr (std::is_floating_point_v<T>) {
      return checked_index(static_cast<double>(value), count, sample, row);
    } else {
      return checked_index(value.a, count, sample, row);  // of a Jet, the number
    }
  }
  static std::size_t checked_index(double value, std::size_t count, std::size_t sample, std::size_t row);
};

}  // namespace ogive::layer
