// SPDX-License-Identifier: MIT
// The tangent plane against the normal equations in long double.
#define BOOST_TEST_MODULE fit_linearise
#include "ogive/fit/linearise.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "fit/support/delta.h"
#include "fit/support/generator.h"
#include "ogive/curve/registry.h"

namespace fit = ogive::fit;
using fit::Frame;
using fit::Linearised;
using ogive::fit_test::Matrix;

namespace {

using Values = std::vector<double>;

constexpr double matrix_claim = 1e-7;  // relative: long double normal equations lose twice the digits of a QR
constexpr double F_claim = 1e-12;

Frame frame_of(const Values& x, const Values& y, const char* name) {
  const auto& model = ogive::curve::model(name);
  const auto points = fit::make_points(x, y, model.linear);
  return fit::make_frame(points, model, fit::search(points, model.family, model.linear));
}

// J'J and J'r at the best curve, weighted.
struct Normal {
  Matrix matrix;
  std::vector<long double> right;
  double F = 0;
};

Normal normal_equations(const Frame& frame) {
  const std::size_t count = frame.free_count(), all = frame.parameter_count();
  const auto theta = frame.theta(frame.best);
  const std::span<const double> at(theta.data(), all);
  Normal normal{Matrix(count, std::vector<long double>(count)), std::vector<long double>(count)};
  for (std::size_t j = 0; j < frame.points.size(); ++j) {
    const auto g = ogive::fit_test::gradient_at(*frame.plain, at, frame.points.u[j]);
    const long double w = frame.points.weight[j], r = frame.points.y[j] - frame.plain->value(frame.points.u[j], at);
    normal.F += static_cast<double>(w * r * r);
    for (std::size_t p = 0; p < count; ++p) {
      normal.right[p] += w * g[p] * r;
      for (std::size_t q = 0; q < count; ++q) normal.matrix[p][q] += w * g[p] * g[q];
    }
  }
  return normal;
}

// Away from the optimum, so that there is a step to take.
Frame moved(Frame frame) {
  frame.best.k *= 1.05;
  frame.best.a += 0.1;
  frame.best.L *= 0.98;
  return frame;
}

const Values x = {1, 2, 2, 3, 4, 4, 4, 5, 6, 7, 8}, y = {0.1, 0, 0.2, 0.3, 1.2, 1.0, 1.1, 2.1, 2.8, 2.9, 3.1};

}  // namespace

BOOST_AUTO_TEST_CASE(the_tangent_plane_is_that_of_the_normal_equations) {
  for (const char* name : {"logistic", "gompertz", "loglogistic", "logistic3"}) {
    const Frame frame = moved(frame_of(x, y, name));
    const Linearised tangent = fit::linearise(frame, true);
    const Normal normal = normal_equations(frame);
    const Matrix inverse = ogive::fit_test::inverse(normal.matrix);
    const std::size_t count = frame.free_count();
    BOOST_TEST_REQUIRE(tangent.inverse_r.size() == count * count);
    BOOST_TEST(std::fabs(tangent.F / normal.F - 1) <= F_claim);
    long double decrease = 0;
    for (std::size_t p = 0; p < count; ++p) {
      long double step = 0;
      for (std::size_t q = 0; q < count; ++q) {
        double product = 0;
        for (std::size_t i = 0; i < count; ++i) product += tangent.inverse_r[p * count + i] * tangent.inverse_r[q * count + i];
        const double size = static_cast<double>(std::sqrt(inverse[p][p] * inverse[q][q]));
        BOOST_TEST(std::fabs(product - static_cast<double>(inverse[p][q])) <= matrix_claim * size);
        if (q < p) BOOST_TEST(tangent.inverse_r[p * count + q] == 0.0);  // upper triangular
        step += inverse[p][q] * normal.right[q];
      }
      decrease += step * normal.right[p];
      BOOST_TEST(std::fabs(tangent.step[p] - static_cast<double>(step)) <= matrix_claim * std::fabs(static_cast<double>(step)));
    }
    BOOST_TEST(std::fabs(tangent.decrease / static_cast<double>(decrease) - 1) <= matrix_claim);
  }
}

BOOST_AUTO_TEST_CASE(the_step_of_a_linear_model_brings_the_decrease_that_it_promises) {
  // In L and b the model is linear: with k and x0 at their best, a step from wrong L and b arrives.
  Frame frame = frame_of(x, y, "logistic");
  const double best_F = frame.best.F;
  frame.best.L += 0.5;
  frame.best.b -= 0.2;
  const Linearised tangent = fit::linearise(frame, false);
  BOOST_TEST(tangent.F > 2 * best_F);
  BOOST_TEST(std::fabs((tangent.F - tangent.decrease) / best_F - 1) <= matrix_claim);
  auto theta = frame.theta(frame.best);
  theta[0] += tangent.step[0];
  theta[3] += tangent.step[3];
  frame.best = frame.curve(theta);
  BOOST_TEST(fit::linearise(frame, false).decrease <= 1e-3 * tangent.decrease);
}

BOOST_AUTO_TEST_CASE(at_the_optimum_nothing_is_left_to_gain) {
  for (const auto& curve : ogive::fit_test::easy_curves(20, 3)) {
    const Frame frame = frame_of(curve.x, curve.y, "logistic");
    if (frame.best.is_limit) continue;
    BOOST_TEST(fit::linearise(frame, false).decrease <= 1e-10 * frame.best.F);
  }
}

BOOST_AUTO_TEST_CASE(the_condition_is_that_of_columns_of_length_one) {
  Values share = y;
  for (double& value : share) value /= 3.2;
  const Frame frame = frame_of(x, share, "logistic2");
  BOOST_TEST(std::isnan(fit::linearise(frame, false).condition));
  // Two columns of length 1 with the cosine c: J'J has the eigenvalues 1 +- c.
  const Normal normal = normal_equations(frame);
  const double c = std::fabs(static_cast<double>(normal.matrix[0][1] / std::sqrt(normal.matrix[0][0] * normal.matrix[1][1])));
  BOOST_TEST(std::fabs(fit::linearise(frame, true).condition / std::sqrt((1 + c) / (1 - c)) - 1) <= 1e-10);
}

BOOST_AUTO_TEST_CASE(without_full_rank_there_is_no_inverse) {
  Frame frame = frame_of(x, y, "logistic");
  frame.best.k = 1e4;  // all points on the plateaus: no derivative by k and x0 is left
  frame.best.a = 1e4 * 0.07;
  for (double& u : frame.points.u) u += u == 0 ? 0.3 : 0.0;
  const Linearised tangent = fit::linearise(frame, true);
  BOOST_TEST(tangent.inverse_r.empty());
  BOOST_TEST(tangent.condition == fit::infinite);
  BOOST_TEST(tangent.F > 0);
}
