// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Which keys there have been, by their hashes. While keys come in rising order each is new, and the hashes are only put aside, 8
/// bytes each; from the first key on that does not, they are looked up in a table that is between 1/3 and 2/3 full.
///
/// @code
///   ogive::io::SeenKeys seen;
///   seen.put_aside(std::vector{ogive::io::hash_of("A", ogive::io::hash_seed)});  // known to be new
///   seen.add(ogive::io::hash_of("B", ogive::io::hash_seed));                     // true
///   seen.add(ogive::io::hash_of("A", ogive::io::hash_seed));                     // false
/// @endcode

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace ogive::io {

/// Where the hash of a key begins.
inline constexpr std::uint64_t hash_seed = 0x9E3779B97F4A7C15;

/// Both halves of a product, folded: every bit of the result depends on every bit of both.
inline std::uint64_t folded_product(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// The hash of a key that goes on with this cell; it depends on where one cell ends and the next begins.
inline std::uint64_t hash_of(std::string_view cell, std::uint64_t before) {
  constexpr std::uint64_t odd1 = 0xD6E8FEB86659FD93, odd2 = 0xA0761D6478BD642F;
  std::uint64_t hash = folded_product(before ^ cell.size(), odd1);
  while (!cell.empty()) {
    std::uint64_t bytes = 0;
    const std::size_t count = cell.size() < 8 ? cell.size() : 8;
    std::memcpy(&bytes, cell.data(), count);
    hash = folded_product(hash ^ bytes ^ odd2, odd1) + bytes;
    cell.remove_prefix(count);
  }
  return folded_product(hash ^ odd1, odd2);
}

/// The order in which keys rise: below 0 where a comes first, 0 where they are the same. Of two texts the shorter one comes first,
/// so whole numbers are in order, and so is what is filled up with zeros or blanks.
inline int compare_keys(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

/// A set of hashes.
class SeenKeys {
 public:
  /// Hashes of keys that are all new. Not after add().
  void put_aside(std::span<const std::uint64_t> hashes) {
    if (!aside_.empty() && aside_.back().capacity() - aside_.back().size() >= hashes.size()) {
      aside_.back().insert(aside_.back().end(), hashes.begin(), hashes.end());
      return;
    }
    aside_.emplace_back().reserve(hashes.size() > page ? hashes.size() : page);
    aside_.back().assign(hashes.begin(), hashes.end());
  }

  /// @return whether it is new
  bool add(std::uint64_t hash) {
    if (!aside_.empty()) take_up();
    if (3 * (size_ + 1) > 2 * slots_.size()) grow();
    if (hash == empty) hash = 1;
    for (std::size_t i = home(hash);; i = (i + 1) & (slots_.size() - 1)) {
      if (slots_[i] == hash) return false;
      if (slots_[i] != empty) continue;
      slots_[i] = hash;
      ++size_;
      return true;
    }
  }

  /// Asks the memory for the place of a hash that will soon be added: it is far away in a large table.
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(slots_.data() + home(hash), 1); }

  /// Of the table.
  std::size_t size() const { return size_; }

 private:
  static constexpr std::uint64_t empty = 0;
  static constexpr std::size_t page = std::size_t{1} << 16;

  void take_up() {
    for (const auto& hashes : std::exchange(aside_, {}))
      for (const std::uint64_t hash : hashes) add(hash);
  }

  std::size_t home(std::uint64_t hash) const { return static_cast<std::size_t>(hash) & (slots_.size() - 1); }

  void grow() {
    std::vector<std::uint64_t> old(2 * slots_.size(), empty);
    old.swap(slots_);
    for (const auto hash : old) {
      if (hash == empty) continue;
      std::size_t i = home(hash);
      while (slots_[i] != empty) i = (i + 1) & (slots_.size() - 1);
      slots_[i] = hash;
    }
  }

  std::vector<std::vector<std::uint64_t>> aside_;
  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1024, empty);
  std::size_t size_ = 0;
};

}  // namespace ogive::io
