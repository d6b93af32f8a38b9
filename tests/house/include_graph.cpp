// SPDX-License-Identifier: MIT
#include "include_graph.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace house {
namespace fs = std::filesystem;
namespace {

/// A thing that only some modules may use.
struct Reserved {
  std::regex line;
  std::set<std::string> modules;
  std::string what;
};

const std::vector<Reserved>& reserved() {
  static const std::vector<Reserved> list = {
      {std::regex(R"(^\s*#\s*include\s*[<"](ceres|glog|gflags)/)"), {"fit", "layer"}, "Ceres is seen by fit and layer only"},
      {std::regex(R"(^\s*#\s*include\s*[<"](mpfr\.h|boost/multiprecision/mpfr))"), {"accuracy"}, "MPFR is seen by accuracy only"},
      {std::regex(R"(^\s*#\s*include\s*[<"](hwy/|immintrin\.h|arm_neon\.h))"),
       {"sigmoid", "accuracy", "layer", "batch"},
       "SIMD is seen by sigmoid, accuracy, layer and batch only"},
      {std::regex(R"(^\s*#\s*include\s*<emmintrin\.h)"), {"io"}, "SSE2, which every x86-64 has, is seen by io only"},
      {std::regex(R"(\b(popen|posix_spawnp?|execvp?e?|fork)\s*\()"), {"plot"}, "only plot starts a program"},
      {std::regex(R"(^\s*#\s*include\s*<CLI/)"), {}, "options belong to tools/"},
      {std::regex(R"(\bgetenv\s*\()"), {}, "the environment belongs to tools/"},
      {std::regex(R"(\bstd::(cout|cerr|clog)\b|\b(printf|puts)\s*\()"), {}, "the library does not print"},
      {std::regex(R"(\b(std::)?(exit|abort|quick_exit|_Exit|terminate)\s*\()"), {}, "the library does not exit"},
  };
  return list;
}

/// The line without its // comment. A string that holds "//" is cut, too; that hides nothing which these rules look for.
std::string code_of(const std::string& line) { return line.substr(0, line.find("//")); }

class Checker {
 public:
  Checker(fs::path root, const Modules& modules) : root_(std::move(root)), modules_(modules) {}

  void check(const fs::path& file) {
    const fs::path relative = fs::relative(file, root_);
    const auto part = [&](std::size_t index) {
      auto it = relative.begin();
      for (std::size_t i = 0; i < index && it != relative.end(); ++i) ++it;
      return it == relative.end() ? std::string() : it->string();
    };
    const bool in_library = part(0) == "lib";
    const std::string module = in_library ? part(2) : std::string();  // lib/ogive/<module>/...
    if (in_library && !modules_.contains(module)) {
      report(relative, 0, "no ogive_module() names the folder '" + module + "'");
      return;
    }
    std::ifstream in(file);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      const std::string code = code_of(line);
      std::smatch match;
      if (std::regex_search(code, match, quoted_include_)) check_include(relative, number, module, match[1]);
      if (!in_library) continue;
      for (const auto& rule : reserved())
        if (!rule.modules.contains(module) && std::regex_search(code, rule.line)) report(relative, number, rule.what);
    }
  }

  std::vector<std::string> faults() && {
    std::sort(faults_.begin(), faults_.end());
    return std::move(faults_);
  }

 private:
  void check_include(const fs::path& file, int line, const std::string& from, const std::string& included) {
    std::smatch match;
    if (!std::regex_match(included, match, ogive_header_)) {
      if (!from.empty() && included.find("..") != std::string::npos) report(file, line, "'" + included + "' leaves its folder");
      if (!from.empty() && fs::exists(root_ / included)) report(file, line, "'" + included + "' is outside the library");
      return;
    }
    const std::string to = match[1], header = match[2];
    if (!modules_.contains(to)) return report(file, line, "'" + included + "': there is no module '" + to + "'");
    if (!fs::exists(root_ / "lib" / included)) return report(file, line, "'" + included + "' does not exist");
    if (from == to) return;
    if (from.empty()) return;  // a tool is built with the library and may use all of it
    if (!modules_.at(to).headers.contains(header)) report(file, line, "'" + included + "' is private to " + to);
    const Module& self = modules_.at(from);
    if (!self.depends.contains(to))
      report(file, line, from + " includes '" + included + "' but does not name " + to + " in DEPENDS");
    if (modules_.at(to).level >= self.level)
      report(file, line,
             from + " (level " + std::to_string(self.level) + ") includes '" + included + "' of level " +
                 std::to_string(modules_.at(to).level));
  }

  void report(const fs::path& file, int line, const std::string& what) {
    faults_.push_back(file.generic_string() + ":" + std::to_string(line) + ": " + what);
  }

  fs::path root_;
  const Modules& modules_;
  std::vector<std::string> faults_;
  const std::regex quoted_include_{R"(^\s*#\s*include\s*["<]([^">]*)[">])"};
  const std::regex ogive_header_{R"(ogive/([^/]+)/(.+))"};
};

}  // namespace

Modules read_modules(const fs::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  Modules modules;
  std::string line;
  while (std::getline(in, line)) {
    std::istringstream words(line);
    std::string name, word;
    Module module;
    if (!(words >> name >> module.level)) throw std::runtime_error("not a module: " + line);
    std::set<std::string>* list = nullptr;
    while (words >> word) {
      if (word == "DEPENDS") {
        list = &module.depends;
      } else if (word == "HEADERS") {
        list = &module.headers;
      } else if (list != nullptr) {
        list->insert(word);
      }
    }
    modules[name] = module;
  }
  return modules;
}

std::vector<fs::path> files_below(const fs::path& folder, const std::set<std::string>& extensions) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && extensions.contains(entry.path().extension().string())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> include_faults(const fs::path& root, const Modules& modules) {
  Checker checker(root, modules);
  for (const char* folder : {"lib/ogive", "tools"})
    for (const auto& file : files_below(root / folder, {".h", ".cpp", ".in"})) checker.check(file);
  return std::move(checker).faults();
}

}  // namespace house
