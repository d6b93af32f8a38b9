// SPDX-License-Identifier: MIT
#include "tools/ogive-fit/results.h"

#include "ogive/io/csv_writer.h"
#include "ogive/io/text_table.h"
#include "tools/common/terminal.h"

namespace ogive::tools {
namespace {

bool colour_in(const Arguments& arguments) { return !arguments.output && use_colour(Stream::out); }

}  // namespace

ResultWriter::ResultWriter(const Arguments& arguments, const Input& input, Output& output)
    : arguments_(arguments), input_(input), output_(output) {
  if (arguments.format != Format::csv) return;
  io::CsvWriter csv(text_);
  if (arguments.at.empty())
    fit::write_csv_header(csv, *arguments.model, input.key_columns);
  else
    fit::write_prediction_header(csv, input.key_columns);
  send();
}

void ResultWriter::send() {
  output_.write(text_);
  text_.clear();
}

void ResultWriter::add(const io::Curve& curve, const Fitted& fitted) {
  const fit::Key key{input_.key_columns, curve.by};
  switch (arguments_.format) {
    case Format::csv: {
      io::CsvWriter csv(text_);
      if (arguments_.at.empty()) fit::write_csv_row(csv, fitted.result, key);
      for (const auto& prediction : fitted.predictions) fit::write_prediction_row(csv, prediction, key);
      break;
    }
    case Format::npy:
      break;  // written by fit_rows.h
    case Format::json:
      text_ += fit::json_line(fitted.result, key, curve.missing, fitted.predictions) + '\n';
      break;
    case Format::table:
      if (input_.curves.size() == 1) {
        report(curve, fitted);
      } else {
        rows_.push_back(fit::table_row(fitted.result, key));
        for (const auto& prediction : fitted.predictions) prediction_rows_.push_back(fit::prediction_table_row(prediction, key));
      }
      break;
  }
  send();
}

void ResultWriter::report(const io::Curve& curve, const Fitted& fitted) {
  std::string key;
  for (std::size_t i = 0; i < curve.by.size(); ++i) key += ", " + input_.key_columns[i] + ' ' + curve.by[i];
  const fit::ReportContext context{.title = input_.y_name + " against " + input_.x_name + key +
                                            (input_.weighted.empty() ? "" : ", " + input_.weighted) + " (" + input_.source + ")",
                                   .missing = curve.missing,
                                   .interval = arguments_.interval,
                                   .colour = colour_in(arguments_)};
  text_ += fit::text_report(fitted.result, context, fitted.predictions);
}

void ResultWriter::finish() {
  const auto add_table = [&](std::vector<std::string> header, std::vector<std::vector<std::string>>& rows) {
    io::TextTable table(std::move(header));
    for (auto& row : rows) table.add_row(std::move(row));
    text_ += table.text({.colour = colour_in(arguments_)});
  };
  if (!rows_.empty()) add_table(fit::table_header(*arguments_.model, input_.key_columns), rows_);
  if (!prediction_rows_.empty()) {
    text_ += '\n';
    add_table(fit::prediction_table_header(input_.key_columns), prediction_rows_);
  }
  send();
}

}  // namespace ogive::tools
