// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Millions of curves fitted at once, one curve in each lane of a vector register. No start values, as in fit/fit.h, and the same
/// answers: what the fast path is not sure of goes through the single path.
///
/// Curves come as a view of two flat arrays. A NaN in x or y is a missing point: it is left out. The order of the points does not
/// matter, equal x (replicates) are welcome, and curves may differ in length. Points may have weights, as in fit/fit.h; one of
/// weight 0 is missing.
///
/// The result of a curve does not depend on its neighbours, on its place or on the number of threads, to the last bit. On another
/// instruction set its RSS is the same within claims::across_targets.
///
/// @code
///   #include "ogive/curve/registry.h"
///
///   const std::vector<double> x = {1, 2, 3, 4, 5, 6};                           // shared by all curves
///   const std::vector<double> y = {0.1, 0.3, 1.1, 2.6, 3.2, 3.4,                // the first curve
///                                  5.2, 5.1, 4.4, 2.2, 1.3, 1.1};               // the second
///   const auto curves = ogive::batch::Curves::matrix(x, y, x.size());
///   const ogive::batch::Fits fits = ogive::batch::fit_many(ogive::curve::model("logistic"), curves);
///   for (std::size_t i = 0; i < fits.size(); ++i) std::cout << fits.value(1, i) << '\n';  // the midpoints x0
/// @endcode

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ogive/fit/fit.h"

namespace ogive::batch {

namespace claims {
/// The RSS of a curve on one instruction set exceeds that on another by at most this share, but for one curve in ten thousand that
/// has two optima of nearly the same RSS far apart.
inline constexpr double across_targets = 1e-6;
}  // namespace claims

/// A view of many curves; not owned.
class Curves {
 public:
  /// Curve i has the points y[i * points] ... y[(i + 1) * points - 1]. x holds `points` numbers, which all curves share, or as many
  /// as y.
  /// @throws InputError where the lengths do not fit
  static Curves matrix(std::span<const double> x, std::span<const double> y, std::size_t points);
  static Curves matrix(std::span<const float> x, std::span<const float> y, std::size_t points);  ///< likewise

  /// Curve i has the points [offsets[i], offsets[i + 1]) of x and y; offsets holds one number more than there are curves.
  /// @throws InputError where the lengths do not fit or offsets fall
  static Curves ragged(std::span<const double> x, std::span<const double> y, std::span<const std::size_t> offsets);

  /// The same curves, with the weight w[i] for y[i]: the curve of least sum w (y - curve(x))^2. A curve with a weight that is
  /// negative or not finite has bad data, one of weights that are all the same is as one without, but for the unit of its RSS.
  /// @throws InputError where there are not as many weights as values of y
  Curves with_weights(std::span<const double> w) const;
  Curves with_weights(std::span<const float> w) const;  ///< likewise, whatever the type of x and y

  std::size_t size() const { return count_; }  ///< how many curves
  /// How many points a curve has, missing ones included.
  std::size_t points(std::size_t curve) const { return offsets_.empty() ? points_ : offsets_[curve + 1] - offsets_[curve]; }
  bool is_float32() const { return x32_ != nullptr; }                      ///< whether x and y are
  bool has_weights() const { return w64_ != nullptr || w32_ != nullptr; }  ///< of any type

  /// Where a curve's x and y begin; of the type that the view was made from.
  /// @{
  const double* x(std::size_t curve) const { return x64_ + x_begin(curve); }
  const double* y(std::size_t curve) const { return y64_ + y_begin(curve); }
  const float* x32(std::size_t curve) const { return x32_ + x_begin(curve); }
  const float* y32(std::size_t curve) const { return y32_ + y_begin(curve); }
  /// @}

  /// The weight of one point of a curve; 1 where there are none.
  double weight(std::size_t curve, std::size_t point) const {
    if (w64_ != nullptr) return w64_[y_begin(curve) + point];
    return w32_ != nullptr ? static_cast<double>(w32_[y_begin(curve) + point]) : 1.0;
  }

 private:
  std::size_t y_begin(std::size_t curve) const { return offsets_.empty() ? curve * points_ : offsets_[curve]; }
  std::size_t x_begin(std::size_t curve) const { return shared_x_ ? 0 : y_begin(curve); }

  const double* x64_ = nullptr;
  const double* y64_ = nullptr;
  const float* x32_ = nullptr;
  const float* y32_ = nullptr;
  const double* w64_ = nullptr;
  const float* w32_ = nullptr;
  std::size_t values_ = 0;  // of y
  std::size_t count_ = 0;
  std::size_t points_ = 0;
  bool shared_x_ = false;
  std::span<const std::size_t> offsets_;
};

/// The arithmetic of the search. Points of float64 are normalised in float64 either way.
enum class Precision {
  float64,  ///< RSS within 1e-6 of the best
  float32,  ///< within 1e-3; half as many bytes, about a third faster; where it is not sure, float64 follows
};

/// What may be asked for; the defaults are good.
struct Options {
  fit::Interval interval = fit::Interval::none;  ///< profile intervals take the single path for every curve
  double confidence = 0.95;                      ///< in (0, 1)
  Precision precision = Precision::float64;      ///< of the search
  unsigned threads = 0;                          ///< 0: as many as there are processors
};

/// The results, as a structure of arrays. An array that was not asked for is empty.
struct Fits {
  const curve::Model* model = nullptr;  ///< not owned
  double confidence = 0.95;             ///< of the intervals
  bool has_intervals = false;           ///< lower and upper are filled
  std::vector<fit::Status> status;      ///< one a curve, as are all arrays that follow
  std::vector<fit::Shape> shape;        ///< what the data prefer
  std::vector<std::uint32_t> n;         ///< points used
  std::vector<std::uint32_t> missing;   ///< points left out: x or y is NaN, or the weight 0
  std::vector<double> rss;              ///< residual sum of squares
  std::vector<double> tss;              ///< sum of squares about the mean
  std::vector<double> sum_log_weights;  ///< sum of log w over the points used, for AICc; empty without weights
  std::vector<double> values;           ///< values[p * size() + i]: parameter p of curve i; likewise:
  std::vector<double> standard_errors;  ///< NaN where there is none
  std::vector<double> lower;            ///< ends of the intervals
  std::vector<double> upper;            ///< ends of the intervals
  std::size_t single = 0;               ///< how many curves took the single path
  double evaluations = 0;  ///< of the model at one point, in lanes; those in float32 count half, values without derivatives half

  std::size_t size() const { return status.size(); }  ///< how many curves
  /// A parameter (in the order of the model's) of a curve.
  double value(std::size_t parameter, std::size_t curve) const { return values[parameter * size() + curve]; }
};

/// Fits `model` to every curve. Numerical trouble is a status, never an exception.
Fits fit_many(const curve::Model& model, const Curves& curves, const Options& options = {});

/// Likewise, into `fits`, whose memory is used again: for many blocks of curves, one after the other.
void fit_many(const curve::Model& model, const Curves& curves, const Options& options, Fits& fits);

/// One entry as the single path would report it: parameters, intervals, goodness, derived quantities. Where the shape is a limit
/// and `points` is given, the limit is found again from the points.
fit::Result result_of(const Fits& fits, std::size_t curve, const fit::Data& points = {});

/// The instruction set that the lanes use, for example "AVX3".
std::string_view lane_target();

}  // namespace ogive::batch
