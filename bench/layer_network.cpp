// SPDX-License-Identifier: MIT
// Time of a training step and of its parts, processor time of the thread. Items are samples; for products, multiply-adds.
//
//   bench_layer_network
//   bench_layer_network --benchmark_filter=step
#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/layer/loss.h"
#include "ogive/layer/network.h"
#include "ogive/layer/optimiser.h"
#include "ogive/layer/products.h"

namespace {

using namespace ogive::layer;

template <class T>
std::vector<T> numbers(std::size_t count) {
  ogive::Random random(1);
  std::vector<T> values(count);
  for (T& value : values) value = static_cast<T>(random.uniform());
  return values;
}

enum class Part { forward, backward, adam, step };

struct Job {
  std::vector<std::size_t> sizes;
  ActivationKind kind;
  LossKind loss;
  std::size_t batch;
};

template <class T>
void run(benchmark::State& state, const Job& job, Part part) {
  Network network;
  for (std::size_t i = 0; i + 1 < job.sizes.size(); ++i) {
    network.add(Dense{job.sizes[i], job.sizes[i + 1]});
    if (i + 2 < job.sizes.size()) network.add(Activation{job.sizes[i + 1], job.kind});
  }
  const auto start = network.initialise(1);
  std::vector<T> p(start.begin(), start.end()), gradient(p.size());
  const std::size_t out = network.outputs();
  const auto x = numbers<T>(network.inputs() * job.batch), y = numbers<T>(out * job.batch);
  const std::vector<std::uint32_t> labels(job.batch, 1);
  Targets<T> targets;
  targets.values = {y.data(), out, job.batch};
  targets.labels = labels;
  std::vector<T> slopes(out * job.batch);
  const Columns<T> dz(slopes.data(), out, job.batch);
  const Loss loss{job.loss};
  Tape<T> tape;
  Adam<T> adam(p.size());
  const auto forward = [&] { return network.forward<T>(p, Columns<const T>(x.data(), network.inputs(), job.batch), tape); };
  const auto backward = [&] {
    std::fill(gradient.begin(), gradient.end(), T(0));
    network.backward<T>(p, tape, dz, gradient);
  };
  loss.value<T>(forward(), targets, dz);
  for (auto _ : state) {
    if (part == Part::forward) forward();
    if (part == Part::backward) backward();
    if (part == Part::adam) adam.step(p, gradient);
    if (part != Part::step) continue;
    benchmark::DoNotOptimize(loss.value<T>(forward(), targets, dz));
    backward();
    adam.step(p, gradient);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(job.batch) * state.iterations());
}

template <class T>
void product(benchmark::State& state) {
  const auto m = static_cast<std::size_t>(state.range(0)), k = static_cast<std::size_t>(state.range(1)),
             n = static_cast<std::size_t>(state.range(2));
  const auto a = numbers<T>(m * k), b = numbers<T>(k * n);
  std::vector<T> c(m * n);
  for (auto _ : state) {
    add_product<T>({a.data(), m, k}, {b.data(), k, n}, {c.data(), m, n});
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(m * k * n) * state.iterations());
}

BENCHMARK_TEMPLATE(product, float)->Args({256, 784, 64})->Args({128, 64, 32})->Args({10, 128, 32});
BENCHMARK_TEMPLATE(product, double)->Args({256, 784, 64})->Args({128, 64, 32});

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::pair<std::string, Job>> jobs = {
      {"784-256-128-64-10", {{784, 256, 128, 64, 10}, ActivationKind::sigmoid, LossKind::softmax_cross_entropy, 64}},
      {"64-128-2", {{64, 128, 2}, ActivationKind::relu, LossKind::bce_with_logits, 32}},
      {"64-128-10", {{64, 128, 10}, ActivationKind::relu, LossKind::softmax_cross_entropy, 32}}};
  const std::vector<std::pair<std::string, Part>> parts = {
      {"forward", Part::forward}, {"backward", Part::backward}, {"adam", Part::adam}, {"step", Part::step}};
  for (const auto& [network, job] : jobs)
    for (const auto& [name, part] : parts) {
      benchmark::RegisterBenchmark((network + "/" + name + "/float32").c_str(), run<float>, job, part);
      benchmark::RegisterBenchmark((network + "/" + name + "/float64").c_str(), run<double>, job, part);
    }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
