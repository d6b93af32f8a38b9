// SPDX-License-Identifier: MIT
#include "tools/common/progress.h"

#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdio>

#include "tools/common/terminal.h"

namespace ogive::tools {
namespace {

constexpr std::chrono::seconds quiet_time{1};
constexpr std::chrono::milliseconds interval{200};
constexpr std::string_view erase_line = "\r\x1b[K";

void say(const std::string& text) {
  // One write, so that the line does not mix with the messages of other processes; a failure is of no interest.
  [[maybe_unused]] const auto written = write(static_cast<int>(Stream::err), text.data(), text.size());
}

std::string duration(double seconds) {
  const auto s = static_cast<long long>(std::llround(std::fmin(seconds, 1e9)));
  if (s < 120) return std::to_string(s) + " s";
  if (s < 7200) return std::to_string(s / 60) + " min";
  return std::to_string(s / 3600) + " h";
}

}  // namespace

std::string progress_line(const std::string& program, const std::string& unit, std::size_t done, std::size_t total, double seconds,
                          std::size_t width, const std::string& detail, double share) {
  std::string line = program + ": " + std::to_string(done) + (total > 0 ? " of " + std::to_string(total) : "") + ' ' + unit;
  if (total == 0 && share > 0) line += ", " + std::to_string(static_cast<int>(100 * share)) + " %";
  if (done > 0 && seconds > 0) {
    const double rate = static_cast<double>(done) / seconds;
    char text[32];
    std::snprintf(text, sizeof text, rate < 10 ? "%.2g" : "%.0f", rate);
    if (detail.empty()) line += std::string(", ") + text + "/s";
    if (total > 0) line += ", " + duration(static_cast<double>(total - done) / rate) + " left";
    if (total == 0 && share > 0) line += ", " + duration(seconds * (1 - share) / share) + " left";
  }
  if (!detail.empty()) line += ", " + detail;
  if (line.size() >= width) line.resize(width - 1);  // a line that wraps cannot be erased
  return line;
}

Progress::Progress(std::string program, std::string unit, std::size_t total, bool show)
    : program_(std::move(program)), unit_(std::move(unit)), total_(total) {
  if (show && is_capable_terminal(Stream::err)) watcher_ = std::thread([this] { watch(); });
}

Progress::~Progress() {
  if (!watcher_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  wake_.notify_one();
  watcher_.join();
}

void Progress::advance(std::string detail) {
  advance();
  const std::lock_guard lock(mutex_);
  detail_ = std::move(detail);
}

void Progress::watch() {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  std::unique_lock lock(mutex_);
  if (wake_.wait_for(lock, quiet_time, [this] { return over_; })) return;
  while (!over_) {
    const std::chrono::duration<double> elapsed = Clock::now() - start;
    say(std::string(erase_line) +
        progress_line(program_, unit_, done_, total_, elapsed.count(), terminal_width(Stream::err), detail_, share_));
    wake_.wait_for(lock, interval, [this] { return over_; });
  }
  say(std::string(erase_line));
}

}  // namespace ogive::tools
