// SPDX-License-Identifier: MIT
// Seconds for the exhaustive float32 measurement of a variant, and for a plain loop over std::exp(double) in its place.
//
//   bench_accuracy                          # logistic_fast, textbook, and the plain loop
//   bench_accuracy logistic_u1 logistic_cr  # these variants, and the plain loop
//
// Wall and processor seconds, with the load of the machine at that moment: a figure for an idle machine needs a load of about 0.
#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "ogive/accuracy/search.h"
#include "ogive/accuracy/sweep.h"
#include "ogive/base/parallel_for.h"
#include "ogive/sigmoid/kernels.h"
#include "ogive/sigmoid/variant.h"

namespace {

namespace accuracy = ogive::accuracy;
using Kernel = ogive::sigmoid::ArrayFunction<float>;

double load() {
  double one_minute = 0;
  return getloadavg(&one_minute, 1) == 1 ? one_minute : -1;
}

void sweep(benchmark::State& state, Kernel kernel, accuracy::Subject subject, accuracy::PositionCheck position, unsigned threads) {
  accuracy::Measurement found;
  for ([[maybe_unused]] auto iteration : state)
    found = accuracy::sweep(kernel, subject, {.position = position, .threads = threads});
  state.counters["ulp"] = found.inside.ulp.value;
  state.counters["misrounded"] = static_cast<double>(found.inside.misrounded());
  state.counters["load"] = load();
}

/// What the sweep costs beside the function: an array function that does nothing but one pass over the memory.
void pass(const float* x, float* y, std::size_t n) { std::memcpy(y, x, n * sizeof(float)); }

void one_pass(benchmark::State& state, Kernel kernel) {
  std::vector<float> x(4096), y(4096);
  for ([[maybe_unused]] auto iteration : state) {
    for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += x.size()) {
      for (std::size_t i = 0; i < x.size(); ++i) {
        const auto word = static_cast<std::uint32_t>(bits + i);
        std::memcpy(&x[i], &word, sizeof word);
      }
      kernel(x.data(), y.data(), x.size());
      benchmark::DoNotOptimize(y.data());
      benchmark::ClobberMemory();
    }
  }
  state.counters["load"] = load();
}

/// The measurement that everybody writes first: each input against 1 / (1 + std::exp(-double)), maximum error only.
void plain_loop(benchmark::State& state, Kernel kernel, unsigned threads) {
  constexpr std::uint64_t chunk = 1U << 16;
  double worst = 0;
  for ([[maybe_unused]] auto iteration : state) {
    std::vector<double> largest((std::uint64_t{1} << 32) / chunk);
    ogive::parallel_for(largest.size(), threads, [&](std::size_t c) {
      std::vector<float> x(4096), y(4096);
      for (std::uint64_t first = c * chunk; first < (c + 1) * chunk; first += x.size()) {
        for (std::size_t i = 0; i < x.size(); ++i) {
          const auto word = static_cast<std::uint32_t>(first + i);
          std::memcpy(&x[i], &word, sizeof word);
        }
        kernel(x.data(), y.data(), x.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
          const double s = 1 / (1 + std::exp(-double{x[i]}));
          const double error = std::fabs(double{y[i]} - s) / std::ldexp(1.0, std::max(std::ilogb(s), -126) - 23);
          if (error > largest[c]) largest[c] = error;
        }
      }
    });
    for (const double error : largest) worst = std::max(worst, error);
  }
  state.counters["ulp"] = worst;
  state.counters["load"] = load();
}

void search(benchmark::State& state) {
  for ([[maybe_unused]] auto iteration : state) {
    const auto kernel = static_cast<ogive::sigmoid::ArrayFunction<double>>(ogive::sigmoid::logistic);
    const auto found = accuracy::search(kernel, {});
    state.counters["ulp"] = found.inside.ulp.value;
  }
  state.counters["load"] = load();
}

template <class Function, class... Arguments>
void add(const std::string& name, Function function, Arguments... arguments) {
  benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) { function(state, arguments...); })
      ->Unit(benchmark::kSecond)
      ->Iterations(1)
      ->MeasureProcessCPUTime()
      ->UseRealTime();
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  using enum accuracy::PositionCheck;
  std::vector<std::string> names(argv + 1, argv + argc);
  if (names.empty()) names = {"logistic_fast"};
  for (const std::string& name : names) {
    const ogive::sigmoid::Variant& variant = ogive::sigmoid::variant(name);
    const accuracy::Subject subject{variant.target, variant.domain_low, variant.domain_high};
    add("one_pass/" + name, one_pass, variant.float32);
    add("sweep/" + name, sweep, variant.float32, subject, sampled, 0U);
    add("sweep_without_position/" + name, sweep, variant.float32, subject, none, 0U);
    add("sweep_full_position/" + name, sweep, variant.float32, subject, full, 0U);
    add("plain_loop/" + name, plain_loop, variant.float32, 0U);
  }
  add("one_pass/nothing", one_pass, static_cast<Kernel>(pass));
  add("search/logistic_float64", search);
  benchmark::RunSpecifiedBenchmarks();
}
