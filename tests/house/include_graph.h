// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The rules of who may include whom, checked on the files themselves.
///
///   - a module includes only from itself and from the modules that its ogive_module() names, all of a smaller level;
///   - a header that ogive_module() does not name as public is included by its own module only (tools and tests are
///     built with the library and may look inside);
///   - what is included exists;
///   - only the library's own way in: lib/ never includes from tools/, tests/ or bench/;
///   - a library of others stays in the modules that it was let into (Ceres in fit, gnuplot's pipe in plot, ...);
///   - the library neither prints nor exits.

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace house {

/// What ogive_module() said about one module.
struct Module {
  int level = 0;
  std::set<std::string> depends;
  std::set<std::string> headers;  ///< public ones, relative to the module's folder
};

using Modules = std::map<std::string, Module>;

/// Reads <build>/modules.txt, one line a module: "<name> <level> DEPENDS <module>... HEADERS <file>...".
Modules read_modules(const std::filesystem::path& file);

/// Every breach of the rules below root/lib and root/tools, as "path:line: what is wrong", sorted.
std::vector<std::string> include_faults(const std::filesystem::path& root, const Modules& modules);

/// The files with one of these extensions below a folder, sorted; none where there is no such folder.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder, const std::set<std::string>& extensions);

}  // namespace house
