// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A fit filled by hand, so that the tests of the figures do not depend on the fitter.
///
/// @code
///   const Example example = regular_example();
///   render_fits({&example.panel, 1}, Format::svg);
/// @endcode

#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ogive/curve/registry.h"
#include "ogive/plot/figure.h"

namespace ogive::plot {

/// The owner of what a panel refers to.
struct Example {
  std::unique_ptr<std::pair<std::vector<double>, std::vector<double>>> data;
  std::unique_ptr<fit::Result> result;
  FitPanel panel;
};

template <class Curve>
Example make_example(std::vector<double> x, Curve curve, const std::string& title, bool log_x = false) {
  Example example;
  std::vector<double> y;
  for (std::size_t i = 0; i < x.size(); ++i) y.push_back(curve(x[i]) + (i % 2 == 0 ? 0.1 : -0.1));
  example.data = std::make_unique<std::pair<std::vector<double>, std::vector<double>>>(std::move(x), std::move(y));
  example.result = std::make_unique<fit::Result>();
  fit::Result& result = *example.result;
  result.model = &curve::model(log_x ? "loglogistic" : "logistic");
  result.status = fit::Status::ok;
  result.shape = fit::Shape::regular;
  result.n = example.data->first.size();
  result.r2 = 0.99;
  result.parameters = {{2, 0.1, 1.8, 2.2}, {5, 0.2, 4.6, 5.4}, {1.5, 0.1, 1.3, 1.7}, {1, 0.1, 0.8, 1.2}};
  FitPanel& panel = example.panel;
  panel.title = title;
  panel.x = example.data->first;
  panel.y = example.data->second;
  panel.result = example.result.get();
  panel.log_x = log_x;
  for (const double at : prediction_points(panel.x, log_x))
    panel.curve.push_back({at, curve(at), curve(at) - 0.1, curve(at) + 0.1});
  for (const double at : panel.x) panel.fitted.push_back({at, curve(at), 0, 0});
  return example;
}

inline Example regular_example(const std::string& title = "an example") {
  return make_example(
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, [](double x) { return 1 + 2 / (1 + std::exp(-1.5 * (x - 5))); }, title);
}

inline Example dose_example(const std::string& title = "a dose") {
  return make_example(
      {0, 0, 0.01, 0.1, 1, 10, 100, 1000}, [](double x) { return x == 0 ? 1.0 : 1 + 2 / (1 + std::pow(x / 5, -1.5)); }, title,
      true);
}

/// The rise lies between 4 and 6, or, where sharp, at 5.
inline Example step_example(bool sharp = false) {
  const double left = sharp ? 5 : 4;
  const double right = sharp ? 5 : 6;
  Example example = make_example(
      {1, 2, 3, 4, 5, 6, 7, 8},
      [=](double x) { return x < left || (x == left && !sharp)     ? 1.0
                             : x > right || (x == right && !sharp) ? 3.0
                                                                   : 2.0; },
      "a step");
  fit::Result& result = *example.result;
  result.shape = fit::Shape::step;
  result.parameters[1] = {fit::unknown, fit::unknown, left, right};
  result.parameters[2] = {fit::infinite, fit::unknown, 4, fit::infinite};
  result.limit = {fit::Limit::Kind::step, 1, 3, sharp ? 2 : fit::unknown, left, right, fit::unknown, fit::unknown};
  return example;
}

}  // namespace ogive::plot
