// SPDX-License-Identifier: MIT
// The include graph of this project keeps the rules, and the check that says so finds each kind of breach.
#define BOOST_TEST_MODULE house_include_graph
#include "include_graph.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

namespace fs = std::filesystem;

namespace {

/// A source tree of its own with three sound modules, base (0), io (1) and fit (3), in which a test plants one wrong line.
class Planted {
 public:
  Planted() {
    write("lib/ogive/base/errors.h", "#pragma once\n");
    write("lib/ogive/base/secret.h", "#pragma once\n");
    write("lib/ogive/io/table.h", "#include \"ogive/base/errors.h\"\n");
    write("lib/ogive/io/table.cpp", "#include \"ogive/io/table.h\"\n#include \"ogive/io/detail.h\"\n#include <string>\n");
    write("lib/ogive/io/detail.h", "#pragma once\n");
    write("lib/ogive/fit/fit.h", "#include \"ogive/base/errors.h\"\n#include <ceres/jet.h>\n");
    write("tools/ogive-fit/main.cpp", "#include \"ogive/fit/fit.h\"\n#include \"ogive/io/table.h\"\nint main() {}\n");
  }
  ~Planted() { fs::remove_all(root_); }
  Planted(const Planted&) = delete;
  Planted& operator=(const Planted&) = delete;

  void write(const std::string& file, const std::string& text) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
  }

  /// The faults, joined; empty where there are none.
  std::string faults() const {
    std::string all;
    for (const auto& fault : house::include_faults(root_, modules_)) all += fault + '\n';
    return all;
  }

  house::Modules& modules() { return modules_; }

 private:
  fs::path root_ =
      fs::temp_directory_path() / ("ogive_include_graph_" + std::to_string(counter++) + "_" + std::to_string(::getpid()));
  house::Modules modules_ = {
      {"base", {0, {}, {"errors.h"}}}, {"io", {1, {"base"}, {"table.h"}}}, {"fit", {3, {"base"}, {"fit.h"}}}};
  inline static int counter = 0;
};

}  // namespace

BOOST_AUTO_TEST_CASE(this_project_keeps_the_rules) {
  const auto modules = house::read_modules(OGIVE_MODULES_FILE);
  BOOST_TEST(modules.contains("base"));
  for (const auto& fault : house::include_faults(OGIVE_SOURCE_DIR, modules)) BOOST_ERROR(fault);
}

BOOST_AUTO_TEST_CASE(every_public_header_exists_and_every_module_has_one) {
  for (const auto& [name, module] : house::read_modules(OGIVE_MODULES_FILE)) {
    BOOST_TEST(!module.headers.empty(), name);
    for (const auto& header : module.headers)
      BOOST_TEST(fs::exists(fs::path(OGIVE_SOURCE_DIR) / "lib/ogive" / name / header), header);
  }
}

BOOST_AUTO_TEST_CASE(a_sound_tree_has_no_fault) { BOOST_TEST(Planted().faults() == ""); }

BOOST_AUTO_TEST_CASE(finds_an_edge_that_depends_does_not_name) {
  Planted tree;
  tree.write("lib/ogive/fit/fit.cpp", "\n#include \"ogive/io/table.h\"\n");
  BOOST_TEST(tree.faults() == "lib/ogive/fit/fit.cpp:2: fit includes 'ogive/io/table.h' but does not name io in DEPENDS\n");
}

BOOST_AUTO_TEST_CASE(finds_an_edge_to_a_higher_level_even_when_it_is_named) {
  Planted tree;
  tree.modules()["io"].depends.insert("fit");
  tree.write("lib/ogive/io/extra.cpp", "#include \"ogive/fit/fit.h\"\n");
  BOOST_TEST(tree.faults() == "lib/ogive/io/extra.cpp:1: io (level 1) includes 'ogive/fit/fit.h' of level 3\n");
}

BOOST_AUTO_TEST_CASE(finds_an_edge_written_with_angle_brackets_and_spaces) {
  Planted tree;
  tree.write("lib/ogive/fit/fit.cpp", "  #  include   <ogive/io/table.h>  // a comment\n");
  BOOST_TEST(tree.faults().find("does not name io in DEPENDS") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(finds_a_private_header_used_by_another_module) {
  Planted tree;
  tree.write("lib/ogive/io/extra.cpp", "#include \"ogive/base/secret.h\"\n");
  BOOST_TEST(tree.faults() == "lib/ogive/io/extra.cpp:1: 'ogive/base/secret.h' is private to base\n");
}

BOOST_AUTO_TEST_CASE(finds_a_header_or_a_module_that_does_not_exist) {
  Planted tree;
  tree.write("lib/ogive/io/extra.cpp", "#include \"ogive/base/gone.h\"\n#include \"ogive/nowhere/a.h\"\n");
  BOOST_TEST(tree.faults() ==
             "lib/ogive/io/extra.cpp:1: 'ogive/base/gone.h' does not exist\n"
             "lib/ogive/io/extra.cpp:2: 'ogive/nowhere/a.h': there is no module 'nowhere'\n");
}

BOOST_AUTO_TEST_CASE(finds_a_folder_that_is_no_module) {
  Planted tree;
  tree.write("lib/ogive/stray/a.h", "#pragma once\n");
  BOOST_TEST(tree.faults() == "lib/ogive/stray/a.h:0: no ogive_module() names the folder 'stray'\n");
}

BOOST_AUTO_TEST_CASE(finds_a_way_out_of_the_library) {
  Planted tree;
  tree.write("lib/ogive/io/extra.cpp", "#include \"../base/errors.h\"\n#include \"tools/ogive-fit/main.cpp\"\n");
  BOOST_TEST(tree.faults() ==
             "lib/ogive/io/extra.cpp:1: '../base/errors.h' leaves its folder\n"
             "lib/ogive/io/extra.cpp:2: 'tools/ogive-fit/main.cpp' is outside the library\n");
}

BOOST_AUTO_TEST_CASE(finds_ceres_where_it_does_not_belong) {
  Planted tree;
  tree.write("lib/ogive/io/extra.cpp", "#include <ceres/ceres.h>\n");
  BOOST_TEST(tree.faults() == "lib/ogive/io/extra.cpp:1: Ceres is seen by fit and layer only\n");
}

BOOST_AUTO_TEST_CASE(finds_a_library_that_prints_or_exits_or_reads_the_environment) {
  Planted tree;
  tree.write("lib/ogive/io/extra.cpp",
             "void f() { std::cerr << 1; }\nvoid g() { std::exit(1); }\nvoid h() { std::getenv(\"X\"); }\n");
  BOOST_TEST(tree.faults() ==
             "lib/ogive/io/extra.cpp:1: the library does not print\n"
             "lib/ogive/io/extra.cpp:2: the library does not exit\n"
             "lib/ogive/io/extra.cpp:3: the environment belongs to tools/\n");
}

BOOST_AUTO_TEST_CASE(lets_comments_say_anything) {
  Planted tree;
  tree.write("lib/ogive/io/extra.cpp", "// std::cout << x; #include \"ogive/fit/fit.h\"\n/// #include \"ogive/fit/fit.h\"\n");
  BOOST_TEST(tree.faults() == "");
}
