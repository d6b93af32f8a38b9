// SPDX-License-Identifier: MIT
// The embedding: its dot product, where its gradients go, and indices that are none.
#define BOOST_TEST_MODULE layer_embedding
#include "ogive/layer/embedding.h"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <vector>

#include "ogive/base/errors.h"

using namespace ogive::layer;

namespace {

constexpr Embedding layer{2, 3, 2};
const std::vector<double> p = {1,     2,      3,      4,         // U
                               5,     6,      7,      8, 9, 10,  // V
                               0.5,   0.25,                      // b
                               0.125, 0.0625, 0.03125};          // c

double at(double i, double j) {
  const std::vector<double> x = {i, j};
  double y = 0;
  layer.forward<double>(p, {x.data(), 2, 1}, {&y, 1, 1});
  return y;
}

}  // namespace

BOOST_AUTO_TEST_CASE(is_a_dot_product_with_two_biases) {
  BOOST_TEST(layer.parameters() == p.size());
  BOOST_TEST(at(0, 0) == 5 + 12 + 0.5 + 0.125);
  BOOST_TEST(at(1, 2) == 27 + 40 + 0.25 + 0.03125);
}

BOOST_AUTO_TEST_CASE(sends_the_gradient_to_the_rows_that_were_looked_up) {
  const std::vector<double> x = {1, 2}, y = {0}, dy = {2};
  std::vector<double> dp(p.size()), dx = {9, 9};
  layer.backward<double>(p, {x.data(), 2, 1}, {y.data(), 1, 1}, {dy.data(), 1, 1}, dp, {dx.data(), 2, 1});
  const std::vector<double> expected = {0, 0, 18, 20, 0, 0, 0, 0, 6, 8, 0, 2, 0, 0, 2};
  BOOST_TEST(dp == expected, boost::test_tools::per_element());
  BOOST_TEST((dx[0] == 0 && dx[1] == 0));
}

BOOST_AUTO_TEST_CASE(refuses_indices_that_are_none) {
  for (const double wrong : {-1.0, 2.0, 0.5, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
    BOOST_CHECK_THROW(at(wrong, 0), ogive::InputError);
  BOOST_CHECK_THROW(at(0, 3), ogive::InputError);
  BOOST_CHECK_EXCEPTION(at(0, 3), ogive::InputError, [](const auto& error) {
    return error.place().line == 1 && error.place().column == 2 && std::string(error.what()).find("0 to 2") != std::string::npos;
  });
}
