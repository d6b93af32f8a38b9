// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Runs a program as a user does, and says what came of it.
///
/// @code
///   Folder folder;
///   folder.write("plate.csv", "dose,response\n1,abc\n");
///   const Outcome outcome = folder.run({OGIVE_FIT, "plate.csv"});
///   BOOST_TEST(outcome.code == 2);
///   BOOST_TEST(outcome.err == "ogive-fit: plate.csv:2:3: error: ...\n");
/// @endcode

#include <map>
#include <string>
#include <vector>

namespace ogive::test {

/// How a program ended and what it said.
struct Outcome {
  int code = -1;    ///< exit code, or 128 + signal as a shell says it
  std::string out;  ///< stdout
  std::string err;  ///< stderr
  double seconds = 0;
};

/// What the program finds around itself.
struct Surroundings {
  std::string input{};                               ///< stdin
  std::string output{};                              ///< stdout goes into this file; empty: into Outcome::out
  std::map<std::string, std::string> environment{};  ///< added to a small fixed one (PATH, LC_ALL=C)
  double interrupt_after = 0;                        ///< seconds until SIGINT; 0: none
  bool close_stdout_after_a_line = false;            ///< as `| head -1` does
};

/// The lines of a text, without their ends.
std::vector<std::string> lines(const std::string& text);

/// A folder of its own, the working directory of the programs; removed with all that is in it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& content) const;
  std::string read(const std::string& name) const;
  bool has(const std::string& name) const;
  std::vector<std::string> files() const;  ///< names, sorted
  std::string path(const std::string& name) const;

  /// Runs the program words[0] with its arguments.
  Outcome run(const std::vector<std::string>& words, const Surroundings& surroundings = {}) const;

  /// Runs it on a terminal of 100 columns: stdin, stdout and stderr are the terminal; all of it arrives in Outcome::out.
  Outcome run_on_terminal(const std::vector<std::string>& words, const Surroundings& surroundings = {}) const;

 private:
  std::string path_;
  std::string streams_;  // beside the folder, so that files() sees only what the program made
};

}  // namespace ogive::test
