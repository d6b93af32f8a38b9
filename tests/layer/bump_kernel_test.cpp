// SPDX-License-Identifier: MIT
// The loops behind the fits: the same bits for every instruction set, and the sums that the scalar functions give.
#define BOOST_TEST_MODULE layer_bump_kernel
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <vector>

#include "ogive/layer/bump_data.h"
#include "ogive/layer/bump_kernel.h"

using namespace ogive::layer;

namespace {

constexpr std::size_t room = 16;  // the loops read whole vectors

struct Samples {
  std::size_t count;
  std::vector<double> x, y;
};

Samples samples(BumpForm form, std::size_t count) {
  BumpData data = generate_bump({.form = form, .truth = {1.3, 0.2, 0.8}, .low = -2, .high = 2, .samples = count, .noise = 0.1});
  data.x.resize(count + room, 7e300);  // what stands behind the samples must not matter
  data.y.resize(count + room, 7e300);
  return {count, data.x, data.y};
}

kernel::NormalSums sums(const kernel::Loops& loops, BumpForm form, const Samples& s) {
  kernel::NormalSums result;
  loops.normal(form, 1.1, 0.1, 0.9, s.x.data(), s.y.data(), s.count, result);
  return result;
}

template <class T>
kernel::AdamState<T> adam(kernel::AdamPass<T> pass, BumpForm form, const Samples& s, bool all) {
  const kernel::AdamRule<T> rule{1e-3, 0.9, 0.999, T(1e-7), form, SigmaScale::project, T(1e-6), {all, all, true}};
  kernel::AdamState<T> state;
  state.p[0] = T(1.1);
  state.p[1] = T(0.1);
  state.p[2] = T(0.9);
  std::vector<T> x, y;
  for (std::size_t i = 0; i < s.x.size(); ++i) {
    x.push_back(static_cast<T>(i < s.count ? s.x[i] : 3e38));
    y.push_back(static_cast<T>(i < s.count ? s.y[i] : 3e38));
  }
  std::size_t bad = 0;
  pass(rule, state, x.data(), y.data(), s.count, 32, bad);
  BOOST_TEST(bad == 0u);
  return state;
}

/// One pass of Adam in plain scalar arithmetic of double.
void scalar_adam(BumpForm form, const Samples& s, bool all, double (&p)[3]) {
  double m[3] = {}, v[3] = {};
  int steps = 0;
  for (std::size_t begin = 0; begin < s.count; begin += 32) {
    const std::size_t end = std::min(begin + 32, s.count);
    double g[3] = {};
    for (std::size_t i = begin; i < end; ++i) {
      const BumpValue<double> at = evaluate(form, s.x[i], {p[0], p[1], p[2]});
      const double factor = 2 * (at.f - s.y[i]) / static_cast<double>(end - begin);
      g[0] += factor * at.fa;
      g[1] += factor * at.fc;
      g[2] += factor * at.fs;
    }
    ++steps;
    for (int k = all ? 0 : 2; k < 3; ++k) {
      m[k] = 0.9 * m[k] + 0.1 * g[k];
      v[k] = 0.999 * v[k] + 0.001 * g[k] * g[k];
      p[k] -= 1e-3 * std::sqrt(1 - std::pow(0.999, steps)) / (1 - std::pow(0.9, steps)) * m[k] / (std::sqrt(v[k]) + 1e-7);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_instruction_set_gives_the_same_bits) {
  for (const BumpForm form : bump_forms)
    for (const std::size_t count : {1000u, 1u, 7u, 33u, 2061u}) {
      const Samples s = samples(form, count);
      const kernel::Loops& plain = *kernel::loop_set(0);
      const kernel::NormalSums expected = sums(plain, form, s);
      for (std::size_t i = 1; kernel::loop_set(i) != nullptr; ++i) {
        const kernel::Loops& loops = *kernel::loop_set(i);
        const kernel::NormalSums got = sums(loops, form, s);
        BOOST_TEST(std::memcmp(&got, &expected, sizeof got) == 0, loops.name << ", " << to_string(form) << ", " << count);
        for (const bool all : {false, true}) {
          const auto narrow = adam<float>(loops.adam32, form, s, all), narrow_plain = adam<float>(plain.adam32, form, s, all);
          const auto wide = adam<double>(loops.adam64, form, s, all), wide_plain = adam<double>(plain.adam64, form, s, all);
          BOOST_TEST(std::memcmp(narrow.p, narrow_plain.p, sizeof narrow.p) == 0, loops.name);
          BOOST_TEST(std::memcmp(wide.p, wide_plain.p, sizeof wide.p) == 0, loops.name);
        }
      }
    }
}

BOOST_AUTO_TEST_CASE(the_sums_are_those_of_the_scalar_functions) {
  constexpr double tolerance = 1e-13;
  for (const BumpForm form : bump_forms)
    for (const std::size_t count : {1u, 13u, 5000u}) {
      const Samples s = samples(form, count);
      const kernel::NormalSums got = sums(kernel::loops(), form, s);
      double gg[6] = {}, gr[3] = {}, size[3] = {}, rr = 0, alive = 0, inside = 0;
      for (std::size_t i = 0; i < count; ++i) {
        const BumpValue<double> at = evaluate(form, s.x[i], {1.1, 0.1, 0.9});
        const double r = at.f - s.y[i], g[3] = {at.fa, at.fc, at.fs};
        constexpr int row[6] = {0, 0, 0, 1, 1, 2}, column[6] = {0, 1, 2, 1, 2, 2};
        for (int k = 0; k < 6; ++k) gg[k] += g[row[k]] * g[column[k]];
        for (int k = 0; k < 3; ++k) gr[k] += g[k] * r, size[k] += std::abs(g[k] * r);
        rr += r * r;
        alive += at.f > 0;
        inside += std::abs(s.x[i] - 0.1) < half_width(form, 0.9);
      }
      for (const int k : {0, 3, 5}) BOOST_TEST(std::abs(got.gg[k] - gg[k]) <= tolerance * gg[k]);
      BOOST_TEST(std::abs(got.gg[1] - gg[1]) <= tolerance * std::sqrt(gg[0] * gg[3]));
      BOOST_TEST(std::abs(got.gg[2] - gg[2]) <= tolerance * std::sqrt(gg[0] * gg[5]));
      BOOST_TEST(std::abs(got.gg[4] - gg[4]) <= tolerance * std::sqrt(gg[3] * gg[5]));
      for (int k = 0; k < 3; ++k) BOOST_TEST(std::abs(got.gr[k] - gr[k]) <= tolerance * size[k]);
      BOOST_TEST(std::abs(got.rr - rr) <= tolerance * rr);
      BOOST_TEST(got.alive == alive);
      BOOST_TEST(got.inside == inside);
    }
}

BOOST_AUTO_TEST_CASE(a_pass_of_adam_is_that_of_plain_arithmetic) {
  constexpr double tolerance = 1e-11;
  for (const BumpForm form : bump_forms)
    for (const bool all : {false, true}) {
      const Samples s = samples(form, 1000);
      double p[3] = {1.1, 0.1, 0.9};
      scalar_adam(form, s, all, p);
      const auto got = adam<double>(kernel::loops().adam64, form, s, all);
      for (int k = 0; k < 3; ++k)
        BOOST_TEST(std::abs(got.p[k] - p[k]) <= tolerance, to_string(form) << " " << k << ": " << got.p[k] << ", not " << p[k]);
      BOOST_TEST(got.steps == 32u);
    }
}
