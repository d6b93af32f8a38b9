// SPDX-License-Identifier: MIT
// A program of someone else: it makes points on a known curve, fits them without start values and wants the curve back.
#include <array>
#include <cmath>
#include <iostream>

#include "ogive/curve/registry.h"
#include "ogive/fit/fit.h"

int main() {
  constexpr std::array truth = {2.0, 0.5, 3.0, 1.0};  // L, x0, k, b
  constexpr double correct_digits = 6;                // far fewer than a fit without noise gives, far more than luck would

  const ogive::curve::Model& logistic = ogive::curve::model("logistic");
  std::array<double, 12> x{}, y{};
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = -1.0 + 0.25 * static_cast<double>(i);
    y[i] = logistic.value(x[i], truth);
  }

  const auto result = ogive::fit::fit(logistic, {x, y});
  std::cout << to_string(result.status) << ' ' << to_string(result.shape) << ' ' << result.message << '\n';
  if (!result.good() || result.parameters.size() != truth.size()) return 1;
  for (std::size_t p = 0; p < truth.size(); ++p) {
    std::cout << logistic.parameters[p].name << " = " << result.parameters[p].value << '\n';
    if (!(std::fabs(result.parameters[p].value / truth[p] - 1) < std::pow(10.0, -correct_digits))) return 1;
  }
  return 0;
}
