// SPDX-License-Identifier: MIT
// Nanoseconds per element of the array kernels, with the copy of the same bytes and a hard sigmoid as the limits.
//
//   bench_sigmoid                                   # all, nine turns each, taken in random order; medians at the end
//   bench_sigmoid --benchmark_filter='/near/'       # one place
//
// Places: `near` is a buffer in the first-level cache with inputs in [-8, 8]; `wide` likewise in [-100, 100], where 6 % of the
// float32 results are subnormal or 0; `memory` is 256 MB of inputs in [-8, 8]. The clock is that of the thread's processor time.
// Other people's functions on the same buffers: bench/peers/sigmoid.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/sigmoid/kernels.h"
#include "ogive/sigmoid/variant.h"

namespace {

using ogive::sigmoid::ArrayFunction;

constexpr std::size_t cached_bytes = 16384;
constexpr std::size_t memory_bytes = std::size_t{1} << 28;

struct Place {
  const char* name;
  std::size_t bytes;  ///< of the inputs; the results take as many
  double limit;       ///< inputs are uniform in [-limit, limit]
};
constexpr Place near = {"near", cached_bytes, 8};
constexpr Place wide = {"wide", cached_bytes, 100};
constexpr Place memory = {"memory", memory_bytes, 8};

/// Both begin a page, or the ratios would depend on where the allocator happens to put them: results that lie 64 bytes further than
/// the inputs modulo the page look to the processor as if the next load depended on them.
constexpr std::size_t page = 4096;
struct Free {
  void operator()(void* made) const { std::free(made); }
};
template <class T>
using Buffer = std::unique_ptr<T[], Free>;

template <class T>
Buffer<T> make_buffer(std::size_t bytes) {
  auto* const made = static_cast<T*>(std::aligned_alloc(page, bytes));
  if (made == nullptr) throw std::bad_alloc();
  std::memset(made, 0, bytes);  // the pages are there from now on
  return Buffer<T>(made);
}

/// The inputs of a place, and room for the results. Made at first use: a filter that leaves memory out pays nothing for it.
template <class T>
struct Buffers {
  Buffer<T> x, y;
  std::size_t n = 0;
};

template <class T>
Buffers<T>& buffers(const Place& place) {
  static std::map<std::string, Buffers<T>> made;
  Buffers<T>& found = made[place.name];
  if (found.n == 0) {
    found = {make_buffer<T>(place.bytes), make_buffer<T>(place.bytes), place.bytes / sizeof(T)};
    ogive::Random random(1);
    for (std::size_t i = 0; i < found.n; ++i) found.x[i] = static_cast<T>(random.uniform(-place.limit, place.limit));
  }
  return found;
}

template <class T>
void run(benchmark::State& state, ArrayFunction<T> function, const Place& place) {
  Buffers<T>& at = buffers<T>(place);
  for ([[maybe_unused]] auto iteration : state) {
    function(at.x.get(), at.y.get(), at.n);
    benchmark::ClobberMemory();
  }
  using benchmark::Counter;
  const auto elements = static_cast<double>(state.iterations()) * static_cast<double>(at.n);
  state.counters["per_element"] = Counter(elements, Counter::kIsRate | Counter::kInvert);  // seconds; "220p" is 0.22 ns
  double load = -1;
  if (getloadavg(&load, 1) == 1) state.counters["load"] = load;
}

template <class T>
void copy(const T* x, T* y, std::size_t n) {
  std::memcpy(y, x, n * sizeof(T));
}

template <class T>
void add(const std::string& name, ArrayFunction<T> function) {
  if (function == nullptr) return;
  const std::string type = sizeof(T) == sizeof(float) ? "/float32" : "/float64";
  for (const Place* place : {&near, &wide, &memory})
    benchmark::RegisterBenchmark((name + "/" + place->name + type).c_str(),
                                 [=](benchmark::State& state) { run(state, function, *place); });
}

}  // namespace

int main(int argc, char** argv) {
  // Turns in random order, so that a machine that slows down does so for all. What the user says comes later and wins.
  std::vector<std::string> words = {argv[0], "--benchmark_enable_random_interleaving=true", "--benchmark_repetitions=9",
                                    "--benchmark_min_time=0.02", "--benchmark_report_aggregates_only=true"};
  words.insert(words.end(), argv + 1, argv + argc);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  benchmark::AddCustomContext("simd_target", ogive::sigmoid::simd_target());

  add<float>("copy", copy<float>);
  add<float>("hard_pytorch", ogive::sigmoid::variant("hard_pytorch").float32);
  for (const char* name : {"logistic_fast", "logistic_u1", "logistic_cr", "derivative", "log_logistic", "softplus", "logit"})
    add(name, ogive::sigmoid::variant(name).float32);
  add<double>("copy", copy<double>);
  for (const char* name : {"logistic_fast", "logistic"}) add(name, ogive::sigmoid::variant(name).float64);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
