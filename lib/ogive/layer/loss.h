// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What a network is to make small. All losses are taken from logits, the numbers before a last sigmoid or softmax; taken from
/// probabilities, they are infinite, or their gradient 0, as soon as a probability is rounded to 0 or 1.
///
/// With outputs z, targets t, m outputs and n samples:
///
///     mse                     sum (z - t)^2 / (m n)
///     bce_with_logits         sum -w t log s(z) - (1 - t) log s(-z), over m n;  w: the weight of the positive class
///     softmax_cross_entropy   sum -log softmax_label(z), over n
///     gaussian_nll            sum log(sigma) + ((t - mean) / sigma)^2 / 2 + log(2 pi) / 2, over m n / 2;
///                             the outputs are m / 2 means and then as many log(sigma): a SplitHead
///
/// Gradients keep their small numbers in both tails: that of bce is (1 - t) s(z) - w t s(-z), not s(z) - t, which is 0 at z = 40
/// for t = 1; that of the cross-entropy at the label is minus the sum of the other probabilities.
///
/// @code
///   using ogive::layer::Loss, ogive::layer::LossKind, ogive::layer::Targets;
///   const std::vector<double> z = {1, 2, 3, 0, 0, 0};             // two samples of three classes
///   const std::vector<std::uint32_t> labels = {2, 0};
///   Targets<double> targets;
///   targets.labels = labels;
///   std::vector<double> dz(6);
///   const double loss = Loss{LossKind::softmax_cross_entropy}.value<double>({z.data(), 3, 2}, targets, {dz.data(), 3, 2});
/// @endcode

#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>

#include "ogive/layer/matrix.h"
#include "ogive/sigmoid/softmax.h"

namespace ogive::layer {

/// The kinds of loss.
enum class LossKind {
  mse,                    ///< mean of squares
  bce_with_logits,        ///< binary cross-entropy
  softmax_cross_entropy,  ///< one class of many, by its label
  gaussian_nll            ///< negative log-likelihood of a normal distribution with its own deviation for each sample
};

std::string_view to_string(LossKind kind);   ///< "mse", "bce_with_logits", "softmax_cross_entropy", "gaussian_nll"
LossKind parse_loss(std::string_view name);  ///< of these names, or "bce", "softmax", "nll"; @throws InputError that names them

/// What the outputs ought to be, one column or one label for each sample.
template <class T>
struct Targets {
  Columns<const T> values = {};                ///< for all losses but the cross-entropy of a softmax
  std::span<const std::uint32_t> labels = {};  ///< from 0; for softmax_cross_entropy only

  /// The targets of `count` samples from `first` on.
  Targets middle(std::size_t first, std::size_t count) const {
    Targets part;
    if (!values.empty()) part.values = values.middle(first, count);
    if (!labels.empty()) part.labels = labels.subspan(first, count);
    return part;
  }
};

/// A loss is summed up in double; with a Jet, in Jets.
template <class T>
using LossValue = std::conditional_t<std::is_floating_point_v<T>, double, T>;

/// A loss, as a value.
struct Loss {
  LossKind kind = LossKind::mse;  ///< which
  double positive_weight = 1;     ///< w of bce_with_logits

  /// The mean loss, and its gradient by each output.
  ///
  /// @tparam T      float, double or ceres::Jet
  /// @param z       the outputs of the network; at least one sample
  /// @param targets as many samples; their sizes and labels were checked before (train() does)
  /// @param dz      as large as z, overwritten; empty: not wanted
  /// @return        not finite where the outputs are not
  template <class T>
  LossValue<T> value(Columns<const T> z, const Targets<std::type_identity_t<T>>& targets,
                     Columns<std::type_identity_t<T>> dz = {}) const;

  /// How many rows of targets go with this many outputs; 0 where the targets are labels.
  std::size_t target_rows(std::size_t outputs) const;

  bool operator==(const Loss&) const = default;  ///< the same kind and weight
};

/// The fraction of samples (bce: of outputs) on the right side: the largest output is that of the label, or z > 0 where t > 1/2.
/// NaN for mse and gaussian_nll, of which this cannot be asked.
template <class T>
double accuracy(const Loss& loss, Columns<const T> z, const Targets<std::type_identity_t<T>>& targets);

namespace internal {

/// The loss of one sample; where dz is not empty, `scale` times its gradient is written there. (The next three are alike.)
template <class T>
LossValue<T> square_error(std::span<const T> z, std::span<const T> t, std::span<T> dz, const T& scale) {
  LossValue<T> sum(0);
  for (std::size_t i = 0; i < z.size(); ++i) {
    const T difference = z[i] - t[i];
    sum += static_cast<LossValue<T>>(difference * difference);
    if (!dz.empty()) dz[i] = T(2) * scale * difference;
  }
  return sum;
}

/// Of one sample, as above. One exponential serves both tails: with e = e^-|z|, s(|z|) = 1 / (1 + e), s(-|z|) = e / (1 + e) and
/// -log s(|z|) = log1p(e), -log s(-|z|) = |z| + log1p(e).
template <class T>
LossValue<T> binary_cross_entropy(std::span<const T> z, std::span<const T> t, const T& weight, std::span<T> dz, const T& scale) {
  using std::exp;
  using std::log1p;
  LossValue<T> sum(0);
  for (std::size_t i = 0; i < z.size(); ++i) {
    const T positive = weight * t[i], negative = T(1) - t[i];
    const bool is_negative = z[i] < T(0);
    const T size = is_negative ? T(-z[i]) : z[i];
    const T e = exp(T(-size));
    const T small_loss = log1p(e), large_loss = size + small_loss;
    // A term of weight 0 is left out, or 0 times infinity would be NaN.
    T loss(0);
    if (!(positive == T(0))) loss += positive * (is_negative ? large_loss : small_loss);
    if (!(negative == T(0))) loss += negative * (is_negative ? small_loss : large_loss);
    sum += static_cast<LossValue<T>>(loss);
    if (dz.empty()) continue;
    const T large = T(1) / (T(1) + e), small = e * large;
    dz[i] = scale * (negative * (is_negative ? small : large) - positive * (is_negative ? large : small));
  }
  return sum;
}

/// Of one sample, as above.
template <class T>
LossValue<T> label_cross_entropy(std::span<const T> z, std::size_t label, std::span<T> dz, const T& scale) {
  using std::exp;
  using std::log1p;
  const std::size_t top = sigmoid::internal::largest(z);
  const T m = z[top];
  T others(0);   // sum of e^(z_i - m) over all but the largest
  T besides(0);  // over all but the label
  for (std::size_t i = 0; i < z.size(); ++i) {
    const T e = exp(sigmoid::internal::distance_below(z[i], m));
    if (i != top) others += e;
    if (i != label) besides += e;
    if (!dz.empty()) dz[i] = e;
  }
  if (!dz.empty()) {
    const T share = scale / (T(1) + others);
    for (T& slope : dz) slope *= share;
    dz[label] = -(besides * share);  // and not p - 1, which is 0 when p is nearly 1
  }
  return static_cast<LossValue<T>>(log1p(others) - sigmoid::internal::distance_below(z[label], m));
}

/// Of one sample, as above.
template <class T>
LossValue<T> normal_likelihood(std::span<const T> z, std::span<const T> t, std::span<T> dz, const T& scale) {
  using std::exp;
  const T half_log_two_pi = T(0.91893853320467274178);
  const std::size_t n = t.size();
  LossValue<T> sum(0);
  for (std::size_t i = 0; i < n; ++i) {
    const T shrink = exp(T(-z[n + i]));  // 1 / sigma
    const T u = (z[i] - t[i]) * shrink;
    sum += static_cast<LossValue<T>>(z[n + i] + u * u / T(2) + half_log_two_pi);
    if (dz.empty()) continue;
    dz[i] = scale * u * shrink;
    dz[n + i] = scale * (T(1) - u) * (T(1) + u);
  }
  return sum;
}

}  // namespace internal

template <class T>
LossValue<T> Loss::value(Columns<const T> z, const Targets<std::type_identity_t<T>>& targets,
                         Columns<std::type_identity_t<T>> dz) const {
  const bool by_label = kind == LossKind::softmax_cross_entropy;
  const std::size_t rows = by_label ? 1 : target_rows(z.rows());
  assert(z.columns() > 0 && rows > 0);
  assert(by_label ? targets.labels.size() == z.columns()
                  : targets.values.rows() == rows && targets.values.columns() == z.columns());
  const double count = static_cast<double>(rows) * static_cast<double>(z.columns());
  const T scale = T(1 / count), weight = T(positive_weight);
  LossValue<T> sum(0);
  for (std::size_t j = 0; j < z.columns(); ++j) {
    const std::span<const T> outputs = z.column(j);
    const std::span<T> slopes = dz.empty() ? std::span<T>() : dz.column(j);
    const std::span<const T> wanted = by_label ? std::span<const T>() : targets.values.column(j);
    switch (kind) {
      case LossKind::mse:
        sum += internal::square_error<T>(outputs, wanted, slopes, scale);
        break;
      case LossKind::bce_with_logits:
        sum += internal::binary_cross_entropy<T>(outputs, wanted, weight, slopes, scale);
        break;
      case LossKind::softmax_cross_entropy:
        sum += internal::label_cross_entropy<T>(outputs, targets.labels[j], slopes, scale);
        break;
      case LossKind::gaussian_nll:
        sum += internal::normal_likelihood<T>(outputs, wanted, slopes, scale);
        break;
    }
  }
  return sum / LossValue<T>(count);
}

template <class T>
double accuracy(const Loss& loss, Columns<const T> z, const Targets<std::type_identity_t<T>>& targets) {
  std::size_t right = 0, of = 0;
  for (std::size_t j = 0; j < z.columns(); ++j) {
    if (loss.kind == LossKind::softmax_cross_entropy) {
      ++of;
      if (sigmoid::internal::largest(z.column(j)) == targets.labels[j]) ++right;
    } else if (loss.kind == LossKind::bce_with_logits) {
      for (std::size_t i = 0; i < z.rows(); ++i, ++of)
        if ((z(i, j) > T(0)) == (targets.values(i, j) > T(0.5))) ++right;
    }
  }
  if (of == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(right) / static_cast<double>(of);
}

}  // namespace ogive::layer
