// SPDX-License-Identifier: MIT
#include "tools/ogive-error/child.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

#include "ogive/io/number.h"
#include "tools/common/exit_code.h"
#include "tools/common/signals.h"

namespace ogive::tools {
namespace {

/// What the child leaves behind for the parent to read.
struct Last {
  bool finished;
  bool in_call;
  Call call;
};

volatile Last* last = nullptr;
thread_local const Call* current = nullptr;

constexpr int float32_digits = 9;
constexpr int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

// Keeps the call during which this thread crashed; then the system's own action follows, since the handler is reset.
void keep_call(int signal) {
  if (current != nullptr) {
    last->call.count = current->count;
    last->call.first = current->first;
    last->call.last = current->last;
    last->in_call = true;
  }
  raise(signal);
}

std::string calls_text(const std::string& symbol) {
  if (!last->in_call) return symbol;
  const std::string first = io::format_number(last->call.first, float32_digits);
  if (last->call.count == 1) return symbol + ", called with one input (" + first + "),";
  return symbol + ", called with " + std::to_string(last->call.count) + " inputs (" + first + " ... " +
         io::format_number(last->call.last, float32_digits) + "),";
}

void say(const std::string& line) { [[maybe_unused]] const auto written = write(STDERR_FILENO, line.data(), line.size()); }

}  // namespace

Child::Child() {
  void* memory = mmap(nullptr, sizeof(Last), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  last = static_cast<Last*>(memory);
  process_ = fork();
  if (process_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (process_ != 0) return;
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // who stops the parent means the child
#endif
  for (const int signal : crashes) {
    struct sigaction action {};
    action.sa_handler = keep_call;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    sigaction(signal, &action, nullptr);
  }
}

Child::~Child() {
  if (!is_parent()) last->finished = true;
}

void Child::note_call(const Call* call) { current = call; }

int Child::wait(const std::string& library, const std::string& symbol) const {
  int status = 0;
  while (waitpid(process_, &status, 0) < 0)
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
  if (WIFEXITED(status) && last->finished) return WEXITSTATUS(status);
  std::string what = "ended the process with exit code " + std::to_string(WEXITSTATUS(status));
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    if (signal == SIGINT || signal == SIGTERM || signal == SIGHUP) die_of_signal(signal);
    what = "crashed with signal " + std::to_string(signal) + " (" + strsignal(signal) + ')';
  }
  say("ogive-error: " + library + ": error: " + calls_text(symbol) + ' ' + what + '\n');
  return exit_not_good;
}

}  // namespace ogive::tools
