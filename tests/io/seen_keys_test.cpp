// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_seen_keys
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "ogive/io/seen_keys.h"

namespace io = ogive::io;

BOOST_AUTO_TEST_CASE(a_key_is_new_once) {
  constexpr std::size_t count = 300000;
  io::SeenKeys seen;
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < count; ++i) wrong += seen.add(io::hash_of("curve " + std::to_string(i), io::hash_seed)) ? 0 : 1;
  for (std::size_t i = 0; i < count; ++i) wrong += seen.add(io::hash_of("curve " + std::to_string(i), io::hash_seed)) ? 1 : 0;
  BOOST_TEST(wrong == 0u);
  BOOST_TEST(seen.size() == count);
}

BOOST_AUTO_TEST_CASE(the_hash_depends_on_where_a_cell_ends) {
  const auto hash = [](std::string_view a, std::string_view b) { return io::hash_of(b, io::hash_of(a, io::hash_seed)); };
  BOOST_TEST(hash("a", "bc") != hash("ab", "c"));
  BOOST_TEST(hash("", "a") != hash("a", ""));
  BOOST_TEST(hash("12345678", "9") != hash("123456789", ""));
  BOOST_TEST(io::hash_of(std::string(8, '\0'), io::hash_seed) != io::hash_of(std::string(16, '\0'), io::hash_seed));
}

BOOST_AUTO_TEST_CASE(a_hash_of_zero_is_a_hash) {
  io::SeenKeys seen;
  BOOST_TEST(seen.add(0));
  BOOST_TEST(!seen.add(0));
}

BOOST_AUTO_TEST_CASE(what_was_put_aside_has_been_there) {
  constexpr std::size_t count = 200000, piece = 1234;
  const auto hash = [](std::size_t i) { return io::hash_of(std::to_string(i), io::hash_seed); };
  io::SeenKeys seen;
  for (std::size_t first = 0; first < count; first += piece) {
    std::vector<std::uint64_t> hashes;
    for (std::size_t i = first; i < std::min(count, first + piece); ++i) hashes.push_back(hash(i));
    seen.put_aside(hashes);
  }
  BOOST_TEST(seen.add(hash(count)));
  std::size_t again = 0;
  for (std::size_t i = 0; i <= count; ++i) again += seen.add(hash(i)) ? 1 : 0;
  BOOST_TEST(again == 0u);
  BOOST_TEST(seen.size() == count + 1);
}

BOOST_AUTO_TEST_CASE(whole_numbers_and_padded_texts_rise) {
  BOOST_TEST(io::compare_keys("9", "10") < 0);
  BOOST_TEST(io::compare_keys("A02", "A10") < 0);
  BOOST_TEST(io::compare_keys("", "a") < 0);
  BOOST_TEST(io::compare_keys("b", "a") > 0);
  BOOST_TEST(io::compare_keys("a", "a") == 0);
  BOOST_TEST(io::compare_keys("\xE9", "z") > 0);  // bytes, not signed characters
}
