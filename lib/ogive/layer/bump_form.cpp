// SPDX-License-Identifier: MIT
#include "ogive/layer/bump_form.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ogive::layer {

double half_width(BumpForm form, double sigma) {
  if (!(sigma > 0)) return 0;
  switch (form) {
    case BumpForm::canonical:
      return sigma;
    case BumpForm::root:
      return std::min(sigma, std::sqrt(sigma));
    case BumpForm::gaussian:
      break;
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace ogive::layer
