// SPDX-License-Identifier: MIT
// What options.h and progress.h promise.
#define BOOST_TEST_MODULE tools_options
#include <boost/test/unit_test.hpp>

#include "tools/common/options.h"
#include "tools/common/progress.h"

using ogive::tools::Options;
using ogive::tools::UsageError;

namespace {

struct Parsed {
  std::optional<std::string> file;
  std::optional<std::string> text;
  std::vector<double> numbers;
  std::vector<std::string> list;
  double number = 0.5;
  bool flag = false;
  std::string help;
};

Parsed parse(std::vector<const char*> arguments) {
  Parsed parsed;
  Options options("tool", "Does this and that.");
  options.argument("FILE", parsed.file, "what is read");
  options.group("Group");
  options.text("-t,--text", "TEXT", parsed.text, "some text");
  options.list("--list", "A,...", parsed.list, "some words");
  options.number("--number", "N", parsed.number, {.low = -1, .high = 1}, "a number");
  options.numbers("--numbers", "N,...", parsed.numbers, "numbers");
  options.flag("--flag", parsed.flag, "a flag with a help text so long that it must be wrapped to be read on a narrow terminal");
  arguments.insert(arguments.begin(), "tool");
  options.parse(static_cast<int>(arguments.size()), arguments.data());
  parsed.help = options.help(60);
  return parsed;
}

std::string message_of(const std::vector<const char*>& arguments) {
  try {
    parse(arguments);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

BOOST_AUTO_TEST_CASE(takes_values_after_a_blank_or_an_equals_sign) {
  BOOST_TEST(parse({"--text", "a"}).text.value() == "a");
  BOOST_TEST(parse({"--text=a=b"}).text.value() == "a=b");
  BOOST_TEST(parse({"-t", "a"}).text.value() == "a");
}

BOOST_AUTO_TEST_CASE(takes_values_as_they_are) {
  for (const char* value : {"[a,b]", "{}", "-", "-5", "'q'", "a b", "%"})
    BOOST_TEST(parse({"--text", value}).text.value() == value);
}

BOOST_AUTO_TEST_CASE(takes_negative_numbers) {
  const auto parsed = parse({"--numbers", "-3,2e1", "--number", "-1"});
  BOOST_TEST(parsed.numbers == (std::vector<double>{-3, 20}), boost::test_tools::per_element());
  BOOST_TEST(parsed.number == -1);
}

BOOST_AUTO_TEST_CASE(takes_a_single_dash_and_what_follows_two_as_the_argument) {
  BOOST_TEST(parse({"-"}).file.value() == "-");
  BOOST_TEST(parse({"--", "--flag"}).file.value() == "--flag");
}

BOOST_AUTO_TEST_CASE(keeps_the_default_of_what_is_not_given) {
  const auto parsed = parse({});
  BOOST_TEST(parsed.number == 0.5);
  BOOST_TEST(!parsed.file.has_value());
  BOOST_TEST(!parsed.flag);
}

BOOST_AUTO_TEST_CASE(refuses_numbers_outside_their_range) {
  BOOST_TEST(message_of({"--number", "1.5"}) == "--number: 1.5 is not between -1 and 1");
  BOOST_TEST(message_of({"--number", "1"}) == "no error");
}

BOOST_AUTO_TEST_CASE(wraps_the_help_to_its_width) {
  const auto help = parse({}).help;
  std::size_t start = 0;
  while (start < help.size()) {
    const auto end = help.find('\n', start);
    BOOST_TEST(end - start <= 60u, help.substr(start, end - start));
    start = end + 1;
  }
}

BOOST_AUTO_TEST_CASE(progress_tells_done_rate_and_time_left) {
  using ogive::tools::progress_line;
  BOOST_TEST(progress_line("tool", "curves", 2000, 10000, 2, 80) == "tool: 2000 of 10000 curves, 1000/s, 8 s left");
  BOOST_TEST(progress_line("tool", "curves", 1, 10000, 2, 80) == "tool: 1 of 10000 curves, 0.5/s, 5 h left");
  BOOST_TEST(progress_line("tool", "curves", 0, 10000, 2, 80) == "tool: 0 of 10000 curves");
  BOOST_TEST(progress_line("tool", "epochs", 2, 4, 1, 80, "loss 0.3") == "tool: 2 of 4 epochs, 1 s left, loss 0.3");
}

BOOST_AUTO_TEST_CASE(progress_never_fills_the_last_column) {
  BOOST_TEST(ogive::tools::progress_line("tool", "curves", 2000, 10000, 2, 20).size() == 19u);
}
