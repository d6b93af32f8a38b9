// SPDX-License-Identifier: MIT
#include "ogive/plot/gnuplot.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include "ogive/base/errors.h"

extern char** environ;

namespace ogive::plot {
namespace {

[[noreturn]] void fail(int error, const std::string& what) {
  throw FileError("gnuplot", what + ": " + std::generic_category().message(error));
}

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  int get() const { return number_; }
  bool open() const { return number_ >= 0; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_ = -1;
};

/// The two ends of a channel to the child. A socket pair: writing to it can refuse SIGPIPE, which a pipe cannot.
struct Channel {
  Descriptor ours;
  Descriptor theirs;
};

Channel channel() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) fail(errno, "no channel to the program");
  Channel result{Descriptor(ends[0]), Descriptor(ends[1])};
  // Above 2, so that handing one end over as the child's 0, 1 or 2 cannot overwrite another where the caller runs with those
  // closed.
  for (Descriptor* end : {&result.ours, &result.theirs}) {
    if (end->get() > 2) continue;
    const int moved = ::fcntl(end->get(), F_DUPFD_CLOEXEC, 3);
    if (moved < 0) fail(errno, "no channel to the program");
    *end = Descriptor(moved);
  }
  return result;
}

/// The caller's environment without what steers gnuplot, and in a locale that has UTF-8 and a decimal point.
std::vector<std::string> clean_environment() {
  std::vector<std::string> result{"LC_ALL=C.UTF-8"};
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const bool steers = text.starts_with("GNU") || text.starts_with("LC_") || text.starts_with("LANG") || text.starts_with("FIT_");
    if (!steers) result.emplace_back(text);
  }
  return result;
}

pid_t start(const Channel& input, const Channel& output, const Channel& errors) {
  std::string program = "gnuplot";
  std::string defaults = "-d";
  std::array<char*, 3> arguments{program.data(), defaults.data(), nullptr};
  std::vector<std::string> environment = clean_environment();
  std::vector<char*> pointers;
  for (std::string& entry : environment) pointers.push_back(entry.data());
  pointers.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  if (const int error = posix_spawn_file_actions_init(&actions)) fail(error, "the program cannot be started");
  posix_spawn_file_actions_adddup2(&actions, input.theirs.get(), 0);
  posix_spawn_file_actions_adddup2(&actions, output.theirs.get(), 1);
  posix_spawn_file_actions_adddup2(&actions, errors.theirs.get(), 2);
  pid_t child = -1;
  const int error = posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), pointers.data());
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT || error == EACCES || error == ENOTDIR)
    throw FileError("gnuplot", "the program is not installed; it draws the pictures (Debian: apt install gnuplot-nox)");
  if (error != 0) fail(error, "the program cannot be started");
  return child;
}

/// Reads what there is into `text`; closes the descriptor at its end.
void drain(Descriptor& from, std::string& text) {
  std::array<char, 65536> buffer;
  const ssize_t count = ::recv(from.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count > 0)
    text.append(buffer.data(), static_cast<std::size_t>(count));
  else if (count == 0 || (errno != EAGAIN && errno != EINTR))
    from.close();
}

/// Writes what fits of `text` from `position` on; closes the descriptor at the end, or where the child reads no more.
void feed(Descriptor& to, const std::string& text, std::size_t& position) {
  const ssize_t count = ::send(to.get(), text.data() + position, text.size() - position, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (count >= 0)
    position += static_cast<std::size_t>(count);
  else if (errno != EAGAIN && errno != EINTR)
    to.close();
  if (position == text.size()) to.close();
}

/// All three at once: a child that waits for us to read must not meet a parent that waits for it to read.
void converse(const std::string& script, Descriptor input, Descriptor output, Descriptor errors, std::string& drawing,
              std::string& complaints) {
  std::size_t position = 0;
  while (input.open() || output.open() || errors.open()) {
    std::array<pollfd, 3> waiting{{{input.get(), POLLOUT, 0}, {output.get(), POLLIN, 0}, {errors.get(), POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0) {
      if (errno == EINTR) continue;
      fail(errno, "waiting for the program");
    }
    if (waiting[0].revents != 0) feed(input, script, position);
    if (waiting[1].revents != 0) drain(output, drawing);
    if (waiting[2].revents != 0) drain(errors, complaints);
  }
}

/// gnuplot repeats the command and points at a place before it says what is wrong; the sentence stands after "line N: ".
std::string first_message(const std::string& complaints) {
  const std::size_t place = complaints.find("line ");
  const std::size_t colon = place == std::string::npos ? place : complaints.find(": ", place);
  const std::size_t begin = colon == std::string::npos ? complaints.find_first_not_of(" \n") : colon + 2;
  if (begin == std::string::npos) return "it gave no reason";
  return complaints.substr(begin, complaints.find('\n', begin) - begin);
}

/// The bytes of the UTF-8 character at the beginning of a text; 0 where there is none, or one that XML does not know.
std::size_t character_length(std::string_view text) {
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (length == 0) return 0;
  unsigned code = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
    code = (code << 6) | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  const bool control = code < 0xA0 || code == 0xFFFE || code == 0xFFFF;
  return overlong || surrogate || control || code > 0x10FFFF ? 0 : length;
}

}  // namespace

std::string run_gnuplot(const std::string& script) {
  Channel input = channel();
  Channel output = channel();
  Channel errors = channel();
  const pid_t child = start(input, output, errors);
  // Our copies of the child's ends must go, or its end of output never shows.
  input.theirs.close();
  output.theirs.close();
  errors.theirs.close();

  std::string drawing;
  std::string complaints;
  converse(script, std::move(input.ours), std::move(output.ours), std::move(errors.ours), drawing, complaints);

  int status = 0;
  pid_t ended;
  do ended = ::waitpid(child, &status, 0);
  while (ended < 0 && errno == EINTR);
  // ECHILD: the caller ignores SIGCHLD and the system has taken the status; then only the drawing tells.
  const bool failed = ended == child ? !(WIFEXITED(status) && WEXITSTATUS(status) == 0) : drawing.empty();
  if (failed) throw FileError("gnuplot", "the program failed: " + first_message(complaints));
  return drawing;
}

std::string printable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0)
      result += '?';
    else if (length == 1 && (static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7f))
      result += ' ';
    else
      result += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

std::string script_string(std::string_view text) {
  // In single quotes gnuplot 5.4 stumbles over a quote at the beginning. In double quotes only the backslash, the quote and the
  // backquote (which would start a program) are special; the last cannot be escaped, so it is joined on in single quotes.
  std::string result = "\"";
  for (const char character : printable(text)) {
    if (character == '`') {
      result += "\".'`'.\"";
      continue;
    }
    if (character == '"' || character == '\\') result += '\\';
    result += character;
  }
  return result + '"';
}

}  // namespace ogive::plot
