// SPDX-License-Identifier: MIT
#include "tools/ogive-train/shipped_data.h"

#include <filesystem>

#include "ogive/base/errors.h"

namespace ogive::tools {
namespace {

bool is_there(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

}  // namespace

std::string digits_path() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const auto installed = program.parent_path() / OGIVE_INSTALLED_DATASETS / "digits.csv";
  if (is_there(installed)) return installed.lexically_normal().string();
  const auto source = std::filesystem::path(OGIVE_SOURCE_DATASETS) / "digits.csv";
  if (is_there(source)) return source.string();
  throw FileError(installed.lexically_normal().string(), "the digits that come with Ogive are not there; name a FILE");
}

std::string fashion_mnist_path(const std::string& name) {
  const auto path = std::filesystem::path("/usr/share/datasets/fashion-mnist") / name;
  if (!is_there(path)) throw FileError(path.string(), "Fashion-MNIST is not installed (Debian: apt install dataset-fashion-mnist)");
  return path.string();
}

}  // namespace ogive::tools
