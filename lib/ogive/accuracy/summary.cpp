// SPDX-License-Identifier: MIT
#include "ogive/accuracy/summary.h"

#include <algorithm>
#include <cmath>

namespace ogive::accuracy {

void Worst::keep(const Worst& other) {
  if (other.value > value || (std::isnan(x) && !std::isnan(other.x))) *this = other;
}

void Occurrence::add(double x, std::uint64_t times) { add(Occurrence{times, x, x}); }

void Occurrence::add(const Occurrence& other) {
  if (other.count == 0) return;
  count += other.count;
  first = std::fmin(first, other.first);  // fmin passes over a NaN, which is how "nowhere yet" is written
  last = std::fmax(last, other.last);
}

double histogram_upper(std::size_t k) {
  return k + 1 < histogram_size ? std::ldexp(1.0, static_cast<int>(k) - 1) : std::numeric_limits<double>::infinity();
}

std::size_t histogram_class(double ulp) {
  if (!(ulp > 0.5)) return 0;
  if (ulp > histogram_upper(histogram_size - 2)) return histogram_size - 1;
  int exponent;
  const double significand = std::frexp(ulp, &exponent);  // ulp = significand 2^exponent, significand in [1/2, 1)
  return static_cast<std::size_t>(significand == 0.5 ? exponent : exponent + 1);
}

double ErrorSummary::mean_ulp() const { return core_inputs == 0 ? 0 : sum_ulp / static_cast<double>(core_inputs); }
double ErrorSummary::rms_ulp() const {
  return core_inputs == 0 ? 0 : std::sqrt(sum_squared_ulp / static_cast<double>(core_inputs));
}

void ErrorSummary::merge(const ErrorSummary& other) {
  inputs += other.inputs;
  ulp.keep(other.ulp);
  normal_ulp.keep(other.normal_ulp);
  absolute.keep(other.absolute);
  relative.keep(other.relative);
  core_inputs += other.core_inputs;
  sum_ulp += other.sum_ulp;
  sum_squared_ulp += other.sum_squared_ulp;
  for (std::size_t k = 0; k < histogram_size; ++k) histogram[k] += other.histogram[k];
  nan.add(other.nan);
  infinite.add(other.infinite);
  out_of_range.add(other.out_of_range);
  flushed.add(other.flushed);
  lost_nan.add(other.lost_nan);
  not_monotone.add(other.not_monotone);
  drop.keep(other.drop);
  asymmetry.keep(other.asymmetry);
  position_checked += other.position_checked;
  position_dependent.add(other.position_dependent);
}

}  // namespace ogive::accuracy
