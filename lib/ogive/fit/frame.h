// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The frame in which a fit is finished and judged: normalised points, reflected so that k > 0 and L > 0.
///
/// A curve is here (k, a, nu) with z = k u - a, plus L and b: "stand-in" values where the best curve is a limit, finite and so far
/// out that the sum of squares is that of the limit. Everything that asks about a neighbourhood (profiles) starts from it.

#include <array>
#include <span>

#include "ogive/curve/model.h"
#include "ogive/fit/limits.h"
#include "ogive/fit/points.h"
#include "ogive/fit/search.h"

namespace ogive::fit {

/// Places of the parameters in theta; -1: the model has none of it.
struct Places {
  int L = -1, x0 = -1, k = -1, b = -1, nu = -1;

  static Places of(const curve::Model& model);
};

using Theta = std::array<double, curve::max_parameters>;

/// A curve in the frame, with its F. Where `is_limit`, (k, a, L, b) stand in for `limit`.
struct FramedCurve {
  double k = 1, a = 0, nu = 1, L = 1, b = 0;
  double F = 0;
  bool converged = false;
  bool is_limit = false;
  LimitCurve limit;

  double x0() const { return a / k; }
};

struct Frame {
  Points points;
  const curve::Model* model = nullptr;  ///< as asked for
  const curve::Model* plain = nullptr;  ///< the same curve as a function of u (a log-dose model is one of log x)
  Places places;
  Eliminate eliminate = Eliminate::L_and_b;
  FramedCurve best;

  std::size_t parameter_count() const { return plain->parameters.size(); }
  /// How many of them move freely at the best curve: nu, always the last, does not where it stands at its end 0.
  std::size_t free_count() const { return parameter_count() - (places.nu >= 0 && best.nu == 0 ? 1 : 0); }
  Theta theta(const FramedCurve& curve) const;
  /// `best` with the parameters that the model has taken from theta. F is left as it is.
  FramedCurve curve(const Theta& theta) const;

  /// A value of parameter `place` in the user's units. For a log-dose model the midpoint becomes a dose.
  double to_user(int place, double value) const;
  /// d(user value) / d(value here), the sign included; for a midpoint that is a dose, at `value`, and positive or negative as ever.
  double user_slope(int place, double value) const;
};

/// Brings the outcome of a search into the frame: chooses between the best curve inside and the best limit, and reflects.
Frame make_frame(const Points& points, const curve::Model& model, const SearchResult& found);

}  // namespace ogive::fit
