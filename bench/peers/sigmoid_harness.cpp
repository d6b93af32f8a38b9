// SPDX-License-Identifier: MIT
// What bench/peers/sigmoid needs of Ogive, by plain names: its kernels, buffers, the clock, and the error of any function.
#include <time.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <string_view>

#include "ogive/accuracy/search.h"
#include "ogive/accuracy/sweep.h"
#include "ogive/base/random.h"
#include "ogive/sigmoid/kernels.h"
#include "ogive/sigmoid/variant.h"
#include "sigmoid_peer.h"

namespace {

using ogive::sigmoid::ArrayFunction;
using ogive::sigmoid::Target;

double thread_seconds() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class T>
void fill(T* x, std::size_t n, double low, double high) {
  ogive::Random random(1);
  for (std::size_t i = 0; i < n; ++i) x[i] = static_cast<T>(random.uniform(low, high));
}

template <class T>
double nanoseconds(ArrayFunction<T> function, const T* x, T* y, std::size_t n, std::size_t calls) {
  if (calls > 1) function(x, y, n);  // the buffers back into the cache, and the code
  const double before = thread_seconds();
  for (std::size_t call = 0; call < calls; ++call) function(x, y, n);
  return 1e9 * (thread_seconds() - before) / (static_cast<double>(n) * static_cast<double>(calls));
}

/// max ulp, max ulp on normal results, misrounded, NaN, wrong order. An exception must not leave by a plain name: NaN says so.
template <class Measure>
void errors(double* found, const Measure& measure) {
  std::fill(found, found + 5, std::numeric_limits<double>::quiet_NaN());
  try {
    const ogive::accuracy::ErrorSummary all = measure().inside;
    found[0] = all.ulp.value;
    found[1] = all.normal_ulp.value;
    found[2] = static_cast<double>(all.misrounded());
    found[3] = static_cast<double>(all.nan.count);
    found[4] = static_cast<double>(all.not_monotone.count);
  } catch (const std::exception&) {
  }
}

ogive::accuracy::Subject subject(int derivative) { return {.target = derivative != 0 ? Target::derivative : Target::logistic}; }

}  // namespace

OGIVE_PEER fill_float32(float* x, std::size_t n, double low, double high) { fill(x, n, low, high); }
OGIVE_PEER fill_float64(double* x, std::size_t n, double low, double high) { fill(x, n, low, high); }

extern "C" {

const char* instruction_set() { return ogive::sigmoid::simd_target(); }

ArrayFunction<float> variant_float32(const char* name) {
  const auto* found = ogive::sigmoid::find_variant(name);
  return found == nullptr ? nullptr : found->float32;
}

ArrayFunction<double> variant_float64(const char* name) {
  const auto* found = ogive::sigmoid::find_variant(name);
  return found == nullptr ? nullptr : found->float64;
}

double nanoseconds_float32(ArrayFunction<float> function, const float* x, float* y, std::size_t n, std::size_t calls) {
  return nanoseconds(function, x, y, n, calls);
}

double nanoseconds_float64(ArrayFunction<double> function, const double* x, double* y, std::size_t n, std::size_t calls) {
  return nanoseconds(function, x, y, n, calls);
}

/// Over all 2^32 inputs. `threads` is 1 for a function that is Python's.
void errors_float32(ArrayFunction<float> function, int derivative, unsigned threads, double* found) {
  const ogive::accuracy::SweepOptions options{.position = ogive::accuracy::PositionCheck::none, .threads = threads};
  errors(found, [&] { return ogive::accuracy::sweep(function, subject(derivative), options); });
}

/// At least, by a search.
void errors_float64(ArrayFunction<double> function, int derivative, unsigned threads, double* found) {
  const ogive::accuracy::SearchOptions options{.threads = threads};
  errors(found, [&] { return ogive::accuracy::search(function, subject(derivative), options); });
}

}  // extern "C"
