// SPDX-License-Identifier: MIT
#include "ogive/fit/linearise.h"

#include <Eigen/Dense>
#include <cmath>

namespace ogive::fit {
namespace {

constexpr int most = static_cast<int>(curve::max_parameters);
using Jacobian = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, Eigen::Dynamic, most>;
using Square = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, most, most>;

}  // namespace

Linearised linearise(const Frame& frame, bool with_condition) {
  const auto m = static_cast<Eigen::Index>(frame.points.size());
  const auto count = static_cast<Eigen::Index>(frame.free_count());
  const Theta theta = frame.theta(frame.best);
  const std::span<const double> at(theta.data(), frame.parameter_count());
  Jacobian jacobian(m, count);
  Eigen::VectorXd residual(m);
  std::array<double, curve::max_parameters> gradient;
  for (Eigen::Index j = 0; j < m; ++j) {
    const auto point = static_cast<std::size_t>(j);
    const double root = std::sqrt(frame.points.weight[point]);
    residual[j] = root * (frame.points.y[point] - frame.plain->value_and_gradient(frame.points.u[point], at, gradient));
    for (Eigen::Index p = 0; p < count; ++p) jacobian(j, p) = root * gradient[static_cast<std::size_t>(p)];
  }
  // Columns of length 1 make rank and condition independent of the units of the parameters.
  Linearised result;
  result.F = residual.squaredNorm();
  Eigen::Matrix<double, Eigen::Dynamic, 1, 0, most, 1> length = jacobian.colwise().norm().transpose();
  if (!(length.minCoeff() > 0) || !length.allFinite()) {
    result.condition = infinite;
    return result;
  }
  jacobian = jacobian * length.cwiseInverse().asDiagonal();
  const Eigen::HouseholderQR<Jacobian> qr(jacobian);
  const Square r = qr.matrixQR().topRows(count).template triangularView<Eigen::Upper>();
  const Eigen::VectorXd projected = (qr.householderQ().transpose() * residual).head(count);
  result.decrease = projected.squaredNorm();
  if (!(r.diagonal().cwiseAbs().minCoeff() > 1e-14)) {
    result.condition = infinite;
    return result;
  }
  Square inverse = r.template triangularView<Eigen::Upper>().solve(Square::Identity(count, count));
  const Eigen::VectorXd step = inverse * projected;
  for (Eigen::Index p = 0; p < count; ++p) result.step[static_cast<std::size_t>(p)] = step[p] / length[p];
  if (with_condition) {
    const Eigen::JacobiSVD<Square> svd(r);
    result.condition = svd.singularValues()[0] / svd.singularValues()[count - 1];
  }
  result.inverse_r.resize(static_cast<std::size_t>(count * count));
  for (Eigen::Index p = 0; p < count; ++p)
    for (Eigen::Index q = 0; q < count; ++q) result.inverse_r[static_cast<std::size_t>(p * count + q)] = inverse(p, q) / length[p];
  return result;
}

}  // namespace ogive::fit
