// SPDX-License-Identifier: MIT
#include "tools/ogive-error/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <system_error>

#include "ogive/io/number.h"
#include "tools/common/exit_code.h"
#include "tools/common/signals.h"

namespace ogive::tools {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t no_slot = 1024;  // as many slots: threads that are in the user's function at once
constexpr std::size_t none = no_slot + 1;

/// What one thread of the child is doing.
struct Slot {
  std::atomic<bool> taken;
  std::atomic<std::uint64_t> steps;  // odd: in a call; another number: another call
  Call call;
};

/// What the child leaves behind for the parent to read, in memory that both have.
struct Shared {
  std::atomic<bool> finished;
  std::atomic<std::size_t> crashed;     // the slot of the thread that did
  std::array<Slot, no_slot + 1> slots;  // the last one: of threads for which there was none left
};

Shared* shared = nullptr;

/// The slot of a thread, for as long as it lives.
class OwnSlot {
 public:
  OwnSlot() {
    while (index_ < no_slot && shared->slots[index_].taken.exchange(true)) ++index_;
  }
  ~OwnSlot() { shared->slots[index_].taken = false; }
  OwnSlot(const OwnSlot&) = delete;
  OwnSlot& operator=(const OwnSlot&) = delete;
  std::size_t index() const { return index_; }

 private:
  std::size_t index_ = 0;
};

thread_local std::size_t current = none;  // for the signal handler, which may not make a new one

Slot& own_slot() {
  thread_local const OwnSlot own;
  current = own.index();
  return shared->slots[current];
}

constexpr int float32_digits = 9;
constexpr int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

// Keeps the call during which this thread crashed; then the system's own action follows, since the handler is reset.
void keep_call(int signal) {
  if (current != none && shared->slots[current].steps % 2 == 1) shared->crashed = current;
  raise(signal);
}

std::string call_text(const std::string& symbol, std::size_t slot) {
  if (slot >= no_slot) return symbol;
  const Call& call = shared->slots[slot].call;
  const std::string first = io::format_number(call.first, float32_digits);
  if (call.count == 1) return symbol + ", called with one input (" + first + "),";
  return symbol + ", called with " + std::to_string(call.count) + " inputs (" + first + " ... " +
         io::format_number(call.last, float32_digits) + "),";
}

void say(const std::string& line) { [[maybe_unused]] const auto written = write(STDERR_FILENO, line.data(), line.size()); }

/// How long a call may take.
std::chrono::milliseconds patience(const Call& call) { return std::chrono::seconds(10) + std::chrono::milliseconds(call.count); }

/// Finds calls that do not come back: looks now and then, and remembers since when each thread has been in the same call.
class Watch {
 public:
  /// The slot of such a call, or `none`.
  std::size_t look() {
    const auto now = Clock::now();
    for (std::size_t i = 0; i < no_slot; ++i) {
      const Slot& slot = shared->slots[i];
      Seen& seen = seen_[i];
      const std::uint64_t steps = slot.steps;
      if (steps != seen.steps) seen = {steps, now};
      if (steps % 2 == 0) continue;
      if (now - seen.since > patience(slot.call)) return i;
    }
    return none;
  }

 private:
  struct Seen {
    std::uint64_t steps = 0;
    Clock::time_point since{};
  };
  std::array<Seen, no_slot> seen_{};
};

}  // namespace

Child::Child() {
  void* memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  shared = new (memory) Shared{};
  shared->crashed = none;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  process_ = fork();
  if (process_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  close(ends[is_parent() ? 1 : 0]);
  if (is_parent()) {
    life_line_ = ends[0];
    defer_interrupts();  // a result file that was begun has to be removed
    return;
  }
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // who kills the parent means the child
#endif
  for (const int signal : crashes) {
    struct sigaction action {};
    action.sa_handler = keep_call;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    sigaction(signal, &action, nullptr);
  }
}

Child::~Child() {
  if (is_parent())
    close(life_line_);
  else
    shared->finished = true;
}

void Child::begin_call(const Call& call) {
  Slot& slot = own_slot();
  slot.call = call;
  ++slot.steps;
}

void Child::end_call() { ++own_slot().steps; }

int Child::wait_until_over() const {
  constexpr int pause = 100;  // milliseconds; the end of the child is seen at once
  const auto kill_child = [this] {
    int ignored = 0;
    kill(process_, SIGKILL);
    waitpid(process_, &ignored, 0);
  };
  Watch watch;
  for (;;) {
    pollfd line{life_line_, POLLIN, 0};
    poll(&line, 1, pause);
    int status = 0;
    const pid_t over = waitpid(process_, &status, (line.revents & POLLHUP) != 0 ? 0 : WNOHANG);
    if (over == process_) return status;
    if (over < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
    if (interrupted()) {
      kill_child();
      check_interrupt();
    }
    if (const std::size_t stuck = watch.look(); stuck != none) {
      kill_child();
      shared->crashed = stuck;
      return -1;
    }
  }
}

int Child::wait(const std::string& library, const std::string& symbol) const {
  const int status = wait_until_over();
  if (status >= 0 && WIFEXITED(status) && shared->finished) return WEXITSTATUS(status);
  std::string what;
  if (status < 0) {
    what = "did not return within " +
           std::to_string(std::chrono::round<std::chrono::seconds>(patience(shared->slots[shared->crashed].call)).count()) + " s";
  } else if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    if (signal == SIGINT || signal == SIGTERM || signal == SIGHUP) throw Interrupted{signal};
    what = "crashed with signal " + std::to_string(signal) + " (" + strsignal(signal) + ')';
  } else {
    what = "ended the process with exit code " + std::to_string(WEXITSTATUS(status));
  }
  say("ogive-error: " + library + ": error: " + call_text(symbol, shared->crashed) + ' ' + what + '\n');
  return exit_not_good;
}

}  // namespace ogive::tools
