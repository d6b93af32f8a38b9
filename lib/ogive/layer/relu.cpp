// SPDX-License-Identifier: MIT
// The relu of whole arrays, with run-time dispatch: nothing but a comparison a number, so that the width of the vectors is all.
#include "ogive/layer/activation.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/layer/relu.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace ogive::layer {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// "<= 0", so that NaN stays.
template <class T>
void relu(const T* HWY_RESTRICT x, T* HWY_RESTRICT y, std::size_t n) {
  const hn::ScalableTag<T> d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto v = hn::LoadU(d, x + i);
    hn::StoreU(hn::IfThenZeroElse(hn::Le(v, hn::Zero(d)), v), d, y + i);
  }
  for (; i < n; ++i) y[i] = x[i] <= T(0) ? T(0) : x[i];
}

// A product with 0 or 1, so that what is not finite in dy stays so.
template <class T>
void relu_slope(const T* HWY_RESTRICT x, const T* HWY_RESTRICT dy, T* HWY_RESTRICT dx, std::size_t n) {
  const hn::ScalableTag<T> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto one = hn::Set(d, T(1));
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto slope = hn::IfThenZeroElse(hn::Le(hn::LoadU(d, x + i), hn::Zero(d)), one);
    hn::StoreU(hn::Mul(slope, hn::LoadU(d, dy + i)), d, dx + i);
  }
  for (; i < n; ++i) dx[i] = (x[i] <= T(0) ? T(0) : T(1)) * dy[i];
}

}  // namespace

void relu_float(const float* x, float* y, std::size_t n) { relu(x, y, n); }
void relu_double(const double* x, double* y, std::size_t n) { relu(x, y, n); }
void relu_slope_float(const float* x, const float* dy, float* dx, std::size_t n) { relu_slope(x, dy, dx, n); }
void relu_slope_double(const double* x, const double* dy, double* dx, std::size_t n) { relu_slope(x, dy, dx, n); }

}  // namespace HWY_NAMESPACE
}  // namespace ogive::layer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::layer {
HWY_EXPORT(relu_float);
HWY_EXPORT(relu_double);
HWY_EXPORT(relu_slope_float);
HWY_EXPORT(relu_slope_double);

namespace internal {

void relu_array(std::span<const float> x, std::span<float> y) { HWY_DYNAMIC_DISPATCH(relu_float)(x.data(), y.data(), x.size()); }

void relu_array(std::span<const double> x, std::span<double> y) { HWY_DYNAMIC_DISPATCH(relu_double)(x.data(), y.data(), x.size()); }

void relu_slope_array(std::span<const float> x, std::span<const float> dy, std::span<float> dx) {
  HWY_DYNAMIC_DISPATCH(relu_slope_float)(x.data(), dy.data(), dx.data(), x.size());
}

void relu_slope_array(std::span<const double> x, std::span<const double> dy, std::span<double> dx) {
  HWY_DYNAMIC_DISPATCH(relu_slope_double)(x.data(), dy.data(), dx.data(), x.size());
}

}  // namespace internal
}  // namespace ogive::layer
#endif
