// SPDX-License-Identifier: MIT
#include <cmath>
#include <iostream>

#include "ogive/accuracy/reference.h"
#include "ogive/base/errors.h"
#include "ogive/io/excerpt.h"
#include "tools/common/exit_code.h"
#include "tools/common/options.h"
#include "tools/ogive-error/commands.h"
#include "tools/ogive-error/numbers.h"
#include "tools/ogive-error/records.h"
#include "tools/ogive-error/subjects.h"

namespace ogive::tools {
namespace {

constexpr int exact_digits = 25;

void read_stdin(FloatType type, std::vector<double>& x) {
  std::string line;
  for (std::size_t number = 1; std::getline(std::cin, line); ++number) {
    for (std::size_t begin = 0; (begin = line.find_first_not_of(" \t\r,;", begin)) != line.npos;) {
      const auto end = std::min(line.find_first_of(" \t\r,;", begin), line.size());
      const std::string word = line.substr(begin, end - begin);
      const auto value = read_number(word, type);
      if (!value) throw InputError({"<stdin>", number, begin + 1}, io::excerpt(word) + " is not a number");
      x.push_back(*value);
      begin = end;
    }
  }
}

std::vector<double> inputs_of(const Arguments& a, FloatType type) {
  std::vector<double> x;
  for (std::size_t i = a.library ? 0 : 1; i < a.words.size(); ++i) {
    if (a.words[i] == "-") {
      read_stdin(type, x);
    } else {
      const auto value = read_number(a.words[i], type);
      if (!value) throw UsageError("X: " + io::excerpt(a.words[i]) + " is not a number");
      x.push_back(*value);
    }
  }
  return x;
}

}  // namespace

int eval(const Arguments& arguments, Output& output) {
  const auto subjects = subjects_of(arguments);
  const Subject& subject = subjects.back();  // float32, or the widest type that there is
  const FloatType type = subject.type;
  const auto target = subject.variant.target;
  const auto x = inputs_of(arguments, type);
  RecordWriter writer(arguments, output);
  const auto results = results_at(subject, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double y = results[i];
    const double right = accuracy::correctly_rounded(target, type, x[i]);
    const double error = accuracy::ulp_error(target, type, x[i], y);
    const bool exact = std::isnan(right) ? std::isnan(y) : y == right;
    const std::string truth = std::isnan(right)  ? "nan"
                              : std::isinf(x[i]) ? decimal(right, type)
                                                 : accuracy::exact_decimal(target, x[i], exact_digits);
    writer.add({{"variant", std::string(subject.variant.name)},
                {"type", std::string(ogive::to_string(type))},
                {"x", x[i], "x", decimal(x[i], type)},
                {"x_hex", hexadecimal(x[i])},
                {"result", y, "result", decimal(y, type)},
                {"hex", hexadecimal(y), "hex"},
                {"bits", bit_pattern(y, type), "bits"},
                {"exact", truth, "exact"},
                {"ulp", error, "error in ulp", brief(error)},
                {"correctly_rounded", exact, "correctly rounded", exact ? "yes" : "no, " + decimal(right, type)}});
  }
  writer.finish();
  output.finish();
  return exit_good;
}

}  // namespace ogive::tools
