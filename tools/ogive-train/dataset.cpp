// SPDX-License-Identifier: MIT
#include "tools/ogive-train/dataset.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "ogive/base/errors.h"
#include "ogive/io/idx.h"
#include "ogive/io/number.h"
#include "ogive/io/table.h"
#include "ogive/io/text_source.h"
#include "tools/common/options.h"
#include "tools/ogive-train/shipped_data.h"

namespace ogive::tools {
namespace {

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

// "train-images-idx3-ubyte.gz" has its labels in "train-labels-idx1-ubyte.gz".
std::optional<std::string> labels_beside(const std::string& path) {
  const std::string images = "images-idx3";
  const auto at = path.rfind(images);
  if (at == path.npos) return std::nullopt;
  std::string labels = path;
  labels.replace(at, images.size(), "labels-idx1");
  if (is_there(labels)) return labels;
  return std::nullopt;
}

template <class T>
Dataset<T> read_images(std::string bytes, const DatasetNames& names, const std::string& source, bool labels_wanted) {
  const io::Idx images = io::parse_idx(std::move(bytes), source);
  Dataset<T> data;
  data.source = source;
  data.features = images.item_size();
  data.x.resize(images.size());
  images.copy(0, std::span<T>(data.x));
  const auto labels_path = names.labels ? names.labels : labels_beside(names.path);
  if (!labels_path) {
    if (!labels_wanted) return data;
    throw UsageError(source + " is an IDX file; name the file with its labels (--labels FILE)");
  }
  const io::Idx labels = io::read_idx(*labels_path);
  if (labels.item_size() != 1 || labels.items() != images.items())
    throw InputError({*labels_path}, std::to_string(labels.size()) + " labels do not go with the " +
                                         std::to_string(images.items()) + " items of " + source);
  data.label_name = *labels_path;
  for (std::size_t i = 0; i < labels.items(); ++i) data.labels.push_back(labels[i]);
  return data;
}

double number_at(const io::Table& table, std::size_t row, std::size_t column) {
  if (const auto value = table.number(row, column)) return *value;
  throw InputError(
      table.place(row, column),
      (table.cell(row, column).empty() ? std::string("a number is missing")
                                       : "'" + std::string(table.cell(row, column)) + "' stands for a missing number") +
          " (column '" + table.names()[column] + "'); a network needs all of them: fill it in or take the row out");
}

template <class T>
Dataset<T> read_rows(const io::Table& table, const DatasetNames& names, std::optional<std::size_t> inputs) {
  std::optional<std::size_t> label;
  if (names.label)
    label = table.column(*names.label);
  else if (table.columns() != inputs)
    label = table.columns() - 1;
  Dataset<T> data;
  data.source = table.source();
  data.features = table.columns() - (label ? 1 : 0);
  if (data.features == 0) throw InputError({table.source()}, "the table has one column; a sample needs numbers besides its label");
  if (inputs && data.features != *inputs)
    throw InputError({table.source(), table.line(0)}, std::to_string(table.columns()) + " columns, but the network takes " +
                                                          std::to_string(*inputs) + " numbers, and a label where there is one");
  if (label) data.label_name = table.names()[*label];
  data.x.reserve(table.rows() * data.features);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t column = 0; column < table.columns(); ++column) {
      const double value = number_at(table, row, column);
      if (column == label) {
        data.labels.push_back(value);
        continue;
      }
      const T rounded = static_cast<T>(value);
      if (!std::isfinite(rounded))
        throw InputError(table.place(row, column),
                         io::format_number(value) + " is beyond the range of float32; use --type float64");
      data.x.push_back(rounded);
    }
    data.lines.push_back(table.line(row));
  }
  return data;
}

template <class T>
Place label_place(const Dataset<T>& data, std::size_t i) {
  if (data.lines.empty()) return {data.label_name};
  return {data.source, data.lines[i]};
}

template <class T>
[[noreturn]] void refuse_label(const Dataset<T>& data, std::size_t i, const std::string& what) {
  const std::string where = data.lines.empty() ? "label " + std::to_string(i + 1) + ": " : "";
  const std::string column = data.lines.empty() ? "" : " (column '" + data.label_name + "')";
  throw InputError(label_place(data, i), where + io::format_number(data.labels[i]) + ' ' + what + column);
}

// The label as a class below `classes`.
template <class T>
std::uint32_t class_at(const Dataset<T>& data, std::size_t i, std::size_t classes) {
  const double label = data.labels[i];
  if (!(label >= 0 && label < static_cast<double>(classes)) || label != std::floor(label))
    refuse_label(
        data, i,
        "is no class: those of a network with " + std::to_string(classes) + " outputs are 0 to " + std::to_string(classes - 1));
  return static_cast<std::uint32_t>(label);
}

}  // namespace

DatasetNames names_of(const Arguments& arguments) {
  const NetArguments& net = arguments.net;
  if (arguments.file) return {*arguments.file, std::nullopt, net.label, net.labels};
  if (net.data == "digits") return {digits_path(), "digits", "digit", std::nullopt};
  return {fashion_mnist_path("train-images-idx3-ubyte.gz"), "fashion-mnist", std::nullopt,
          fashion_mnist_path("train-labels-idx1-ubyte.gz")};
}

std::optional<DatasetNames> test_names_of(const Arguments& arguments) {
  const NetArguments& net = arguments.net;
  if (net.test) return DatasetNames{*net.test, std::nullopt, net.label, net.test_labels};
  if (!arguments.file && net.data == "fashion-mnist" && !net.holdout)
    return DatasetNames{fashion_mnist_path("t10k-images-idx3-ubyte.gz"), "fashion-mnist", std::nullopt,
                        fashion_mnist_path("t10k-labels-idx1-ubyte.gz")};
  return std::nullopt;
}

template <class T>
Dataset<T> read_dataset(const DatasetNames& names, std::optional<std::size_t> inputs) {
  const std::string source = names.shown ? *names.shown : names.path == "-" ? "<stdin>" : names.path;
  std::string text = io::read_text(names.path);
  if (io::looks_like_idx(text) || names.labels) {
    auto data = read_images<T>(std::move(text), names, source, !inputs);
    if (inputs && data.features != *inputs)
      throw InputError({source},
                       "items of " + std::to_string(data.features) + " numbers, but the network takes " + std::to_string(*inputs));
    return data;
  }
  return read_rows<T>(io::parse_table(std::move(text), source), names, inputs);
}

template <class T>
Goals<T> goals_of(const Dataset<T>& data, const layer::Loss& loss, std::size_t outputs) {
  Goals<T> goals;
  const std::size_t count = data.count();
  if (loss.kind == layer::LossKind::softmax_cross_entropy) {
    for (std::size_t i = 0; i < count; ++i) goals.labels.push_back(class_at(data, i, outputs));
    return goals;
  }
  goals.rows = outputs;
  goals.values.assign(outputs * count, T(0));
  for (std::size_t i = 0; i < count; ++i) {
    if (outputs > 1) {
      goals.values[i * outputs + class_at(data, i, outputs)] = T(1);
      continue;
    }
    const double label = data.labels[i];
    if (loss.kind == layer::LossKind::bce_with_logits && label != 0 && label != 1)
      refuse_label(data, i, "is neither 0 nor 1, which bce with one output takes");
    goals.values[i] = static_cast<T>(label);
  }
  return goals;
}

template <class T>
std::size_t classes_in(const Dataset<T>& data) {
  constexpr double most = 1e6;
  double largest = 0;
  for (std::size_t i = 0; i < data.labels.size(); ++i) {
    const double label = data.labels[i];
    if (!(label >= 0 && label < most) || label != std::floor(label))
      refuse_label(data, i, "is no class: they are whole numbers from 0; --loss mse takes any number");
    largest = std::max(largest, label);
  }
  return static_cast<std::size_t>(largest) + 1;
}

template <class T>
Dataset<T> chosen(const Dataset<T>& data, const std::vector<std::size_t>& places) {
  Dataset<T> part;
  part.source = data.source;
  part.label_name = data.label_name;
  part.features = data.features;
  part.x.reserve(places.size() * data.features);
  for (const std::size_t place : places) {
    const auto begin = data.x.begin() + static_cast<std::ptrdiff_t>(place * data.features);
    part.x.insert(part.x.end(), begin, begin + static_cast<std::ptrdiff_t>(data.features));
    part.labels.push_back(data.labels[place]);
    if (!data.lines.empty()) part.lines.push_back(data.lines[place]);
  }
  return part;
}

template <class T>
double divisor_of(const Dataset<T>& data) {
  T largest = 0;
  for (const T value : data.x) largest = std::max(largest, std::fabs(value));
  if (!(largest > 0)) return 1;
  int exponent = 0;
  const double mantissa = std::frexp(static_cast<double>(largest), &exponent);
  return std::ldexp(1.0, mantissa == 0.5 ? exponent - 1 : exponent);
}

template Dataset<float> read_dataset(const DatasetNames&, std::optional<std::size_t>);
template Dataset<double> read_dataset(const DatasetNames&, std::optional<std::size_t>);
template Goals<float> goals_of(const Dataset<float>&, const layer::Loss&, std::size_t);
template Goals<double> goals_of(const Dataset<double>&, const layer::Loss&, std::size_t);
template std::size_t classes_in(const Dataset<float>&);
template std::size_t classes_in(const Dataset<double>&);
template Dataset<float> chosen(const Dataset<float>&, const std::vector<std::size_t>&);
template Dataset<double> chosen(const Dataset<double>&, const std::vector<std::size_t>&);
template double divisor_of(const Dataset<float>&);
template double divisor_of(const Dataset<double>&);

}  // namespace ogive::tools
