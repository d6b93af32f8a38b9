// SPDX-License-Identifier: MIT
#include "ogive/layer/activation.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <utility>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/layer/text.h"
#include "ogive/sigmoid/kernels.h"

namespace ogive::layer {
namespace {

constexpr std::array<std::pair<ActivationKind, std::string_view>, 8> names = {{{ActivationKind::sigmoid, "sigmoid"},
                                                                               {ActivationKind::tanh, "tanh"},
                                                                               {ActivationKind::relu, "relu"},
                                                                               {ActivationKind::leaky_relu, "leaky_relu"},
                                                                               {ActivationKind::softplus, "softplus"},
                                                                               {ActivationKind::softmax, "softmax"},
                                                                               {ActivationKind::sigmoid_range, "sigmoid_range"},
                                                                               {ActivationKind::variant, "variant"}}};

}  // namespace

std::string_view to_string(ActivationKind kind) {
  for (const auto& [value, name] : names)
    if (value == kind) return name;
  return {};
}

Activation Activation::sigmoid_range(std::size_t size, double low, double high) {
  if (!(low < high) || !(high - low <= std::numeric_limits<double>::max()))
    throw InputError(Place{}, "a sigmoid from " + internal::number_text(low) + " to " + internal::number_text(high) +
                                  " has no range: the first must be less, and both finite");
  return {size, ActivationKind::sigmoid_range, low, high};
}

Activation Activation::of_variant(std::size_t size, std::string_view name) {
  const sigmoid::Variant& found = sigmoid::variant(name);
  if (found.target != sigmoid::Target::logistic || (found.float32 == nullptr && found.float64 == nullptr))
    throw InputError(Place{},
                     "the variant '" + std::string(name) + "' does not stand for the logistic function in float32 or float64");
  return {size, ActivationKind::variant, 0, 1, &found};
}

std::string Activation::describe() const {
  std::string text = "activation " + std::string(to_string(kind)) + ' ' + std::to_string(size);
  if (kind == ActivationKind::leaky_relu) text += ' ' + internal::number_text(low);
  if (kind == ActivationKind::sigmoid_range) text += ' ' + internal::number_text(low) + ' ' + internal::number_text(high);
  if (kind == ActivationKind::variant) text += ' ' + std::string(variant->name);
  return text;
}

namespace internal {
namespace {

// In blocks, so that what is computed on the way stays in the first cache.
constexpr std::size_t block = 512;

template <class T, class F>
void in_blocks(std::size_t n, F f) {
  std::array<T, block> scratch;
  for (std::size_t i = 0; i < n; i += block) f(i, std::min(block, n - i), scratch.data());
}

template <class From, class To>
void through(sigmoid::ArrayFunction<To> function, std::span<const From> x, std::span<From> y) {
  in_blocks<To>(x.size(), [&](std::size_t i, std::size_t count, To* scratch) {
    for (std::size_t k = 0; k < count; ++k) scratch[k] = static_cast<To>(x[i + k]);
    function(scratch, scratch, count);
    for (std::size_t k = 0; k < count; ++k) y[i + k] = static_cast<From>(scratch[k]);
  });
}

}  // namespace

void sigmoid_array(std::span<const float> x, std::span<float> y) { sigmoid::logistic_u1(x.data(), y.data(), x.size()); }
void sigmoid_array(std::span<const double> x, std::span<double> y) { sigmoid::logistic(x.data(), y.data(), x.size()); }

void sigmoid_slope_array(std::span<const float> x, std::span<const float> dy, std::span<float> dx) {
  for (std::size_t i = 0; i < x.size(); i += block) {
    const std::size_t count = std::min(block, x.size() - i);
    sigmoid::derivative(x.data() + i, dx.data() + i, count);
    for (std::size_t k = i; k < i + count; ++k) dx[k] *= dy[k];
  }
}

void sigmoid_slope_array(std::span<const double> x, std::span<const double> dy, std::span<double> dx) {
  in_blocks<double>(x.size(), [&](std::size_t i, std::size_t count, double* scratch) {
    for (std::size_t k = 0; k < count; ++k) scratch[k] = -x[i + k];
    sigmoid::logistic(scratch, scratch, count);
    sigmoid::logistic(x.data() + i, dx.data() + i, count);
    for (std::size_t k = 0; k < count; ++k) dx[i + k] *= scratch[k] * dy[i + k];
  });
}

void variant_array(const sigmoid::Variant& variant, std::span<const float> x, std::span<float> y) {
  if (variant.float32 != nullptr) return variant.float32(x.data(), y.data(), x.size());
  through<float, double>(variant.float64, x, y);
}

void variant_array(const sigmoid::Variant& variant, std::span<const double> x, std::span<double> y) {
  if (variant.float64 != nullptr) return variant.float64(x.data(), y.data(), x.size());
  through<double, float>(variant.float32, x, y);
}

}  // namespace internal
}  // namespace ogive::layer
