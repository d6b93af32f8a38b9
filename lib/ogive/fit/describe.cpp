// SPDX-License-Identifier: MIT
#include "ogive/fit/describe.h"

#include <cmath>
#include <cstdio>

namespace ogive::fit {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

// x as the user gave it: a log-dose model's limit is kept in log dose.
std::string place(const Result& result, double x) { return number(result.model->log_dose ? std::exp(x) : x); }

std::string about_step(const Result& result) {
  const Limit& limit = result.limit;
  std::string text;
  if (limit.left == limit.right) {
    text = "the whole rise happens at x = " + place(result, limit.left);
  } else if (std::isinf(limit.left) && std::isinf(limit.right)) {
    text = "the rise lies outside the data";
  } else {
    text = "the whole rise lies between x = " + place(result, limit.left) + " and x = " + place(result, limit.right);
  }
  return text + "; the steeper the curve, the better it fits, so k has no upper end";
}

std::string about_exponential(const Result& result) {
  const Limit& limit = result.limit;
  return std::string("only one plateau is in sight: the best curve is an exponential with rate ") + number(limit.rate) +
         ", L and the midpoint run away";
}

}  // namespace

void describe(Result& result) {
  std::string& text = result.message;
  if (result.status == Status::too_few_points) {
    text = "only " + std::to_string(result.distinct) + " distinct x for " + std::to_string(result.model->parameters.size()) +
           " parameters: no unique curve";
    return;
  }
  if (result.status == Status::not_converged) {
    const int nu = result.model->index_of("nu");
    const bool runs_away = nu >= 0 && result.parameters[static_cast<std::size_t>(nu)].value > 50;
    text = runs_away ? "nu runs away: the curve tends to an exponential rise that a plateau cuts off; its rss is an upper bound"
                     : "the best point found does not pass the test of its gradient; its rss is an upper bound";
    return;
  }
  switch (result.shape) {
    case Shape::step:
      text = about_step(result);
      return;
    case Shape::exponential:
      text = about_exponential(result);
      return;
    case Shape::line:
      text = "a straight line fits best: no bend is in sight, so L and the midpoint are not determined";
      return;
    case Shape::perfect:
      text = "the curve passes through the points to within rounding";
      return;
    case Shape::flat:
      text = std::isnan(result.f_p_value)
                 ? std::string("all y are equal")
                 : "no effect: the F test does not reject the constant (p = " + number(result.f_p_value) + ")";
      return;
    case Shape::regular:
      if (result.dof == 0)
        text = "as many parameters as points: no standard errors";
      else if (const int nu = result.model->index_of("nu"); nu >= 0 && result.parameters[static_cast<std::size_t>(nu)].value == 0)
        text = "nu is at its end 0: the Gompertz curve fits best";
      return;
  }
}

}  // namespace ogive::fit
