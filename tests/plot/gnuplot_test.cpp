// SPDX-License-Identifier: MIT
// What gnuplot.h promises: the program's output or an error that says what to do, and text that stays text.
#define BOOST_TEST_MODULE plot_gnuplot
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "ogive/base/errors.h"
#include "ogive/plot/gnuplot.h"

using ogive::FileError;
using ogive::plot::run_gnuplot;
using ogive::plot::script_string;

namespace {

/// An environment variable, for the time of a test.
class Setting {
 public:
  Setting(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old, had_ = true;
    ::setenv(name, value, 1);
  }
  ~Setting() {
    if (had_)
      ::setenv(name_, old_.c_str(), 1);
    else
      ::unsetenv(name_);
  }

 private:
  const char* name_;
  std::string old_;
  bool had_ = false;
};

std::string message_of(const std::string& script) {
  try {
    run_gnuplot(script);
  } catch (const FileError& error) {
    return error.what();
  }
  return "";
}

std::string printed(const std::string& text) { return run_gnuplot("set print '-'\nprint " + script_string(text) + "\n"); }

}  // namespace

BOOST_AUTO_TEST_CASE(returns_what_the_program_writes) { BOOST_TEST(run_gnuplot("set print '-'\nprint 6 * 7\n") == "42\n"); }

BOOST_AUTO_TEST_CASE(names_the_package_where_the_program_is_missing) {
  const Setting path("PATH", "/nonexistent");
  BOOST_TEST(message_of("print 1\n").find("gnuplot-nox") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(gives_the_first_message_of_a_failing_script) {
  const std::string message = message_of("set terminal nonsense\n");
  BOOST_TEST(message.find("failed: unknown or ambiguous terminal") != std::string::npos, message);
  BOOST_TEST(message.find('\n') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(survives_a_program_that_stops_reading) {
  // More than any buffer between the two holds, after the program has left: neither SIGPIPE nor a wait for ever.
  std::string script = "exit\n";
  for (int i = 0; i < 200000; ++i) script += "# a line that nobody reads\n";
  BOOST_TEST(run_gnuplot(script).empty());
}

BOOST_AUTO_TEST_CASE(reads_more_than_a_buffer_holds) {
  const std::string output = run_gnuplot("set print '-'\ndo for [i=1:20000] { print 'a line of twenty b' }\n");
  BOOST_TEST(output.size() == 380000U);
}

BOOST_AUTO_TEST_CASE(is_not_disturbed_by_the_environment) {
  const Setting terminal("GNUTERM", "nonsense");
  const Setting start("GNUPLOT_LIB", "/nonexistent");
  const Setting language("LC_ALL", "de_DE.UTF-8");
  BOOST_TEST(run_gnuplot("set print '-'\nprint 0.5\n") == "0.5\n");
}

BOOST_AUTO_TEST_CASE(keeps_text_as_it_is) {
  for (const std::string text : {"it's", "a \"quote\"", "100 %d %s", "back\\slash\\n", "`touch x`", "$(x) $HOME @macro",
                                 "{/Bold x}_2^3", "\u00e4\u00b2\u6f22", "", "\\", "# no comment", "'", "a; quit", "{ ( [",
                                 "a < 50 % `1`", "`", "\\141\\x41", "\"\"", "@ARG1 $1"})
    BOOST_TEST(printed(text) == text + "\n");
}

BOOST_AUTO_TEST_CASE(makes_one_line_of_valid_utf8_from_anything) {
  using ogive::plot::printable;
  BOOST_TEST(printable("a\nb\tc\x01") == "a b c ");
  BOOST_TEST(printable("\xff\xfe") == "??");
  BOOST_TEST(printable("a\xc3") == "a?");          // cut off
  BOOST_TEST(printable("\xc0\xaf") == "??");       // overlong
  BOOST_TEST(printable("\xed\xa0\x80") == "???");  // half of a surrogate pair
  BOOST_TEST(printable("\u00b5\u6f22\U0001F600") == "\u00b5\u6f22\U0001F600");
}
