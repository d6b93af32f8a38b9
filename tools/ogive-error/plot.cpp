// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <random>

#include "ogive/accuracy/reference.h"
#include "ogive/base/errors.h"
#include "ogive/base/ulp.h"
#include "ogive/plot/error_figure.h"
#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/common/picture.h"
#include "tools/ogive-error/commands.h"
#include "tools/ogive-error/subjects.h"

namespace ogive::tools {
namespace {

constexpr std::size_t columns = 600;
constexpr std::size_t samples_in_column = 16;

/// |x f'(x) / f(x)|: by how much a relative error of x grows on its way to f.
double condition(sigmoid::Target target, double x) {
  const double e = std::exp(-std::fabs(x));
  const double s = x < 0 ? e / (1 + e) : 1 / (1 + e), complement = x < 0 ? 1 / (1 + e) : e / (1 + e);
  const double softplus = std::fmax(x, 0) + std::log1p(e);
  switch (target) {
    case sigmoid::Target::logistic:
      return std::fabs(x) * complement;
    case sigmoid::Target::derivative:
      return std::fabs(x * std::tanh(x / 2));
    case sigmoid::Target::logit:
      return std::fabs(1 / ((1 - x) * std::log(x / (1 - x))));
    case sigmoid::Target::softplus:
      return softplus > 0 ? std::fabs(x) * s / softplus : std::fabs(x);
    case sigmoid::Target::log_logistic:
      break;
  }
  const double log_s = std::fmin(x, 0) - std::log1p(e);
  return log_s < 0 ? std::fabs(x) * complement / -log_s : std::fabs(x);
}

// Where something happens: from results that are 0 to results that are constant.
std::pair<double, double> usual_range(const Subject& subject) {
  if (subject.variant.target == sigmoid::Target::logit) return {0, 1};
  double low = -110, high = 25;
  if (subject.type == FloatType::float16) low = -18, high = 10;
  if (subject.type == FloatType::bfloat16) low = -95, high = 10;
  if (subject.type == FloatType::float64) low = -750, high = 45;
  const auto target = subject.variant.target;
  if (target == sigmoid::Target::derivative) high = -low;
  if (target == sigmoid::Target::log_logistic) high = -low, low = -25;
  return {std::max(low, subject.variant.domain_low), std::min(high, subject.variant.domain_high)};
}

}  // namespace

int plot(const Arguments& arguments, Output& /*output*/) {
  const auto subjects = subjects_of(arguments);
  const Subject& subject = subjects.back();
  const FloatType type = subject.type;
  const auto target = subject.variant.target;
  auto [low, high] = usual_range(subject);
  if (std::isfinite(arguments.low)) low = arguments.low;
  if (std::isfinite(arguments.high)) high = arguments.high;
  if (!(low < high)) throw InputError({}, "there is nothing to draw from " + brief(low) + " to " + brief(high));

  plot::ErrorFigure figure;
  figure.title = std::string(subject.variant.name) + ", " + std::string(ogive::to_string(type));
  figure.subtitle = std::string(subject.variant.formula);
  std::mt19937_64 random(arguments.seed);
  std::vector<double> x;
  for (std::size_t i = 0; i < columns; ++i) {
    const double width = (high - low) / columns, left = low + static_cast<double>(i) * width;
    std::uniform_real_distribution<double> uniform(left, left + width);
    for (std::size_t k = 0; k < samples_in_column; ++k)
      x.push_back(with_function(subject, [&]<class T>(auto, T) { return to_double(from_double<T>(uniform(random))); }));
    const double middle = left + width / 2;
    figure.envelope.push_back({middle, 0.5 + condition(target, middle) / 2});
  }
  std::sort(x.begin(), x.end());
  const auto y = results_at(subject, x);
  for (std::size_t i = 0; i < x.size(); ++i) figure.points.push_back({x[i], accuracy::ulp_error(target, type, x[i], y[i])});
  write_picture(*arguments.plot,
                [&](plot::Format format, const plot::Options& options) { return plot::render(figure, format, options); });
  return exit_good;
}

}  // namespace ogive::tools
