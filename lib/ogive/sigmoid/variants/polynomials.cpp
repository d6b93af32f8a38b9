// SPDX-License-Identifier: MIT
// Cut-off series. They are right at 0 and nowhere else; outside they leave [0, 1], or meet a pole.
#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {
namespace {

/// The Maclaurin series of s itself, up to x^degree: 1/2 + x/4 - x^3/48 + x^5/480 - 17 x^7/80640. It converges for |x| < pi.
template <int degree>
struct Maclaurin {
  static constexpr double coefficient[] = {1.0 / 4, -1.0 / 48, 1.0 / 480, -17.0 / 80640};
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    const T x2 = x * x;
    T sum = T(coefficient[degree / 2]);
    for (int k = degree / 2 - 1; k >= 0; --k) sum = sum * x2 + T(coefficient[k]);
    return T(0.5) + x * sum;
  }
};

/// The textbook form with the first terms of e^-x, up to (-x)^degree / degree!. Odd degrees have a pole at some x > 0.
template <int degree>
struct ExpSeries {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    T sum = T(1);
    for (int k = degree; k >= 1; --k) sum = T(1) - x * (T(1) / static_cast<T>(k)) * sum;
    return T(1) / (T(1) + sum);
  }
};

}  // namespace

std::vector<Variant> polynomials() {
  const auto maclaurin = [](std::string_view name, std::string_view formula) {
    return Variant{.name = name, .formula = formula, .origin = "Maclaurin series of s", .domain_low = -1, .domain_high = 1};
  };
  const auto series = [](std::string_view name, std::string_view formula) {
    return Variant{.name = name, .formula = formula, .origin = "Maclaurin series of exp", .domain_low = -1, .domain_high = 1};
  };
  return {
      in_all_types<Maclaurin<1>>(maclaurin("maclaurin_1", "1/2 + x/4")),
      in_all_types<Maclaurin<3>>(maclaurin("maclaurin_3", "1/2 + x/4 - x^3/48")),
      in_all_types<Maclaurin<5>>(maclaurin("maclaurin_5", "1/2 + x/4 - x^3/48 + x^5/480")),
      in_all_types<Maclaurin<7>>(maclaurin("maclaurin_7", "1/2 + x/4 - x^3/48 + x^5/480 - 17 x^7/80640")),
      in_all_types<ExpSeries<3>>(series("exp_series_3", "1 / (1 + sum of (-x)^k / k! to k = 3)")),
      in_all_types<ExpSeries<5>>(series("exp_series_5", "1 / (1 + sum of (-x)^k / k! to k = 5); a pole at 3.217")),
      in_all_types<ExpSeries<10>>(series("exp_series_10", "1 / (1 + sum of (-x)^k / k! to k = 10)")),
  };
}

}  // namespace ogive::sigmoid::variants
