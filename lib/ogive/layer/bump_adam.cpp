// SPDX-License-Identifier: MIT
// Adam for a bump: the epochs around the loops of bump_kernel.h.
#include <chrono>
#include <cmath>
#include <limits>
#include <type_traits>

#include "ogive/base/errors.h"
#include "ogive/base/random.h"
#include "ogive/layer/bump_samples.h"

namespace ogive::layer {
namespace {

using detail::BumpSamples;
using detail::Run;

template <class T>
kernel::AdamPass<T> pass() {
  if constexpr (std::is_same_v<T, float>) {
    return kernel::loops().adam32;
  } else {
    return kernel::loops().adam64;
  }
}

/// The samples as T, in an order that changes.
template <class T>
struct Shuffled {
  explicit Shuffled(const BumpSamples& samples, std::uint64_t seed) : count(samples.count), random(seed) {
    x.reserve(samples.x.size());
    y.reserve(samples.y.size());
    for (const double value : samples.x) x.push_back(rounded(value));
    for (const double value : samples.y) y.push_back(rounded(value));
  }

  static T rounded(double value) {
    if (std::abs(value) > static_cast<double>(std::numeric_limits<T>::max()))
      throw InputError({}, "a sample is too large for float32: " + std::to_string(value));
    return static_cast<T>(value);
  }

  void shuffle() {
    for (std::size_t i = count; i > 1; --i) {
      const std::size_t j = static_cast<std::size_t>(random.below(i));
      std::swap(x[i - 1], x[j]);
      std::swap(y[i - 1], y[j]);
    }
  }

  std::size_t count;
  std::vector<T> x, y;
  Random random;
};

template <class T>
Run run_adam(const BumpProblem& problem, const BumpSamples& samples, const BumpParameters& start, const BumpAdamOptions& options) {
  Run run{start, start, samples.sums(problem.form, start)};
  run.status = detail::judge_start(run.sums, run.message);
  if (run.status != Status::ok) return run;

  const T sigma_min = static_cast<T>(problem.sigma_min);
  const kernel::AdamRule<T> rule{.learning_rate = options.learning_rate,
                                 .beta1 = options.beta1,
                                 .beta2 = options.beta2,
                                 .epsilon = static_cast<T>(options.epsilon),
                                 .form = problem.form,
                                 .scale = problem.scale,
                                 .sigma_min = sigma_min,
                                 .free = {problem.free.a, problem.free.c, problem.free.sigma}};
  kernel::AdamState<T> state;
  state.p[0] = static_cast<T>(start.a);
  state.p[1] = static_cast<T>(start.c);
  state.p[2] = to_scale(problem.scale, static_cast<T>(start.sigma), sigma_min);

  Shuffled<T> data(samples, options.seed);
  std::size_t bad_step = 0, epoch = 0;
  while (epoch < options.epochs && bad_step == 0) {
    if (options.shuffle) data.shuffle();
    const double rss = pass<T>()(rule, state, data.x.data(), data.y.data(), data.count, options.batch, bad_step);
    if (bad_step != 0) break;
    run.loss.push_back(rss / static_cast<double>(samples.count));
    ++epoch;
    if (options.progress && !options.progress(epoch, run.loss.back())) break;
  }
  run.steps = state.steps;
  // A fixed parameter is what the caller said, not that number as T.
  if (problem.free.a) run.at.a = static_cast<double>(state.p[0]);
  if (problem.free.c) run.at.c = static_cast<double>(state.p[1]);
  if (problem.free.sigma) run.at.sigma = static_cast<double>(from_scale(problem.scale, state.p[2], sigma_min));
  if (bad_step != 0) {
    run.status = Status::diverged;
    run.message = "the loss was not finite in step " + std::to_string(bad_step);
    return run;
  }
  run.sums = samples.sums(problem.form, run.at);
  run.status = detail::judge(problem, samples, run.at, run.sums, run.message);
  if (run.status != Status::ok) return run;

  const auto step = detail::damped_step(run.sums, detail::mask(problem.free), 0);
  const std::array<double, 3> size = detail::sizes(problem.form, run.at);
  constexpr const char* names[3] = {"a", "c", "sigma"};
  for (std::size_t i = 0; i < 3 && run.status == Status::ok; ++i) {
    const double change = step ? std::abs((*step)[i]) / size[i] : std::numeric_limits<double>::infinity();
    if (change <= options.tolerance) continue;
    run.status = Status::not_converged;
    run.message = step ? std::string(names[i]) + " still has to move by about " + std::to_string(100 * change) + " %"
                       : "the samples do not determine all free parameters";
  }
  return run;
}

}  // namespace

template <class T>
BumpFit fit_adam(const BumpProblem& problem, const BumpAdamOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  const BumpSamples samples(problem);
  detail::require_start(problem);
  if (options.batch == 0) throw InputError({}, "a batch must hold at least one sample");
  if (static_cast<T>(problem.sigma_min) < std::numeric_limits<T>::min())
    throw InputError({}, "the least width is too small for this number type");
  BumpFit fit = detail::begin_fit(problem, samples);

  Run best = run_adam<T>(problem, samples, problem.start, options);
  fit.first_status = best.status;
  fit.steps = best.steps;
  if (options.rescue && best.status != Status::ok) {
    const std::vector<BumpParameters> starts = detail::starts_from_data(problem, samples);
    if (!starts.empty()) {
      Run second = run_adam<T>(problem, samples, starts.front(), options);
      fit.steps += second.steps;
      const bool closer =
          best.status == Status::not_converged && second.status == Status::not_converged && second.sums.rr < best.sums.rr;
      if (second.status == Status::ok || closer) {
        second.message = "from a start taken from the data; the given one: " + std::string(to_string(best.status)) + ", " +
                         best.message + (closer ? "; now: " + second.message : "");
        best = std::move(second);
        fit.rescued = true;
      }
    }
  }
  detail::answer(fit, std::move(best));
  fit.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return fit;
}

template BumpFit fit_adam<float>(const BumpProblem&, const BumpAdamOptions&);
template BumpFit fit_adam<double>(const BumpProblem&, const BumpAdamOptions&);

double digits(double found, double truth) {
  if (found == truth) return 17;
  const double error = std::abs(found - truth) / std::abs(truth);
  return std::min(17.0, -std::log10(error));
}

}  // namespace ogive::layer
