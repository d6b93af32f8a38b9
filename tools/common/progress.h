// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The progress line: on a terminal's stderr only, after a second, about five times a second, erased at the end.
///
///     ogive-fit: 12345 of 100000 curves, 5210/s, 17 s left
///     ogive-fit: 12345 curves, 12 %, 5210/s, 17 s left        where their number is not known

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>

namespace ogive::tools {

class Progress {
 public:
  /// @param program  the name that starts the line
  /// @param unit     what is counted, in the plural
  /// @param total    how many there are; 0: not known, see reach()
  /// @param show     false: the line never appears
  Progress(std::string program, std::string unit, std::size_t total, bool show);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// One more is done. May be called from any thread.
  void advance() { done_.fetch_add(1, std::memory_order_relaxed); }

  /// So many more are done.
  void advance_by(std::size_t count) { done_.fetch_add(count, std::memory_order_relaxed); }

  /// Where nobody knows how many there are (total 0): the share of the work that is done, by another measure; in [0, 1].
  void reach(double share) { share_.store(share, std::memory_order_relaxed); }

  /// One more, with words that stand at the end of the line until the next ones: "loss 0.31".
  void advance(std::string detail);

 private:
  void watch();

  std::string program_;
  std::string unit_;
  std::size_t total_;
  std::atomic<std::size_t> done_{0};
  std::atomic<double> share_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool over_ = false;
  std::string detail_;
  std::thread watcher_;
};

/// The line for `done` of `total` after `seconds`, fewer than `width` characters; `detail`, where there is any, stands at its end
/// and instead of the rate. Where total is 0, `share` of the work is done.
std::string progress_line(const std::string& program, const std::string& unit, std::size_t done, std::size_t total, double seconds,
                          std::size_t width, const std::string& detail = {}, double share = 0);

}  // namespace ogive::tools
