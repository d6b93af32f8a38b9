// SPDX-License-Identifier: MIT
#include "ogive/accuracy/search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "ogive/accuracy/plan.h"
#include "ogive/accuracy/reference.h"
#include "ogive/base/parallel_for.h"
#include "ogive/base/random.h"

namespace ogive::accuracy {
namespace {

using sigmoid::Target;

constexpr std::size_t block_size = 1024;
constexpr int rounds = 10;
constexpr std::size_t kept = 64;  ///< intervals that are split in a round, half of them by each of two objectives
constexpr std::size_t parts = 4;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr FloatType type = FloatType::float64;
constexpr bool wide = std::numeric_limits<long double>::digits >= 64;  ///< long double can screen; else MPFR does it all
constexpr double screening_window = 0x1p-8;                            ///< in ulp; the screening errs by less than 2^-9 ulp

/// The truth, to about 2^-62.
long double truth(Target target, double x) {
  const long double t = std::exp(-std::fabs(static_cast<long double>(x)));
  switch (target) {
    case Target::logistic:
      return (x < 0 ? t : 1.0L) / (1 + t);
    case Target::derivative:
      return t / ((1 + t) * (1 + t));
    case Target::softplus:
      return std::fmax(static_cast<long double>(x), 0.0L) + std::log1p(t);
    case Target::log_logistic:
      return std::fmin(static_cast<long double>(x), 0.0L) - std::log1p(t);
    case Target::logit:
      break;
  }
  const long double p = x;
  return x >= 0.25 && x <= 0.75 ? 2 * std::atanh(2 * p - 1) : std::log(p / (1 - p));
}

/// Whether an error of so many ulp may belong to another class than the one it is in.
bool is_near_boundary(double e) {
  if (!(e > 0.4 && e < 80)) return false;
  const double below = std::bit_cast<double>(std::bit_cast<std::uint64_t>(e) >> 52 << 52);  // a power of two
  return e - below < screening_window || 2 * below - e < screening_window;
}

double error_of(Target target, double x, double y, long double s) {
  if constexpr (!wide) return ulp_error(target, type, x, y);
  if (!std::isfinite(s) || !std::isfinite(y)) return ulp_error(target, type, x, y);
  const auto e = static_cast<double>(std::fabs(y - s) / ogive::ulp<double>(s));
  return is_near_boundary(e) ? ulp_error(target, type, x, y) : e;
}

struct Interval {
  double low = 0, high = 0;
  double ulp = -1, normal_ulp = -1;  ///< the worst found in it; negative: not looked at
};

/// Where the function's results are neither limits nor beyond the type, with room on both sides.
Range core(Target target) { return target == Target::logit ? Range{0, 1} : Range{-760, 760}; }

class Searcher {
 public:
  Searcher(sigmoid::ArrayFunction<double> function, const Subject& subject, const SearchOptions& options)
      : function_(function),
        subject_(subject),
        options_(options),
        measured_{options.low, options.high},
        at_zero_(static_cast<double>(truth(subject.target, 0.0))) {}

  Measurement run() {
    edges();
    std::vector<Interval> pool = first_intervals();
    const std::uint64_t total = std::max<std::uint64_t>(options_.samples / block_size, 1);
    const std::uint64_t first_share = std::max<std::uint64_t>(total / 4 / std::max<std::size_t>(pool.size(), 1), 1);
    look_at(pool, first_share, true);
    report(0.25);
    const std::uint64_t share = std::max<std::uint64_t>((total - total / 4) / (rounds * kept * parts), 1);
    const std::uint64_t wanted_rounds = std::min<std::uint64_t>(rounds, total * 3 / 4 / (kept * parts));
    for (std::uint64_t round = 0; round < wanted_rounds; ++round) {
      std::vector<Interval> children = split_worst(pool);
      look_at(children, share, false);
      pool.insert(pool.end(), children.begin(), children.end());
      report(0.25 + 0.75 * static_cast<double>(round + 1) / static_cast<double>(wanted_rounds));
    }
    report(1);
    return finish();
  }

 private:
  void report(double part) const {
    if (options_.progress) options_.progress(part);
  }

  Measurement finish() {
    Measurement result = found_;
    result.type = type;
    for (ErrorSummary* summary : {&result.inside, &result.outside})
      for (Worst* worst : {&summary->ulp, &summary->normal_ulp})
        if (!std::isnan(worst->x)) worst->value = ulp_error(subject_.target, type, worst->x, worst->result);
    const auto at = [&](double x) {
      double y = 0;
      function_(&x, &y, 1);
      return y;
    };
    result.specials = {at(-infinity), at(-0.0), at(0.0), at(infinity), at(std::numeric_limits<double>::quiet_NaN())};
    return result;
  }

  std::vector<Interval> first_intervals() const {
    std::vector<Interval> intervals;
    const auto add = [&](double a, double b) {
      const double low = std::max(a, options_.low), high = std::min(b, options_.high);
      if (low < high) intervals.push_back({low, high});
    };
    const Range range = core(subject_.target);
    const double low = std::max(range.low, options_.low), high = std::min(range.high, options_.high);
    constexpr int even = 512;
    for (int i = 0; i < even; ++i) add(low + (high - low) * i / even, low + (high - low) * (i + 1) / even);
    for (int exponent = -64; exponent < 12; ++exponent) {
      const double a = std::ldexp(1.0, exponent), b = 2 * a;
      add(a, b);
      if (subject_.target != Target::logit) add(-b, -a);
      if (subject_.target == Target::logit) add(1 - b, 1 - a);
    }
    if (subject_.target == Target::logit)
      for (int exponent = -1074; exponent < -64; exponent += 16) add(std::ldexp(1.0, exponent), std::ldexp(1.0, exponent + 16));
    return intervals;
  }

  /// The places that implementations and roundings trip over, each with its neighbours.
  void edges() {
    std::vector<double> centres = {0, 0x1p-1074, 0x1p-1022, std::numeric_limits<double>::max(), 1e10, 1e100};
    for (int exponent = -70; exponent < 12; ++exponent) centres.push_back(std::ldexp(1.0, exponent));
    for (int k = 1; k <= 1080; ++k) centres.push_back(k * 0x1.62e42fefa39efp-1);  // multiples of log 2: e^-x is near a power of two
    // Overflow and underflow of e^x, and where 1 + e^-x and 1 - e^-x reach 1, in float32 and float64.
    for (const double x : {88.0, 88.3762626647949, 88.7228394, 103.97, 104.0, 16.635532, 17.33, 36.7368, 37.43, 708.0, 708.396,
                           709.0, 709.4361, 709.782712893384, 710.0, 744.44, 745.133219101941})
      centres.push_back(x);
    for (const double x : {options_.low, options_.high, subject_.domain_low, subject_.domain_high})
      if (std::isfinite(x)) centres.push_back(std::fabs(x));
    std::vector<double> points;
    for (const double centre : centres) {
      double below = centre, above = centre;
      for (int i = 0; i < 8; ++i) {
        for (const double x : {below, above, -below, -above})
          if (measured_.contains(x) && std::isfinite(x)) points.push_back(x);
        below = std::nextafter(below, 0.0);
        above = std::nextafter(above, infinity);
      }
    }
    std::sort(points.begin(), points.end());
    points.erase(std::unique(points.begin(), points.end()), points.end());
    std::vector<Measurement> found((points.size() + block_size - 1) / block_size);
    parallel_for(found.size(), options_.threads, [&](std::size_t block) {
      const std::size_t begin = block * block_size;
      Interval everywhere;
      look_at_block(std::span(points).subspan(begin, std::min(block_size, points.size() - begin)), true, everywhere, found[block]);
    });
    merge(found);
  }

  void merge(const std::vector<Measurement>& found) {
    for (const Measurement& part : found) {
      found_.inside.merge(part.inside);
      found_.outside.merge(part.outside);
    }
  }

  /// Samples each interval in `blocks` blocks, on several threads, and notes what was found.
  void look_at(std::vector<Interval>& intervals, std::uint64_t blocks, bool representative) {
    std::vector<Measurement> found(intervals.size());
    const std::uint64_t stream = calls_++;
    parallel_for(intervals.size(), options_.threads, [&](std::size_t i) {
      Random random(options_.seed + 0x9e3779b97f4a7c15U * (stream + 1) + 0xd1342543de82ef95U * (i + 1));
      Block x, unsorted;
      for (std::uint64_t block = 0; block < blocks; ++block) {
        sample(intervals[i], random, representative ? block_size / 2 : block_size / 8, unsorted);
        sort_even(intervals[i], unsorted, x);
        look_at_block(x, representative, intervals[i], found[i]);
      }
    });
    merge(found);
  }

  using Block = std::array<double, block_size>;

  /// Inputs evenly from the interval, and `in_runs` of them in runs of neighbours, where a step down of the result shows.
  static void sample(const Interval& interval, Random& random, std::size_t in_runs, Block& x) {
    constexpr std::size_t run = 16;
    const auto anywhere = [&] { return std::clamp(random.uniform(interval.low, interval.high), interval.low, interval.high); };
    std::size_t size = 0;
    while (size < block_size - in_runs) x[size++] = anywhere();
    while (size < block_size) {
      double at = anywhere();
      for (std::size_t i = 0; i < run; ++i) {
        x[size++] = at;
        at = std::min(std::nextafter(at, infinity), interval.high);
      }
    }
  }

  /// Sorts what is spread evenly: about one input to a bucket, and what is left to do is near its place.
  static void sort_even(const Interval& interval, const Block& x, Block& sorted) {
    std::array<std::uint16_t, block_size + 1> end{};  // of the bucket before
    std::array<std::uint16_t, block_size> bucket;
    const double buckets_a_unit = static_cast<double>(block_size) / (interval.high - interval.low);
    for (std::size_t i = 0; i < block_size; ++i) {
      // The negation keeps a NaN out, where the interval is too narrow or too wide for the quotient.
      const double place = (x[i] - interval.low) * buckets_a_unit;
      bucket[i] = !(place > 0) ? 0 : place < block_size - 1 ? static_cast<std::uint16_t>(place) : block_size - 1;
      ++end[bucket[i] + 1U];
    }
    for (std::size_t k = 1; k <= block_size; ++k) end[k] = static_cast<std::uint16_t>(end[k] + end[k - 1]);
    for (std::size_t i = 0; i < block_size; ++i) sorted[end[bucket[i]]++] = x[i];
    for (std::size_t i = 1; i < block_size; ++i) {
      const double value = sorted[i];
      std::size_t at = i;
      for (; at > 0 && sorted[at - 1] > value; --at) sorted[at] = sorted[at - 1];
      sorted[at] = value;
    }
  }

  void look_at_block(std::span<const double> x, bool representative, Interval& interval, Measurement& found) const {
    const std::size_t n = x.size();
    std::array<double, block_size> y, other;
    function_(x.data(), y.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      const bool inside = x[i] >= subject_.domain_low && x[i] <= subject_.domain_high;
      ErrorSummary& summary = inside ? found.inside : found.outside;
      look_at_result(x[i], y[i], representative, interval, summary);
      if (i > 0) look_at_step(x[i - 1], y[i - 1], x[i], y[i], summary);
      if (options_.position == PositionCheck::none) continue;
      function_(&x[i], &other[i], 1);
      ++summary.position_checked;
      const bool same =
          std::bit_cast<std::uint64_t>(y[i]) == std::bit_cast<std::uint64_t>(other[i]) || (y[i] != y[i] && other[i] != other[i]);
      if (!same) summary.position_dependent.add(x[i]);
    }
    if (subject_.target != Target::logistic && subject_.target != Target::derivative) return;
    std::array<double, block_size> minus_x;
    for (std::size_t i = 0; i < n; ++i) minus_x[i] = -x[i];
    function_(minus_x.data(), other.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      if (!measured_.contains(minus_x[i])) continue;
      const bool inside = std::min(x[i], minus_x[i]) >= subject_.domain_low && std::max(x[i], minus_x[i]) <= subject_.domain_high;
      const long double a = y[i], b = other[i];
      const auto defect = static_cast<double>(std::fabs(subject_.target == Target::logistic ? a + b - 1 : a - b));
      if (defect == defect) (inside ? found.inside : found.outside).asymmetry.keep(defect, x[i], y[i]);
    }
  }

  void look_at_result(double x, double y, bool representative, Interval& interval, ErrorSummary& summary) const {
    const Target target = subject_.target;
    const double limit = correctly_rounded_limit(x);
    if (std::isnan(limit)) {
      if (!std::isnan(y)) summary.lost_nan.add(x);
      return;
    }
    const long double s = truth(target, x);
    if (representative) ++summary.inputs;
    if (std::isnan(y)) return summary.nan.add(x);
    const double e = error_of(target, x, y, s);
    const bool normal = std::isfinite(s) && std::fabs(s) >= std::numeric_limits<double>::min();
    summary.ulp.keep(e, x, y);
    interval.ulp = std::max(interval.ulp, e);
    if (std::isinf(y) && std::isfinite(s)) summary.infinite.add(x);
    const auto absolute = std::isfinite(s) ? static_cast<double>(std::fabs(y - s)) : e;
    summary.absolute.keep(absolute, x, y);
    if (normal) {
      summary.normal_ulp.keep(e, x, y);
      summary.relative.keep(static_cast<double>(std::fabs((y - s) / s)), x, y);
      interval.normal_ulp = std::max(interval.normal_ulp, e);
    }
    if (out_of_range(y)) summary.out_of_range.add(x);
    const auto rounded = static_cast<double>(s);
    if (y == 0 && rounded != 0) summary.flushed.add(x);
    if (!representative) return;
    ++summary.histogram[histogram_class(e)];
    const bool is_limit = rounded == 0 || rounded == 1 || rounded == at_zero_ || !std::isfinite(rounded);
    if (is_limit) return;
    ++summary.core_inputs;
    summary.sum_ulp += e;
    summary.sum_squared_ulp += e * e;
  }

  /// NaN where the function is not defined.
  double correctly_rounded_limit(double x) const {
    return subject_.target == Target::logit && !(x >= 0 && x <= 1) ? std::nan("") : 0.0;
  }

  bool out_of_range(double y) const {
    switch (subject_.target) {
      case Target::logistic:
        return y < 0 || y > 1;
      case Target::derivative:
        return y < 0 || y > 0.25;
      case Target::softplus:
        return y < 0;
      case Target::log_logistic:
        return y > 0;
      case Target::logit:
        break;
    }
    return false;
  }

  void look_at_step(double x0, double y0, double x1, double y1, ErrorSummary& summary) const {
    if (!(x0 < x1)) return;
    const bool falls = subject_.target == Target::derivative && x0 >= 0;
    if (subject_.target == Target::derivative && x0 < 0 && x1 > 0) return;
    if (!(falls ? y1 > y0 : y1 < y0)) return;
    summary.not_monotone.add(x1);
    summary.drop.keep(static_cast<double>(std::fabs(y1 - y0) / ogive::ulp<double>(truth(subject_.target, x1))), x1, y1);
  }

  /// Takes the worst intervals out of the pool, by both objectives in turn, and returns their parts.
  std::vector<Interval> split_worst(std::vector<Interval>& pool) const {
    std::vector<Interval> children;
    for (std::size_t i = 0; i < kept && !pool.empty(); ++i) {
      const bool by_normal = i % 2 != 0;
      const auto worst = std::max_element(pool.begin(), pool.end(), [&](const Interval& a, const Interval& b) {
        return by_normal ? a.normal_ulp < b.normal_ulp : a.ulp < b.ulp;
      });
      const double width = (worst->high - worst->low) / parts;
      for (std::size_t part = 0; part < parts; ++part) {
        const double low = worst->low + width * static_cast<double>(part);
        children.push_back({low, part + 1 == parts ? worst->high : low + width});
      }
      pool.erase(worst);
    }
    return children;
  }

  sigmoid::ArrayFunction<double> function_;
  Subject subject_;
  SearchOptions options_;
  Range measured_;
  double at_zero_;  ///< the true value there
  Measurement found_;
  std::uint64_t calls_ = 0;
};

}  // namespace

Measurement search(sigmoid::ArrayFunction<double> function, const Subject& subject, const SearchOptions& options) {
  return Searcher(function, subject, options).run();
}

}  // namespace ogive::accuracy
