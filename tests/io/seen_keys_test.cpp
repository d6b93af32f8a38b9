// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_seen_keys
#include <boost/test/unit_test.hpp>
#include <string>

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
