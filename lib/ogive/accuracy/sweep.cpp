// SPDX-License-Identifier: MIT
#include "ogive/accuracy/sweep.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <memory>
#include <mutex>
#include <vector>

#include "ogive/accuracy/examine.h"
#include "ogive/accuracy/plan.h"
#include "ogive/accuracy/reference.h"
#include "ogive/accuracy/screen.h"
#include "ogive/base/parallel_for.h"

namespace ogive::accuracy {
namespace {

using sigmoid::Target;

/// Inputs that are new in a chunk; one more is computed, so that each step from an input to the next is seen within one call.
constexpr std::size_t stride = chunk_size - 1;

/// Chunks in one unit of work: small enough to balance the threads, large enough that merging costs nothing.
constexpr std::size_t chunks_in_group = 512;

constexpr std::size_t sampled = 32;  ///< one chunk of constants in so many is computed at another place, too
constexpr std::size_t elsewhere =
    126;  ///< inputs in a call there: even, so that all begin at odd offsets, and vectors of 4, 8, 16 leave a rest
constexpr std::size_t surveyed = 256;  ///< one chunk in so many is examined beforehand

template <class T>
constexpr FloatType type_of = FloatType::float32;
template <>
constexpr FloatType type_of<float16> = FloatType::float16;
template <>
constexpr FloatType type_of<bfloat16> = FloatType::bfloat16;

template <class T>
T of_bits(std::uint32_t bits) {
  if constexpr (std::is_same_v<T, float>) {
    return std::bit_cast<float>(bits);
  } else {
    return T{static_cast<std::uint16_t>(bits)};
  }
}

template <class T>
T from_double(double value) {
  if constexpr (std::is_same_v<T, float>) return static_cast<float>(value);
  if constexpr (std::is_same_v<T, float16>) return to_float16(static_cast<float>(value));
  if constexpr (std::is_same_v<T, bfloat16>) return to_bfloat16(static_cast<float>(value));
}

template <class T>
bool same_result(T a, T b) {
  const double a_value = to_double(a), b_value = to_double(b);
  return std::memcmp(&a, &b, sizeof(T)) == 0 || (std::isnan(a_value) && std::isnan(b_value));
}

/// Neighbouring inputs of both signs: `count` magnitudes from `first`, all in one piece.
struct Slice {
  const Piece* piece;
  const Piece* next;  ///< the piece after it, where the next magnitude is in that one; or null
  std::uint32_t first;
  std::uint32_t count;
  std::size_t index;  ///< among all slices
};

std::vector<Slice> cut(const std::vector<Piece>& pieces) {
  std::vector<Slice> slices;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    const bool adjoins = i + 1 < pieces.size() && pieces[i + 1].first == piece.last + 1;
    for (std::uint32_t first = piece.first;; first += stride) {
      const std::uint32_t left = piece.last - first + 1;
      const bool last = left <= stride;
      const Piece* next = !last ? &piece : adjoins ? &pieces[i + 1] : nullptr;
      slices.push_back({&piece, next, first, std::min<std::uint32_t>(left, stride), slices.size()});
      if (last) break;
    }
  }
  return slices;
}

/// The buffers of one thread, and what is done with them.
template <class T>
class Worker {
 public:
  Worker(sigmoid::ArrayFunction<T> function, Target target, PositionCheck position, const Known& inside = {},
         const Known& outside = {})
      : function_(function),
        target_(target),
        position_(position),
        screen_(screen()),
        examiner_(target, type_of<T>, inside, outside) {}

  void measure(const Slice& slice, Measurement& found) {
    const Piece& piece = *slice.piece;
    for (const bool negative : {false, true}) {
      const Side& side = negative ? piece.negative : piece.positive;
      if (side.kind == Side::Kind::excluded) continue;
      const bool has_next = slice.next != nullptr && is_defined(negative ? slice.next->negative : slice.next->positive);
      ErrorSummary& summary = side.inside ? found.inside : found.outside;
      compute(slice, negative, slice.count + (has_next ? 1 : 0));
      const bool first_or_last = slice.first == piece.first || slice.first + slice.count - 1 == piece.last;
      known_[negative ? 1 : 0] =
          examiner_.examine({side, &x_, &y_[negative ? 1 : 0], slice.count, has_next, first_or_last}, summary);
      flat_[negative ? 1 : 0] = examiner_.was_flat();
      check_position(slice, side, slice.count + (has_next ? 1 : 0), summary);
    }
    compare_signs(slice, found);
  }

 private:
  static bool is_defined(const Side& side) { return side.kind != Side::Kind::excluded && side.kind != Side::Kind::undefined; }
  static bool is_constant(const Side& side) { return side.kind == Side::Kind::constant || side.kind == Side::Kind::undefined; }

  /// Fills inputs_ and results_, and the same as floats: x_ and y_. A short slice is filled up with copies of its last input, so
  /// that its results come from the middle of a block, too.
  void compute(const Slice& slice, bool negative, std::size_t n) {
    const std::uint32_t first = slice.first | (negative ? sign_bit(type_of<T>) : 0);
    Floats& y = y_[negative ? 1 : 0];
    if constexpr (std::is_same_v<T, float>) {
      screen_.fill(x_.data(), first, (n + lanes - 1) / lanes * lanes);
      for (std::size_t i = n; i < chunk_size; ++i) x_[i] = x_[n - 1];
      inputs_ = x_.data();
      results_ = y.data();
      function_(inputs_, results_, chunk_size);
    } else {
      for (std::size_t i = 0; i < n; ++i) {
        narrow_x_[i] = of_bits<T>(first + static_cast<std::uint32_t>(i));
        x_[i] = to_float(narrow_x_[i]);
      }
      for (std::size_t i = n; i < chunk_size; ++i) narrow_x_[i] = narrow_x_[n - 1];
      inputs_ = narrow_x_.data();
      results_ = narrow_y_.data();
      function_(inputs_, results_, chunk_size);
      for (std::size_t i = 0; i < n; ++i) y[i] = to_float(results_[i]);
    }
  }

  void check_position(const Slice& slice, const Side& side, std::size_t n, ErrorSummary& summary) {
    const bool wanted =
        side.kind == Side::Kind::core || position_ == PositionCheck::full || slice.index % sampled == 0 || slice.count < stride;
    if (position_ == PositionCheck::none || !wanted) return;
    // Odd offsets and odd lengths: every input gets another lane and another alignment, and many are in a tail.
    for (std::size_t begin = 0, length = 3; begin < n; begin += length, length = elsewhere) {
      length = std::min(length, n - begin);
      function_(inputs_ + begin, other_.data() + begin, length);
    }
    bool differs = false;
    const std::size_t alone = is_constant(side) ? 1 : 2;  // a call costs as much as 100 inputs in a block
    for (std::size_t call = 0; call < alone; ++call) {
      const std::size_t i = (slice.count * call + slice.index % slice.count) / alone;
      function_(inputs_ + i, &alone_[i], 1);
      differs |= !same_result(alone_[i], results_[i]);
    }
    differs |= std::memcmp(other_.data(), results_, slice.count * sizeof(T)) != 0;
    summary.position_checked += slice.count;
    if (!differs) return;
    for (std::size_t i = 0; i < slice.count; ++i) {
      function_(inputs_ + i, &alone_[i], 1);
      if (!same_result(alone_[i], results_[i]) || !same_result(other_[i], results_[i]))
        summary.position_dependent.add(to_double(inputs_[i]));
    }
  }

  void compare_signs(const Slice& slice, Measurement& found) {
    if (target_ != Target::logistic && target_ != Target::derivative) return;
    const Side &positive = slice.piece->positive, &negative = slice.piece->negative;
    if (!is_defined(positive) || !is_defined(negative)) return;
    ErrorSummary& summary = positive.inside && negative.inside ? found.inside : found.outside;
    // Where both are constants, right or wrong, one pair says it all.
    const bool known = known_[0] && known_[1] && is_constant(positive) && is_constant(negative);
    const std::uint32_t count = known || (flat_[0] && flat_[1]) ? 1 : slice.count;
    examiner_.compare_signs(x_, y_[0], y_[1], count, positive.inside && negative.inside, summary);
  }

  sigmoid::ArrayFunction<T> function_;
  Target target_;
  PositionCheck position_;
  const Screen& screen_;
  Examiner examiner_;
  std::array<bool, 2> known_{}, flat_{};
  // What is handed to the function begins where a cache line does.
  alignas(64) Floats x_{};
  alignas(64) std::array<Floats, 2> y_{};
  alignas(64) std::array<T, chunk_size> narrow_x_{};
  alignas(64) std::array<T, chunk_size> narrow_y_{};
  alignas(64) std::array<T, chunk_size> other_{};
  alignas(64) std::array<T, chunk_size> alone_{};
  const T* inputs_ = nullptr;
  T* results_ = nullptr;
};

template <class T>
double at(sigmoid::ArrayFunction<T> function, double x) {
  const T input = from_double<T>(x);
  T result{};
  function(&input, &result, 1);
  return to_double(result);
}

/// The worst errors were found in double; here they are to the last digit.
void refine(ErrorSummary& summary, Target target, FloatType type) {
  for (Worst* worst : {&summary.ulp, &summary.normal_ulp})
    if (!std::isnan(worst->x)) worst->value = ulp_error(target, type, worst->x, worst->result);
}

Known known(const ErrorSummary& found) {
  // A little less than was found: the same error, computed in another way, must not fall short of it.
  constexpr double less = 1 - 0x1p-20;
  return {found.ulp.value * less,      found.normal_ulp.value * less, found.absolute.value * less,
          found.relative.value * less, found.asymmetry.value * less,  found.drop.value * less};
}

/// The worst errors in some of the slices. With these known, few others need a second look to see where their worst error is.
template <class T>
Measurement survey(sigmoid::ArrayFunction<T> function, Target target, const std::vector<Slice>& slices, unsigned threads) {
  constexpr std::size_t groups = 16;
  std::array<Measurement, groups> found;
  parallel_for(groups, threads, [&](std::size_t group) {
    const auto worker = std::make_unique<Worker<T>>(function, target, PositionCheck::none);
    for (std::size_t i = surveyed / 2 + group * surveyed; i < slices.size(); i += groups * surveyed) {
      worker->measure(slices[i], found[group]);  // constants, too: rough functions err most there
    }
  });
  Measurement all;
  for (const Measurement& part : found) {
    all.inside.merge(part.inside);
    all.outside.merge(part.outside);
  }
  return all;
}

template <class T>
Measurement sweep_all(sigmoid::ArrayFunction<T> function, const Subject& subject, const SweepOptions& options) {
  constexpr FloatType type = type_of<T>;
  const std::vector<Piece> pieces =
      plan(subject.target, type, {options.low, options.high}, {subject.domain_low, subject.domain_high});
  const std::vector<Slice> slices = cut(pieces);
  const std::size_t groups = (slices.size() + chunks_in_group - 1) / chunks_in_group;
  std::vector<Measurement> found(groups);
  const Measurement surveyed_part = survey(function, subject.target, slices, options.threads);
  const Known inside = known(surveyed_part.inside), outside = known(surveyed_part.outside);
  std::mutex progress_mutex;
  std::size_t done = 0;
  parallel_for(groups, options.threads, [&](std::size_t group) {
    const auto worker = std::make_unique<Worker<T>>(function, subject.target, options.position, inside, outside);
    const std::size_t end = std::min(slices.size(), (group + 1) * chunks_in_group);
    for (std::size_t i = group * chunks_in_group; i < end; ++i) worker->measure(slices[i], found[group]);
    if (options.progress) {
      const std::lock_guard lock(progress_mutex);
      options.progress(static_cast<double>(++done) / static_cast<double>(groups));
    }
  });

  Measurement result;
  result.type = type;
  result.exhaustive = true;
  for (const Measurement& part : found) {
    result.inside.merge(part.inside);
    result.outside.merge(part.outside);
  }
  refine(result.inside, subject.target, type);
  refine(result.outside, subject.target, type);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  result.specials = {at(function, -infinity), at(function, -0.0), at(function, 0.0), at(function, infinity),
                     at(function, std::numeric_limits<double>::quiet_NaN())};
  const bool around_zero =
      options.low <= 0 && options.high >= 0 && subject.target != Target::logit && subject.target != Target::derivative;
  if (around_zero && result.specials.zero < result.specials.minus_zero) {
    ErrorSummary& summary = subject.domain_low <= 0 && subject.domain_high >= 0 ? result.inside : result.outside;
    summary.not_monotone.add(0);
  }
  return result;
}

}  // namespace

Measurement sweep(sigmoid::ArrayFunction<float16> function, const Subject& subject, const SweepOptions& options) {
  return sweep_all(function, subject, options);
}
Measurement sweep(sigmoid::ArrayFunction<bfloat16> function, const Subject& subject, const SweepOptions& options) {
  return sweep_all(function, subject, options);
}
Measurement sweep(sigmoid::ArrayFunction<float> function, const Subject& subject, const SweepOptions& options) {
  return sweep_all(function, subject, options);
}

}  // namespace ogive::accuracy
