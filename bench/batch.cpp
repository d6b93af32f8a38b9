// SPDX-License-Identifier: MIT
// Curves per second of the lane engine: one thread, whole calls of fit_many() on sets that do not fit the second-level cache.
//
//   bench_batch --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
//
// items_per_second is curves per second; single is the share of curves that took the single path; evaluations is how often the
// model was evaluated at all points of a curve (in float32 counted half), and points how many points per second that is. flops
// counts what an evaluation costs beside its points, too: the step that it ends in. A job with the flops per second of easy/20 (of
// easy_float32/20) has the rate that its flop count predicts; a Gompertz point costs a second exponential, 1.3 times the operations
// of a logistic one.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ogive/batch/fit_many.h"
#include "ogive/curve/registry.h"
#include "ogive/curve/simulate.h"

namespace {

using ogive::batch::Curves;
using ogive::batch::Options;
using ogive::batch::Precision;
using ogive::fit::Interval;

constexpr std::size_t points_in_set = 200000;
constexpr std::uint64_t seed = 20261121;
// Floating-point operations of the main path on AVX-512, of two a multiply-add, as counted in the compiled code: in the two loops
// over the points, and outside of them. A refill engine has 70 and 268.
constexpr double flops_of_point = 57, flops_of_evaluation = 152;

struct Set {
  std::vector<double> x, y;
  std::vector<float> x32, y32;
};

enum class Kind { easy, hard, shared_x };

Set make_set(Kind kind, const ogive::curve::Model& model, std::size_t n) {
  ogive::curve::Simulation plan;
  plan.model = &model;
  plan.points = n;
  if (kind == Kind::hard) plan.design = ogive::curve::Design::hard;
  Set set;
  if (kind == Kind::shared_x) set.x = ogive::curve::even_x(model, n);
  plan.x = set.x;
  ogive::curve::Simulated curve;
  for (std::size_t i = 0; i < points_in_set / n; ++i) {
    ogive::Random random = ogive::curve::random_of(seed, i);
    ogive::curve::simulate(random, plan, curve);
    if (kind != Kind::shared_x) set.x.insert(set.x.end(), curve.x.begin(), curve.x.end());
    set.y.insert(set.y.end(), curve.y.begin(), curve.y.end());
  }
  set.x32.assign(set.x.begin(), set.x.end());
  set.y32.assign(set.y.begin(), set.y.end());
  return set;
}

void fit_set(benchmark::State& state, Kind kind, const char* model, Precision precision, Interval interval) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const Set set = make_set(kind, ogive::curve::model(model), n);
  Options options;
  options.threads = 1;
  options.precision = precision;
  options.interval = interval;
  const Curves curves = precision == Precision::float32 ? Curves::matrix(set.x32, set.y32, n) : Curves::matrix(set.x, set.y, n);
  std::size_t single = 0;
  std::int64_t fits = 0;
  double evaluations = 0;
  for ([[maybe_unused]] auto iteration : state) {
    const auto result = ogive::batch::fit_many(ogive::curve::model(model), curves, options);
    benchmark::DoNotOptimize(result.rss.data());
    single += result.single;
    evaluations += result.evaluations;
    fits += static_cast<std::int64_t>(result.size());
  }
  state.SetItemsProcessed(fits);
  state.counters["single"] = static_cast<double>(single) / static_cast<double>(fits);
  state.counters["evaluations"] = evaluations / static_cast<double>(fits) / static_cast<double>(n);
  state.counters["points"] = benchmark::Counter(evaluations, benchmark::Counter::kIsRate);
  const double flops = evaluations * (flops_of_point + flops_of_evaluation / static_cast<double>(n));
  state.counters["flops"] = benchmark::Counter(flops, benchmark::Counter::kIsRate);
  state.SetLabel(std::string(ogive::batch::lane_target()));
}

}  // namespace

#define OGIVE_BENCH(name, ...) BENCHMARK_CAPTURE(fit_set, name, __VA_ARGS__)->Unit(benchmark::kMillisecond)
OGIVE_BENCH(easy, Kind::easy, "logistic", Precision::float64, Interval::none)->Arg(8)->Arg(20)->Arg(100)->Arg(1000);
OGIVE_BENCH(easy_wald, Kind::easy, "logistic", Precision::float64, Interval::wald)->Arg(20);
OGIVE_BENCH(easy_float32, Kind::easy, "logistic", Precision::float32, Interval::none)->Arg(8)->Arg(20)->Arg(100)->Arg(1000);
OGIVE_BENCH(easy_shared_x, Kind::shared_x, "logistic", Precision::float64, Interval::none)->Arg(20);
OGIVE_BENCH(hard, Kind::hard, "logistic", Precision::float64, Interval::none)->Arg(20);
OGIVE_BENCH(hard_float32, Kind::hard, "logistic", Precision::float32, Interval::none)->Arg(20);
OGIVE_BENCH(logistic3, Kind::easy, "logistic3", Precision::float64, Interval::none)->Arg(20);
OGIVE_BENCH(loglogistic, Kind::easy, "loglogistic", Precision::float64, Interval::none)->Arg(20);
OGIVE_BENCH(gompertz, Kind::easy, "gompertz", Precision::float64, Interval::none)->Arg(20);

BENCHMARK_MAIN();
