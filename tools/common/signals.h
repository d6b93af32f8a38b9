// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Ctrl-C and closed pipes.
///
/// Until a tool has something to lose, Ctrl-C ends it at once, as the system does by default. From the moment it writes a file,
/// Ctrl-C is a flag that the tool asks for between two curves: the file that is being written is removed on the way out.
///
/// A closed pipe (`ogive-fit big.csv | head -1`) must not kill the process either, for the same reason: SIGPIPE is ignored, and the
/// write fails with EPIPE.

namespace ogive::tools {

/// Thrown by check_interrupt().
struct Interrupted {
  int signal;
};

/// Ignores SIGPIPE; called by run_tool().
void ignore_closed_pipes();

/// From now on SIGINT and SIGTERM set a flag. A second signal ends the process at once.
void defer_interrupts();

/// Whether a deferred signal has arrived.
bool interrupted();

/// @throws Interrupted where a deferred signal has arrived.
void check_interrupt();

/// Ends the process by the signal that arrived, so that the shell sees it (exit code 128 + signal).
[[noreturn]] void die_of_signal(int signal);

}  // namespace ogive::tools
