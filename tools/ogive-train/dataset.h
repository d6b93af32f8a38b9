// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Samples for a network: from a table with one sample a row and a column of labels, or from IDX files of images and labels.
///
/// Nothing is left out: a missing number, a label that no class has and a row of another length are errors with their place.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ogive/layer/train.h"
#include "tools/ogive-train/arguments.h"

namespace ogive::tools {

/// Samples in memory, as the network takes them: a column each.
template <class T>
struct Dataset {
  std::string source;              ///< as the user named it
  std::string label_name;          ///< the column, or the file of labels
  std::size_t features = 0;        ///< numbers in a sample
  std::vector<T> x;                ///< features times count()
  std::vector<double> labels;      ///< as they stand there; empty: there are none
  std::vector<std::size_t> lines;  ///< of the table; empty for an IDX file

  std::size_t count() const { return features == 0 ? 0 : x.size() / features; }
  layer::Columns<const T> columns() const { return {x.data(), features, count()}; }
};

/// What is to be read.
struct DatasetNames {
  std::string path;                   ///< "-": standard input
  std::optional<std::string> shown;   ///< its name in messages, where that is not the path
  std::optional<std::string> label;   ///< a column
  std::optional<std::string> labels;  ///< an IDX file
};

/// The data that the arguments name, without those to measure on.
DatasetNames names_of(const Arguments& arguments);

/// The data to measure on that have a file of their own: --test, or the test part of a data set that comes in two.
std::optional<DatasetNames> test_names_of(const Arguments& arguments);

/// Reads it.
/// @param inputs  where known, the numbers in a sample; a table with just so many columns then has no labels
/// @throws FileError, InputError, UsageError
template <class T>
Dataset<T> read_dataset(const DatasetNames& names, std::optional<std::size_t> inputs = {});

/// What the loss compares outputs with: classes, or numbers. Outputs are 1, or one for each class.
template <class T>
struct Goals {
  std::vector<std::uint32_t> labels;
  std::vector<T> values;
  std::size_t rows = 0;

  layer::Targets<T> targets() const {
    layer::Targets<T> result;
    if (rows > 0) result.values = {values.data(), rows, values.size() / rows};
    result.labels = labels;
    return result;
  }
};

/// Labels as the loss takes them. softmax: whole numbers from 0 to outputs - 1. bce: 0 or 1 for one output, else a class. mse: any
/// number for one output, else a class.
/// @throws InputError with the place of a label that is none
template <class T>
Goals<T> goals_of(const Dataset<T>& data, const layer::Loss& loss, std::size_t outputs);

/// The number of classes: the largest label and one. @throws InputError with the place of a label that is no whole number from 0
template <class T>
std::size_t classes_in(const Dataset<T>& data);

/// The samples at these places, in that order.
template <class T>
Dataset<T> chosen(const Dataset<T>& data, const std::vector<std::size_t>& places);

/// The power of two that brings all numbers to [-1, 1]; 1 where they are all 0.
template <class T>
double divisor_of(const Dataset<T>& data);

}  // namespace ogive::tools
