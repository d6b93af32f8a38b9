// SPDX-License-Identifier: MIT
#include "tools/ogive-error/timing.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <random>

#include "ogive/base/ulp.h"

namespace ogive::tools {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t cache_elements = 4096;
constexpr std::size_t memory_bytes = std::size_t{32} << 20;
constexpr double slice = 4e5;         // nanoseconds for one figure of a round in the cache
constexpr double memory_slice = 4e7;  // at most, from memory

constexpr std::size_t page = 4096;  // bytes

/// An array that begins with a page. So x and y of a call are in phase: with addresses that agree in their last 12 bits, no load of
/// a vector loop has to wait for a store that only looks as if it went to the same place, and no vector straddles two cache lines.
template <class T>
class Pages {
 public:
  explicit Pages(std::size_t size)
      : data_(static_cast<T*>(::operator new (size * sizeof(T), std::align_val_t{page}))), size_(size) {
    std::uninitialized_value_construct_n(data_, size);  // touches every page
  }
  explicit Pages(const std::vector<T>& values) : Pages(values.size()) { std::copy(values.begin(), values.end(), data_); }
  ~Pages() { ::operator delete (data_, std::align_val_t{page}); }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  T* data() { return data_; }
  const T* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  T* data_;
  std::size_t size_;
};

// The copy that nothing can beat: a plain vector loop, with the widest vectors of the machine; from memory it writes past the
// caches, as the array kernels do.
constexpr std::size_t line = 64;  // bytes
using Line = unsigned char __attribute__((vector_size(line), aligned(1), may_alias));

[[gnu::always_inline]] inline void copy_lines(const unsigned char* x, unsigned char* y, std::size_t bytes) {
  std::size_t i = 0;
  for (; i + line <= bytes; i += line) *reinterpret_cast<Line*>(y + i) = *reinterpret_cast<const Line*>(x + i);
  if (i < bytes) std::memcpy(y + i, x + i, bytes - i);
}

#if defined(__x86_64__)
constexpr std::size_t beyond_caches = std::size_t{1} << 20;

// x and y begin with a page.
void copy_past_caches(const unsigned char* x, unsigned char* y, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; i += sizeof(__m128i))
    _mm_stream_si128(reinterpret_cast<__m128i*>(y + i), _mm_load_si128(reinterpret_cast<const __m128i*>(x + i)));
  _mm_sfence();
}
#endif

#if defined(__x86_64__)
[[gnu::target("avx2")]] void copy_by_32(const unsigned char* x, unsigned char* y, std::size_t bytes) { copy_lines(x, y, bytes); }
[[gnu::target("avx512f")]] void copy_by_64(const unsigned char* x, unsigned char* y, std::size_t bytes) { copy_lines(x, y, bytes); }
#endif

void copy_bytes(const unsigned char* x, unsigned char* y, std::size_t bytes) {
#if defined(__x86_64__)
  if (bytes >= beyond_caches && bytes % page == 0) return copy_past_caches(x, y, bytes);
  static const int width = __builtin_cpu_supports("avx512f") ? 64 : __builtin_cpu_supports("avx2") ? 32 : 16;
  if (width == 64) return copy_by_64(x, y, bytes);
  if (width == 32) return copy_by_32(x, y, bytes);
#endif
  copy_lines(x, y, bytes);
}

template <class T>
void copy(const T* x, T* y, std::size_t n) {
  copy_bytes(reinterpret_cast<const unsigned char*>(x), reinterpret_cast<unsigned char*>(y), n * sizeof(T));
}

Time summary(std::vector<double>& rounds) {
  std::sort(rounds.begin(), rounds.end());
  const auto at = [&](double part) {
    const double place = part * static_cast<double>(rounds.size() - 1);
    const auto i = static_cast<std::size_t>(place);
    const double next = rounds[std::min(i + 1, rounds.size() - 1)];
    return rounds[i] + (place - static_cast<double>(i)) * (next - rounds[i]);
  };
  const double median = at(0.5);
  return {median, median > 0 ? (at(0.75) - at(0.25)) / 2 / median : 0};
}

template <class T>
std::vector<T> inputs(std::size_t count, double reach) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform(-reach, reach);
  std::vector<T> x(count);
  for (T& value : x) value = from_double<T>(uniform(random));
  return x;
}

// Inputs of logit are probabilities.
template <class T>
std::vector<T> inputs_for(sigmoid::Target target, std::size_t count, double reach) {
  auto x = inputs<T>(count, target == sigmoid::Target::logit ? 0.5 : reach);
  if (target == sigmoid::Target::logit)
    for (T& value : x) value = from_double<T>(to_double(value) + 0.5);
  return x;
}

template <class T>
class Bench {
 public:
  using Function = sigmoid::ArrayFunction<T>;

  explicit Bench(sigmoid::Target target)
      : cache_(inputs_for<T>(target, cache_elements, 10)),
        wide_(inputs_for<T>(target, cache_elements, 100)),
        memory_(memory_bytes / sizeof(T)),
        out_(memory_.size()) {
    for (std::size_t i = 0; i < memory_.size(); ++i) memory_.data()[i] = cache_.data()[i % cache_.size()];
  }

  double in_cache(Function f) { return repeated(f, cache_); }
  double on_wide(Function f) { return repeated(f, wide_); }

  // Slow functions take a part of the memory only: they do not feel it anyhow.
  double from_memory(Function f, double nanoseconds) {
    const auto most = static_cast<std::size_t>(memory_slice / std::max(nanoseconds, 1e-3));
    const std::size_t count = std::clamp(most / cache_elements, std::size_t{64}, memory_.size() / cache_elements) * cache_elements;
    if (begin_ + count > memory_.size()) begin_ = 0;
    const auto start = Clock::now();
    f(memory_.data() + begin_, out_.data() + begin_, count);
    const std::chrono::duration<double, std::nano> time = Clock::now() - start;
    begin_ += count;
    return time.count() / static_cast<double>(count);
  }

 private:
  double repeated(Function f, const Pages<T>& x) {
    f(x.data(), out_.data(), x.size());  // warms up the caches and the predictor
    std::size_t calls = 0;
    const auto start = Clock::now();
    std::chrono::duration<double, std::nano> time{};
    do {
      f(x.data(), out_.data(), x.size());
      ++calls;
      time = Clock::now() - start;
    } while (time.count() < slice);
    return time.count() / static_cast<double>(calls * x.size());
  }

  Pages<T> cache_, wide_, memory_, out_;
  std::size_t begin_ = 0;
};

template <class T>
std::vector<Times> time_type(const std::vector<sigmoid::ArrayFunction<T>>& functions, const std::vector<sigmoid::Target>& targets,
                             unsigned rounds, const std::function<void()>& done) {
  std::vector<std::vector<double>> cache(functions.size()), wide(functions.size()), memory(functions.size());
  Bench<T> bench(sigmoid::Target::logistic);
  std::optional<Bench<T>> logit;
  if (std::find(targets.begin(), targets.end(), sigmoid::Target::logit) != targets.end()) logit.emplace(sigmoid::Target::logit);
  for (unsigned round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < functions.size(); ++i) {
      Bench<T>& own = targets[i] == sigmoid::Target::logit ? *logit : bench;
      cache[i].push_back(own.in_cache(functions[i]));
      wide[i].push_back(own.on_wide(functions[i]));
      if (round % 3 == 0) memory[i].push_back(own.from_memory(functions[i], cache[i].back()));  // takes longer, repeats better
      done();
    }
  }
  std::vector<Times> times(functions.size());
  for (std::size_t i = 0; i < functions.size(); ++i) times[i] = {summary(cache[i]), summary(wide[i]), summary(memory[i])};
  return times;
}

template <class T>
std::vector<Times> time_subjects(const std::vector<Subject>& subjects, sigmoid::ArrayFunction<T> sigmoid::Variant::*function,
                                 unsigned rounds, const std::function<void()>& done) {
  std::vector<sigmoid::ArrayFunction<T>> functions = {copy<T>};
  std::vector<sigmoid::Target> targets = {sigmoid::Target::logistic};
  for (const auto& subject : subjects) {
    functions.push_back(subject.variant.*function);
    targets.push_back(subject.variant.target);
  }
  return time_type<T>(functions, targets, rounds, done);
}

}  // namespace

std::size_t time_steps(std::size_t subjects, unsigned rounds) { return (subjects + 1) * rounds; }

std::vector<Times> time_all(const std::vector<Subject>& subjects, unsigned rounds, const std::function<void()>& done) {
  switch (subjects.at(0).type) {
    case FloatType::float16:
      return time_subjects(subjects, &sigmoid::Variant::float16, rounds, done);
    case FloatType::bfloat16:
      return time_subjects(subjects, &sigmoid::Variant::bfloat16, rounds, done);
    case FloatType::float32:
      return time_subjects(subjects, &sigmoid::Variant::float32, rounds, done);
    case FloatType::float64:
      break;
  }
  return time_subjects(subjects, &sigmoid::Variant::float64, rounds, done);
}

}  // namespace ogive::tools
