// SPDX-License-Identifier: MIT
#include "ogive/accuracy/examine.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "ogive/accuracy/reference.h"

namespace ogive::accuracy {
namespace {

using sigmoid::Target;

constexpr double infinity = std::numeric_limits<double>::infinity();

Range range_of(Target target) {
  switch (target) {
    case Target::logistic:
      return {0, 1};
    case Target::derivative:
      return {0, 0.25};
    case Target::softplus:
      return {0, infinity};
    case Target::log_logistic:
      return {-infinity, 0};
    case Target::logit:
      break;
  }
  return {-infinity, infinity};
}

/// histogram_class() of an error above 1/2, by its bits: variants that are meant to be rough have billions of them.
std::size_t class_of_large(double error) {
  const auto bits = std::bit_cast<std::uint64_t>(error);
  const std::uint64_t up = (bits & ((std::uint64_t{1} << 52) - 1)) != 0 ? 1 : 0;
  return std::min<std::uint64_t>((bits >> 52) - 1022 + up, histogram_size - 1);
}

/// Classes of large errors in one block that are counted in vectors; what is left is counted one by one.
constexpr std::size_t classes_in_vectors = 8;

/// Those inputs of a chunk whose places were found; places may be one further on.
Occurrence occurrence(const Floats& x, const Places& places, std::size_t shift = 0) {
  const double a = x[places.first - shift], b = x[places.last - shift];
  return {places.count, std::fmin(a, b), std::fmax(a, b)};
}

/// Where the truth of the logistic function and of the derivative rests: its distance from the limit, 2^-82 or e^-700, changes no
/// rounded error. To the right, the logistic function is 1 - e^-x, and e^-64 is 2^-68 of an ulp there.
bool rests_near_zero(float x) { return x != 0 && std::fabs(x) < 0x1p-80F; }
bool rests_far_away(Target target, float x) {
  return (std::fabs(x) > 700 || (target == Target::logistic && x > 64)) && std::isfinite(x);
}

/// All inputs of a chunk: the magnitudes ascend, so the ends are its extremes.
Occurrence everywhere(const Chunk& chunk) {
  const double a = (*chunk.x)[0], b = (*chunk.x)[chunk.count - 1];
  return {chunk.count, std::fmin(a, b), std::fmax(a, b)};
}

}  // namespace

Examiner::Examiner(Target target, FloatType type, const Known& inside, const Known& outside)
    : target_(target),
      type_(type),
      format_(format(type)),
      screen_(screen()),
      range_(range_of(target)),
      known_inside_(inside),
      known_outside_(outside) {}

bool Examiner::examine(const Chunk& chunk, ErrorSummary& summary) {
  flat_ = false;
  if (chunk.side.kind == Side::Kind::excluded) return true;
  if (chunk.side.kind == Side::Kind::undefined) {
    examine_undefined(chunk, summary);
    return false;
  }
  summary.inputs += chunk.count;
  const Floats& y = *chunk.y;
  flat_ = y[0] == y[chunk.count - 1] && screen_.all_equal(y.data(), chunk.count, y[0]);
  if (examine_constant(chunk, summary)) return true;
  if (examine_neighbours(chunk, summary)) return false;
  examine_looks(chunk, summary);
  if (examine_wrong_constant(chunk, summary)) return false;
  for (std::size_t begin = 0; begin < chunk.count; begin += block_size)
    examine_block(chunk, begin, std::min(block_size, chunk.count - begin), summary);
  return false;
}

/// fall_[i] = 1 - e^-(i step), the same for all chunks of a binade.
void Examiner::prepare_fall(float step) {
  if (fall_step_ == step) return;
  for (std::size_t i = 0; i < fall_.size(); ++i) fall_[i] = -std::expm1(-(static_cast<double>(i) * double{step}));
  fall_step_ = step;
}

/// True where the chunk is one of float32 neighbours of one binade, and one pass tells all about it.
bool Examiner::examine_neighbours(const Chunk& chunk, ErrorSummary& summary) {
  // e^-x must be known better than a double can say: std::exp(long double) errs by less than 2^-62.
  constexpr bool wide = std::numeric_limits<long double>::digits >= 64;
  constexpr float least = 0x1p-60F, end = 128;  // where 1 - e^-(i h) is a normal number and at most 2^-6
  if (!wide || type_ != FloatType::float32 || target_ == Target::logit || chunk.side.kind != Side::Kind::core) return false;
  if (passes_to_skip_ > 0) {
    --passes_to_skip_;
    return false;
  }
  const float* y = chunk.y->data();
  const float first = (*chunk.x)[0], last = (*chunk.x)[chunk.count - 1];
  const auto first_bits = std::bit_cast<std::uint32_t>(first), last_bits = std::bit_cast<std::uint32_t>(last);
  if (last_bits - first_bits != chunk.count - 1 || first_bits >> 23 != last_bits >> 23) return false;
  const float size = std::fabs(first);
  if (!(size >= least && size < end)) return false;
  const float step = std::bit_cast<float>((std::bit_cast<std::uint32_t>(size) >> 23) << 23) * 0x1p-23F;
  prepare_fall(step);
  const bool negative = first < 0;
  const bool falls = negative || target_ == Target::derivative;
  const Neighbours x{static_cast<double>(std::exp(-static_cast<long double>(size))), fall_.data(), negative, first,
                     negative ? -step : step};

  // The true values are between those at the ends.
  std::array<float, lanes> ends;
  ends.fill(first);
  ends[1] = last;
  screen_.truth(target_, ends.data(), truth_.data(), lanes);
  const double least_truth = std::min(std::fabs(truth_[0]), std::fabs(truth_[1]));
  const double unit = ulp(type_, truth_[0]);
  if (unit != ulp(type_, truth_[1])) return false;

  const Scan scan = screen_.scan(target_, x, y, chunk.count, unit, falls);
  if (scan.above[3] > 0) passes_to_skip_ = 15;
  const double max_ulp = scan.max_difference / unit;
  const double max_relative =
      scan.max_difference / least_truth * (1 + 0x1p-40);  // at most; the rounding of the ends is made up for
  const Known& known = chunk.side.inside ? known_inside_ : known_outside_;
  const auto may_be_worst = [](const Worst& worst, double value, double known_value) {
    return value >= known_value && (value > worst.value || std::isnan(worst.x));
  };
  const bool steps_back = chunk.has_next && (falls ? y[chunk.count] > y[chunk.count - 1] : y[chunk.count] < y[chunk.count - 1]);
  if (!std::isfinite(scan.sum) || scan.is_near || scan.breaks || steps_back || scan.above[3] > 0) return false;
  // A result beyond the range, or 0, would be as far from the truth as that is from the ends of the range, or 0.
  const double room = std::min({truth_[0] - range_.low, truth_[1] - range_.low, range_.high - truth_[0], range_.high - truth_[1]});
  if (!(scan.max_difference < std::min(room, least_truth))) return false;
  if (may_be_worst(summary.ulp, max_ulp, known.ulp) || may_be_worst(summary.absolute, scan.max_difference, known.absolute))
    return false;
  if (chunk.side.normal &&
      (may_be_worst(summary.normal_ulp, max_ulp, known.normal_ulp) || may_be_worst(summary.relative, max_relative, known.relative)))
    return false;

  summary.histogram[0] += chunk.count - scan.above[0];
  summary.histogram[1] += scan.above[0] - scan.above[1];
  summary.histogram[2] += scan.above[1] - scan.above[2];
  summary.histogram[3] += scan.above[2];
  summary.core_inputs += chunk.count;
  summary.sum_ulp += scan.sum / unit;
  summary.sum_squared_ulp += scan.sum_squared / (unit * unit);
  return true;
}

/// True where the chunk's results are what the side says, and there is no more to find.
bool Examiner::examine_constant(const Chunk& chunk, ErrorSummary& summary) {
  const float* x = chunk.x->data();
  const float* y = chunk.y->data();
  const std::size_t seen = chunk.count + (chunk.has_next ? 1 : 0);
  const auto value = static_cast<float>(chunk.side.value);
  const bool constant = chunk.side.kind == Side::Kind::constant && flat_ && y[0] == value;
  const bool identity = chunk.side.kind == Side::Kind::identity && screen_.same(x, y, chunk.count);
  if (!constant && !identity) return false;
  summary.histogram[0] += chunk.count;
  if (chunk.first_or_last)
    for (const std::size_t i : {std::size_t{0}, chunk.count - 1})
      note(chunk.side, x[i], y[i], ulp_error(target_, type_, x[i], y[i]), summary);
  if (seen > chunk.count && !(y[chunk.count] == y[chunk.count - 1])) {
    Chunk end = chunk;  // the step to the next chunk may be one down
    examine_looks(end, summary);
  }
  return true;
}

/// Whether one result has one error (rounded to double) at all inputs from the one to the other, of one sign.
bool Examiner::is_at_rest(float first, float last) const {
  return (target_ == Target::logistic || target_ == Target::derivative) &&
         ((rests_near_zero(first) && rests_near_zero(last)) || (rests_far_away(target_, first) && rests_far_away(target_, last)));
}

/// True where all results of a side with a known value are one other value, which the ends of the chunk then tell all about.
bool Examiner::examine_wrong_constant(const Chunk& chunk, ErrorSummary& summary) {
  const bool is_constant = chunk.side.kind == Side::Kind::constant;
  const bool is_lost = chunk.side.kind == Side::Kind::identity && !std::isfinite((*chunk.y)[0]);  // infinitely wrong throughout
  if (!is_constant && !is_lost) return false;
  const Floats& x = *chunk.x;
  const Floats& y = *chunk.y;
  const std::size_t last = chunk.count - 1;
  if (std::isnan(y[0])) {
    if (screen_.numbers(y.data(), chunk.count).count > 0) return false;
    summary.nan.add(everywhere(chunk));
    return true;
  }
  if (!flat_) return false;
  if (std::isinf(y[0])) summary.infinite.add(everywhere(chunk));
  const bool at_rest = is_at_rest(x[0], x[last]);
  const bool far = rests_far_away(target_, x[0]);
  Plateau& plateau = plateaus_[std::signbit(x[0]) ? 1 : 0];
  // The same errors as in the chunk before: they are classed the same, and no worse.
  if (at_rest && plateau.summary == &summary && plateau.side == chunk.side && plateau.far == far && plateau.result == y[0]) {
    summary.histogram[plateau.histogram_index] += chunk.count;
    return true;
  }
  if (is_constant && add_harmless_constant(chunk, summary)) return true;
  const double error_first = error_at(x[0], y[0]), error_last = error_at(x[last], y[0]);
  const std::size_t histogram_index = histogram_class(error_first);
  // The true value moves by less than an ulp, and monotonically, so the errors lie between those at the ends.
  if (histogram_class(error_last) != histogram_index) return false;
  summary.histogram[histogram_index] += chunk.count;
  note(chunk.side, x[0], y[0], error_first, summary);
  note(chunk.side, x[last], y[last], error_last, summary);
  if (at_rest) plateau = {&summary, chunk.side, far, y[0], histogram_index};
  return true;
}

/// True where a double tells the class of a wrong constant's errors, and that none of them is the worst: MPFR is not asked.
bool Examiner::add_harmless_constant(const Chunk& chunk, ErrorSummary& summary) {
  constexpr double rounding = 0x1p-40;      // of the steps below, relative; generous
  constexpr double truth_in_ulp = 0x1p-24;  // truth_error in float32's ulp is a quarter of it
  std::array<float, lanes> xs, ys;
  xs.fill((*chunk.x)[0]);
  xs[1] = (*chunk.x)[chunk.count - 1];
  ys.fill((*chunk.y)[0]);
  screen_.truth(target_, xs.data(), truth_.data(), lanes);
  screen_.errors(truth_.data(), ys.data(), format_, absolute_.data(), error_.data(), lanes);
  const auto [least, most] = std::minmax(error_[0], error_[1]);
  // Just below a power of two the truth has half the ulp of the double that it rounds to; small errors are MPFR's there.
  const auto is_power_of_two = [](double value) {
    return (std::bit_cast<std::uint64_t>(value) & ((std::uint64_t{1} << 52) - 1)) == 0;
  };
  if (least < near_high && (is_power_of_two(truth_[0]) || is_power_of_two(truth_[1]))) return false;
  const double low = least - least * rounding - truth_in_ulp, high = most + most * rounding + truth_in_ulp;
  const std::size_t histogram_index = histogram_class(high);
  if (!std::isfinite(high) || histogram_class(low) != histogram_index) return false;
  const auto [s_least, s_most] = std::minmax({std::fabs(truth_[0]), std::fabs(truth_[1])});
  const double difference = std::max(absolute_[0], absolute_[1]);
  const double absolute = difference + difference * rounding + s_most * truth_error;
  const Known& known = chunk.side.inside ? known_inside_ : known_outside_;
  const auto harmless = [](const Worst& worst, double value, double known_value) {
    return value < known_value || (!std::isnan(worst.x) && value <= worst.value);
  };
  if (!harmless(summary.ulp, high, known.ulp) || !harmless(summary.absolute, absolute, known.absolute)) return false;
  if (chunk.side.normal && (!harmless(summary.normal_ulp, high, known.normal_ulp) ||
                            !harmless(summary.relative, absolute / s_least * (1 + rounding), known.relative)))
    return false;
  summary.histogram[histogram_index] += chunk.count;
  return true;
}

/// The error at one input, with MPFR where the double could put it in the wrong class.
double Examiner::error_at(float x, float y) {
  if (!std::isfinite(y)) return infinity;
  std::array<float, lanes> xs, ys;
  xs.fill(x);
  ys.fill(y);
  screen_.truth(target_, xs.data(), truth_.data(), lanes);
  screen_.errors(truth_.data(), ys.data(), format_, absolute_.data(), error_.data(), lanes);
  return error_[0] < near_high || !std::isfinite(error_[0]) ? ulp_error(target_, type_, x, y) : error_[0];
}

void Examiner::examine_undefined(const Chunk& chunk, ErrorSummary& summary) {
  const Places places = screen_.numbers(chunk.y->data(), chunk.count);
  if (places.count > 0) summary.lost_nan.add(occurrence(*chunk.x, places));
}

void Examiner::examine_block(const Chunk& chunk, std::size_t begin, std::size_t count, ErrorSummary& summary) {
  const float* x = chunk.x->data() + begin;
  const float* y = chunk.y->data() + begin;
  const std::size_t padded = (count + lanes - 1) / lanes * lanes;
  bool same_truth = false;
  // The computed logistic function is monotone there, too; the derivative near its maximum is not, but where it is at rest.
  const bool may_be_same = target_ == Target::logistic || (target_ == Target::derivative && is_at_rest(x[0], x[count - 1]));
  if (chunk.side.kind == Side::Kind::constant && may_be_same) {
    std::array<float, lanes> ends;
    ends.fill(x[0]);
    ends[1] = x[count - 1];
    screen_.truth(target_, ends.data(), truth_.data(), lanes);
    same_truth = truth_[0] == truth_[1];
    if (same_truth) std::fill_n(truth_.begin() + 1, padded - 1, truth_[0]);
  }
  if (!same_truth) screen_.truth(target_, x, truth_.data(), padded);
  Total total;
  const Sight sight = screen_.errors_and_total(truth_.data(), y, format_, absolute_.data(), error_.data(), padded, &total);
  for (std::size_t i = count; i < padded; ++i) {
    truth_[i] = 1;
    absolute_[i] = error_[i] = 0;
  }
  std::uint64_t nans = 0;
  if (sight.is_not_finite) {
    for (std::size_t i = 0; i < count; ++i) {
      if (std::isnan(y[i])) {
        summary.nan.add(x[i]);
        ++nans;
        absolute_[i] = error_[i] = 0;
      } else if (std::isinf(y[i])) {
        summary.infinite.add(x[i]);
      }
    }
  }
  if (sight.is_near) {
    const bool at_rest = chunk.side.kind == Side::Kind::constant && is_at_rest(x[0], x[count - 1]);
    // The last results that went to MPFR, and their errors; where the truth is at rest, there are few.
    std::array<std::pair<float, double>, 8> recent;
    recent.fill({std::numeric_limits<float>::quiet_NaN(), 0});
    for (std::size_t i = 0; i < count; ++i) {
      const double boundary = std::exp2(std::round(std::log2(error_[i])));
      // Twice the window of errors(), so that none it meant is missed.
      if (error_[i] > near_low && error_[i] < near_high && std::fabs(error_[i] - boundary) < 2 * near * boundary) {
        auto& [result, error] = recent[std::bit_cast<std::uint32_t>(y[i]) % recent.size()];
        if (!(at_rest && y[i] == result)) {
          result = y[i];
          error = ulp_error(target_, type_, x[i], y[i]);
        }
        error_[i] = error;
      }
    }
  }
  if (sight.is_near || sight.is_not_finite || count < padded)  // some errors are others now
    total = screen_.total(truth_.data(), absolute_.data(), error_.data(), padded);

  const auto& above = total.above;
  summary.histogram[0] += count - nans - above[0];
  summary.histogram[1] += above[0] - above[1];
  summary.histogram[2] += above[1] - above[2];
  summary.histogram[3] += above[2] - above[3];
  if (above[3] > 0) add_large(padded, total.max_ulp, above[3], summary);

  const Known& known = chunk.side.inside ? known_inside_ : known_outside_;
  const auto keep_worst = [&](Worst& worst, double largest, double known_value, auto value) {
    if ((!(largest > worst.value) && !std::isnan(worst.x)) || largest < known_value) return;
    for (std::size_t i = 0; i < count; ++i)
      if (value(i) == largest) return worst.keep(largest, x[i], y[i]);
  };
  keep_worst(summary.ulp, total.max_ulp, known.ulp, [&](std::size_t i) { return error_[i]; });
  keep_worst(summary.absolute, total.max_absolute, known.absolute, [&](std::size_t i) { return absolute_[i]; });
  if (chunk.side.normal) {
    keep_worst(summary.normal_ulp, total.max_ulp, known.normal_ulp, [&](std::size_t i) { return error_[i]; });
    keep_worst(summary.relative, total.max_relative, known.relative,
               [&](std::size_t i) { return absolute_[i] / std::fabs(truth_[i]); });
  }
  if (chunk.side.kind == Side::Kind::core) {
    summary.core_inputs += count - nans;
    summary.sum_ulp += total.sum;
    summary.sum_squared_ulp += total.sum_squared;
  }
}

/// Errors above 4 ulp, by class: counted in vectors, from the largest class down, as most blocks have but one or two.
void Examiner::add_large(std::size_t count, double largest, std::uint64_t above_4, ErrorSummary& summary) const {
  constexpr std::size_t first = 4;  // (4, 8]
  std::size_t k = class_of_large(largest);
  std::uint64_t counted = 0;
  for (std::size_t passes = 0; counted < above_4 && passes < classes_in_vectors; ++passes, --k) {
    const std::uint64_t above = k > first ? screen_.count_above(error_.data(), count, histogram_upper(k - 1)) : above_4;
    summary.histogram[k] += above - counted;
    counted = above;
  }
  if (counted == above_4) return;
  for (std::size_t i = 0; i < count; ++i)
    if (error_[i] > 4 && class_of_large(error_[i]) <= k) ++summary.histogram[class_of_large(error_[i])];
}

/// What needs no truth: results out of range, flushed to 0, or against the direction of the function.
void Examiner::examine_looks(const Chunk& chunk, ErrorSummary& summary) {
  const Floats& x = *chunk.x;
  const Floats& y = *chunk.y;
  const bool negative = std::signbit(x[0]);
  const bool falls = negative || target_ == Target::derivative;  // with the magnitude
  const auto low = static_cast<float>(range_.low), high = static_cast<float>(range_.high);
  const std::size_t seen = chunk.count + (chunk.has_next ? 1 : 0);
  const bool zero_is_wrong = !(chunk.side.kind == Side::Kind::constant && chunk.side.value == 0);
  if (flat_ && y[seen - 1] == y[0]) {
    if (y[0] < low || y[0] > high) summary.out_of_range.add(everywhere(chunk));
    if (y[0] == 0 && zero_is_wrong) summary.flushed.add(everywhere(chunk));
    return;
  }
  const Look look = screen_.look(y.data(), seen, low, high, falls ? -1.0F : 1.0F);
  if (look.out_of_range) {
    const Places places = screen_.outside(y.data(), chunk.count, low, high);
    if (places.count > 0) summary.out_of_range.add(occurrence(x, places));
  }
  if (look.zero && zero_is_wrong) {
    const Places places = screen_.zeros(y.data(), chunk.count);
    if (places.count > 0) summary.flushed.add(occurrence(x, places));
  }
  if (!look.breaks) return;
  // The truth is needed only where a step may be the worst so far: no ulp here is less than those at the ends.
  std::array<float, lanes> xs;
  xs.fill(x[0]);
  xs[1] = x[seen - 1];
  screen_.truth(target_, xs.data(), truth_.data(), lanes);
  const double first_unit = ulp(type_, truth_[0]), last_unit = ulp(type_, truth_[1]);
  const double least_unit = std::min(first_unit, last_unit);
  const bool one_unit = target_ == Target::logistic && first_unit == last_unit;
  const Steps steps = screen_.steps(y.data(), seen, falls);
  summary.not_monotone.add(occurrence(x, steps.places, negative ? 1 : 0));
  const Known& known = chunk.side.inside ? known_inside_ : known_outside_;
  if (steps.largest / least_unit <= summary.drop.value || steps.largest / least_unit < known.drop) return;
  for (std::size_t i = steps.places.first; i <= steps.places.last; ++i) {
    if (!(falls ? y[i] > y[i - 1] : y[i] < y[i - 1])) continue;
    const float at = negative ? x[i - 1] : x[i];  // the greater x of the two
    const double step = std::fabs(double{y[i]} - double{y[i - 1]});
    // Where all have one unit, only the largest step can be kept.
    if (step / least_unit <= summary.drop.value || (one_unit && step < steps.largest)) continue;
    xs.fill(at);
    screen_.truth(target_, xs.data(), truth_.data(), lanes);
    summary.drop.keep(step / ulp(type_, truth_[0]), at, negative ? y[i - 1] : y[i]);
  }
}

void Examiner::compare_signs(const Floats& x, const Floats& y, const Floats& y_of_minus_x, std::size_t count, bool inside,
                             ErrorSummary& summary) {
  const double factor = target_ == Target::derivative ? -1 : 1;
  const double constant = target_ == Target::derivative ? 0 : 1;
  const std::size_t padded = (count + lanes - 1) / lanes * lanes;  // what is beyond may only cause a scan below
  const double largest = screen_.max_defect(y.data(), y_of_minus_x.data(), factor, constant, padded);
  if (!(largest > summary.asymmetry.value) && !std::isnan(summary.asymmetry.x)) return;
  if (largest < (inside ? known_inside_ : known_outside_).asymmetry) return;
  for (std::size_t i = 0; i < count; ++i) {
    const double defect = std::fabs(double{y[i]} + factor * double{y_of_minus_x[i]} - constant);
    if (defect == defect) summary.asymmetry.keep(defect, std::fabs(x[i]), y[i]);
  }
}

/// One input whose error is known.
void Examiner::note(const Side& side, double x, double y, double error, ErrorSummary& summary) const {
  summary.ulp.keep(error, x, y);
  if (!std::isfinite(y)) return summary.absolute.keep(error, x, y);
  const double s = correctly_rounded(target_, FloatType::float64, x);
  summary.absolute.keep(std::fabs(y - s), x, y);
  if (!side.normal) return;
  summary.normal_ulp.keep(error, x, y);
  summary.relative.keep(std::fabs((y - s) / s), x, y);
}

}  // namespace ogive::accuracy
