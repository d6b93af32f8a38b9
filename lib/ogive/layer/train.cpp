// SPDX-License-Identifier: MIT
#include "ogive/layer/train.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "ogive/base/errors.h"
#include "ogive/base/random.h"
#include "ogive/layer/ceres_training.h"
#include "ogive/layer/optimiser.h"
#include "ogive/layer/text.h"

namespace ogive::layer {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

constexpr std::array<std::pair<Optimiser, std::string_view>, 4> names = {
    {{Optimiser::sgd, "sgd"}, {Optimiser::adam, "adam"}, {Optimiser::levenberg_marquardt, "lm"}, {Optimiser::lbfgs, "lbfgs"}}};

template <class T>
bool all_finite(std::span<const T> values) {
  T sum(0);  // v - v is 0, or NaN
  for (const T value : values) sum += value - value;
  return sum == T(0);
}

template <class T>
Place place_of(const Samples<T>& samples, std::size_t sample) {
  return {samples.source, sample < samples.lines.size() ? samples.lines[sample] : 0, 0};
}

// "sample 17: ", where the place does not say which one.
template <class T>
std::string sample_name(const Samples<T>& samples, std::size_t sample) {
  return sample < samples.lines.size() ? std::string() : "sample " + std::to_string(sample + 1) + ": ";
}

template <class T>
[[noreturn]] void refuse(const Samples<T>& samples, std::size_t sample, const std::string& why) {
  throw InputError(place_of(samples, sample), sample_name(samples, sample) + why);
}

template <class T>
void require_finite(const Samples<T>& samples, Columns<const T> values, const char* what) {
  if (all_finite(values.values())) return;
  for (std::size_t j = 0; j < values.columns(); ++j)
    for (std::size_t i = 0; i < values.rows(); ++i)
      if (!std::isfinite(values(i, j)))
        refuse(samples, j,
               std::string(what) + ' ' + std::to_string(i + 1) + " is " + internal::number_text(values(i, j)) +
                   "; training needs finite numbers");
}

template <class T>
void require_labels(const Network& network, const Samples<T>& samples) {
  const auto labels = samples.targets.labels;
  if (labels.size() != samples.x.columns())
    throw InputError(Place{samples.source, 0, 0},
                     std::to_string(labels.size()) + " labels for " + std::to_string(samples.x.columns()) + " samples");
  for (std::size_t j = 0; j < labels.size(); ++j)
    if (labels[j] >= network.outputs())
      refuse(samples, j,
             "the label " + std::to_string(labels[j]) + " is not one of 0 to " + std::to_string(network.outputs() - 1) +
                 ", for which the network has outputs");
}

template <class T>
void require_values(const Network& network, const Loss& loss, const Samples<T>& samples) {
  const auto values = samples.targets.values;
  const std::size_t rows = loss.target_rows(network.outputs());
  if (loss.kind == LossKind::gaussian_nll && network.outputs() % 2 != 0)
    throw InputError(Place{samples.source, 0, 0},
                     "gaussian_nll needs a mean and a log sigma for each target: an even number of outputs");
  if (values.rows() != rows || values.columns() != samples.x.columns())
    throw InputError(Place{samples.source, 0, 0}, "the targets are " + std::to_string(values.rows()) + " x " +
                                                      std::to_string(values.columns()) + ", but the network needs " +
                                                      std::to_string(rows) + " x " + std::to_string(samples.x.columns()));
  require_finite(samples, values, "target");
  if (loss.kind != LossKind::bce_with_logits) return;
  for (std::size_t j = 0; j < values.columns(); ++j)
    for (std::size_t i = 0; i < rows; ++i)
      if (values(i, j) < T(0) || values(i, j) > T(1))
        refuse(samples, j, "the target " + internal::number_text(values(i, j)) + " is not between 0 and 1");
}

// An embedding looks its inputs up: they must be indices.
template <class T>
void require_indices(const Network& network, const Samples<T>& samples) {
  const auto* embedding = std::get_if<Embedding>(&network.layers().front());
  if (embedding == nullptr) return;
  const std::vector<T> p(embedding->parameters());
  T y = 0;
  for (std::size_t j = 0; j < samples.x.columns(); ++j) {
    try {
      embedding->template forward<T>(p, samples.x.middle(j, 1), Columns<T>(&y, 1, 1));
    } catch (const InputError&) {
      refuse(samples, j,
             internal::number_text(samples.x(0, j)) + ", " + internal::number_text(samples.x(1, j)) +
                 " are not two indices below " + std::to_string(embedding->left) + " and " + std::to_string(embedding->right));
    }
  }
}

void require_options(const TrainOptions& options) {
  const auto require = [](bool good, const char* why) {
    if (!good) throw InputError(Place{}, why);
  };
  require(options.learning_rate > 0 && std::isfinite(options.learning_rate), "the learning rate must be positive");
  require(options.momentum >= 0 && options.momentum < 1, "the momentum must be at least 0 and less than 1");
  require(options.beta1 >= 0 && options.beta1 < 1 && options.beta2 >= 0 && options.beta2 < 1,
          "the betas of adam must be at least 0 and less than 1");
  require(options.epsilon > 0 && std::isfinite(options.epsilon), "the epsilon of adam must be positive");
  require(options.batch > 0, "a batch has at least one sample");
}

// Either optimiser.
template <class T>
class Stepper {
 public:
  Stepper(std::size_t size, const TrainOptions& options) {
    if (options.optimiser == Optimiser::adam) {
      adam_.emplace(size, options.learning_rate, options.beta1, options.beta2, options.epsilon);
    } else {
      sgd_.emplace(size, options.learning_rate, options.momentum);
    }
  }
  void step(std::span<T> p, std::span<const T> gradient) { adam_ ? adam_->step(p, gradient) : sgd_->step(p, gradient); }

 private:
  std::optional<Adam<T>> adam_;
  std::optional<Sgd<T>> sgd_;
};

// Samples in an order, a batch at a time.
template <class T>
class Batches {
 public:
  Batches(const Samples<T>& samples, const TrainOptions& options)
      : samples_(samples), options_(options), random_(options.seed), order_(samples.x.columns()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
  }

  // A new order (Fisher and Yates).
  void begin_epoch() {
    if (!options_.shuffle) return;
    for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[random_.below(i)]);
  }

  // The samples from place `first` on, at most a batch: a view where they stand in order, else a copy.
  Samples<T> at(std::size_t first) {
    const std::size_t count = std::min(options_.batch, order_.size() - first);
    Samples<T> batch;
    if (!options_.shuffle) {
      batch.x = samples_.x.middle(first, count);
      batch.targets = samples_.targets.middle(first, count);
      return batch;
    }
    const std::span<const std::size_t> chosen = std::span(order_).subspan(first, count);
    batch.x = gather(samples_.x, chosen, x_);
    if (!samples_.targets.values.empty()) batch.targets.values = gather(samples_.targets.values, chosen, values_);
    if (!samples_.targets.labels.empty()) {
      labels_.clear();
      for (const std::size_t j : chosen) labels_.push_back(samples_.targets.labels[j]);
      batch.targets.labels = labels_;
    }
    return batch;
  }

 private:
  static Columns<const T> gather(Columns<const T> from, std::span<const std::size_t> chosen, std::vector<T>& to) {
    to.resize(from.rows() * chosen.size());
    for (std::size_t j = 0; j < chosen.size(); ++j)
      std::copy_n(from.data() + chosen[j] * from.rows(), from.rows(), to.data() + j * from.rows());
    return {to.data(), from.rows(), chosen.size()};
  }

  const Samples<T>& samples_;
  const TrainOptions& options_;
  Random random_;
  std::vector<std::size_t> order_;
  std::vector<T> x_, values_;
  std::vector<std::uint32_t> labels_;
};

// One training by stochastic gradients.
template <class T>
class Training {
 public:
  Training(const Network& network, std::span<T> p, const Loss& loss, const Samples<T>& samples, const Samples<T>& held_out,
           const TrainOptions& options)
      : network_(network),
        p_(p),
        loss_(loss),
        samples_(samples),
        held_out_(held_out),
        options_(options),
        batches_(samples, options),
        stepper_(p.size(), options),
        gradient_(p.size()) {}

  TrainingReport run() {
    double busy = 0;
    std::size_t seen = 0;
    for (std::size_t number = 1; number <= options_.epochs && !report_.stopped; ++number) {
      Epoch epoch;
      epoch.number = number;
      const auto start = Clock::now();
      const std::size_t count = run_epoch(epoch);
      const double seconds = seconds_since(start);
      busy += seconds;
      seen += count;
      if (report_.status != Status::ok) break;
      if (count < samples_.x.columns()) break;  // stopped in its middle
      epoch.samples_per_second = static_cast<double>(count) / std::max(seconds, 1e-9);
      if (held_out_.x.columns() > 0) {
        const Score held = score<T>(network_, p_, loss_, held_out_);
        epoch.validation_loss = held.loss;
        epoch.validation_accuracy = held.accuracy;
      }
      epoch.seconds = seconds_since(start_);
      report_.epochs.push_back(epoch);
      if (options_.progress) options_.progress(epoch);
      if (options_.patience > 0 && !improves(epoch)) break;
    }
    finish(busy, seen);
    return std::move(report_);
  }

 private:
  // The number of samples that went by.
  std::size_t run_epoch(Epoch& epoch) {
    batches_.begin_epoch();
    const std::size_t n = samples_.x.columns();
    double loss = 0, right = 0;
    std::size_t first = 0;
    while (first < n && !report_.stopped) {
      const Samples<T> batch = batches_.at(first);
      const auto count = static_cast<double>(batch.x.columns());
      const auto z = network_.template forward<T>(p_, batch.x, tape_);
      slopes_.resize(z.size());
      const Columns<T> dz(slopes_.data(), z.rows(), z.columns());
      const double batch_loss = loss_.value<T>(z, batch.targets, dz);
      if (!std::isfinite(batch_loss)) {
        diverge("the loss is " + internal::number_text(batch_loss), report_.steps + 1, epoch.number);
        return first;
      }
      loss += count * batch_loss;
      right += count * accuracy<T>(loss_, z, batch.targets);
      std::fill(gradient_.begin(), gradient_.end(), T(0));
      network_.template backward<T>(p_, tape_, dz, gradient_);
      stepper_.step(p_, gradient_);
      network_.project(p_);
      ++report_.steps;
      first += batch.x.columns();
      report_.stopped = options_.stop && options_.stop();
    }
    if (!all_finite<T>(p_)) diverge("a parameter is not finite", report_.steps, epoch.number);
    epoch.loss = loss / static_cast<double>(n);
    epoch.accuracy = right / static_cast<double>(n);
    return first;
  }

  void diverge(const std::string& why, std::size_t step, std::size_t epoch) {
    report_.status = Status::diverged;
    report_.message = why + " at step " + std::to_string(step) + " (epoch " + std::to_string(epoch) +
                      "); a smaller learning rate or scaled inputs may help";
  }

  // Keeps the best parameters; false when it is time to give up.
  bool improves(const Epoch& epoch) {
    const double loss = held_out_.x.columns() > 0 ? epoch.validation_loss : epoch.loss;
    if (best_.empty() || loss < best_loss_) {
      best_.assign(p_.begin(), p_.end());
      best_loss_ = loss;
      report_.best_epoch = epoch.number;
    }
    if (epoch.number - report_.best_epoch < options_.patience) return true;
    report_.message = "stopped early: no smaller loss for " + std::to_string(options_.patience) + " epochs";
    return false;
  }

  void finish(double busy, std::size_t seen) {
    if (!best_.empty() && report_.status == Status::ok) {
      std::copy(best_.begin(), best_.end(), p_.begin());
    } else {
      report_.best_epoch = report_.epochs.size();
    }
    report_.seconds = seconds_since(start_);
    report_.samples_per_second = static_cast<double>(seen) / std::max(busy, 1e-9);
  }

  const Network& network_;
  std::span<T> p_;
  const Loss& loss_;
  const Samples<T>& samples_;
  const Samples<T>& held_out_;
  const TrainOptions& options_;
  Batches<T> batches_;
  Stepper<T> stepper_;
  std::vector<T> gradient_, slopes_, best_;
  double best_loss_ = 0;
  Tape<T> tape_;
  TrainingReport report_;
  Clock::time_point start_ = Clock::now();
};

// Samples of floats as doubles, for Ceres.
struct InDouble {
  template <class T>
  explicit InDouble(const Samples<T>& from)
      : x(from.x.values().begin(), from.x.values().end()),
        y(from.targets.values.values().begin(), from.targets.values.values().end()) {
    samples.x = {x.data(), from.x.rows(), from.x.columns()};
    samples.targets.values = {y.data(), from.targets.values.rows(), from.targets.values.columns()};
    samples.targets.labels = from.targets.labels;
  }
  std::vector<double> x, y;
  Samples<double> samples;
};

}  // namespace

std::string_view to_string(Optimiser optimiser) {
  for (const auto& [value, name] : names)
    if (value == optimiser) return name;
  return {};
}

Optimiser parse_optimiser(std::string_view name) {
  for (const auto& [value, known] : names)
    if (known == name) return value;
  throw InputError(Place{}, "'" + std::string(name) + "' is not an optimiser; use sgd, adam, lm or lbfgs");
}

template <class T>
void require_samples(const Network& network, const Loss& loss, const Samples<std::type_identity_t<T>>& samples) {
  if (network.empty()) throw InputError(Place{}, "a network without layers");
  if (samples.x.columns() == 0) throw InputError(Place{samples.source, 0, 0}, "there are no samples");
  if (samples.x.rows() != network.inputs())
    throw InputError(place_of(samples, 0), "a sample has " + std::to_string(samples.x.rows()) +
                                               " columns of numbers, but the network takes " + std::to_string(network.inputs()));
  require_finite(samples, samples.x, "number");
  require_indices(network, samples);
  if (loss.kind == LossKind::softmax_cross_entropy) {
    require_labels(network, samples);
  } else {
    require_values(network, loss, samples);
  }
}

template <class T>
TrainingReport train(const Network& network, std::span<std::type_identity_t<T>> p, const Loss& loss, const Samples<T>& samples,
                     const Samples<std::type_identity_t<T>>& held_out, const TrainOptions& options) {
  require_options(options);
  require_samples<T>(network, loss, samples);
  if (held_out.x.columns() > 0) require_samples<T>(network, loss, held_out);
  if (p.size() != network.parameters())
    throw InputError(Place{}, std::to_string(p.size()) + " parameters for a network of " + std::to_string(network.parameters()));
  if (!(loss.positive_weight > 0) || !std::isfinite(loss.positive_weight))
    throw InputError(Place{}, "the weight of the positive class must be positive");
  if (options.optimiser == Optimiser::sgd || options.optimiser == Optimiser::adam)
    return Training<T>(network, p, loss, samples, held_out, options).run();
  if constexpr (std::is_same_v<T, double>) {
    return internal::train_with_ceres(network, p, loss, samples, held_out, options);
  } else {
    std::vector<double> wide(p.begin(), p.end());
    const InDouble data(samples), held(held_out);
    TrainingReport report = internal::train_with_ceres(network, wide, loss, data.samples, held.samples, options);
    std::transform(wide.begin(), wide.end(), p.begin(), [](double value) { return static_cast<T>(value); });
    return report;
  }
}

template <class T>
Score score(const Network& network, std::span<const std::type_identity_t<T>> p, const Loss& loss, const Samples<T>& samples) {
  constexpr std::size_t at_once = 256;
  const std::size_t n = samples.x.columns();
  Tape<T> tape;
  Score result;
  for (std::size_t first = 0; first < n; first += at_once) {
    const std::size_t count = std::min(at_once, n - first);
    const double share = static_cast<double>(count) / static_cast<double>(n);
    const auto z = network.forward<T>(p, samples.x.middle(first, count), tape);
    const auto targets = samples.targets.middle(first, count);
    result.loss += share * loss.value<T>(z, targets);
    result.accuracy += share * accuracy<T>(loss, z, targets);
  }
  return result;
}

template void require_samples<float>(const Network&, const Loss&, const Samples<float>&);
template void require_samples<double>(const Network&, const Loss&, const Samples<double>&);
template TrainingReport train(const Network&, std::span<float>, const Loss&, const Samples<float>&, const Samples<float>&,
                              const TrainOptions&);
template TrainingReport train(const Network&, std::span<double>, const Loss&, const Samples<double>&, const Samples<double>&,
                              const TrainOptions&);
template Score score(const Network&, std::span<const float>, const Loss&, const Samples<float>&);
template Score score(const Network&, std::span<const double>, const Loss&, const Samples<double>&);

}  // namespace ogive::layer
