// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE batch_exp
#include <boost/test/unit_test.hpp>

#include "ogive/batch/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "batch/exp_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cmath>
#include <cstddef>

#include "ogive/batch/exp-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

template <class T, class Function>
void apply(const T* x, T* y, std::size_t n, const Function& function) {
  HWY_ALIGN T in[kLanes<T>] = {};
  HWY_ALIGN T out[kLanes<T>] = {};
  for (std::size_t i = 0; i < n; ++i) {
    in[i % kLanes<T>] = x[i];
    store<T>(function(load<T>(in)), out);
    y[i] = out[i % kLanes<T>];
  }
}

void exp64(const double* x, double* y, std::size_t n) {
  apply(x, y, n, [](Vec<double> v) HWY_ATTR { return exp<double>(v); });
}
void exp32(const float* x, float* y, std::size_t n) {
  apply(x, y, n, [](Vec<float> v) HWY_ATTR { return exp<float>(v); });
}
void reciprocal64(const double* x, double* y, std::size_t n) {
  apply(x, y, n, [](Vec<double> v) HWY_ATTR { return reciprocal<double>(v); });
}
void reciprocal32(const float* x, float* y, std::size_t n) {
  apply(x, y, n, [](Vec<float> v) HWY_ATTR { return reciprocal<float>(v); });
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <vector>

#include "batch/lane_test.h"
#include "ogive/base/random.h"

namespace ogive::batch {
namespace {

HWY_EXPORT(exp64);
HWY_EXPORT(exp32);
HWY_EXPORT(reciprocal64);
HWY_EXPORT(reciprocal32);

void exp_here(const double* x, double* y, std::size_t n) { HWY_DYNAMIC_DISPATCH(exp64)(x, y, n); }
void exp_here(const float* x, float* y, std::size_t n) { HWY_DYNAMIC_DISPATCH(exp32)(x, y, n); }
void reciprocal_here(const double* x, double* y, std::size_t n) { HWY_DYNAMIC_DISPATCH(reciprocal64)(x, y, n); }
void reciprocal_here(const float* x, float* y, std::size_t n) { HWY_DYNAMIC_DISPATCH(reciprocal32)(x, y, n); }

}  // namespace
}  // namespace ogive::batch

namespace {

// Claims of exp-inl.h and lanes-inl.h.
constexpr double exp64_error = 5.5e-15, exp64_error_per_t = 0x1p-53;
constexpr double exp32_error = 2e-7, exp32_error_per_t = 0x1p-24;
constexpr double reciprocal64_error = 4e-13;
constexpr double reciprocal32_error = 0x1p-22;

constexpr std::size_t count = 20000;

template <class T>
std::vector<T> uniform(double low, double high) {
  ogive::Random random(1);
  std::vector<T> values(count);
  for (T& value : values) value = static_cast<T>(random.uniform(low, high));
  values[0] = 0;
  values[1] = static_cast<T>(low);
  values[2] = static_cast<T>(high);
  return values;
}

template <class T>
std::vector<T> of_all_sizes() {
  ogive::Random random(2);
  std::vector<T> values(count);
  for (T& value : values) value = static_cast<T>((random.uniform() < 0.5 ? -1 : 1) * std::exp(random.uniform(-60, 60)));
  return values;
}

template <class T>
void check(const std::vector<T>& x, const std::vector<T>& y, long double (*exact)(long double), double error, double error_per_t) {
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto expected = exact(static_cast<long double>(x[i]));
    const auto off = static_cast<double>(std::fabs(static_cast<long double>(y[i]) / expected - 1));
    const double allowed = error + error_per_t * std::fabs(static_cast<double>(x[i]));
    BOOST_REQUIRE(std::isfinite(off));
    worst = std::max(worst, off / allowed);
  }
  BOOST_TEST(worst <= 1.0);
}

long double exact_exp(long double x) { return std::exp(x); }
long double exact_reciprocal(long double x) { return 1 / x; }

}  // namespace

BOOST_AUTO_TEST_CASE(exp_is_as_exact_as_it_says_on_every_instruction_set) {
  ogive::batch_test::on_every_target(HWY_TARGETS, [] {
    const auto x = uniform<double>(-690, 690);
    std::vector<double> y(count);
    ogive::batch::exp_here(x.data(), y.data(), count);
    check(x, y, exact_exp, exp64_error, exp64_error_per_t);
    const auto x32 = uniform<float>(-80, 80);
    std::vector<float> y32(count);
    ogive::batch::exp_here(x32.data(), y32.data(), count);
    check(x32, y32, exact_exp, exp32_error, exp32_error_per_t);
  });
}

BOOST_AUTO_TEST_CASE(reciprocals_are_as_exact_as_they_say_on_every_instruction_set) {
  ogive::batch_test::on_every_target(HWY_TARGETS, [] {
    const auto x = of_all_sizes<double>();
    std::vector<double> y(count);
    ogive::batch::reciprocal_here(x.data(), y.data(), count);
    check(x, y, exact_reciprocal, reciprocal64_error, 0);
    const auto x32 = of_all_sizes<float>();
    std::vector<float> y32(count);
    ogive::batch::reciprocal_here(x32.data(), y32.data(), count);
    check(x32, y32, exact_reciprocal, reciprocal32_error, 0);
  });
}
#endif
