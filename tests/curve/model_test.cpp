// SPDX-License-Identifier: MIT
// What model.h promises: a struct that is a Curve becomes a Model that says and does the same.
#define BOOST_TEST_MODULE curve_model
#include "ogive/curve/model.h"

#include <boost/test/unit_test.hpp>

#include "ogive/curve/logistic.h"
#include "ogive/curve/registry.h"
#include "ogive/curve/richards4.h"

namespace curve = ogive::curve;

namespace {

// A curve of a user: the concept asks for nothing that is not here.
struct Step {
  static constexpr std::string_view name = "step";
  static constexpr std::string_view summary = "a step";
  static constexpr std::string_view formula = "y = [x >= x0]";
  static constexpr std::array<curve::Parameter, 1> parameters = {{{"x0", "where it steps"}}};
  static constexpr std::array<curve::Derived, 0> derived = {};
  static constexpr curve::Family family = curve::Family::logistic;
  static constexpr curve::Linear linear = curve::Linear::none;
  static constexpr bool log_dose = false;
  template <class T>
  static T value(const T& x, std::span<const T> theta) {
    return x >= theta[0] ? T(1) : T(0);
  }
  static double value_and_gradient(double x, std::span<const double> theta, std::span<double> gradient) {
    gradient[0] = 0;
    return value(x, theta);
  }
  static void derive(std::span<const double>, std::span<double>, std::span<double>) {}
};

struct NotACurve {
  static constexpr std::string_view name = "nothing";
};

static_assert(curve::Curve<curve::Logistic>);
static_assert(curve::Curve<Step>);
static_assert(!curve::Curve<NotACurve>);

}  // namespace

BOOST_AUTO_TEST_CASE(a_curve_of_a_user_becomes_a_model) {
  constexpr curve::Model model = curve::make_model<Step>();
  const std::array theta = {2.0};
  std::array gradient = {1.0};
  BOOST_TEST(model.name == "step");
  BOOST_TEST(model.value(1.0, theta) == 0.0);
  BOOST_TEST(model.value_and_gradient(3.0, theta, gradient) == 1.0);
  BOOST_TEST(gradient[0] == 0.0);
  BOOST_TEST(model.parameters.size() == 1u);
}

BOOST_AUTO_TEST_CASE(index_of_finds_parameters_by_name) {
  constexpr curve::Model model = curve::make_model<curve::Richards4>();
  BOOST_TEST(model.index_of("L") == 0);
  BOOST_TEST(model.index_of("x0") == 1);
  BOOST_TEST(model.index_of("k") == 2);
  BOOST_TEST(model.index_of("nu") == 3);
  BOOST_TEST(model.index_of("b") == -1);
  BOOST_TEST(model.index_of("") == -1);
}

BOOST_AUTO_TEST_CASE(a_model_does_what_its_struct_does) {
  constexpr curve::Model model = curve::make_model<curve::Logistic>();
  const std::array theta = {2.0, 0.5, 3.0, 1.0};
  std::array<double, 4> gradient{};
  std::array<double, 4> same{};
  BOOST_TEST(model.value(0.7, theta) == curve::Logistic::value<double>(0.7, theta));
  BOOST_TEST(model.value_and_gradient(0.7, theta, gradient) == curve::Logistic::value_and_gradient(0.7, theta, same));
  BOOST_TEST(gradient == same, boost::test_tools::per_element());
  std::array<double, 5> values{};
  model.derive(theta, values, {});
  BOOST_TEST(values[0] == 1.0);  // lower
  BOOST_TEST(values[1] == 3.0);  // upper
  BOOST_TEST(values[2] == 1.5);  // slope L k / 4
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  const ogive::curve::Model& model = ogive::curve::model("logistic");
  const std::array theta = {2.0, 0.5, 3.0, 1.0};  // L, x0, k, b
  const double y = model.value(0.5, theta);
  BOOST_TEST(y == 2.0);
}
