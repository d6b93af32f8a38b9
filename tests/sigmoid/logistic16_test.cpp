// SPDX-License-Identifier: MIT
// The kernels of 16 bits, on every input there is and on every instruction set that this processor has.
#define BOOST_TEST_MODULE sigmoid_logistic16
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "ogive/base/float_types.h"
#include "ogive/base/ulp.h"
#include "ogive/sigmoid/claims64.h"
#include "ogive/sigmoid/kernels.h"
#include "sigmoid/support/exact_kernels.h"
#include "sigmoid/support/kernel_checks.h"

namespace sigmoid = ogive::sigmoid;

namespace {

template <class T>
std::vector<T> all_inputs() {
  std::vector<T> x;
  for (std::uint32_t bits = 0; bits <= 0xffff; ++bits) x.push_back(T{static_cast<std::uint16_t>(bits)});
  return x;
}

template <class T>
void check_all(int claimed_misrounded) {
  const std::vector<T> x = all_inputs<T>();
  std::vector<ogive::test::Exact> exact;
  for (const T value : x) {
    const double wide = ogive::to_double(value);
    exact.push_back(std::isfinite(wide) ? ogive::test::exact_logistic(wide) : ogive::test::Exact(wide > 0 ? 1 : 0));
  }
  ogive::test::on_every_target([&](const std::string& name) {
    std::vector<T> y(x.size());
    sigmoid::logistic(x.data(), y.data(), x.size());
    int misrounded = 0, wrong_kind = 0;
    double worst = 0, worst_at = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double wide = ogive::to_double(x[i]), got = ogive::to_double(y[i]);
      wrong_kind += std::isnan(wide) != std::isnan(got);
      if (std::isnan(wide) || std::isnan(got)) continue;
      wrong_kind += !(got >= 0 && got <= 1) || (y[i].bits & 0x8000) != 0;
      const double error = ogive::ulp_error(y[i], exact[i]);
      misrounded += error > 0.5;  // no finite input but 0 has its true value in the middle of two results
      if (error > worst) worst = error, worst_at = wide;
    }
    BOOST_TEST_MESSAGE(name << ": at most " << worst << " ulp, at " << worst_at);
    BOOST_TEST(misrounded <= claimed_misrounded, name << ", worst at " << worst_at << ": " << worst << " ulp");
    BOOST_TEST(wrong_kind == 0, name);
    BOOST_TEST(worst > 0.49, name << ": half an ulp is what rounding costs somewhere");
  });
}

template <class T>
void check_positions() {
  std::vector<T> x;
  for (const T value : all_inputs<T>())
    if (value.bits % 13 == 0) x.push_back(value);
  ogive::test::on_every_target(
      [&](const std::string&) { BOOST_TEST(ogive::test::count_misplaced<T>(sigmoid::logistic, x) == 0u); });
}

}  // namespace

BOOST_AUTO_TEST_CASE(no_float16_is_misrounded) { check_all<ogive::float16>(sigmoid::claims::logistic_float16_misrounded); }
BOOST_AUTO_TEST_CASE(no_bfloat16_is_misrounded) { check_all<ogive::bfloat16>(sigmoid::claims::logistic_bfloat16_misrounded); }

BOOST_AUTO_TEST_CASE(float16_gives_the_same_bits_at_any_position_length_and_alignment_and_in_place) {
  check_positions<ogive::float16>();
}
BOOST_AUTO_TEST_CASE(bfloat16_gives_the_same_bits_at_any_position_length_and_alignment_and_in_place) {
  check_positions<ogive::bfloat16>();
}
