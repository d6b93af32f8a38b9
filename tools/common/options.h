// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Command-line options, read strictly.
///
/// CLI11 splits the command line into options and values; the rest is done here, because its own conversions take "nan" and "1e400"
/// for a number, and its errors span several lines and exit with codes of their own. Here every wrong usage is a UsageError with
/// one line that says what to do; an option given twice is one; and a number is finite and lies in its range.
///
/// @code
///   double confidence = 0.95;
///   Options options("ogive-fit", "Fit S-curves to a table, without start values.");
///   options.group("Fit");
///   options.number("--confidence", "P", confidence, {.low = 0, .high = 1, .open = true}, "confidence of every interval");
///   options.parse(argc, argv);
/// @endcode

#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ogive::tools {

/// Wrong usage: one line without the program's name and without "error:".
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The numbers that an option takes: [low, high], or (low, high) where open.
struct Range {
  double low = std::numeric_limits<double>::lowest();
  double high = std::numeric_limits<double>::max();
  bool open = false;
};

/// The options of one program. Targets must outlive parse(), and keep their value where the option is not given.
class Options {
 public:
  Options(std::string_view program, std::string_view summary);

  /// Starts a group of options under a title of its own in the help text.
  void group(std::string_view title);

  /// The one argument without a name; `-` is allowed.
  void argument(std::string_view name, std::optional<std::string>& target, std::string_view help);

  /// Any number of arguments without a name, in their order; negative numbers and -inf are arguments here, not options.
  void arguments(std::string_view name, std::vector<std::string>& target, std::string_view help);

  /// An option without a value. `names` is "--quiet" or "-q,--quiet".
  void flag(std::string_view names, bool& target, std::string_view help);

  void text(std::string_view names, std::string_view placeholder, std::optional<std::string>& target, std::string_view help);

  /// Values separated by commas, none of them empty. A comma within a value is not possible.
  void list(std::string_view names, std::string_view placeholder, std::vector<std::string>& target, std::string_view help);

  /// One of some words.
  void choice(std::string_view names, std::vector<std::string> words, std::string& target, std::string_view help);

  void number(std::string_view names, std::string_view placeholder, double& target, Range range, std::string_view help);

  /// Finite numbers separated by commas.
  void numbers(std::string_view names, std::string_view placeholder, std::vector<double>& target, std::string_view help);

  /// A whole number from 1 to `most`.
  void count(std::string_view names, std::string_view placeholder, unsigned& target, unsigned most, std::string_view help);

  /// Text that ends the help: examples.
  void footer(std::string_view text);

  /// Reads the command line. After --help and its like (a flag made by `stops`), nothing else is checked.
  /// @throws UsageError
  void parse(int argc, const char* const* argv);

  /// Makes the flag that was added last one that stops: where it is given, parse() converts no other option.
  void stops();

  /// Whether the option was on the command line; `name` is its long name, "--x".
  bool given(std::string_view name) const;

  /// The help text, wrapped to `width` columns.
  std::string help(std::size_t width) const;

 private:
  struct Entry {
    std::string names;
    std::string placeholder;  // empty: a flag
    std::string help;
    std::string group;
    std::function<void(const std::string&)> take;
    bool stops = false;
    std::vector<std::string> values;  // as given, in order

    std::string name() const;  // the long one
  };

  Entry& add(std::string_view names, std::string_view placeholder, std::string_view help,
             std::function<void(const std::string&)> take);
  const Entry* find(std::string_view name) const;
  void split(int argc, const char* const* argv, std::vector<std::string>& extras);

  std::string program_;
  std::string summary_;
  std::string footer_;
  std::string group_ = "Options";
  std::vector<Entry> entries_;
  std::optional<Entry> argument_;
  std::vector<std::string>* arguments_ = nullptr;  // where there may be several
};

}  // namespace ogive::tools
