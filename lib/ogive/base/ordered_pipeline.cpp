// SPDX-License-Identifier: MIT
#include "ogive/base/ordered_pipeline.h"

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "ogive/base/parallel_for.h"

namespace ogive::detail {
namespace {

/// What the threads share. A new block goes into the slot that was emptied last: what lies in a processor's cache is used again
/// before what does not.
class Pipeline {
 public:
  Pipeline(const PipelineOptions& options, std::size_t slots, const std::function<bool(std::size_t)>& produce,
           const std::function<void(std::size_t)>& work, const std::function<bool(std::size_t)>& consume)
      : check_(options.check), produce_(produce), work_(work), consume_(consume), blocks_(slots) {
    for (std::size_t slot = slots; slot-- > 0;) free_.push_back(slot);
  }

  /// What every thread does, until there is nothing left.
  void run() {
    std::unique_lock lock(mutex_);
    while (!over()) {
      if (!consuming_ && consumed_ < produced_ && at(consumed_).state == State::failed) {
        stop(at(consumed_).failure);
      } else if (!consuming_ && consumed_ < produced_ && at(consumed_).state == State::done) {
        consume_one(lock);
      } else if (taken_ < produced_ && at(taken_).state == State::filled) {
        work_one(lock);
      } else if (!ended_ && !producing_ && !free_.empty()) {
        produce_one(lock);
      } else {
        change_.wait(lock);
      }
    }
  }

  std::size_t consumed() const { return consumed_; }
  const std::exception_ptr& failure() const { return failure_; }

 private:
  enum class State : std::uint8_t { filled, taken, done, failed };
  struct Block {
    State state = State::filled;
    std::size_t slot = 0;
    std::exception_ptr failure;  // of produce or work: it waits here for its turn
  };

  Block& at(std::size_t block) { return blocks_[block % blocks_.size()]; }
  bool over() const { return stopped_ || (ended_ && !producing_ && consumed_ == produced_); }

  void stop(std::exception_ptr failure) {
    if (!stopped_) failure_ = std::move(failure);
    stopped_ = true;
    change_.notify_all();
  }

  /// Runs a step without the lock. @return what it threw
  template <class Step>
  std::exception_ptr unlocked(std::unique_lock<std::mutex>& lock, Step step) {
    std::exception_ptr thrown, interrupt;
    lock.unlock();
    try {
      if (check_) check_();
    } catch (...) {
      interrupt = std::current_exception();
    }
    if (!interrupt) {
      try {
        step();
      } catch (...) {
        thrown = std::current_exception();
      }
    }
    lock.lock();
    if (interrupt) stop(interrupt);
    change_.notify_all();  // they wake when the lock is free, and see what the caller has written by then
    return thrown;
  }

  void produce_one(std::unique_lock<std::mutex>& lock) {
    producing_ = true;
    const std::size_t block = produced_, slot = free_.back();
    free_.pop_back();
    bool more = false;
    const auto thrown = unlocked(lock, [&] { more = produce_(slot); });
    producing_ = false;
    if (thrown)
      fail(block, thrown);
    else if (more)
      at(block) = {State::filled, slot, nullptr};
    if (!more) ended_ = true;
    if (thrown || more) ++produced_;
  }

  void work_one(std::unique_lock<std::mutex>& lock) {
    const std::size_t block = taken_++;
    at(block).state = State::taken;
    const auto thrown = unlocked(lock, [&] { work_(at(block).slot); });
    if (thrown)
      fail(block, thrown);
    else
      at(block).state = State::done;
  }

  void fail(std::size_t block, std::exception_ptr thrown) {
    at(block) = {State::failed, 0, std::move(thrown)};
    ended_ = true;  // nothing after it will be consumed
  }

  void consume_one(std::unique_lock<std::mutex>& lock) {
    consuming_ = true;
    bool more = true;
    const auto thrown = unlocked(lock, [&] { more = consume_(at(consumed_).slot); });
    consuming_ = false;
    if (thrown) return stop(thrown);
    if (stopped_) return;  // interrupted: it may not have been consumed
    free_.push_back(at(consumed_).slot);
    ++consumed_;
    if (!more) stop(nullptr);
  }

  const std::function<void()>& check_;
  const std::function<bool(std::size_t)>& produce_;
  const std::function<void(std::size_t)>& work_;
  const std::function<bool(std::size_t)>& consume_;

  std::mutex mutex_;
  std::condition_variable change_;
  std::vector<Block> blocks_;                            // under way; block k is at k modulo their number
  std::vector<std::size_t> free_;                        // slots; the one emptied last is the last one
  std::size_t produced_ = 0, taken_ = 0, consumed_ = 0;  // blocks
  bool producing_ = false, consuming_ = false;
  bool ended_ = false;    // produce has nothing more, or should not go on
  bool stopped_ = false;  // nobody does anything more
  std::exception_ptr failure_;
};

}  // namespace

std::size_t slot_count(const PipelineOptions& options) {
  return options.slots != 0 ? options.slots : 2 * std::size_t{thread_count(options.threads)} + 1;
}

std::size_t run_ordered(const PipelineOptions& options, std::size_t slots, const std::function<bool(std::size_t)>& produce,
                        const std::function<void(std::size_t)>& work, const std::function<bool(std::size_t)>& consume) {
  Pipeline pipeline(options, slots, produce, work, consume);
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < thread_count(options.threads); ++i) others.emplace_back([&] { pipeline.run(); });
    pipeline.run();
  }
  if (pipeline.failure()) std::rethrow_exception(pipeline.failure());
  return pipeline.consumed();
}

}  // namespace ogive::detail
