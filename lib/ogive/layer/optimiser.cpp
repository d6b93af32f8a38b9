// SPDX-License-Identifier: MIT
#include "ogive/layer/optimiser.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/layer/optimiser.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// The numbers of a step that are the same for all parameters. Once, although this file is read for each instruction set.
#ifndef OGIVE_LAYER_OPTIMISER_CONSTANTS
#define OGIVE_LAYER_OPTIMISER_CONSTANTS
namespace ogive::layer {
namespace {

template <class T>
struct AdamConstants {
  // With rate = r / (1 - b1^t): the step is m / (root sqrt(v) + epsilon), root = 1 / (rate sqrt(1 - b2^t)), epsilon / rate.
  T rest1, rest2, root, epsilon;
};

template <class T>
struct SgdConstants {
  T rate, momentum;
};

}  // namespace
}  // namespace ogive::layer
#endif

HWY_BEFORE_NAMESPACE();
namespace ogive::layer {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Runs f(arrays..., at) over whole vectors, and over the rest in padded copies: a parameter is treated alike wherever it stands.
template <class T, class F>
HWY_INLINE void over(std::size_t n, T* const (&arrays)[3], const T* gradient, F f) {
  const std::size_t lanes = hn::Lanes(hn::ScalableTag<T>());
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) f(arrays[0] + i, arrays[1] + i, arrays[2] + i, gradient + i);
  if (i == n) return;
  HWY_ALIGN T rest[4][hn::MaxLanes(hn::ScalableTag<T>())] = {};
  for (std::size_t a = 0; a < 3; ++a) std::copy(arrays[a] + i, arrays[a] + n, rest[a]);
  std::copy(gradient + i, gradient + n, rest[3]);
  f(rest[0], rest[1], rest[2], rest[3]);
  for (std::size_t a = 0; a < 3; ++a) std::copy_n(rest[a], n - i, arrays[a] + i);
}

// The root of a normal v > 0. AVX-512 has an estimate of 1 / sqrt(v), good to 14 bits, from which one step of Newton leads to the
// root but for its last bit; so the divider is left to the division.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V square_root(D d, V v) {
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
  if constexpr (std::is_same_v<hn::TFromD<D>, float>) {
    v = hn::Min(v, hn::Set(d, std::numeric_limits<float>::max()));  // 1 / sqrt(infinity) = 0 would make NaN of it
    const V inverse = hn::ApproximateReciprocalSqrt(v);
    const V root = hn::Mul(v, inverse);
    return hn::MulAdd(hn::NegMulAdd(root, root, v), hn::Mul(inverse, hn::Set(d, 0.5f)), root);
  }
#endif
  (void)d;
  return hn::Sqrt(v);
}

// The averages of a parameter that gets no gradient any more, as behind a relu that is dead, decay until they are subnormal, and
// stay so for ever; processors are slow with such numbers. They are too small to move anything (beside epsilon, that is), so the
// mean becomes 0, and the square, of which a root is taken, the least normal number. NaN stays in both.
template <class T>
void adam(T* p, T* mean, T* square, const T* gradient, std::size_t n, const AdamConstants<T>& k) {
  const hn::ScalableTag<T> d;
  const auto rest1 = hn::Set(d, k.rest1), rest2 = hn::Set(d, k.rest2), root = hn::Set(d, k.root), epsilon = hn::Set(d, k.epsilon);
  const auto least = hn::Set(d, std::numeric_limits<T>::min());
  T* const arrays[3] = {p, mean, square};
  over(n, arrays, gradient, [&](T* p_i, T* m_i, T* v_i, const T* g_i) HWY_ATTR {
    const auto g = hn::LoadU(d, g_i);
    auto m = hn::LoadU(d, m_i), v = hn::LoadU(d, v_i);
    m = hn::MulAdd(rest1, hn::Sub(g, m), m);
    v = hn::Max(least, hn::MulAdd(rest2, hn::MulSub(g, g, v), v));
    m = hn::IfThenZeroElse(hn::Lt(hn::Abs(m), least), m);
    hn::StoreU(m, d, m_i);
    hn::StoreU(v, d, v_i);
    const auto size = hn::MulAdd(square_root(d, v), root, epsilon);
    hn::StoreU(hn::Sub(hn::LoadU(d, p_i), hn::Div(m, size)), d, p_i);
  });
}

template <class T>
void sgd(T* p, T* velocity, const T* gradient, std::size_t n, const SgdConstants<T>& k) {
  const hn::ScalableTag<T> d;
  const auto rate = hn::Set(d, k.rate), momentum = hn::Set(d, k.momentum);
  T* const arrays[3] = {p, velocity, velocity};
  over(n, arrays, gradient, [&](T* p_i, T* v_i, T* also_v_i, const T* g_i) HWY_ATTR {
    const auto v = hn::MulAdd(momentum, hn::LoadU(d, v_i), hn::LoadU(d, g_i));
    hn::StoreU(v, d, v_i);
    hn::StoreU(v, d, also_v_i);
    hn::StoreU(hn::NegMulAdd(rate, v, hn::LoadU(d, p_i)), d, p_i);
  });
}

}  // namespace

void adam_float(float* p, float* mean, float* square, const float* gradient, std::size_t n, const AdamConstants<float>& k) {
  adam(p, mean, square, gradient, n, k);
}

void adam_double(double* p, double* mean, double* square, const double* gradient, std::size_t n, const AdamConstants<double>& k) {
  adam(p, mean, square, gradient, n, k);
}

void sgd_float(float* p, float* velocity, const float* gradient, std::size_t n, const SgdConstants<float>& k) {
  sgd(p, velocity, gradient, n, k);
}

void sgd_double(double* p, double* velocity, const double* gradient, std::size_t n, const SgdConstants<double>& k) {
  sgd(p, velocity, gradient, n, k);
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::layer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::layer {
HWY_EXPORT(adam_float);
HWY_EXPORT(adam_double);
HWY_EXPORT(sgd_float);
HWY_EXPORT(sgd_double);

namespace {

void run(float* p, float* m, float* v, const float* g, std::size_t n, const AdamConstants<float>& k) {
  HWY_DYNAMIC_DISPATCH(adam_float)(p, m, v, g, n, k);
}

void run(double* p, double* m, double* v, const double* g, std::size_t n, const AdamConstants<double>& k) {
  HWY_DYNAMIC_DISPATCH(adam_double)(p, m, v, g, n, k);
}

void run(float* p, float* v, const float* g, std::size_t n, const SgdConstants<float>& k) {
  HWY_DYNAMIC_DISPATCH(sgd_float)(p, v, g, n, k);
}

void run(double* p, double* v, const double* g, std::size_t n, const SgdConstants<double>& k) {
  HWY_DYNAMIC_DISPATCH(sgd_double)(p, v, g, n, k);
}

}  // namespace

template <class T>
Adam<T>::Adam(std::size_t size, double learning_rate, double beta1, double beta2, double epsilon)
    : learning_rate_(learning_rate), beta1_(beta1), beta2_(beta2), epsilon_(epsilon), mean_(size), square_(size) {}

template <class T>
void Adam<T>::step(std::span<T> p, std::span<const T> gradient) {
  assert(p.size() == mean_.size() && gradient.size() == mean_.size());
  ++steps_;
  const auto t = static_cast<double>(steps_);
  const double seen1 = 1 - std::pow(beta1_, t), seen2 = 1 - std::pow(beta2_, t);
  const double rate = learning_rate_ / seen1;
  const AdamConstants<T> constants{T(1 - beta1_), T(1 - beta2_), T(1 / (rate * std::sqrt(seen2))), T(epsilon_ / rate)};
  run(p.data(), mean_.data(), square_.data(), gradient.data(), p.size(), constants);
}

template <class T>
Sgd<T>::Sgd(std::size_t size, double learning_rate, double momentum)
    : learning_rate_(learning_rate), momentum_(momentum), velocity_(size) {}

template <class T>
void Sgd<T>::step(std::span<T> p, std::span<const T> gradient) {
  assert(p.size() == velocity_.size() && gradient.size() == velocity_.size());
  run(p.data(), velocity_.data(), gradient.data(), p.size(), SgdConstants<T>{T(learning_rate_), T(momentum_)});
}

template class Adam<float>;
template class Adam<double>;
template class Sgd<float>;
template class Sgd<double>;

}  // namespace ogive::layer
#endif
