// SPDX-License-Identifier: MIT
// The bump: one step of Adam with a batch of 32, one pass of Levenberg-Marquardt over 100 000 samples, a whole fit, one evaluation.
//
//   bench_layer_bump                                  # processor time; items are steps, samples or evaluations
//
// PyTorch 1.13 eager takes 212 us for the same step of Adam (float32, 213 us in float64), measured on one core of an AMD EPYC with
// AVX-512 in November 2026.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <vector>

#include "ogive/layer/bump_fit.h"

namespace {

using namespace ogive::layer;

constexpr std::size_t samples = 100000;

BumpProblem problem_of(const BumpData& data, double sigma) {
  return {.form = BumpForm::root, .x = data.x, .y = data.y, .free = {false, false, true}, .start = {.sigma = sigma}};
}

/// Epochs of Adam on the data of the discussions; the fit around them costs a few passes over the samples.
template <class T, bool kShuffle>
void adam_steps(benchmark::State& state) {
  const BumpData data = generate_bump({.form = BumpForm::root, .truth = {.sigma = 2.5}, .samples = samples});
  BumpAdamOptions options;
  options.epochs = 20;
  options.shuffle = kShuffle;
  options.rescue = false;
  std::int64_t steps = 0;
  double found = 0;
  for ([[maybe_unused]] auto iteration : state) {
    const BumpFit fit = fit_adam<T>(problem_of(data, 0.05), options);
    steps += static_cast<std::int64_t>(fit.steps);
    found = fit.found.sigma;
  }
  state.counters["step"] =
      benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["error"] = found - 2.5;
  double load = 0;
  state.counters["load"] = getloadavg(&load, 1) == 1 ? load : -1;
}
BENCHMARK(adam_steps<float, false>)->Unit(benchmark::kMillisecond);
BENCHMARK(adam_steps<double, false>)->Unit(benchmark::kMillisecond);
BENCHMARK(adam_steps<float, true>)->Unit(benchmark::kMillisecond);
BENCHMARK(adam_steps<double, true>)->Unit(benchmark::kMillisecond);

void levenberg_marquardt(benchmark::State& state) {
  const BumpData data = generate_bump({.form = BumpForm::root, .truth = {.sigma = 2.5}, .samples = samples});
  std::size_t iterations = 0;
  for ([[maybe_unused]] auto iteration : state) iterations = fit_lm(problem_of(data, 0.05)).steps;
  state.counters["iterations"] = static_cast<double>(iterations);
}
BENCHMARK(levenberg_marquardt)->Unit(benchmark::kMillisecond);

void closed(benchmark::State& state) {
  const BumpData data = generate_bump({.form = BumpForm::root, .truth = {.sigma = 2.5}, .samples = samples});
  for ([[maybe_unused]] auto iteration : state) benchmark::DoNotOptimize(closed_form(problem_of(data, 0.05)).found.sigma);
}
BENCHMARK(closed)->Unit(benchmark::kMillisecond);

template <class T>
void one_value(benchmark::State& state) {
  const BumpForm form = bump_forms[static_cast<std::size_t>(state.range(0))];
  T x = T(-1), sum = 0;
  for ([[maybe_unused]] auto iteration : state) {
    const BumpValue<T> at = evaluate(form, x, T(1), T(0), T(0.8));
    benchmark::DoNotOptimize(sum += at.f + at.fs);
    x = x > 1 ? T(-1) : x + T(0.001);
  }
}
BENCHMARK(one_value<float>)->DenseRange(0, 2);
BENCHMARK(one_value<double>)->DenseRange(0, 2);

}  // namespace

BENCHMARK_MAIN();
