// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A process of its own for code that may crash.
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

  /// Waits for the child. A crash is reported on stderr in one line: exit_not_good. Otherwise the exit code of the child.
  int wait(const std::string& library, const std::string& symbol) const;

  /// In the child: this thread is about to make a call of the user's function, or (nullptr) has come back.
  static void note_call(const Call* call);

 private:
  int process_;
};

}  // namespace ogive::tools
