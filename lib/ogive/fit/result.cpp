// SPDX-License-Identifier: MIT
#include "ogive/fit/result.h"

namespace ogive::fit {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::too_few_points:
      return "too-few-points";
    case Status::bad_data:
      return "bad-data";
    case Status::not_converged:
      return "not-converged";
  }
  return "";
}

std::string_view to_string(Shape shape) {
  switch (shape) {
    case Shape::regular:
      return "regular";
    case Shape::step:
      return "step";
    case Shape::exponential:
      return "exponential";
    case Shape::line:
      return "line";
    case Shape::flat:
      return "flat";
    case Shape::perfect:
      return "perfect";
  }
  return "";
}

}  // namespace ogive::fit
