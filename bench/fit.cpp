// SPDX-License-Identifier: MIT
// Fits per second of the single-curve path: one thread, thread CPU time, 20 points a curve.
//
//   bench_fit --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
//
// items_per_second is fits per second; not_ok is the share of curves whose status is not ok.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fit/support/generator.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/fit.h"

namespace {

using ogive::fit::Interval;
using ogive::fit_test::Curve;

constexpr std::size_t set_size = 1000;
constexpr std::uint64_t seed = 20261121;

void fit_set(benchmark::State& state, const std::vector<Curve>& curves, Interval interval) {
  const ogive::curve::Model& logistic = ogive::curve::model("logistic");
  ogive::fit::Options options;
  options.interval = interval;
  std::int64_t fits = 0;
  std::int64_t not_ok = 0;
  // A full pass is slow with profile intervals, so the curves are taken in turn, one an iteration.
  std::size_t next = 0;
  for ([[maybe_unused]] auto iteration : state) {
    const Curve& curve = curves[next];
    const ogive::fit::Result result = ogive::fit::fit(logistic, {curve.x, curve.y}, options);
    not_ok += result.status != ogive::fit::Status::ok;
    benchmark::DoNotOptimize(result.rss);
    next = next + 1 == curves.size() ? 0 : next + 1;
    ++fits;
  }
  state.SetItemsProcessed(fits);
  state.counters["not_ok"] = static_cast<double>(not_ok) / static_cast<double>(fits);
}

const std::vector<Curve>& easy() {
  static const std::vector<Curve> curves = ogive::fit_test::easy_curves(set_size, seed);
  return curves;
}

const std::vector<Curve>& hard() {
  static const std::vector<Curve> curves = ogive::fit_test::hard_curves(set_size, seed);
  return curves;
}

void easy_without_intervals(benchmark::State& state) { fit_set(state, easy(), Interval::none); }
void easy_with_wald_intervals(benchmark::State& state) { fit_set(state, easy(), Interval::wald); }
void easy_with_profile_intervals(benchmark::State& state) { fit_set(state, easy(), Interval::profile); }
void hard_without_intervals(benchmark::State& state) { fit_set(state, hard(), Interval::none); }
void hard_with_wald_intervals(benchmark::State& state) { fit_set(state, hard(), Interval::wald); }
void hard_with_profile_intervals(benchmark::State& state) { fit_set(state, hard(), Interval::profile); }

}  // namespace

BENCHMARK(easy_without_intervals)->Unit(benchmark::kMicrosecond);
BENCHMARK(easy_with_wald_intervals)->Unit(benchmark::kMicrosecond);
BENCHMARK(easy_with_profile_intervals)->Unit(benchmark::kMicrosecond);
BENCHMARK(hard_without_intervals)->Unit(benchmark::kMicrosecond);
BENCHMARK(hard_with_wald_intervals)->Unit(benchmark::kMicrosecond);
BENCHMARK(hard_with_profile_intervals)->Unit(benchmark::kMicrosecond);

BENCHMARK_MAIN();
