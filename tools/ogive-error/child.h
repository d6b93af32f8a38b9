// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A process of its own for code that may crash, or never come back.
///
/// @code
///   Child child;
///   if (child.is_parent()) return child.wait("./mine.so", "my_sigmoid");
///   return risky();  // here we are in the child; its exit code becomes that of the parent
/// @endcode

#include <cstddef>
#include <string>

#include "ogive/base/float_types.h"

namespace ogive::tools {

/// A call of the user's function, for the report of a crash.
struct Call {
  std::size_t count = 0;       ///< inputs
  double first = 0, last = 0;  ///< the first and the last of them
};

class Child {
 public:
  /// Forks. Nothing may have been written to a stream and no thread may run yet. @throws std::system_error
  Child();
  ~Child();  ///< in the child: it came to its end, whatever the exit code
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool is_parent() const { return process_ != 0; }

  /// Waits for the child. Where it crashed, or a call takes more than ten seconds (and a millisecond for each input), that is
  /// reported on stderr in one line: exit_not_good. Otherwise the exit code of the child.
  /// @throws Interrupted on Ctrl-C; the child is gone then
  int wait(const std::string& library, const std::string& symbol) const;

  /// In the child: this thread is about to make a call of the user's function, ...
  static void begin_call(const Call& call);
  static void end_call();  ///< ... or has come back.

 private:
  int wait_until_over() const;

  int process_;
  int life_line_ = -1;  // of the parent: a pipe that is closed when the child ends
};

}  // namespace ogive::tools
