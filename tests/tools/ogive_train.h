// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the tests of ogive-train share: the program, small data, and what it printed.

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tools/command.h"

namespace ogive::test {

inline std::vector<std::string> ogive_train(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), OGIVE_TRAIN);
  return arguments;
}

/// The objects of JSON output, one a line.
inline std::vector<nlohmann::ordered_json> objects(const std::string& text) {
  std::vector<nlohmann::ordered_json> result;
  for (const auto& line : lines(text)) {
    result.push_back(nlohmann::ordered_json::parse(line));
    BOOST_TEST(result.back()["schema"] == "ogive.train/1");
  }
  return result;
}

/// What a command that must succeed prints; stderr must be empty.
inline std::string good_output(const Folder& folder, std::vector<std::string> arguments) {
  arguments.emplace_back("--quiet");
  const auto outcome = folder.run(ogive_train(std::move(arguments)));
  BOOST_TEST(outcome.code == 0, outcome.err);
  BOOST_TEST(outcome.err == "");
  return outcome.out;
}

/// Twelve samples of two numbers, two classes that a line parts.
inline std::string two_classes() {
  std::string text = "a,b,class\n";
  for (int i = 0; i < 12; ++i) {
    const double along = i / 6.0, side = i % 2 == 0 ? 0.5 : -0.5;
    text += std::to_string(along) + ',' + std::to_string(along + side) + ',' + std::to_string(i % 2) + '\n';
  }
  return text;
}

/// An IDX file of bytes.
inline std::string idx_bytes(const std::vector<unsigned>& dimensions, const std::vector<unsigned>& values) {
  std::string text = {0, 0, 8, static_cast<char>(dimensions.size())};
  for (const unsigned dimension : dimensions)
    for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>((dimension >> shift) & 0xFF);
  for (const unsigned value : values) text += static_cast<char>(value);
  return text;
}

}  // namespace ogive::test
