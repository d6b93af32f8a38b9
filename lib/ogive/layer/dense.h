// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The dense layer: every output is a weighted sum of all inputs and a bias.
///
///     y = W x + b,      y_i = sum_k W_ik x_k + b_i
///     dW += dy x^T,     db += dy,     dx = W^T dy
///
/// Its parameters are W, out x in, column by column (the weights of input 0 to all outputs, then those of input 1, ...), and then
/// b. A row-major (in, out) matrix, as Keras keeps it, is the same numbers in the same order.
///
/// @code
///   const ogive::layer::Dense layer{2, 1};
///   const std::vector<double> p = {3, 4, 0.5}, x = {1, 10};                   // W = (3 4), b = 0.5
///   std::vector<double> y(1);
///   layer.forward<double>(p, {x.data(), 2, 1}, {y.data(), 1, 1});              // 43.5
/// @endcode

#include <cstddef>
#include <span>
#include <string>

#include "ogive/layer/initialise.h"
#include "ogive/layer/matrix.h"
#include "ogive/layer/products.h"

namespace ogive::layer {

/// y = W x + b.
struct Dense {
  std::size_t in = 0;   ///< numbers in a sample that it takes
  std::size_t out = 0;  ///< numbers in a sample that it gives
  bool bias = true;     ///< whether there is a b

  std::size_t inputs() const { return in; }                               ///< in
  std::size_t outputs() const { return out; }                             ///< out
  std::size_t parameters() const { return in * out + (bias ? out : 0); }  ///< weights and biases
  std::string describe() const;                                           ///< "dense 64 128", "dense 64 128 no_bias"

  /// The weighted sums of each sample.
  /// @param p  W and b
  /// @param x  in rows
  /// @param y  out rows, as many columns; overwritten
  template <class T>
  void forward(std::span<const T> p, Columns<const T> x, Columns<T> y) const {
    set_product<T>(weights(p), x, bias ? p.subspan(in * out, out) : std::span<const T>(), y);
  }

  /// @param p   W and b
  /// @param x   as in forward()
  /// @param dy  dL/dy, out rows
  /// @param dp  dL/dp is added to it
  /// @param dx  dL/dx, in rows, overwritten; empty: not wanted
  template <class T>
  void backward(std::span<const T> p, Columns<const T> x, Columns<const T> /*y*/, Columns<const T> dy, std::span<T> dp,
                Columns<T> dx) const {
    add_product_with_transposed<T>(dy, x, {dp.data(), out, in});
    if (bias) add_columns<T>(dy, dp.subspan(in * out, out));
    if (dx.empty()) return;
    set_product_of_transposed<T>(weights(p), dy, dx);
  }

  /// Draws the weights; biases are 0.
  void initialise(std::span<double> p, Initialiser how, Random& random) const;

  /// Its parameters have no limits.
  template <class T>
  void project(std::span<T> /*p*/) const {}

  /// W, out x in.
  template <class T>
  Columns<const T> weights(std::span<const T> p) const {
    return {p.data(), out, in};
  }

  bool operator==(const Dense&) const = default;  ///< the same sizes
};

}  // namespace ogive::layer
