// SPDX-License-Identifier: MIT
#include "tools/command.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace ogive::test {
namespace {

using Clock = std::chrono::steady_clock;

void require(bool good, const std::string& what) {
  if (!good) throw std::runtime_error("cannot run the test: " + what);
}

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void spill(const std::string& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  require(file.good(), path);
}

std::string temporary_folder() {
  std::string path = (std::filesystem::temp_directory_path() / "ogive-test-XXXXXX").string();
  require(mkdtemp(path.data()) != nullptr, path);
  return path;
}

std::vector<std::string> environment_of(const Surroundings& surroundings) {
  std::map<std::string, std::string> all = {{"PATH", "/usr/local/bin:/usr/bin:/bin"}, {"LC_ALL", "C"}, {"TERM", "xterm"}};
  for (const auto& [name, value] : surroundings.environment) all[name] = value;
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"})
    if (const char* value = std::getenv(name)) all[name] = value;
  std::vector<std::string> result;
  for (const auto& [name, value] : all) result.push_back(name + "=" + value);
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (auto& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

int wait_for(pid_t child) {
  int status = 0;
  require(waitpid(child, &status, 0) == child, "waitpid");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void interrupt(pid_t child, double seconds) {
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  kill(child, SIGINT);
}

}  // namespace

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

Folder::Folder() : path_(temporary_folder()), streams_(temporary_folder()) {}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
  std::filesystem::remove_all(streams_, ignored);
}

std::string Folder::path(const std::string& name) const { return path_ + '/' + name; }
void Folder::write(const std::string& name, const std::string& content) const { spill(path(name), content); }
std::string Folder::read(const std::string& name) const { return slurp(path(name)); }
bool Folder::has(const std::string& name) const { return std::filesystem::exists(path(name)); }

std::vector<std::string> Folder::files() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

Outcome Folder::run(const std::vector<std::string>& words, const Surroundings& surroundings) const {
  const std::string in = streams_ + "/in";
  const std::string out = surroundings.output.empty() ? streams_ + "/out" : surroundings.output;
  const std::string err = streams_ + "/err";
  spill(in, surroundings.input);

  int pipe_ends[2] = {-1, -1};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, in.c_str(), O_RDONLY, 0);
  if (surroundings.close_stdout_after_a_line) {
    require(pipe2(pipe_ends, O_CLOEXEC) == 0, "pipe");
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], 1);
  } else {
    posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  }
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, path_.c_str());

  auto arguments = words;
  auto environment = environment_of(surroundings);
  pid_t child = 0;
  const auto start = Clock::now();
  const int failure =
      posix_spawn(&child, words.at(0).c_str(), &actions, nullptr, pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  require(failure == 0, words[0]);

  Outcome outcome;
  if (surroundings.close_stdout_after_a_line) {
    close(pipe_ends[1]);
    char c = 0;
    while (::read(pipe_ends[0], &c, 1) == 1 && c != '\n') outcome.out += c;
    close(pipe_ends[0]);
  }
  if (surroundings.interrupt_after > 0) interrupt(child, surroundings.interrupt_after);
  outcome.code = wait_for(child);
  outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  if (surroundings.output.empty() && !surroundings.close_stdout_after_a_line) outcome.out = slurp(out);
  outcome.err = slurp(err);
  return outcome;
}

Outcome Folder::run_on_terminal(const std::vector<std::string>& words, const Surroundings& surroundings) const {
  auto arguments = words;
  auto environment = environment_of(surroundings);
  const auto argument_pointers = pointers(arguments);
  const auto environment_pointers = pointers(environment);
  const winsize size{30, 100, 0, 0};
  int terminal = -1;
  const auto start = Clock::now();
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  require(child >= 0, "forkpty");
  if (child == 0) {
    if (chdir(path_.c_str()) == 0) execve(words[0].c_str(), argument_pointers.data(), environment_pointers.data());
    _exit(126);
  }
  std::jthread interrupter;
  if (surroundings.interrupt_after > 0) interrupter = std::jthread(interrupt, child, surroundings.interrupt_after);
  Outcome outcome;
  char buffer[4096];
  for (ssize_t got; (got = ::read(terminal, buffer, sizeof buffer)) > 0;) outcome.out.append(buffer, static_cast<std::size_t>(got));
  close(terminal);
  outcome.code = wait_for(child);
  outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::erase(outcome.out, '\r');
  return outcome;
}

}  // namespace ogive::test
