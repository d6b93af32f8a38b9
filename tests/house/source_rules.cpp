// SPDX-License-Identifier: MIT
#include "source_rules.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>

namespace house {
namespace fs = std::filesystem;
namespace {

bool is_source(const fs::path& file) {
  static const std::set<std::string> extensions = {".h", ".cpp", ".cmake", ".in", ".sh", ".py", ".dox", ".gp"};
  const std::string name = file.filename().string();
  if (extensions.contains(file.extension().string()) || name == "CMakeLists.txt") return true;
  if (file.has_extension()) return false;
  std::ifstream in(file);
  std::string line;
  return std::getline(in, line) && line.starts_with("#!");  // scripts/test and its like
}

bool is_text(const fs::path& file) {
  static const std::set<std::string> extensions = {".md", ".json", ".txt", ".svg", ".csv"};
  return is_source(file) || extensions.contains(file.extension().string());
}

/// The project's own files: no build folder, no repository data, no inputs of tests (folders named data, malformed or *_corpus).
std::vector<fs::path> own_files(const fs::path& root) {
  std::vector<fs::path> files;
  const auto passed_over = [](const fs::path& folder) {
    const std::string name = folder.filename().string();
    return name == ".git" || name == "build" || name == ".cache" || name == "data" || name == "malformed" ||
           name.ends_with("_corpus");
  };
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it) {
    if (it->is_directory() && passed_over(it->path())) {
      it.disable_recursion_pending();
    } else if (it->is_regular_file()) {
      files.push_back(it->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Folders that only exist where the project is written. Put together here, or this file would name them.
std::vector<std::string> machine_folders() {
  const std::string slash = "/";
  return {slash + "work" + slash, ".." + slash + "shared", slash + "home" + slash, slash + "root" + slash,
          slash + "tmp" + slash + "build"};
}

/// Whether the line names this folder; the same letters inside a longer path, "$cache/root/usr", are something else.
bool names(const std::string& line, const std::string& folder) {
  for (std::size_t at = line.find(folder); at != std::string::npos; at = line.find(folder, at + 1)) {
    if (at == 0) return true;
    const char before = line[at - 1];
    const bool inside = std::isalnum(static_cast<unsigned char>(before)) || std::string("._-}*").find(before) != std::string::npos;
    if (!inside || folder.front() == '.') return true;
  }
  return false;
}

bool is_ascii(const std::string& line) {
  return std::all_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::vector<std::string> source_faults(const fs::path& root) {
  std::vector<std::string> faults;
  for (const auto& file : own_files(root)) {
    const bool source = is_source(file);
    if (!is_text(file)) continue;
    const std::string name = fs::relative(file, root).generic_string();
    std::ifstream in(file, std::ios::binary);
    std::string line;
    bool has_licence = false, has_guard = file.extension() != ".h" || name.ends_with("-inl.h");
    int number = 0;
    const auto report = [&](int at, const std::string& what) { faults.push_back(name + ":" + std::to_string(at) + ": " + what); };
    while (std::getline(in, line)) {
      ++number;
      for (const auto& folder : machine_folders())
        if (names(line, folder)) report(number, "names '" + folder + "', a folder of one machine");
      if (!source) continue;
      if (number <= 3 && line.find("SPDX-License-Identifier: MIT") != std::string::npos) has_licence = true;
      if (line == "#pragma once") has_guard = true;
      if (!is_ascii(line)) report(number, "a byte outside ASCII");
      if (line.find('\t') != std::string::npos) report(number, "a tab");
      if (!line.empty() && (line.back() == ' ' || line.back() == '\r')) report(number, "white space at the end of the line");
    }
    if (source && !has_licence) report(1, "no line 'SPDX-License-Identifier: MIT'");
    if (source && !has_guard) report(1, "no line '#pragma once'");
  }
  return faults;
}

std::vector<std::string> files_that_say(const fs::path& root, const std::string& version) {
  std::vector<std::string> files;
  for (const auto& file : own_files(root)) {
    if (!is_source(file)) continue;
    std::ifstream in(file);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto is_digit_or_dot = [&](std::size_t at) {
      return at < text.size() && ((text[at] >= '0' && text[at] <= '9') || text[at] == '.');
    };
    for (std::size_t at = text.find(version); at != std::string::npos; at = text.find(version, at + 1)) {
      if ((at > 0 && is_digit_or_dot(at - 1)) || is_digit_or_dot(at + version.size())) continue;  // part of another number
      files.push_back(fs::relative(file, root).generic_string());
      break;
    }
  }
  return files;
}

}  // namespace house
