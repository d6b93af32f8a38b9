// SPDX-License-Identifier: MIT
#include "ogive/fit/quantiles.h"

#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace ogive::fit {

double t_quantile(double confidence, int dof) {
  // A screen of curves asks for the same quantile again and again.
  thread_local double last_confidence = -1, last_t = 0;
  thread_local int last_dof = -1;
  if (confidence != last_confidence || dof != last_dof) {
    last_t = boost::math::quantile(boost::math::complement(boost::math::students_t(dof), (1 - confidence) / 2));
    last_confidence = confidence;
    last_dof = dof;
  }
  return last_t;
}

double f_p_value(double statistic, int numerator, int denominator) {
  if (std::isinf(statistic)) return 0;
  return boost::math::cdf(boost::math::complement(boost::math::fisher_f(numerator, denominator), statistic));
}

}  // namespace ogive::fit
