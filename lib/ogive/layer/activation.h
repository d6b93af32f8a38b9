// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Activations: one function for every number of a sample, or (softmax) for all of them together. They have no parameters.
///
///     sigmoid        s(x) = 1 / (1 + e^-x)                       slope s(x) s(-x)
///     tanh           tanh(x)                                     slope 4 s(2x) s(-2x)
///     relu           max(x, 0)                                   slope 0 for x <= 0, 1 beyond
///     leaky_relu     x for x > 0, low x elsewhere                slope low for x <= 0, 1 beyond
///     softplus       log(1 + e^x)                                slope s(x)
///     softmax        e^(x_i) / sum_j e^(x_j)                     y_i (delta_ij - y_j)
///     sigmoid_range  low + (high - low) s(x)                     slope (high - low) s(x) s(-x)
///     variant        a form of the sigmoid catalogue, by name    slope y (1 - y), from its own value y
///
/// The slopes are computed from x, not as y (1 - y) or 1 - y^2, which are 0 as soon as y is rounded to 1; a `variant` is different,
/// because it shows what people get who compute as most programs do.
///
/// sigmoid runs through the array kernels of ogive/sigmoid/kernels.h: logistic_u1 in float32, logistic in float64; relu has its
/// own. A number gives the same bits wherever it stands in a batch. NaN in, NaN out.
///
/// @code
///   using ogive::layer::Activation, ogive::layer::ActivationKind;
///   const Activation layer{3, ActivationKind::sigmoid};
///   const std::vector<double> x = {-1, 0, 1};
///   std::vector<double> y(3);
///   layer.forward<double>({}, {x.data(), 3, 1}, {y.data(), 3, 1});      // 0.2689, 0.5, 0.7311
///   const Activation fast = Activation::of_variant(3, "hard_keras");
/// @endcode

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "ogive/layer/initialise.h"
#include "ogive/layer/matrix.h"
#include "ogive/sigmoid/derivative.h"
#include "ogive/sigmoid/logistic.h"
#include "ogive/sigmoid/range.h"
#include "ogive/sigmoid/softmax.h"
#include "ogive/sigmoid/softplus.h"
#include "ogive/sigmoid/tanh.h"
#include "ogive/sigmoid/variant.h"

namespace ogive::layer {

/// The kinds of activation.
enum class ActivationKind {
  sigmoid,        ///< s(x)
  tanh,           ///< tanh(x)
  relu,           ///< max(x, 0)
  leaky_relu,     ///< x or low x
  softplus,       ///< log(1 + e^x)
  softmax,        ///< of all numbers of a sample
  sigmoid_range,  ///< low + (high - low) s(x)
  variant         ///< a form of the sigmoid catalogue
};

std::string_view to_string(ActivationKind kind);  ///< "sigmoid", "leaky_relu", ...

/// y = f(x), number by number.
struct Activation {
  std::size_t size = 0;                           ///< numbers in a sample
  ActivationKind kind = ActivationKind::sigmoid;  ///< which function
  double low = 0;                                 ///< of sigmoid_range; the slope below 0 of leaky_relu
  double high = 1;                                ///< of sigmoid_range
  const sigmoid::Variant* variant = nullptr;      ///< of `variant`: an entry of the catalogue

  /// A leaky relu; its slope below 0 is usually 0.01.
  static Activation leaky_relu(std::size_t size, double slope = 0.01) { return {size, ActivationKind::leaky_relu, slope}; }
  /// A sigmoid from low to high. @throws InputError unless low < high, both finite
  static Activation sigmoid_range(std::size_t size, double low, double high);
  /// A form of the catalogue. @throws InputError that suggests names, or says that it is no form of the logistic function
  static Activation of_variant(std::size_t size, std::string_view name);

  std::size_t inputs() const { return size; }   ///< size
  std::size_t outputs() const { return size; }  ///< size
  std::size_t parameters() const { return 0; }  ///< none
  std::string describe() const;  ///< "activation relu 128", "activation leaky_relu 128 0.01", "activation variant 128 textbook"

  /// @param p  nothing
  /// @param x  size rows
  /// @param y  size rows, as many columns; overwritten
  template <class T>
  void forward(std::span<const T> p, Columns<const T> x, Columns<T> y) const;

  /// @param p   nothing
  /// @param x   as in forward()
  /// @param y   what forward() gave
  /// @param dy  dL/dy
  /// @param dp  nothing
  /// @param dx  dL/dx, overwritten; empty: not wanted
  template <class T>
  void backward(std::span<const T> p, Columns<const T> x, Columns<const T> y, Columns<const T> dy, std::span<T> dp,
                Columns<T> dx) const;

  /// Nothing to draw.
  void initialise(std::span<double> /*p*/, Initialiser /*how*/, Random& /*random*/) const {}

  /// Nothing to keep in limits.
  template <class T>
  void project(std::span<T> /*p*/) const {}

  bool operator==(const Activation&) const = default;  ///< the same function and size
};

namespace internal {

/// y = s(x) by the kernels; x and y may be the same array.
void sigmoid_array(std::span<const float> x, std::span<float> y);
void sigmoid_array(std::span<const double> x, std::span<double> y);  ///< likewise

/// dx = s(x) s(-x) dy.
void sigmoid_slope_array(std::span<const float> x, std::span<const float> dy, std::span<float> dx);
void sigmoid_slope_array(std::span<const double> x, std::span<const double> dy, std::span<double> dx);  ///< likewise

/// y = max(x, 0), NaN where x is; x and y are apart from each other.
void relu_array(std::span<const float> x, std::span<float> y);
void relu_array(std::span<const double> x, std::span<double> y);  ///< likewise

/// dx = dy where x > 0, and 0 times dy elsewhere; dx is apart from the others.
void relu_slope_array(std::span<const float> x, std::span<const float> dy, std::span<float> dx);
void relu_slope_array(std::span<const double> x, std::span<const double> dy, std::span<double> dx);  ///< likewise

/// y = the variant of x, in this type where it exists for it and else in the other one.
void variant_array(const sigmoid::Variant& variant, std::span<const float> x, std::span<float> y);
void variant_array(const sigmoid::Variant& variant, std::span<const double> x, std::span<double> y);  ///< likewise

/// y[i] = f(x[i]).
template <class T, class F>
void map(std::span<const T> x, std::span<T> y, F f) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = f(x[i]);
}

/// dx[i] = slope(x[i]) dy[i].
template <class T, class F>
void map_slope(std::span<const T> x, std::span<const T> dy, std::span<T> dx, F slope) {
  for (std::size_t i = 0; i < x.size(); ++i) dx[i] = slope(x[i]) * dy[i];
}

}  // namespace internal

template <class T>
void Activation::forward(std::span<const T> /*p*/, Columns<const T> x, Columns<T> y) const {
  const auto from = x.values();
  const auto to = y.values();
  const T lower = T(low), upper = T(high);
  switch (kind) {
    case ActivationKind::sigmoid:
      if constexpr (std::is_floating_point_v<T>) return internal::sigmoid_array(from, to);
      return internal::map(from, to, [](const T& v) { return sigmoid::logistic(v); });
    case ActivationKind::tanh:
      return internal::map(from, to, [](const T& v) { return sigmoid::tanh_logistic(v); });
    case ActivationKind::relu:  // "<= 0", so that NaN stays
      if constexpr (std::is_floating_point_v<T>) return internal::relu_array(from, to);
      return internal::map(from, to, [](const T& v) { return v <= T(0) ? T(0) : v; });
    case ActivationKind::leaky_relu:
      return internal::map(from, to, [&](const T& v) { return v <= T(0) ? T(lower * v) : v; });
    case ActivationKind::softplus:
      return internal::map(from, to, [](const T& v) { return sigmoid::softplus(v); });
    case ActivationKind::softmax:
      for (std::size_t j = 0; j < x.columns(); ++j) sigmoid::softmax<T>(x.column(j), y.column(j));
      return;
    case ActivationKind::sigmoid_range:
      return internal::map(from, to, [&](const T& v) { return sigmoid::logistic_range(v, lower, upper); });
    case ActivationKind::variant:
      if constexpr (std::is_floating_point_v<T>) return internal::variant_array(*variant, from, to);
      return internal::map(from, to, [](const T& v) { return sigmoid::logistic(v); });  // a Jet knows the true function only
  }
}

template <class T>
void Activation::backward(std::span<const T> /*p*/, Columns<const T> x, Columns<const T> y, Columns<const T> dy,
                          std::span<T> /*dp*/, Columns<T> dx) const {
  if (dx.empty()) return;
  const auto from = x.values();
  const auto slopes = dy.values();
  const auto to = dx.values();
  const T lower = T(low), width = T(high) - T(low);
  switch (kind) {
    case ActivationKind::sigmoid:
      if constexpr (std::is_floating_point_v<T>) return internal::sigmoid_slope_array(from, slopes, to);
      return internal::map_slope(from, slopes, to, [](const T& v) { return sigmoid::derivative(v); });
    case ActivationKind::tanh:
      return internal::map_slope(from, slopes, to, [](const T& v) { return T(4) * sigmoid::derivative(T(T(2) * v)); });
    case ActivationKind::relu:
      if constexpr (std::is_floating_point_v<T>) return internal::relu_slope_array(from, slopes, to);
      return internal::map_slope(from, slopes, to, [](const T& v) { return v <= T(0) ? T(0) : T(1); });
    case ActivationKind::leaky_relu:
      return internal::map_slope(from, slopes, to, [&](const T& v) { return v <= T(0) ? lower : T(1); });
    case ActivationKind::softplus:
      return internal::map_slope(from, slopes, to, [](const T& v) { return sigmoid::logistic(v); });
    case ActivationKind::softmax:  // dx_i = y_i (dy_i - sum_j y_j dy_j) = y_i sum_j y_j (dy_i - dy_j)
      for (std::size_t j = 0; j < x.columns(); ++j) {
        T mean = T(0);
        for (std::size_t i = 0; i < size; ++i) mean += y(i, j) * dy(i, j);
        for (std::size_t i = 0; i < size; ++i) dx(i, j) = y(i, j) * (dy(i, j) - mean);
      }
      return;
    case ActivationKind::sigmoid_range:
      return internal::map_slope(from, slopes, to, [&](const T& v) { return width * sigmoid::derivative(v); });
    case ActivationKind::variant:
      return internal::map_slope(y.values(), slopes, to, [](const T& v) { return v * (T(1) - v); });
  }
}

}  // namespace ogive::layer
