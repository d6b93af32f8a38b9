// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A stream of blocks worked on by several threads, in bounded memory, with the result of one thread.
///
///     produce(slot)   one at a time, in order: fills the slot with the next block
///     work(slot)      many at a time, in any order: turns the block into its result
///     consume(slot)   one at a time, in the order of production: takes the result away
///
/// A block lives in a slot from produce to consume. There are a few slots and they are used again and again: memory is bounded by
/// what they hold, and the buffers in them are not allocated anew. Every thread does whatever is due, so that neither a fast reader
/// nor a slow writer leaves a processor idle.
///
/// What one sees from outside does not depend on the number of threads: where produce or work throws at block k, the blocks before
/// k are consumed, none after it is, and the exception is thrown again. What consume or check throws ends the stream at once.
///
/// @code
///   const std::vector<std::string> lines = {"one", "three", "five"};
///   std::size_t next = 0;
///   const auto produce = [&](auto& slot) {
///     if (next == lines.size()) return false;
///     slot.first = lines[next++];
///     return true;
///   };
///   const auto work = [](auto& slot) { slot.second = slot.first.size(); };
///   const auto consume = [](auto& slot) {
///     std::cout << slot.second << '\n';  // 3, 5, 4
///     return true;
///   };
///   ogive::ordered_pipeline<std::pair<std::string, std::size_t>>({.threads = 4}, produce, work, consume);
/// @endcode

#include <cstddef>
#include <functional>
#include <vector>

namespace ogive {

/// How a pipeline runs.
struct PipelineOptions {
  unsigned threads = 0;   ///< in all, the caller's among them; 0: as many as the machine has processors
  std::size_t slots = 0;  ///< blocks in flight, at most; 0: twice the threads and one more

  /// Called before every produce, work and consume, on any thread. Where it throws, all ends: for Ctrl-C.
  std::function<void()> check = {};
};

namespace detail {
/// The pipeline over slot numbers. @return how many blocks were consumed
std::size_t run_ordered(const PipelineOptions& options, std::size_t slots, const std::function<bool(std::size_t)>& produce,
                        const std::function<void(std::size_t)>& work, const std::function<bool(std::size_t)>& consume);

/// The number of slots that the options stand for.
std::size_t slot_count(const PipelineOptions& options);
}  // namespace detail

/// Runs the stream to its end.
///
/// @tparam Slot    default-constructible; a slot keeps its content from block to block, for whoever fills it to use again
/// @param produce  bool(Slot&): false where there is nothing more
/// @param work     void(Slot&)
/// @param consume  bool(Slot&): false ends the stream early, without an error
/// @return how many blocks were consumed
template <class Slot, class Produce, class Work, class Consume>
std::size_t ordered_pipeline(const PipelineOptions& options, Produce produce, Work work, Consume consume) {
  std::vector<Slot> slots(detail::slot_count(options));
  return detail::run_ordered(
      options, slots.size(), [&](std::size_t i) { return produce(slots[i]); }, [&](std::size_t i) { work(slots[i]); },
      [&](std::size_t i) { return consume(slots[i]); });
}

}  // namespace ogive
