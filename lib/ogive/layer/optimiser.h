// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Two optimisers that go step by step over one flat vector of parameters, given their gradient.
///
///     sgd     v <- m v + g,  p <- p - r v                                   m: momentum, r: learning rate
///
///     adam    m <- b1 m + (1 - b1) g,  v <- b2 v + (1 - b2) g^2              Kingma and Ba, ICLR 2015, algorithm 1
///             p <- p - r / (1 - b1^t) m / (sqrt(v / (1 - b2^t)) + epsilon)   t: the number of the step, from 1
///
/// Adam's t is one for all parameters. Kept per tensor, and raised whenever one of them is touched, it makes the correction wear
/// off as many times too fast as there are tensors.
///
/// Both go through the arrays with run-time dispatch (Highway), float and double.
///
/// @code
///   ogive::layer::Adam<float> adam(2, 1e-3);
///   std::vector<float> p = {1, 1};
///   const std::vector<float> gradient = {0.5f, -3};
///   adam.step(p, gradient);                                        // p = {0.999, 1.001}: the first step is r, whatever the size
/// @endcode

#include <cstddef>
#include <span>
#include <vector>

namespace ogive::layer {

/// Adam. float or double.
template <class T>
class Adam {
 public:
  /// @param size           how many parameters there are
  /// @param learning_rate  r
  /// @param beta1          b1, in [0, 1)
  /// @param beta2          b2, in [0, 1)
  /// @param epsilon        added to the root, so that a gradient of 0 is no division by 0
  explicit Adam(std::size_t size, double learning_rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8);

  /// One step. Requires as many parameters, and gradients, as were told.
  void step(std::span<T> p, std::span<const T> gradient);

  std::size_t steps() const { return steps_; }  ///< how many there were

 private:
  double learning_rate_, beta1_, beta2_, epsilon_;
  std::size_t steps_ = 0;
  std::vector<T> mean_, square_;
};

/// Gradient descent with momentum. float or double.
template <class T>
class Sgd {
 public:
  /// @param size           how many parameters there are
  /// @param learning_rate  r
  /// @param momentum       m, in [0, 1); 0: plain gradient descent
  explicit Sgd(std::size_t size, double learning_rate = 1e-2, double momentum = 0);

  /// One step. Requires as many parameters, and gradients, as were told.
  void step(std::span<T> p, std::span<const T> gradient);

 private:
  double learning_rate_, momentum_;
  std::vector<T> velocity_;
};

extern template class Adam<float>;
extern template class Adam<double>;
extern template class Sgd<float>;
extern template class Sgd<double>;

}  // namespace ogive::layer
