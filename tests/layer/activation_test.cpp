// SPDX-License-Identifier: MIT
// Activations: values from 60-digit arithmetic, tails, places, and what is refused. Slopes are compared with Jets in
// check_test.cpp.
#define BOOST_TEST_MODULE layer_activation
#include "ogive/layer/activation.h"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <vector>

#include "layer/within.h"
#include "ogive/base/errors.h"
#include "ogive/base/random.h"
#include "ogive/sigmoid/kernels.h"

using namespace ogive::layer;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

template <class T>
std::vector<T> forward(const Activation& layer, const std::vector<T>& x) {
  std::vector<T> y(x.size());
  layer.forward<T>({}, {x.data(), layer.size, x.size() / layer.size}, {y.data(), layer.size, x.size() / layer.size});
  return y;
}

// The slope at each x: dx for dy = 1, of an activation that goes number by number.
template <class T>
std::vector<T> slopes(const Activation& layer, const std::vector<T>& x) {
  const std::vector<T> y = forward(layer, x), dy(x.size(), T(1));
  std::vector<T> dx(x.size());
  const std::size_t n = x.size() / layer.size;
  layer.backward<T>({}, {x.data(), layer.size, n}, {y.data(), layer.size, n}, {dy.data(), layer.size, n}, {},
                    {dx.data(), layer.size, n});
  return dx;
}

Activation of(ActivationKind kind, std::size_t size = 1) { return {size, kind}; }

}  // namespace

BOOST_AUTO_TEST_CASE(agrees_with_the_printed_activations_of_five_numbers) {
  const std::vector<double> x = {-2.729893684387207, 0.15390831232070923, 0.2791101038455963, 1.1570961475372314,
                                 -0.333116352558136};
  const std::vector<double> sigmoid = {0.061232273862713309, 0.53840130455552041, 0.56932804055239059, 0.76080466936741824,
                                       0.41748256033666503};
  const std::vector<double> tanh = {-0.99152712694238095, 0.15270446941360791, 0.27208126151456155, 0.82009127567272853,
                                    -0.32131817258452384};
  const std::vector<double> relu = {0, 0.15390831232070923, 0.27911010384559631, 1.1570961475372314, 0};
  BOOST_TEST(within::worst(forward(of(ActivationKind::sigmoid), x), sigmoid) <= within::activations);
  BOOST_TEST(within::worst(forward(of(ActivationKind::tanh), x), tanh) <= within::activations);
  BOOST_TEST(within::worst(forward(of(ActivationKind::relu), x), relu) <= within::activations);
}

BOOST_AUTO_TEST_CASE(sigmoid_agrees_with_the_discussions) {
  const std::vector<double> x = {-2, -1, 0, 1, 2, 3};
  const std::vector<double> expected = {0.11920292202211756, 0.26894142136999512, 0.5,
                                        0.73105857863000488, 0.88079707797788244, 0.95257412682243322};
  BOOST_TEST(within::worst(forward(of(ActivationKind::sigmoid), x), expected) <= within::activations);
  const std::vector<double> measure = {0.01, 0.2, 0.5, 0.6, 0.7, 1, 2.5, 5, 50, 5000};
  const std::vector<double> values = {0.502499979166875,
                                      0.54983399731247791,
                                      0.62245933120185456,
                                      0.64565630622579545,
                                      0.6681877721681661,
                                      0.73105857863000488,
                                      0.92414181997875645,
                                      0.99330714907571514,
                                      1,
                                      1};
  BOOST_TEST(within::worst(forward(of(ActivationKind::sigmoid), measure), values) <= within::activations);
}

BOOST_AUTO_TEST_CASE(softplus_and_its_slope_keep_both_tails) {
  const std::vector<double> x = {-800, -20, 0, 20, 800};
  const std::vector<double> value = {0, 2.0611536203143807e-9, 0.69314718055994531, 20.000000002061154, 800};
  const std::vector<double> slope = {0, 2.0611536181902036e-9, 0.5, 0.99999999793884638, 1};
  BOOST_TEST(within::worst(forward(of(ActivationKind::softplus), x), value) <= within::losses);
  BOOST_TEST(within::worst(slopes(of(ActivationKind::softplus), x), slope) <= within::losses);
}

BOOST_AUTO_TEST_CASE(softmax_and_its_slopes_agree_with_high_precision) {
  const std::vector<double> x = {1, 2, 3}, p = {0.090030573170380458, 0.24472847105479765, 0.66524095577482189};
  const Activation softmax = of(ActivationKind::softmax, 3);
  const auto y = forward(softmax, x);
  BOOST_TEST(within::worst(y, p) <= within::activations);
  const std::vector<double> jacobian = {0.081925069064993228,  -0.022033044520174296, -0.059892024544818932,
                                        -0.022033044520174296, 0.18483644650997872,   -0.16280340198980442,
                                        -0.059892024544818932, -0.16280340198980442,  0.22269542653462336};
  std::vector<double> columns(9);  // three samples, all x, each with another unit vector as dy
  const std::vector<double> unit = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  std::vector<double> x3, y3;
  for (int i = 0; i < 3; ++i) {
    x3.insert(x3.end(), x.begin(), x.end());
    y3.insert(y3.end(), y.begin(), y.end());
  }
  softmax.backward<double>({}, {x3.data(), 3, 3}, {y3.data(), 3, 3}, {unit.data(), 3, 3}, {}, {columns.data(), 3, 3});
  BOOST_TEST(within::worst(columns, jacobian) <= within::losses);
}

BOOST_AUTO_TEST_CASE(softmax_stands_extremes) {
  const Activation softmax = of(ActivationKind::softmax, 3);
  BOOST_TEST(forward<double>(softmax, {1000, 1000, -1000}) == (std::vector<double>{0.5, 0.5, 0}), boost::test_tools::per_element());
  BOOST_TEST(forward<double>(softmax, {1000, 0, -1000}) == (std::vector<double>{1, 0, 0}), boost::test_tools::per_element());
  const std::vector<double> low = {0.66524095577482189, 0.24472847105479765, 0.090030573170380458};
  BOOST_TEST(within::worst(forward<double>(softmax, {-1000, -1001, -1002}), low) <= within::losses);
}

BOOST_AUTO_TEST_CASE(sigmoid_is_the_array_kernel_bit_for_bit_at_any_place) {
  ogive::Random random(7);
  std::vector<float> x(1037), expected(x.size());
  for (float& value : x) value = static_cast<float>(random.uniform(-90, 90));
  ogive::sigmoid::logistic_u1(x.data(), expected.data(), x.size());
  BOOST_TEST(forward(of(ActivationKind::sigmoid), x) == expected, boost::test_tools::per_element());
  for (const std::size_t i : {std::size_t{0}, std::size_t{500}, x.size() - 1})
    BOOST_TEST(forward(of(ActivationKind::sigmoid), std::vector<float>{x[i]}).front() == expected[i]);
}

BOOST_AUTO_TEST_CASE(slopes_of_sigmoid_and_tanh_do_not_die_where_the_value_is_rounded_to_1) {
  BOOST_TEST(slopes<float>(of(ActivationKind::sigmoid), {20}).front() == 2.0611537e-9f);  // s (1 - s) is 0
  BOOST_TEST(within::relative(slopes<double>(of(ActivationKind::sigmoid), {40}).front(), 4.248354255291589e-18) <= within::losses);
  BOOST_TEST(within::relative(slopes<double>(of(ActivationKind::sigmoid), {-40}).front(), 4.248354255291589e-18) <= within::losses);
  BOOST_TEST(slopes<double>(of(ActivationKind::tanh), {30}).front() > 0);  // 1 - tanh^2 is 0
}

BOOST_AUTO_TEST_CASE(relu_has_slope_0_at_0_and_leaky_relu_its_own) {
  BOOST_TEST(slopes<double>(of(ActivationKind::relu), {-1, 0, 1}) == (std::vector<double>{0, 0, 1}),
             boost::test_tools::per_element());
  const Activation leaky = Activation::leaky_relu(1, 0.25);
  BOOST_TEST(forward<double>(leaky, {-2, 0, 3}) == (std::vector<double>{-0.5, 0, 3}), boost::test_tools::per_element());
  BOOST_TEST(slopes<double>(leaky, {-1, 0, 1}) == (std::vector<double>{0.25, 0.25, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_nan_stays_a_nan) {
  for (const auto kind : {ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::relu, ActivationKind::leaky_relu,
                          ActivationKind::softplus, ActivationKind::softmax, ActivationKind::sigmoid_range}) {
    BOOST_TEST(std::isnan(forward<double>(of(kind), {not_a_number}).front()), to_string(kind));
    BOOST_TEST(std::isnan(forward<float>(of(kind), {static_cast<float>(not_a_number)}).front()), to_string(kind));
  }
}

BOOST_AUTO_TEST_CASE(a_range_reaches_both_ends) {
  const Activation rating = Activation::sigmoid_range(1, 1, 5.5);
  BOOST_TEST(forward<double>(rating, {-800, 0, 800}) == (std::vector<double>{1, 3.25, 5.5}), boost::test_tools::per_element());
  BOOST_CHECK_THROW(Activation::sigmoid_range(1, 2, 2), ogive::InputError);
  BOOST_CHECK_THROW(Activation::sigmoid_range(1, 0, std::numeric_limits<double>::infinity()), ogive::InputError);
  BOOST_CHECK_THROW(Activation::sigmoid_range(1, not_a_number, 1), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(a_variant_is_the_one_of_the_catalogue_and_its_slope_comes_from_its_value) {
  const Activation textbook = Activation::of_variant(2, "textbook");
  const std::vector<float> x = {-3, 0.5f, 2, 9};
  std::vector<float> expected(x.size());
  ogive::sigmoid::variant("textbook").float32(x.data(), expected.data(), x.size());
  const auto y = forward(textbook, x), slope = slopes(textbook, x);
  BOOST_TEST(y == expected, boost::test_tools::per_element());
  for (std::size_t i = 0; i < y.size(); ++i) BOOST_TEST(slope[i] == y[i] * (1 - y[i]));
}

BOOST_AUTO_TEST_CASE(every_logistic_variant_of_the_catalogue_runs_in_both_types) {
  std::size_t count = 0;
  for (const auto& entry : ogive::sigmoid::catalogue()) {
    if (entry.target != ogive::sigmoid::Target::logistic || (entry.float32 == nullptr && entry.float64 == nullptr)) {
      BOOST_CHECK_THROW(Activation::of_variant(3, entry.name), ogive::InputError);
      continue;
    }
    ++count;
    const Activation layer = Activation::of_variant(3, entry.name);
    const auto single = forward<float>(layer, {-1, 0, 1});
    const auto twice = forward<double>(layer, {-1, 0, 1});
    for (std::size_t i = 0; i < 3; ++i) BOOST_TEST(std::abs(static_cast<double>(single[i]) - twice[i]) <= 1, entry.name);
  }
  BOOST_TEST(count > 20);
  BOOST_CHECK_THROW(Activation::of_variant(3, "no_such_form"), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(nothing_is_written_when_no_gradient_is_wanted) {
  const std::vector<double> x = {1}, y = {0.7}, dy = {1};
  for (const auto kind : {ActivationKind::sigmoid, ActivationKind::softmax})
    of(kind).backward<double>({}, {x.data(), 1, 1}, {y.data(), 1, 1}, {dy.data(), 1, 1}, {}, {});
  BOOST_TEST(x.front() == 1);
}
