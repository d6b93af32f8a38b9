// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The bump as a layer: y_i = f(x_i) feature by feature, with a bump for each feature or one for all of them.
///
/// The parameters stand in the order: all heights, all centres, all widths in their scale (bump_scale.h). Each of the three kinds
/// may be fixed: it then keeps its place and its number, and its gradient stays 0.
///
/// A feature outside of its support gets no gradient. That is the nature of a bump; start wide (initialise() does), and see
/// bump_fit.h for a fit of a single bump that says when it is stuck.
///
/// @code
///   using namespace ogive::layer;
///   const BumpLayer layer(2, BumpForm::canonical, {.shared = true});
///   std::vector<double> p(layer.parameters());                            // 3
///   layer.write(p, 0, {.a = 1, .c = 0, .sigma = 2});
///   const std::vector<double> x = {0.5, -3};                              // one sample of two features
///   std::vector<double> y(2);
///   layer.forward<double>(p, {x.data(), 2, 1}, {y.data(), 2, 1});         // 0.936, and 0: outside
/// @endcode

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "ogive/layer/bump_form.h"
#include "ogive/layer/bump_scale.h"
#include "ogive/layer/initialise.h"
#include "ogive/layer/matrix.h"

namespace ogive::layer {

/// What a BumpLayer learns, and how.
struct BumpLayerOptions {
  bool shared = false;                     ///< one bump for all features
  FreeParameters free = {};                ///< which kinds of parameters are learned
  SigmaScale scale = SigmaScale::project;  ///< how the widths are kept positive
  double sigma_min = 1e-6;                 ///< the least width, > 0: a normal float32

  bool operator==(const BumpLayerOptions&) const = default;  ///< the same choices
};

/// y_i = f(x_i).
class BumpLayer {
 public:
  /// @throws InputError  no features; a sigma_min that is not positive (or no normal number in float32)
  explicit BumpLayer(std::size_t features, BumpForm form = BumpForm::canonical, const BumpLayerOptions& options = {});

  std::size_t inputs() const { return features_; }                       ///< the features
  std::size_t outputs() const { return features_; }                      ///< the features
  std::size_t bumps() const { return options_.shared ? 1 : features_; }  ///< how many bumps there are
  std::size_t parameters() const { return 3 * bumps(); }                 ///< three for each
  BumpForm form() const { return form_; }                                ///< which bump
  const BumpLayerOptions& options() const { return options_; }           ///< what is learned, and how
  std::string describe() const;  ///< "bump 4 canonical own acs project 1e-06": acs are the free kinds ("none": all are fixed)

  /// Puts a bump among the parameters, its width in the scale of the layer.
  void write(std::span<double> p, std::size_t bump, const BumpParameters& values) const;

  /// A bump from among the parameters.
  BumpParameters read(std::span<const double> p, std::size_t bump) const;

  /// @param p  the parameters
  /// @param x  a column a sample
  /// @param y  of the same shape; overwritten
  template <class T>
  void forward(std::span<const T> p, Columns<const T> x, Columns<T> y) const {
    for (std::size_t i = 0; i < features_; ++i) {
      const One<T> bump = one(p, i);
      for (std::size_t j = 0; j < x.columns(); ++j) y(i, j) = evaluate(form_, x(i, j), bump.a, bump.c, bump.sigma).f;
    }
  }

  /// @param p   the parameters
  /// @param x   as in forward()
  /// @param dy  dL/dy
  /// @param dp  dL/dp is added to it
  /// @param dx  dL/dx, overwritten; empty: not wanted
  template <class T>
  void backward(std::span<const T> p, Columns<const T> x, Columns<const T> /*y*/, Columns<const T> dy, std::span<T> dp,
                Columns<T> dx) const {
    const std::size_t n = bumps();
    for (std::size_t i = 0; i < features_; ++i) {
      const One<T> bump = one(p, i);
      T of_a(0), of_c(0), of_sigma(0);
      for (std::size_t j = 0; j < x.columns(); ++j) {
        const BumpValue<T> at = evaluate(form_, x(i, j), bump.a, bump.c, bump.sigma);
        const T slope = dy(i, j);
        of_a += slope * at.fa;
        of_c += slope * at.fc;
        of_sigma += slope * at.fs;
        if (!dx.empty()) dx(i, j) = slope * at.fx;
      }
      const std::size_t k = options_.shared ? 0 : i;
      if (options_.free.a) dp[k] += of_a;
      if (options_.free.c) dp[n + k] += of_c;
      if (options_.free.sigma) dp[2 * n + k] += of_sigma * scale_slope(options_.scale, p[2 * n + k]);
    }
  }

  /// Wide bumps of height 1, around the inputs that a network usually sees: centres uniform in [-0.5, 0.5), half-widths in [1, 2)
  /// for the canonical form, sigma in [2, 4) for the root form, b in [0.5, 1) for the gaussian. The initialiser has no say in it:
  /// it is about sums over many inputs.
  void initialise(std::span<double> p, Initialiser how, Random& random) const;

  /// Puts widths that went below sigma_min back.
  template <class T>
  void project(std::span<T> p) const {
    for (T& t : p.subspan(2 * bumps(), bumps())) t = project_scale(options_.scale, t, T(options_.sigma_min));
  }

  bool operator==(const BumpLayer&) const = default;  ///< the same layer

 private:
  template <class T>
  struct One {
    T a, c, sigma;
  };

  template <class T>
  One<T> one(std::span<const T> p, std::size_t feature) const {
    const std::size_t n = bumps(), k = options_.shared ? 0 : feature;
    return {p[k], p[n + k], from_scale(options_.scale, p[2 * n + k], T(options_.sigma_min))};
  }

  std::size_t features_;
  BumpForm form_;
  BumpLayerOptions options_;
};

/// The layer of which `text` is the description.
/// @throws InputError that says which word is wrong
BumpLayer parse_bump_layer(std::string_view text);

}  // namespace ogive::layer
