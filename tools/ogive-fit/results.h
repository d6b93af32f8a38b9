// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Writes results in the order of the curves, in the format that was asked for.

#include <string>
#include <vector>

#include "ogive/fit/report.h"
#include "tools/common/output.h"
#include "tools/ogive-fit/arguments.h"
#include "tools/ogive-fit/input.h"

namespace ogive::tools {

/// One curve, fitted.
struct Fitted {
  fit::Result result;
  std::vector<fit::ReportedPrediction> predictions;  ///< at arguments.at
};

/// CSV and JSON go out line by line; a table is held back until its columns are known.
class ResultWriter {
 public:
  ResultWriter(const Arguments& arguments, const Input& input, Output& output);

  void add(const io::Curve& curve, const Fitted& fitted);
  void finish();

 private:
  void report(const io::Curve& curve, const Fitted& fitted);
  void send();

  const Arguments& arguments_;
  const Input& input_;
  Output& output_;
  std::string text_;  // not yet sent
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::vector<std::string>> prediction_rows_;
};

}  // namespace ogive::tools
