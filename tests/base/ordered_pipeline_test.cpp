// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE base_ordered_pipeline
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "ogive/base/ordered_pipeline.h"

namespace {

namespace data = boost::unit_test::data;

constexpr std::size_t blocks = 200;

struct Slot {
  std::size_t block = 0;
  std::size_t result = 0;
};

/// A stream of blocks that goes wrong where it is told to.
struct Stream {
  static constexpr std::size_t never = ~std::size_t{0};
  std::size_t bad_produce = never, bad_work = never, bad_consume = never, last_wanted = never;

  std::size_t produced = 0;
  std::vector<std::size_t> consumed;
  std::atomic<int> producers{0}, consumers{0}, in_flight{0}, most_in_flight{0};

  std::size_t run(const ogive::PipelineOptions& options) {
    return ogive::ordered_pipeline<Slot>(
        options,
        [&](Slot& slot) {
          if (producers.fetch_add(1) != 0) throw std::logic_error("two threads produce");
          if (produced == bad_produce) throw std::runtime_error("produce");
          slot.block = produced;
          const bool more = produced < blocks;
          if (more) {
            ++produced;
            const int now = ++in_flight;
            if (now > most_in_flight) most_in_flight = now;
          }
          --producers;
          return more;
        },
        [&](Slot& slot) {
          if (slot.block % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));  // so that others overtake it
          if (slot.block == bad_work) throw std::runtime_error("work");
          slot.result = slot.block * slot.block;
        },
        [&](Slot& slot) {
          if (consumers.fetch_add(1) != 0) throw std::logic_error("two threads consume");
          if (slot.block == bad_consume) throw std::runtime_error("consume");
          if (slot.result != slot.block * slot.block) throw std::logic_error("consumed before the work was done");
          consumed.push_back(slot.block);
          --in_flight;
          --consumers;
          return slot.block != last_wanted;
        });
  }

  /// Whether the blocks 0 ... count - 1 were consumed, in this order.
  bool consumed_are(std::size_t count) const {
    if (consumed.size() != count) return false;
    for (std::size_t i = 0; i < count; ++i)
      if (consumed[i] != i) return false;
    return true;
  }
};

std::string message_of(Stream& stream, const ogive::PipelineOptions& options) {
  try {
    stream.run(options);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

BOOST_DATA_TEST_CASE(blocks_are_consumed_in_the_order_of_production, data::make({1u, 2u, 4u, 9u}), threads) {
  Stream stream;
  BOOST_TEST(stream.run({.threads = threads}) == blocks);
  BOOST_TEST(stream.consumed_are(blocks));
}

BOOST_DATA_TEST_CASE(no_more_blocks_are_in_flight_than_there_are_slots, data::make({1u, 2u, 4u}), threads) {
  for (const std::size_t slots : {std::size_t{1}, std::size_t{2}, std::size_t{5}}) {
    Stream stream;
    stream.run({.threads = threads, .slots = slots});
    BOOST_TEST(stream.consumed_are(blocks));
    BOOST_TEST(stream.most_in_flight <= static_cast<int>(slots));
  }
}

BOOST_DATA_TEST_CASE(what_work_throws_comes_after_the_blocks_before_it, data::make({1u, 2u, 4u}), threads) {
  for (const std::size_t bad : {std::size_t{0}, std::size_t{7}, blocks - 1}) {
    Stream stream;
    stream.bad_work = bad;
    BOOST_TEST(message_of(stream, {.threads = threads}) == "work");
    BOOST_TEST(stream.consumed_are(bad));
  }
}

BOOST_DATA_TEST_CASE(what_produce_throws_comes_after_the_blocks_before_it, data::make({1u, 2u, 4u}), threads) {
  for (const std::size_t bad : {std::size_t{0}, std::size_t{50}, blocks}) {
    Stream stream;
    stream.bad_produce = bad;
    BOOST_TEST(message_of(stream, {.threads = threads}) == "produce");
    BOOST_TEST(stream.consumed_are(bad));
  }
}

BOOST_DATA_TEST_CASE(the_error_of_the_first_bad_block_is_the_one_that_is_seen, data::make({1u, 2u, 4u}), threads) {
  Stream stream;
  stream.bad_work = 7;  // slow: block 9 is not even produced before it, or waits for it
  stream.bad_produce = 9;
  BOOST_TEST(message_of(stream, {.threads = threads}) == "work");
  BOOST_TEST(stream.consumed_are(7));
}

BOOST_DATA_TEST_CASE(what_consume_throws_ends_the_stream, data::make({1u, 2u, 4u}), threads) {
  Stream stream;
  stream.bad_consume = 20;
  BOOST_TEST(message_of(stream, {.threads = threads}) == "consume");
  BOOST_TEST(stream.consumed_are(20));
}

BOOST_DATA_TEST_CASE(consume_can_end_the_stream_without_an_error, data::make({1u, 2u, 4u}), threads) {
  Stream stream;
  stream.last_wanted = 20;
  BOOST_TEST(stream.run({.threads = threads}) == 21u);
  BOOST_TEST(stream.consumed_are(21));
}

BOOST_DATA_TEST_CASE(an_interrupt_ends_the_stream_and_leaves_a_prefix, data::make({1u, 2u, 4u}), threads) {
  Stream stream;
  std::atomic<int> calls = 0;
  const auto check = [&] {
    if (++calls > 100) throw std::runtime_error("interrupt");
  };
  BOOST_TEST(message_of(stream, {.threads = threads, .slots = 0, .check = check}) == "interrupt");
  BOOST_TEST(stream.consumed.size() < blocks);
  BOOST_TEST(stream.consumed_are(stream.consumed.size()));
}

BOOST_AUTO_TEST_CASE(an_empty_stream_is_no_error) {
  const auto consumed = ogive::ordered_pipeline<Slot>(
      {.threads = 3}, [](Slot&) { return false; }, [](Slot&) {}, [](Slot&) { return true; });
  BOOST_TEST(consumed == 0u);
}

BOOST_AUTO_TEST_CASE(several_threads_work_at_the_same_time) {
  std::mutex mutex;
  std::set<std::thread::id> workers;
  std::size_t produced = 0;
  ogive::ordered_pipeline<Slot>(
      {.threads = 3}, [&](Slot&) { return produced++ < 60; },
      [&](Slot&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        const std::lock_guard lock(mutex);
        workers.insert(std::this_thread::get_id());
      },
      [](Slot&) { return true; });
  BOOST_TEST(workers.size() > 1);
}
