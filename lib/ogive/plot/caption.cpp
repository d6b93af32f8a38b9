// SPDX-License-Identifier: MIT
#include "ogive/plot/caption.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "ogive/plot/axis.h"
#include "ogive/plot/gnuplot.h"

namespace ogive::plot {
namespace {

/// How the numbers of one estimate are written: all alike.
struct Style {
  bool scientific;
  int decimals;  ///< behind the point; of the mantissa where scientific
  bool print;
};

std::string number(double value, Style style) {
  if (std::isinf(value)) return style.print ? typeset(value > 0 ? "inf" : "-inf") : value > 0 ? "inf" : "-inf";
  std::array<char, 400> buffer;  // the longest fixed number has 309 digits; here it is below 1e6
  const auto format = style.scientific ? std::chars_format::scientific : std::chars_format::fixed;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, style.decimals);
  std::string text(buffer.data(), end.ptr);
  if (text.find_first_of("123456789") >= text.find('e') && text[0] == '-') text.erase(0, 1);  // no "-0.00"
  // "1.20e-07" as "1.20e-7"
  if (const std::size_t exponent = text.find('e'); exponent != std::string::npos) {
    const int power = std::stoi(text.substr(exponent + 1));
    text = text.substr(0, exponent) + (power == 0 ? "" : 'e' + std::to_string(power));
  }
  return style.print ? typeset(text) : text;
}

/// Two digits of the uncertainty where it is known, else so many of the value.
Style style_for(double value, double uncertainty, bool print, int digits = 4) {
  const bool known = std::isfinite(uncertainty) && uncertainty > 0;
  const double size = known ? std::max(std::fabs(value), uncertainty) : std::fabs(value);
  const int power = size > 0 && std::isfinite(size) ? static_cast<int>(std::floor(std::log10(size))) : 0;
  if (known) digits = std::clamp(power - static_cast<int>(std::floor(std::log10(uncertainty))) + 2, 2, 10);
  const bool scientific = power >= 6 || power < -4;
  return {scientific, std::max(0, scientific ? digits - 1 : digits - 1 - power), print};
}

double half_width(const fit::Estimate& e) {
  if (std::isfinite(e.lower) && std::isfinite(e.upper)) return e.upper / 2 - e.lower / 2;
  if (std::isfinite(e.lower) && std::isfinite(e.value)) return e.value - e.lower;
  if (std::isfinite(e.upper) && std::isfinite(e.value)) return e.upper - e.value;
  return e.se;
}

std::string share(double value, bool print) { return number(value, {false, value > 0.9995 ? 6 : 4, print}); }

}  // namespace

std::string estimate_text(std::string_view name, const fit::Estimate& e, bool print) {
  const std::string label(name);
  const bool low = std::isfinite(e.lower);
  const bool high = std::isfinite(e.upper);
  const double shown = std::isfinite(e.value) ? e.value : low ? e.lower : e.upper;
  const Style style = style_for(shown, half_width(e), print, std::isfinite(e.value) ? 4 : 3);
  const std::string less = print ? "\u2264" : "<=";
  const std::string more = print ? "\u2265" : ">=";
  if (std::isfinite(e.value)) {
    const std::string text = label + " = " + number(e.value, style);
    if (std::isnan(e.lower) || std::isnan(e.upper)) return text;
    return text + (low ? " [" : " (") + number(e.lower, style) + ", " + number(e.upper, style) + (high ? "]" : ")");
  }
  if (low && high) return label + " in [" + number(e.lower, style) + ", " + number(e.upper, style) + "]";
  if (low) return label + " " + more + " " + number(e.lower, style);
  if (high) return label + " " + less + " " + number(e.upper, style);
  if (std::isinf(e.value)) return label + (print ? " \u2192 " : " -> ") + number(e.value, style);
  return label + " undetermined";
}

Caption caption(const FitPanel& panel, bool print) {
  Caption result;
  result.title = printable(panel.title);
  if (panel.result == nullptr) return result;
  const fit::Result& fit = *panel.result;
  const std::string between = print ? "  \u00b7  " : ", ";
  if (fit.model != nullptr) result.summary = std::string(fit.model->name) + between;
  result.summary += fit.status == fit::Status::ok ? fit::to_string(fit.shape) : fit::to_string(fit.status);
  result.summary += between + "n = " + std::to_string(fit.n);
  if (std::isfinite(fit.r2)) result.summary += between + (print ? "R\u00b2" : "R2") + " = " + share(fit.r2, print);
  result.message = printable(fit.message);
  if (fit.status != fit::Status::ok || fit.model == nullptr) return result;
  const std::size_t count = std::min(fit.parameters.size(), fit.model->parameters.size());
  bool intervals = false;
  for (std::size_t i = 0; i < count; ++i) {
    const fit::Estimate& estimate = fit.parameters[i];
    intervals = intervals || !(std::isnan(estimate.lower) && std::isnan(estimate.upper));
    result.estimates.push_back(estimate_text(fit.model->parameters[i].name, estimate, print));
  }
  if (intervals) {
    std::array<char, 32> buffer;
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), 100 * fit.confidence, std::chars_format::general, 6);
    result.summary += between + std::string(buffer.data(), end.ptr) + " % intervals";
  }
  return result;
}

std::vector<std::string> wrap(const std::vector<std::string>& words, std::size_t width) {
  std::vector<std::string> lines;
  for (const std::string& word : words) {
    if (!lines.empty() && character_count(lines.back()) + 3 + character_count(word) <= width)
      lines.back() += "   " + word;
    else
      lines.push_back(word);
  }
  return lines;
}

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string shortened(std::string_view text, std::size_t count, bool print) {
  std::string result = printable(text);
  if (character_count(result) <= count) return result;
  const std::string ellipsis = print ? "\u2026" : "...";
  const std::size_t kept = count > character_count(ellipsis) ? count - character_count(ellipsis) : 0;
  std::size_t end = 0;
  for (std::size_t seen = 0; end < result.size(); ++end) {
    if ((result[end] & 0xC0) == 0x80) continue;
    if (seen++ == kept) break;
  }
  return result.substr(0, end) + ellipsis;
}

}  // namespace ogive::plot
