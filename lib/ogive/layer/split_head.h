// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The last layer of a network that says how sure it is: a mean and the logarithm of a deviation, each a dense map of the same
/// input.
///
///     y = (mean, log sigma),      mean = W x + b,      log sigma = V x + c
///
/// The loss that goes with it is gaussian_nll. The logarithm keeps sigma positive without a limit to keep.
///
/// @code
///   const ogive::layer::SplitHead layer{8, 1};
///   const std::size_t outputs = layer.outputs();                                // 2: mean and log sigma
/// @endcode

#include <cstddef>
#include <span>
#include <string>

#include "ogive/layer/dense.h"

namespace ogive::layer {

/// Two dense maps side by side. Its parameters are those of one Dense{in, 2 out}: row i < out of W and b is a mean, row out + i a
/// log sigma.
struct SplitHead {
  std::size_t in = 0;   ///< numbers in a sample that it takes
  std::size_t out = 0;  ///< means, and as many log sigma

  std::size_t inputs() const { return in; }                       ///< in
  std::size_t outputs() const { return 2 * out; }                 ///< means first, then log sigma
  std::size_t parameters() const { return both().parameters(); }  ///< 2 out (in + 1)
  std::string describe() const;                                   ///< "split_head 8 1"
  Dense both() const { return {in, 2 * out}; }                    ///< the two maps as one

  /// @param p  weights and biases
  /// @param x  in rows
  /// @param y  2 out rows; overwritten
  template <class T>
  void forward(std::span<const T> p, Columns<const T> x, Columns<T> y) const {
    both().forward(p, x, y);
  }

  /// @param p   weights and biases
  /// @param x   as in forward()
  /// @param y   what forward() gave
  /// @param dy  dL/dy
  /// @param dp  dL/dp is added to it
  /// @param dx  dL/dx, overwritten; empty: not wanted
  template <class T>
  void backward(std::span<const T> p, Columns<const T> x, Columns<const T> y, Columns<const T> dy, std::span<T> dp,
                Columns<T> dx) const {
    both().backward(p, x, y, dy, dp, dx);
  }

  /// Draws the weights of the means; log sigma starts at 0, sigma at 1, for any input.
  void initialise(std::span<double> p, Initialiser how, Random& random) const;

  /// Its parameters have no limits.
  template <class T>
  void project(std::span<T> /*p*/) const {}

  bool operator==(const SplitHead&) const = default;  ///< the same sizes
};

}  // namespace ogive::layer
