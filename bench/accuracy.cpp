// SPDX-License-Identifier: MIT
// Seconds for the exhaustive float32 measurement of a variant, and for a plain loop over std::exp(double) in its place.
//
//   bench_accuracy                          # logistic_fast, and the plain loop
//   bench_accuracy logistic_u1 logistic_cr  # these variants, and the plain loop
//
// Wall ("Time") and processor ("CPU") seconds, on as many threads as the machine has processors; beside the plain loop, how many
// times the median of the sweep's seconds it takes. `load` is that of the machine at that moment: a figure for an idle machine
// needs about 0.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
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

/// Median seconds of the last sweeps with the position check, for the ratio of the plain loop to it.
double sweep_wall = 0, sweep_cpu = 0;
constexpr int sweeps = 5;

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

/// Wall and processor seconds since it was made.
class Clock {
 public:
  double wall() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_).count(); }
  double cpu() const { return static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC; }

 private:
  std::chrono::steady_clock::time_point wall_ = std::chrono::steady_clock::now();
  std::clock_t cpu_ = std::clock();
};

void sweep(benchmark::State& state, Kernel kernel, accuracy::Subject subject, accuracy::PositionCheck position, unsigned threads) {
  accuracy::Measurement found;
  std::vector<double> wall, cpu;
  for ([[maybe_unused]] auto iteration : state) {
    const Clock clock;
    found = accuracy::sweep(kernel, subject, {.position = position, .threads = threads});
    wall.push_back(clock.wall());
    cpu.push_back(clock.cpu());
  }
  if (position == accuracy::PositionCheck::sampled) {
    sweep_wall = median(wall);
    sweep_cpu = median(cpu);
  }
  state.counters["median_wall"] = median(wall);
  state.counters["median_cpu"] = median(cpu);
  state.counters["ulp"] = found.inside.ulp.value;
  state.counters["misrounded"] = static_cast<double>(found.inside.misrounded());
  state.counters["load"] = load();
}

/// What the sweep costs beside the function: an array function that does nothing but one pass over the memory.
void pass(const float* x, float* y, std::size_t n) { std::memcpy(y, x, n * sizeof(float)); }

void one_pass(benchmark::State& state, Kernel kernel) {
  alignas(64) std::array<float, 2048> x, y;
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

/// 2^(23 - floor(log2 s)): 1 / ulp, cheaply.
double one_over_ulp(double s) {
  std::uint64_t bits;
  std::memcpy(&bits, &s, sizeof s);
  bits &= std::uint64_t{0x7ff} << 52;
  constexpr std::uint64_t least = std::uint64_t{1023 - 126} << 52;
  bits = (std::uint64_t{2046 + 23} << 52) - (bits > least ? bits : least);
  double result;
  std::memcpy(&result, &bits, sizeof result);
  return result;
}

/// The measurement that everybody writes first: each input against 1 / (1 + std::exp(-double)), and nothing but the largest error.
/// It has no slow calls that a reader would take out at once: one exp and one division for an input.
void plain_loop(benchmark::State& state, Kernel kernel, unsigned threads) {
  constexpr std::uint64_t chunk = 1U << 16;
  double worst = 0;
  const Clock clock;
  for ([[maybe_unused]] auto iteration : state) {
    std::vector<double> largest((std::uint64_t{1} << 32) / chunk);
    ogive::parallel_for(largest.size(), threads, [&](std::size_t c) {
      alignas(64) std::array<float, 2048> x, y;
      double worst_here = 0;
      for (std::uint64_t first = c * chunk; first < (c + 1) * chunk; first += x.size()) {
        for (std::size_t i = 0; i < x.size(); ++i) {
          const auto word = static_cast<std::uint32_t>(first + i);
          std::memcpy(&x[i], &word, sizeof word);
        }
        kernel(x.data(), y.data(), x.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
          const double s = 1 / (1 + std::exp(-double{x[i]}));
          const double error = std::fabs(double{y[i]} - s) * one_over_ulp(s);
          if (error > worst_here) worst_here = error;
        }
      }
      largest[c] = worst_here;
    });
    for (const double error : largest) worst = std::max(worst, error);
  }
  state.counters["ulp"] = worst;
  if (sweep_wall > 0) {
    state.counters["wall_by_sweep"] = clock.wall() / sweep_wall;
    state.counters["cpu_by_sweep"] = clock.cpu() / sweep_cpu;
  }
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
void add(const std::string& name, int times, Function function, Arguments... arguments) {
  benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) { function(state, arguments...); })
      ->Unit(benchmark::kSecond)
      ->Iterations(times)
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
    add("one_pass/" + name, 1, one_pass, variant.float32);
    add("sweep/" + name, sweeps, sweep, variant.float32, subject, sampled, 0U);
    add("sweep_without_position/" + name, 1, sweep, variant.float32, subject, none, 0U);
    add("sweep_full_position/" + name, 1, sweep, variant.float32, subject, full, 0U);
    add("plain_loop/" + name, 1, plain_loop, variant.float32, 0U);
  }
  add("one_pass/nothing", 1, one_pass, static_cast<Kernel>(pass));
  add("search/logistic_float64", 1, search);
  benchmark::RunSpecifiedBenchmarks();
}
