// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A file for the time of a test, and its text compressed by gzip.

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace ogive::test {

/// A file with this content; gone with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content, const std::string& suffix = ".csv") {
    static int count = 0;
    path_ = (std::filesystem::temp_directory_path() /
             ("ogive-test-" + std::to_string(::getpid()) + '-' + std::to_string(count++) + suffix))
                .string();
    std::ofstream(path_, std::ios::binary) << content;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::remove(path_.c_str()); }

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace ogive::test
