// SPDX-License-Identifier: MIT
#include "ogive/curve/form.h"

namespace ogive::curve {

namespace {

// 1 / (1 - e^-a) - 1 / a for a >= 0, 1/2 at 0: below 1/2 by its series (Bernoulli numbers), since 1 / a cancels there.
double growth(double a) {
  if (a > 0.5) return -1 / std::expm1(-a) - 1 / a;
  constexpr std::array coefficients = {
      1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000, 1.0 / 74724249600};
  const double a2 = a * a;
  double sum = 0;
  for (std::size_t n = coefficients.size(); n-- > 0;) sum = sum * a2 + coefficients[n];
  return 0.5 + a * sum;
}

}  // namespace

Level level(Family family, double p, double nu) {
  if (family == Family::logistic) return {std::log(p / (1 - p)), 0.0};
  const double l = -std::log(p);
  if (family == Family::gompertz) return {-std::log(l), 0.0};
  // w = (p^-nu - 1) / nu = expm1(a) / nu with a = nu l; log w = a - log(nu) where e^a is all there is (and may overflow).
  const double a = nu * l;
  const double log_w = a < 1e-17 ? std::log(l) : a < 40 ? std::log(std::expm1(a) / nu) : a - std::log(nu);
  return {-log_w, -l * growth(a)};
}

}  // namespace ogive::curve
