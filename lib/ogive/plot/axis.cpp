// SPDX-License-Identifier: MIT
#include "ogive/plot/axis.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ogive::plot {
namespace {

constexpr double largest = std::numeric_limits<double>::max() / 4;  // leaves room for sums and differences

/// digits * 10^exponent, written out: exact, since nothing is computed in binary.
std::string decimal(long long digits, int exponent) {
  const bool negative = digits < 0;
  std::string text = std::to_string(negative ? -digits : digits);
  if (digits == 0) return "0";
  if (exponent >= 0) {
    text.append(static_cast<std::size_t>(exponent), '0');
  } else {
    const auto decimals = static_cast<std::size_t>(-exponent);
    if (text.size() <= decimals) text.insert(0, decimals - text.size() + 1, '0');
    text.insert(text.size() - decimals, ".");
  }
  return negative ? '-' + text : text;
}

/// A step of 1, 2 or 5 times 10^exponent.
struct Step {
  int digit;
  int exponent;
  double value() const { return digit * std::pow(10.0, exponent); }
};

/// How many multiples of the step lie within the range, and the first and last of them. The slack forgives rounding at the ends.
double first_multiple(Range range, double step) { return std::ceil(range.low / step - 1e-9); }
double last_multiple(Range range, double step) { return std::floor(range.high / step + 1e-9); }

/// The step whose number of marks is nearest to `count`; of two, the one with fewer marks.
Step best_step(Range range, int count) {
  const double wanted = std::max((range.high - range.low) / count, std::numeric_limits<double>::min());
  const int exponent = static_cast<int>(std::floor(std::log10(wanted)));
  Step best{1, exponent + 1};
  double distance = std::numeric_limits<double>::infinity();
  for (const Step step : {Step{2, exponent + 1}, Step{1, exponent + 1}, Step{5, exponent}, Step{2, exponent}, Step{1, exponent}}) {
    const double marks = last_multiple(range, step.value()) - first_multiple(range, step.value()) + 1;
    if (!(std::fabs(marks - count) < distance)) continue;
    distance = std::fabs(marks - count);
    best = step;
  }
  return best;
}

/// Marks of even steps over `range`, as label and value.
struct Mark {
  double value;
  std::string label;
};

std::vector<Mark> even_marks(Range range, int count) {
  const Step step = best_step(range, count);
  const double first = first_multiple(range, step.value());
  const double last = last_multiple(range, step.value());
  std::vector<Mark> marks;
  if (std::fabs(first) > 1e14 || std::fabs(last) > 1e14) return marks;  // the step is below the resolution of the values
  const double greatest = std::max(std::fabs(range.low), std::fabs(range.high));
  const int power = static_cast<int>(std::floor(std::log10(greatest)));
  const bool plain = power < 5 && step.exponent > -5;
  for (long long i = static_cast<long long>(first); i <= static_cast<long long>(last); ++i) {
    const long long digits = i * step.digit;
    std::string label =
        plain || i == 0 ? decimal(digits, step.exponent) : decimal(digits, step.exponent - power) + 'e' + std::to_string(power);
    marks.push_back({static_cast<double>(i) * step.value(), std::move(label)});
  }
  return marks;
}

/// The label of digit * 10^power.
std::string decade_label(int digit, int power) {
  return power >= -3 && power <= 4 ? decimal(digit, power) : std::to_string(digit) + 'e' + std::to_string(power);
}

void decade_marks(Axis& axis, int count) {
  const Range range = axis.range();
  const int first = static_cast<int>(std::ceil(range.low - 1e-9));
  const int last = static_cast<int>(std::floor(range.high + 1e-9));
  const int every = std::max(1, static_cast<int>(std::ceil((last - first + 1) / static_cast<double>(count))));
  const bool between = last - first < 2;  // too few powers of ten alone: 2 and 5 are labelled as well
  for (int power = first - 1; power <= last; ++power) {
    for (int digit = 1; digit <= 9; ++digit) {
      const double at = power + std::log10(static_cast<double>(digit));
      if (at < range.low - 1e-9 || at > range.high + 1e-9) continue;
      const double place = axis.place(std::pow(10.0, at));
      const bool whole = digit == 1 && power % every == 0;
      if (whole || (between && (digit == 1 || digit == 2 || digit == 5)))
        axis.ticks.push_back({place, decade_label(digit, power)});
      else if (every == 1 || digit == 1)
        axis.minor_ticks.push_back(place);
    }
  }
  if (axis.ticks.size() >= 2) return;
  axis.ticks.clear();
  axis.minor_ticks.clear();
  for (Mark& mark : even_marks({std::pow(10.0, range.low), std::pow(10.0, range.high)}, count))
    axis.ticks.push_back({axis.place(mark.value), std::move(mark.label)});
}

}  // namespace

void Range::add(double value) {
  if (!std::isfinite(value)) return;
  const double held = std::clamp(value, -largest, largest);
  const bool first = empty();
  low = first ? held : std::min(low, held);
  high = first ? held : std::max(high, held);
}

Range Range::widened(double fraction) const {
  if (empty()) return {0, 1};
  const double length = high - low;
  // A length below the resolution of the values cannot be divided into places.
  const double least = std::max(std::max(std::fabs(low), std::fabs(high)) * 1e-13, 1e-305);
  const double margin = length > least ? length * fraction : std::max(std::fabs(low), std::fabs(high)) * 0.1;
  if (margin == 0 || !std::isnormal(margin)) return {low - 1, high + 1};
  return {low - margin, high + margin};
}

Axis Axis::linear(Range range, int count) {
  Axis axis;
  axis.range_ = range;
  for (Mark& mark : even_marks(range, count)) axis.ticks.push_back({axis.place(mark.value), std::move(mark.label)});
  return axis;
}

Axis Axis::log10(Range range, int count) {
  Axis axis;
  axis.range_ = range;
  axis.log_ = true;
  decade_marks(axis, count);
  return axis;
}

void Axis::add_limit() {
  const auto moved = [](double place) { return rest_begin + (1 - rest_begin) * place; };
  for (Tick& tick : ticks) tick.place = moved(tick.place);
  for (double& tick : minor_ticks) tick = moved(tick);
  // A label beside the break would run into that of the limit.
  if (!ticks.empty() && ticks.front().place < limit_place + 0.1) {
    minor_ticks.push_back(ticks.front().place);
    ticks.erase(ticks.begin());
  }
  ticks.insert(ticks.begin(), {limit_place, log_ ? "0" : "-inf"});
  broken_ = true;
}

double Axis::place(double value) const {
  if (broken_ && is_limit(value)) return limit_place;
  const double held = std::isfinite(value) ? std::clamp(value, -largest, largest) : value;
  const double position = log_ ? std::log10(held) : held;
  double fraction = (position - range_.low) / (range_.high - range_.low);
  if (!(fraction > -10)) fraction = -10;
  if (fraction > 10) fraction = 10;
  return broken_ ? rest_begin + (1 - rest_begin) * fraction : fraction;
}

bool Axis::is_limit(double value) const { return log_ ? value == 0 : value == -std::numeric_limits<double>::infinity(); }

std::string typeset(const std::string& label) {
  static constexpr const char* raised[] = {"\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
                                           "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  if (label == "inf") return "\u221e";
  if (label == "-inf") return "\u2212\u221e";
  std::string result;
  const std::size_t exponent = label.find('e');
  std::string mantissa = label.substr(0, exponent);
  if (!mantissa.empty() && mantissa[0] == '-') {
    result = "\u2212";
    mantissa.erase(0, 1);
  }
  if (exponent == std::string::npos) return result + mantissa;
  result += mantissa == "1" ? "10" : mantissa + "\u00d710";
  for (const char character : label.substr(exponent + 1))
    result += character == '-' ? "\u207b" : character == '+' ? "" : raised[character - '0'];
  return result;
}

}  // namespace ogive::plot
