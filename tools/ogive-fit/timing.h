// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What --timing says: the processor time of each stage, summed over the threads, and the time that passed in all.

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace ogive::tools {

enum class Stage { reading, fitting, writing };

/// Adds up times; from any thread. To ask for the time of a thread is a call of the system, so it is done only where it is wanted.
class Timing {
 public:
  explicit Timing(bool wanted) : wanted_(wanted) {}
  bool wanted() const { return wanted_; }

  void add(Stage stage, std::int64_t nanoseconds) {
    spent_[static_cast<std::size_t>(stage)].fetch_add(nanoseconds, std::memory_order_relaxed);
  }
  double seconds(Stage stage) const { return 1e-9 * static_cast<double>(spent_[static_cast<std::size_t>(stage)].load()); }

  /// Since this was made, on the clock at the wall.
  double passed() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

  /// One line for each stage and one for all; `engine` ends the last one.
  std::string text(const std::string& program, std::size_t curves, const std::string& engine) const;

 private:
  bool wanted_;
  std::array<std::atomic<std::int64_t>, 3> spent_{};
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Measures the processor time of this thread from here to the end of the block.
class Spend {
 public:
  Spend(Timing& timing, Stage stage) : timing_(timing), stage_(stage), start_(timing.wanted() ? now() : 0) {}
  ~Spend() {
    if (timing_.wanted()) timing_.add(stage_, now() - start_);
  }
  Spend(const Spend&) = delete;
  Spend& operator=(const Spend&) = delete;

  static std::int64_t now();  ///< nanoseconds of this thread

 private:
  Timing& timing_;
  Stage stage_;
  std::int64_t start_;
};

/// "1.25e+06 curves/s", or nothing where no time passed.
std::string rate_text(std::size_t curves, double seconds);

}  // namespace ogive::tools
