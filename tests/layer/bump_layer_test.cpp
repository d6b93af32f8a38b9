// SPDX-License-Identifier: MIT
// The bump as a layer: its gradients against Jets, its bounds, its description.
#define BOOST_TEST_MODULE layer_bump_layer
#include <ceres/jet.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/base/random.h"
#include "ogive/layer/bump_layer.h"
#include "ogive/layer/layer.h"

using namespace ogive::layer;
static_assert(Layer<BumpLayer>);

namespace {

constexpr double jet_tolerance = 1e-12;
constexpr std::size_t features = 3, samples = 5;
constexpr int derivatives = 9 + 15;  // of the parameters and of the inputs
using Jet = ceres::Jet<double, derivatives>;

double worst_against_jets(const BumpLayer& layer, ogive::Random& random) {
  const std::size_t n = layer.parameters();
  std::vector<double> p(n), x(features * samples), y(x.size()), dy(x.size()), dp(n), dx(x.size());
  layer.initialise(p, Initialiser::glorot, random);
  for (double& value : x) value = random.uniform(-1, 1);
  for (double& value : dy) value = random.uniform(0.5, 1);
  layer.forward<double>(p, {x.data(), features, samples}, {y.data(), features, samples});
  layer.backward<double>(p, {x.data(), features, samples}, {y.data(), features, samples}, {dy.data(), features, samples}, dp,
                         {dx.data(), features, samples});

  std::vector<Jet> jet_p, jet_x, jet_y(x.size());
  for (std::size_t i = 0; i < n; ++i) jet_p.emplace_back(p[i], static_cast<int>(i));
  for (std::size_t i = 0; i < x.size(); ++i) jet_x.emplace_back(x[i], static_cast<int>(9 + i));
  layer.forward<Jet>(jet_p, {jet_x.data(), features, samples}, {jet_y.data(), features, samples});
  Jet loss(0);
  std::vector<double> sizes(derivatives);  // a sum is compared with the size of its terms
  for (std::size_t i = 0; i < y.size(); ++i) {
    BOOST_TEST(std::abs(jet_y[i].a - y[i]) <= 1e-13);
    loss += dy[i] * jet_y[i];
    for (int k = 0; k < derivatives; ++k) sizes[static_cast<std::size_t>(k)] += std::abs(dy[i] * jet_y[i].v[k]);
  }
  double worst = 0;
  const auto compare = [&](double got, int k) {
    const double size = sizes[static_cast<std::size_t>(k)];
    const double error = size > 0 ? std::abs(got - loss.v[k]) / size : std::abs(got);
    worst = error <= worst ? worst : error;
  };
  const FreeParameters free = layer.options().free;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t kind = i / layer.bumps();
    if (kind == 0 ? free.a : kind == 1 ? free.c : free.sigma) {
      compare(dp[i], static_cast<int>(i));
    } else {
      BOOST_TEST(dp[i] == 0);
    }
  }
  for (std::size_t i = 0; i < x.size(); ++i) compare(dx[i], static_cast<int>(9 + i));
  return worst;
}

}  // namespace

BOOST_AUTO_TEST_CASE(gradients_are_those_of_jets_in_every_form_and_scale) {
  ogive::Random random(11);
  double worst = 0;
  for (const BumpForm form : bump_forms)
    for (const SigmaScale scale : sigma_scales)
      for (const bool shared : {false, true})
        for (const FreeParameters& free : {FreeParameters{}, FreeParameters{false, true, false}})
          worst = std::max(worst, worst_against_jets(BumpLayer(features, form, {shared, free, scale}), random));
  BOOST_TEST_MESSAGE("bump layer against Jets: worst " << worst);
  BOOST_TEST(worst <= jet_tolerance);
  BOOST_TEST(worst > 0);
}

BOOST_AUTO_TEST_CASE(gradients_of_parameters_accumulate_and_dx_may_be_left_out) {
  const BumpLayer layer(1);
  std::vector<double> p(3), dp = {1, 2, 3};
  layer.write(p, 0, {2, 0.1, 0.7});
  const std::vector<double> x = {0.4}, dy = {1};
  const BumpValue<double> at = bump(0.4, 2.0, 0.1, 0.7);
  layer.backward<double>(p, {x.data(), 1, 1}, {}, {dy.data(), 1, 1}, dp, {});
  BOOST_TEST(dp[0] == 1 + at.fa);
  BOOST_TEST(dp[1] == 2 + at.fc);
  BOOST_TEST(dp[2] == 3 + at.fs);
}

BOOST_AUTO_TEST_CASE(a_width_without_support_is_refused) {
  for (const double least : {0.0, -1.0, 1e-60, std::nan("")}) {
    BumpLayerOptions options;
    options.sigma_min = least;
    BOOST_CHECK_THROW(BumpLayer(1, BumpForm::canonical, options), ogive::InputError);
  }
  BOOST_CHECK_THROW(BumpLayer(0), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(projection_keeps_every_width_positive) {
  for (const SigmaScale scale : sigma_scales) {
    const BumpLayer layer(2, BumpForm::canonical, {.scale = scale});
    std::vector<double> p(6);
    layer.write(p, 0, {1, 0, 1});
    layer.write(p, 1, {1, 0, 1});
    p[5] -= 100;
    layer.project<double>(p);
    BOOST_TEST(std::abs(layer.read(p, 0).sigma - 1) < 1e-12);
    BOOST_TEST(layer.read(p, 1).sigma >= 1e-6 * (1 - 1e-12), to_string(scale));
    BOOST_TEST(layer.read(p, 1).sigma < 1e-3);
  }
}

BOOST_AUTO_TEST_CASE(a_description_is_read_back) {
  const BumpLayer plain(4), other(7, BumpForm::gaussian, {true, {true, false, true}, SigmaScale::softplus, 1.0 / 3});
  BOOST_TEST(plain.describe() == "bump 4 canonical own acs project 1e-06");
  BOOST_TEST((parse_bump_layer(plain.describe()) == plain));
  BOOST_TEST((parse_bump_layer(other.describe()) == other));
  BOOST_TEST((parse_bump_layer("bump 1 root own none log 0.5").options().free.count() == 0));
  for (const char* text :
       {"bump", "dense 4 canonical own acs project 1e-06", "bump x canonical own acs project 1e-06",
        "bump 4 round own acs project 1e-06", "bump 4 canonical both acs project 1e-06", "bump 4 canonical own aa project 1e-06",
        "bump 4 canonical own acs none 1e-06", "bump 4 canonical own acs project tiny", "bump 4 canonical own acs project 0",
        "bump 4 canonical own acs project 1e-06 more"})
    BOOST_CHECK_THROW(parse_bump_layer(text), ogive::InputError);
}
