// SPDX-License-Identifier: MIT
#include "tools/common/signals.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

namespace ogive::tools {
namespace {

std::atomic<int> pending{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may use it");

void remember(int signal) { pending = signal; }

void handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(signal, &action, nullptr);
}

}  // namespace

void ignore_closed_pipes() { handle(SIGPIPE, SIG_IGN, 0); }

void defer_interrupts() {
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN)
      handle(signal, remember, static_cast<int>(SA_RESETHAND) | SA_RESTART);  // nohup, background jobs
  }
}

bool interrupted() { return pending != 0; }

void check_interrupt() {
  if (const int signal = pending; signal != 0) throw Interrupted{signal};
}

void die_of_signal(int signal) {
  handle(signal, SIG_DFL, 0);
  raise(signal);
  _exit(128 + signal);
}

}  // namespace ogive::tools
