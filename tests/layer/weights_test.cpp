// SPDX-License-Identifier: MIT
// Files of weights: every bit comes back, and every wrong file is refused with its line and its reason.
#define BOOST_TEST_MODULE layer_weights
#include "ogive/layer/weights.h"

#include <bit>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/base/random.h"

using namespace ogive::layer;

namespace {

Network network_of(std::size_t in, std::size_t out) {
  Network network;
  network.add(Dense{in, out});
  network.add(Activation{out, ActivationKind::sigmoid});
  return network;
}

template <class T>
std::vector<T> random_weights(std::size_t count) {
  ogive::Random random(11);
  std::vector<T> p(count);
  for (T& value : p) value = static_cast<T>(0.1 * random.normal());
  p[0] = std::numeric_limits<T>::denorm_min();
  p[1] = -T(0);
  p[2] = std::numeric_limits<T>::max();
  p[3] = -std::numeric_limits<T>::min();
  p[4] = T(0.1);
  return p;
}

template <class T, class Bits>
void comes_back() {
  const Network network = network_of(100, 99);
  const auto p = random_weights<T>(network.parameters());
  const Weights loaded = parse_weights(weights_text<T>(network, p), "net");
  BOOST_TEST((loaded.network == network));
  const auto q = loaded.as<T>();
  BOOST_TEST(p.size() == q.size());
  std::size_t changed = 0;
  for (std::size_t i = 0; i < p.size(); ++i)
    if (std::bit_cast<Bits>(p[i]) != std::bit_cast<Bits>(q[i])) ++changed;
  BOOST_TEST(changed == 0);
}

const std::string good = "ogive-weights 1\ntype float32\nlayers 2\ndense 2 1\nactivation sigmoid 1\nparameters 3\n0.5\n-1\n2e-10\n";

// Puts `to` in the place of `from`, and expects a refusal at this line whose message holds `why`.
void refuses(const std::string& from, const std::string& to, std::size_t line, const std::string& why) {
  std::string text = good;
  const auto at = text.find(from);
  BOOST_REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  BOOST_CHECK_EXCEPTION(parse_weights(text, "net"), ogive::InputError, [&](const ogive::InputError& error) {
    const bool right =
        error.place().source == "net" && error.place().line == line && std::string(error.what()).find(why) != std::string::npos;
    if (!right) BOOST_TEST_MESSAGE(error.what());
    return right;
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_bit_of_10000_weights_comes_back) {
  comes_back<float, std::uint32_t>();
  comes_back<double, std::uint64_t>();
}

BOOST_AUTO_TEST_CASE(eight_digits_would_not_do) {  // why the text has as many as it takes
  const auto p = random_weights<float>(9999);
  std::size_t changed = 0;
  for (const float value : p) {
    char text[40];
    std::snprintf(text, sizeof text, "%.8g", static_cast<double>(value));
    if (std::strtof(text, nullptr) != value) ++changed;
  }
  BOOST_TEST((changed > 200 && changed < 400));  // 3 %
}

BOOST_AUTO_TEST_CASE(reads_what_is_written_above_and_windows_lines) {
  BOOST_TEST(parse_weights(good, "net").parameters.size() == 3);
  std::string windows;
  for (const char c : good) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  BOOST_TEST(parse_weights(windows, "net").parameters[1] == -1);
}

BOOST_AUTO_TEST_CASE(refuses_a_wrong_file_with_its_line_and_reason) {
  refuses("ogive-weights 1", "x,y", 1, "not a file of weights");
  refuses("ogive-weights 1", "ogive-weights 2", 1, "version");
  refuses("float32", "float16", 2, "float16");
  refuses("type float32\n", "", 2, "'type ...' was expected");
  refuses("layers 2", "layers two", 3, "two");
  refuses("layers 2", "layers 3", 6, "is not a layer");
  refuses("dense 2 1", "dense 2", 4, "ends too early");
  refuses("sigmoid 1", "sigmoid 7", 5, "takes 7");
  refuses("parameters 3", "parameters 4", 6, "these layers have 3");
  refuses("\n-1\n", "\none\n", 8, "'one' is not a number");
  refuses("\n-1\n", "\nnan\n", 8, "not finite");
  refuses("\n-1\n", "\n1e99\n", 8, "is not a number of this type");
  refuses("2e-10\n", "", 9, "parameter 3 of 3");
  refuses("2e-10\n", "2e-10\n7\n", 10, "there is more");
}

BOOST_AUTO_TEST_CASE(refuses_every_file_that_ends_early) {
  for (std::size_t length = 0; length + 5 < good.size(); ++length)
    BOOST_CHECK_THROW(parse_weights(std::string_view(good).substr(0, length), "net"), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(refuses_the_weights_of_another_network) {
  const Weights weights = parse_weights(good, "net");
  BOOST_CHECK_NO_THROW(require_network(weights, network_of(2, 1)));
  BOOST_CHECK_EXCEPTION(require_network(weights, network_of(2, 3)), ogive::InputError, [](const auto& error) {
    const std::string text = error.what();
    return error.place().line == 4 && text.find("'dense 2 1' here") != std::string::npos &&
           text.find("'dense 2 3' there") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(does_not_round_double_to_float_without_being_asked) {
  Network network = network_of(2, 1);
  const std::vector<double> p = {0.1, 0.2, 0.3};
  const Weights weights = parse_weights(weights_text<double>(network, p), "net");
  BOOST_CHECK_THROW(weights.as<float>(), ogive::InputError);
  BOOST_TEST(parse_weights(good, "net").as<double>()[0] == 0.5);
}

BOOST_AUTO_TEST_CASE(does_not_save_what_could_not_be_read) {
  const Network network = network_of(2, 1);
  const std::vector<float> p = {1, std::numeric_limits<float>::quiet_NaN(), 2}, few = {1, 2};
  BOOST_CHECK_THROW(weights_text<float>(network, p), ogive::InputError);
  BOOST_CHECK_THROW(weights_text<float>(network, few), ogive::InputError);
}
