// SPDX-License-Identifier: MIT
// The matrix products: against the plain sum in higher precision for sizes around every block, on every instruction set, and the
// same bits wherever a batch is cut.
#define BOOST_TEST_MODULE layer_products
#include "ogive/layer/products.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/sigmoid/targets.h"

using namespace ogive::layer;

namespace {

template <class T>
std::vector<T> numbers(std::size_t count, std::uint64_t seed) {
  ogive::Random random(seed);
  std::vector<T> values(count);
  for (T& value : values) value = static_cast<T>(random.uniform(-1, 1));
  return values;
}

enum class Kind { plain, right_transposed, left_transposed };

// C of m x n, sums of k terms, by the kernel. `columns` of it only, from `first` on, where B is not transposed.
template <class T>
std::vector<T> product(Kind kind, std::size_t m, std::size_t k, std::size_t n) {
  const auto a = numbers<T>(m * k, 1), b = numbers<T>(k * n, 2);
  auto c = numbers<T>(m * n, 3);
  const Columns<T> result(c.data(), m, n);
  if (kind == Kind::plain) add_product<T>({a.data(), m, k}, {b.data(), k, n}, result);
  if (kind == Kind::right_transposed) add_product_with_transposed<T>({a.data(), m, k}, {b.data(), n, k}, result);
  if (kind == Kind::left_transposed) add_product_of_transposed<T>({a.data(), k, m}, {b.data(), k, n}, result);
  return c;
}

// The largest error in units of eps times the sum of the magnitudes of the terms.
template <class T>
double error(Kind kind, std::size_t m, std::size_t k, std::size_t n) {
  const auto a = numbers<T>(m * k, 1), b = numbers<T>(k * n, 2), c = numbers<T>(m * n, 3), got = product<T>(kind, m, k, n);
  double worst = 0;
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      long double sum = c[j * m + i], size = std::abs(c[j * m + i]);
      for (std::size_t l = 0; l < k; ++l) {
        const long double term = static_cast<long double>(kind == Kind::left_transposed ? a[i * k + l] : a[l * m + i]) *
                                 static_cast<long double>(kind == Kind::right_transposed ? b[l * n + j] : b[j * k + l]);
        sum += term;
        size += std::abs(term);
      }
      const double off = static_cast<double>(std::abs(got[j * m + i] - sum) / (size * std::numeric_limits<T>::epsilon()));
      if (!(off <= worst)) worst = off;
    }
  return worst;
}

// A sum of k terms in order is off by at most k rounding errors; at random, far less.
constexpr double allowed(std::size_t k) { return 0.5 * static_cast<double>(k + 1); }

constexpr std::size_t sizes[] = {1, 2, 5, 7, 8, 12, 13, 16, 17, 31, 33, 70};

template <class T>
void all_sizes() {
  for (const auto kind : {Kind::plain, Kind::right_transposed, Kind::left_transposed})
    for (const std::size_t m : sizes)
      for (const std::size_t n : sizes)
        for (const std::size_t k : {std::size_t{1}, std::size_t{9}})
          if (const double off = error<T>(kind, m, k, n); !(off <= allowed(k)))
            BOOST_ERROR("off by " << off << " for " << m << " x " << k << " x " << n);
  for (const auto kind : {Kind::plain, Kind::right_transposed, Kind::left_transposed})
    BOOST_TEST(error<T>(kind, 40, 600, 15) <= allowed(600) / 20);                       // several blocks deep
  for (const auto kind : {Kind::plain, Kind::right_transposed, Kind::left_transposed})  // few rows, deep enough for dot products
    for (const std::size_t m : {1u, 2u, 3u, 4u, 18u})
      for (const std::size_t n : {1u, 5u, 33u})
        for (const std::size_t k : {16u, 41u, 130u})
          if (const double off = error<T>(kind, m, k, n); !(off <= allowed(k)))
            BOOST_ERROR("off by " << off << " for " << m << " x " << k << " x " << n);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_size_is_right_on_every_instruction_set) {
  for (const auto& name : ogive::sigmoid::supported_targets()) {
    const ogive::sigmoid::WithTarget target(name);
    BOOST_TEST_MESSAGE(name);
    all_sizes<float>();
    all_sizes<double>();
  }
}

BOOST_AUTO_TEST_CASE(a_batch_that_is_cut_gives_the_same_bits) {
  constexpr std::size_t m = 37, k = 300, n = 29, cut = 11;
  const auto w = numbers<float>(m * k, 1), x = numbers<float>(k * n, 2);
  const Columns<const float> all(x.data(), k, n);
  std::vector<float> whole(m * n), parts(m * n);
  add_product<float>({w.data(), m, k}, all, {whole.data(), m, n});
  const Columns<float> y(parts.data(), m, n);
  add_product<float>({w.data(), m, k}, all.middle(0, cut), y.middle(0, cut));
  add_product<float>({w.data(), m, k}, all.middle(cut, n - cut), y.middle(cut, n - cut));
  BOOST_TEST(whole == parts, boost::test_tools::per_element());

  const Columns<const float> dy(whole.data(), m, n);
  std::vector<float> gradient(m * k), added(m * k);
  add_product_with_transposed<float>(dy, all, {gradient.data(), m, k});
  add_product_with_transposed<float>(dy.middle(0, cut), all.middle(0, cut), {added.data(), m, k});
  add_product_with_transposed<float>(dy.middle(cut, n - cut), all.middle(cut, n - cut), {added.data(), m, k});
  BOOST_TEST(gradient == added, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_batch_that_is_cut_gives_the_same_bits_with_few_outputs_and_few_inputs) {
  constexpr std::size_t n = 45, cut = 17;
  for (const std::size_t m : {1u, 2u, 10u})
    for (const std::size_t k : {1u, 2u, 40u}) {
      const auto w = numbers<float>(m * k, 1), x = numbers<float>(k * n, 2);
      const Columns<const float> all(x.data(), k, n);
      std::vector<float> whole(m * n), parts(m * n), gradient(m * k), added(m * k);
      const Columns<float> y(parts.data(), m, n);
      add_product<float>({w.data(), m, k}, all, {whole.data(), m, n});
      add_product<float>({w.data(), m, k}, all.middle(0, cut), y.middle(0, cut));
      add_product<float>({w.data(), m, k}, all.middle(cut, n - cut), y.middle(cut, n - cut));
      BOOST_TEST(whole == parts, boost::test_tools::per_element());
      const Columns<const float> dy(whole.data(), m, n);
      add_product_with_transposed<float>(dy, all, {gradient.data(), m, k});
      add_product_with_transposed<float>(dy.middle(0, cut), all.middle(0, cut), {added.data(), m, k});
      add_product_with_transposed<float>(dy.middle(cut, n - cut), all.middle(cut, n - cut), {added.data(), m, k});
      BOOST_TEST(gradient == added, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(a_product_that_is_set_is_one_that_is_added_to_its_start) {
  constexpr std::size_t k = 150, n = 7;
  for (const std::size_t m : {2u, 11u, 37u}) {
    const auto a = numbers<double>(m * k, 1), b = numbers<double>(k * n, 2), start = numbers<double>(m, 3);
    std::vector<double> added, zero(m * n), set(m * n, -7);
    for (std::size_t j = 0; j < n; ++j) added.insert(added.end(), start.begin(), start.end());
    add_product<double>({a.data(), m, k}, {b.data(), k, n}, {added.data(), m, n});
    set_product<double>({a.data(), m, k}, {b.data(), k, n}, start, {set.data(), m, n});
    BOOST_TEST(set == added, boost::test_tools::per_element());
    add_product<double>({a.data(), m, k}, {b.data(), k, n}, {zero.data(), m, n});
    set_product<double>({a.data(), m, k}, {b.data(), k, n}, {}, {set.data(), m, n});
    BOOST_TEST(set == zero, boost::test_tools::per_element());
    std::fill(zero.begin(), zero.end(), 0);
    add_product_of_transposed<double>({a.data(), k, m}, {b.data(), k, n}, {zero.data(), m, n});
    set_product_of_transposed<double>({a.data(), k, m}, {b.data(), k, n}, {set.data(), m, n});
    BOOST_TEST(set == zero, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(columns_are_added_in_their_order) {
  constexpr std::size_t columns = 9;
  for (const std::size_t rows : sizes) {
    const auto b = numbers<float>(rows * columns, 1);
    auto sums = numbers<float>(rows, 2), expected = sums;
    for (std::size_t j = 0; j < columns; ++j)
      for (std::size_t i = 0; i < rows; ++i) expected[i] += b[j * rows + i];
    add_columns<float>({b.data(), rows, columns}, sums);
    BOOST_TEST(sums == expected, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(writes_nothing_beside_the_result) {
  constexpr std::size_t m = 19, k = 3, n = 5;
  const auto a = numbers<float>(m * k, 1), b = numbers<float>(k * n, 2);
  std::vector<float> memory(m * n + 64, 7.0f);
  add_product<float>({a.data(), m, k}, {b.data(), k, n}, {memory.data() + 32, m, n});
  for (std::size_t i = 0; i < 32; ++i) BOOST_TEST((memory[i] == 7 && memory[memory.size() - 1 - i] == 7));
}

BOOST_AUTO_TEST_CASE(a_nan_in_a_sample_stays_in_its_column) {
  constexpr std::size_t m = 21, k = 4, n = 9;
  const auto a = numbers<double>(m * k, 1);
  auto b = numbers<double>(k * n, 2);
  b[3 * k] = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> c(m * n);
  add_product<double>({a.data(), m, k}, {b.data(), k, n}, {c.data(), m, n});
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t i = 0; i < m; ++i) BOOST_TEST(std::isnan(c[j * m + i]) == (j == 3));
}
