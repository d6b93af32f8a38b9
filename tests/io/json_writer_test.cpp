// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_json_writer
#include <boost/test/unit_test.hpp>

#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/io/json_writer.h"

using ogive::io::JsonObject;

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
}  // namespace

BOOST_AUTO_TEST_CASE(keys_keep_their_order) {
  JsonObject inner;
  inner.set("value", 2.5).set("upper", infinity);
  JsonObject object;
  object.set("schema", "ogive.fit/1").set("n", 15).set("good", true).set("b", inner).set_null("a");
  BOOST_TEST(object.text() == R"({"schema":"ogive.fit/1","n":15,"good":true,"b":{"value":2.5,"upper":"inf"},"a":null})");
  BOOST_TEST(JsonObject().text() == "{}");
}

BOOST_AUTO_TEST_CASE(numbers_that_are_not_finite_are_null_or_words) {
  JsonObject object;
  object.set("a", not_a_number).set("b", infinity).set("c", -infinity).set("d", -0.0);
  BOOST_TEST(object.text() == R"({"a":null,"b":"inf","c":"-inf","d":-0})");
}

BOOST_AUTO_TEST_CASE(arrays_hold_numbers_texts_and_objects) {
  const std::vector<double> numbers{1, not_a_number, 0.1};
  const std::vector<std::string> texts{"a", "b\"c"};
  std::vector<JsonObject> objects(2);
  objects[0].set("x", 1);
  JsonObject object;
  object.set("n", std::span<const double>(numbers)).set("t", std::span<const std::string>(texts));
  object.set("o", std::span<const JsonObject>(objects)).set("e", std::span<const double>());
  BOOST_TEST(object.text() == R"({"n":[1,null,0.1],"t":["a","b\"c"],"o":[{"x":1},{}],"e":[]})");
}

BOOST_AUTO_TEST_CASE(every_text_makes_valid_json_on_one_line) {
  ogive::Random random(3);
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (auto size = random.below(20); size > 0; --size) text += static_cast<char>(random.below(256));
    JsonObject object;
    object.set(text, text);
    BOOST_REQUIRE(nlohmann::json::accept(object.text()));
    BOOST_REQUIRE(object.text().find('\n') == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(numbers_read_back_exactly) {
  for (const double value : {0.1, 1e300, -1e-300, 5e-324, 1e22, 123456789.123}) {
    JsonObject object;
    object.set("v", value);
    BOOST_TEST(nlohmann::json::parse(object.text())["v"].get<double>() == value);
  }
}
