// SPDX-License-Identifier: MIT
// The float32 kernels log_logistic, softplus and logit, on every instruction set that this processor has: on a sample of all inputs
// (support/sweep_log_kernels.cpp takes all of them) and where something changes.
#define BOOST_TEST_MODULE sigmoid_log_kernels
#include <boost/test/unit_test.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "ogive/base/ulp.h"
#include "ogive/sigmoid/claims64.h"
#include "ogive/sigmoid/kernels.h"
#include "sigmoid/support/exact_kernels.h"
#include "sigmoid/support/kernel_checks.h"

namespace sigmoid = ogive::sigmoid;
using ogive::test::Exact;
using ogive::test::on_every_target;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

struct Kernel {
  const char* name;
  void (*run)(const float*, float*, std::size_t);
  Exact (*exact)(double);
  double claim;
};
const Kernel log_logistic = {"log_logistic", sigmoid::log_logistic, ogive::test::exact_log_logistic,
                             sigmoid::claims::log_logistic_ulp};
const Kernel softplus = {"softplus", sigmoid::softplus, ogive::test::exact_softplus, sigmoid::claims::softplus_ulp};
const Kernel logit = {"logit", sigmoid::logit, ogive::test::exact_logit, sigmoid::claims::logit_ulp};

float one(const Kernel& kernel, float x) { return ogive::test::one(kernel.run, x); }

void add_around(std::vector<float>& x, float centre) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(centre);
  for (std::uint32_t step = 0; step < 41; ++step) x.push_back(std::bit_cast<float>(bits + step - 20));
}

// Each `stride`-th float and some at the edges, as far as the function is finite there.
std::vector<float> inputs(const Kernel& kernel) {
  constexpr std::uint64_t stride = 65537 * 3;
  std::vector<float> x;
  for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32; bits += stride)
    x.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  for (const float centre :
       {0x1p-126f, 0x1p-25f, 0.25f, 0.41421357f, 0.5f, 0.58578646f, 0.75f, 0x1.fffe00p-1f, 16.7f, 87.3365f, 103.9721f, 110.0f}) {
    add_around(x, centre);
    add_around(x, -centre);
  }
  const bool of_probability = kernel.run == logit.run;
  std::erase_if(x, [&](float value) { return !std::isfinite(value) || (of_probability && !(value > 0 && value < 1)); });
  return x;
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_stays_within_its_claim) {
  for (const Kernel& kernel : {log_logistic, softplus, logit}) {
    const std::vector<float> x = inputs(kernel);
    std::vector<Exact> exact;
    for (const float value : x) exact.push_back(kernel.exact(static_cast<double>(value)));
    on_every_target([&](const std::string& name) {
      std::vector<float> y(x.size());
      kernel.run(x.data(), y.data(), x.size());
      double worst = 0, worst_at = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double error = ogive::ulp_error(y[i], exact[i]);
        if (error > worst) worst = error, worst_at = static_cast<double>(x[i]);
      }
      BOOST_TEST(worst <= kernel.claim, kernel.name << " on " << name << " at " << worst_at);
      BOOST_TEST(worst > 0.49, kernel.name << " on " << name << ": half an ulp is what rounding costs somewhere");
    });
  }
}

BOOST_AUTO_TEST_CASE(each_passes_nan_through) {
  on_every_target([](const std::string& name) {
    for (const Kernel& kernel : {log_logistic, softplus, logit}) {
      for (const std::uint32_t bits : {0x7fc00000u, 0xffc00000u, 0x7f800001u, 0xffffffffu, 0x7fd2345fu}) {
        std::vector<float> x(37, 0.25f), y(37);
        std::memcpy(&x[20], &bits, sizeof bits);
        kernel.run(x.data(), y.data(), x.size());
        for (std::size_t i = 0; i < x.size(); ++i)
          BOOST_TEST(std::isnan(y[i]) == (i == 20), kernel.name << " on " << name << ", " << i);
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(log_logistic_and_softplus_keep_both_tails) {
  on_every_target([](const std::string& name) {
    BOOST_TEST(one(log_logistic, -infinity) == -infinity, name);
    BOOST_TEST(one(log_logistic, infinity) == 0, name);
    BOOST_TEST(one(log_logistic, -300.0f) == -300.0f, name);
    BOOST_TEST(one(log_logistic, 100.0f) < 0, name);
    BOOST_TEST(one(log_logistic, -std::numeric_limits<float>::max()) == -std::numeric_limits<float>::max(), name);
    BOOST_TEST(one(softplus, infinity) == infinity, name);
    BOOST_TEST(one(softplus, -infinity) == 0, name);
    BOOST_TEST(!std::signbit(one(softplus, -infinity)), name);
    BOOST_TEST(one(softplus, -103.0f) > 0, name);
    BOOST_TEST(one(softplus, 300.0f) == 300.0f, name);
    BOOST_TEST(one(softplus, std::numeric_limits<float>::max()) == std::numeric_limits<float>::max(), name);
  });
}

BOOST_AUTO_TEST_CASE(logit_is_infinite_at_its_ends_zero_in_the_middle_and_nan_outside) {
  on_every_target([](const std::string& name) {
    BOOST_TEST(one(logit, 0.0f) == -infinity, name);
    BOOST_TEST(one(logit, -0.0f) == -infinity, name);
    BOOST_TEST(one(logit, 1.0f) == infinity, name);
    BOOST_TEST(one(logit, 0.5f) == 0, name);
    for (const float outside : {-std::numeric_limits<float>::denorm_min(), -1.0f, -infinity, 1 + 0x1p-23f, 2.0f, infinity}) {
      BOOST_TEST(std::isnan(one(logit, outside)), name << ": " << outside);
    }
    BOOST_TEST(std::isfinite(one(logit, std::numeric_limits<float>::denorm_min())), name);
    BOOST_TEST(std::isfinite(one(logit, 1 - 0x1p-24f)), name);
  });
}

BOOST_AUTO_TEST_CASE(softplus_is_minus_log_logistic_of_minus_x_bit_for_bit) {
  const std::vector<float> x = inputs(softplus);
  std::vector<float> minus(x.size()), y(x.size()), y_minus(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) minus[i] = -x[i];
  on_every_target([&](const std::string& name) {
    softplus.run(x.data(), y.data(), x.size());
    log_logistic.run(minus.data(), y_minus.data(), x.size());
    for (float& value : y_minus) value = -value;
    BOOST_TEST(std::memcmp(y.data(), y_minus.data(), y.size() * sizeof(float)) == 0, name);
  });
}

BOOST_AUTO_TEST_CASE(each_gives_the_same_bits_at_any_position_length_and_alignment_and_in_place) {
  for (const Kernel& kernel : {log_logistic, softplus, logit}) {
    std::vector<float> x = inputs(kernel);
    x[50] = std::numeric_limits<float>::quiet_NaN();
    on_every_target([&](const std::string&) { BOOST_TEST(ogive::test::count_misplaced(kernel.run, x) == 0u, kernel.name); });
  }
}
