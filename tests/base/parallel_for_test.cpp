// SPDX-License-Identifier: MIT
// What parallel_for.h promises: every index once, on several threads, and the first exception handed on.
#define BOOST_TEST_MODULE base_parallel_for
#include "ogive/base/parallel_for.h"

#include <atomic>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace data = boost::unit_test::data;

BOOST_DATA_TEST_CASE(calls_the_body_once_for_each_index,
                     data::make({0U, 1U, 2U, 3U, 7U, 64U}) * data::make({0, 1, 2, 63, 64, 65, 1000, 20011}), threads, count) {
  std::vector<int> calls(static_cast<std::size_t>(count), 0);
  ogive::parallel_for(calls.size(), threads, [&](std::size_t i) { ++calls[i]; });  // a second call of i would be a data race, too
  for (const int c : calls) BOOST_TEST(c == 1);
}

BOOST_AUTO_TEST_CASE(uses_several_threads) {
  // Each of the first two bodies waits for the other, so one thread alone would never end; ten seconds turn that into a failure.
  std::atomic<int> arrived{0};
  std::atomic<bool> met{true};
  ogive::parallel_for(2, 2, [&](std::size_t) {
    ++arrived;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (arrived < 2 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    if (arrived < 2) met = false;
  });
  BOOST_TEST(met.load());
}

BOOST_AUTO_TEST_CASE(one_thread_means_the_caller_in_order) {
  std::vector<std::size_t> order;
  std::set<std::thread::id> ids;
  ogive::parallel_for(100, 1, [&](std::size_t i) {
    order.push_back(i);
    ids.insert(std::this_thread::get_id());
  });
  for (std::size_t i = 0; i < order.size(); ++i) BOOST_TEST(order[i] == i);
  BOOST_TEST(order.size() == 100U);
  BOOST_TEST((ids == std::set<std::thread::id>{std::this_thread::get_id()}));
}

BOOST_DATA_TEST_CASE(hands_on_the_exception_of_a_body, data::make({1U, 2U, 4U}), threads) {
  const auto message_is_37 = [](const std::runtime_error& error) { return std::string(error.what()) == "37"; };
  BOOST_CHECK_EXCEPTION(ogive::parallel_for(1000, threads,
                                            [](std::size_t i) {
                                              if (i == 37) throw std::runtime_error("37");
                                            }),
                        std::runtime_error, message_is_37);
}

BOOST_AUTO_TEST_CASE(stops_soon_after_an_exception) {
  std::atomic<std::size_t> calls{0};
  constexpr std::size_t count = 1000000;
  BOOST_CHECK_THROW(ogive::parallel_for(count, 2,
                                        [&](std::size_t) {
                                          ++calls;
                                          throw std::runtime_error("at once");
                                        }),
                    std::runtime_error);
  BOOST_TEST(calls.load() < count / 100);
}

BOOST_AUTO_TEST_CASE(keeps_one_of_many_exceptions) {
  BOOST_CHECK_THROW(ogive::parallel_for(1000, 4, [](std::size_t i) { throw std::out_of_range(std::to_string(i)); }),
                    std::out_of_range);
}

BOOST_AUTO_TEST_CASE(can_be_nested) {
  std::vector<int> calls(64 * 64, 0);
  ogive::parallel_for(64, 2, [&](std::size_t i) { ogive::parallel_for(64, 2, [&](std::size_t j) { ++calls[i * 64 + j]; }); });
  for (const int c : calls) BOOST_TEST(c == 1);
}

BOOST_AUTO_TEST_CASE(thread_count_is_what_was_asked_for_or_the_machine) {
  BOOST_TEST(ogive::thread_count(1) == 1U);
  BOOST_TEST(ogive::thread_count(5) == 5U);
  BOOST_TEST(ogive::thread_count(0) >= 1U);
}
