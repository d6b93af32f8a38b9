// SPDX-License-Identifier: MIT
#include "tools/ogive-error/timing.h"

#include <algorithm>
#include <chrono>
#include <cstring>
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

// In pieces of a cache line, which the compiler copies in place: the C library makes string instructions of long ones, or writes
// past the caches, both slower from memory than what a vector loop does.
template <class T>
void copy(const T* x, T* y, std::size_t n) {
  constexpr std::size_t piece = 64 / sizeof(T);
  for (; n >= piece; n -= piece, x += piece, y += piece) std::memcpy(y, x, piece * sizeof(T));
  std::memcpy(y, x, n * sizeof(T));
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
    for (std::size_t i = 0; i < memory_.size(); ++i) memory_[i] = cache_[i % cache_.size()];
  }

  double in_cache(Function f) { return repeated(f, cache_); }
  double on_wide(Function f) { return repeated(f, wide_); }

  // Slow functions take a part of the memory only: they do not feel it anyhow.
  double from_memory(Function f, double nanoseconds) {
    const auto most = static_cast<std::size_t>(memory_slice / std::max(nanoseconds, 1e-3));
    const std::size_t count = std::clamp(most, std::min(memory_.size(), 64 * cache_elements), memory_.size());
    if (begin_ + count > memory_.size()) begin_ = 0;
    const auto start = Clock::now();
    f(memory_.data() + begin_, out_.data() + begin_, count);
    const std::chrono::duration<double, std::nano> time = Clock::now() - start;
    begin_ += count;
    return time.count() / static_cast<double>(count);
  }

 private:
  double repeated(Function f, const std::vector<T>& x) {
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

  std::vector<T> cache_, wide_, memory_, out_;
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
