// SPDX-License-Identifier: MIT
// What users of other libraries ran into, each as a test of ours. The names tell the failure; the comments tell where it was
// reported. "Ours" are the kernels of kernels.h and the scalar functions; the forms that failed are in the catalogue and fail here,
// too.
#define BOOST_TEST_MODULE sigmoid_users_failures
#include <algorithm>
#include <bit>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "ogive/sigmoid/claims.h"
#include "ogive/sigmoid/claims64.h"
#include "ogive/sigmoid/cross_entropy.h"
#include "ogive/sigmoid/derivative.h"
#include "ogive/sigmoid/kernels.h"
#include "ogive/sigmoid/log_logistic.h"
#include "ogive/sigmoid/logistic.h"
#include "ogive/sigmoid/logit.h"
#include "ogive/sigmoid/targets.h"
#include "ogive/sigmoid/variant.h"
#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims;
using ogive::bfloat16;
using ogive::float16;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr const char* our_logistics[] = {"logistic_cr", "logistic_u1", "logistic_fast"};

std::vector<float> values(const char* name, const std::vector<float>& x) {
  std::vector<float> y(x.size());
  sigmoid::variant(name).float32(x.data(), y.data(), x.size());
  return y;
}

float value(const char* name, float x) { return values(name, {x})[0]; }

float value16(float x) {
  const float16 in = ogive::to_float16(x);
  float16 out;
  sigmoid::logistic(&in, &out, 1);
  return ogive::to_float(out);
}

float bvalue(const char* name, float x) {
  const bfloat16 in = ogive::to_bfloat16(x);
  bfloat16 out;
  sigmoid::variant(name).bfloat16(&in, &out, 1);
  return ogive::to_float(out);
}

reference::Wide exact_logistic(float x) { return reference::logistic(reference::Wide(x)); }

/// Of the candidate and its neighbours, the one nearest to the exact value; rounding to float on the way may have missed it.
template <class Half>
Half nearest(Half candidate, const reference::Wide& exact) {
  Half best = candidate;
  for (const int step : {-1, 1}) {
    if (candidate.bits == 0 && step < 0) continue;
    const Half other{static_cast<std::uint16_t>(candidate.bits + step)};
    if (ogive::ulp_error(other, exact) < ogive::ulp_error(best, exact)) best = other;
  }
  return best;
}

/// Every stride-th float, in increasing order, without NaN; the infinities among them.
std::vector<float> floats(std::uint32_t stride) {
  std::vector<float> x;
  for (std::uint64_t bits = 0; bits <= 0x7f800000U; bits += stride)
    x.push_back(-std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  std::reverse(x.begin(), x.end());
  for (std::uint64_t bits = 0; bits <= 0x7f800000U; bits += stride)
    x.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  x.front() = -infinity;
  x.back() = infinity;
  return x;
}

}  // namespace

// microsoft/onnxruntime issue 22557: sigmoid(-18) is -5.96e-8. sonos/tract issues 2618 and 2620: 1 + 2^-23 at 17.851563.
BOOST_AUTO_TEST_CASE(a_probability_is_never_below_zero_or_above_one) {
  BOOST_TEST(value("mlas", -18.0f) < 0.0f);
  const auto x = floats(1009);
  for (const char* name : our_logistics) {
    for (const float y : values(name, x)) BOOST_REQUIRE_MESSAGE((y >= 0 && y <= 1), name << ": " << y);
    BOOST_TEST(value(name, -18.0f) > 0.0f);
    BOOST_TEST(value(name, 17.851563f) <= 1.0f);
  }
}

// microsoft/onnxruntime issue 26281: 0 at -17.31 instead of 3.03e-8.
BOOST_AUTO_TEST_CASE(the_small_tail_keeps_its_relative_accuracy) {
  for (const char* name : our_logistics)
    for (const float x : {-17.31f, -30.0f, -60.0f, -87.0f})
      BOOST_TEST(value(name, x) == static_cast<float>(sigmoid::logistic(static_cast<double>(x))),
                 boost::test_tools::tolerance(static_cast<float>(claims::logistic_fast) * 0x1p-23f));
}

// Tencent/ncnn issue 1284: NaN below -90 with a compiler's reciprocal. opencv/opencv issue 23850: NaN from -92 to -96.
BOOST_AUTO_TEST_CASE(no_finite_input_gives_nan_as_the_release_is_built) {
  std::vector<float> x = floats(1009);
  for (float far = -110; far < -80; far += 0.01f) x.push_back(far);
  for (const char* name : our_logistics)
    for (const float y : values(name, x)) BOOST_REQUIRE_MESSAGE(!std::isnan(y), name);
}

// clab/dynet issue 1525: NaN or 0.5 beyond 89.
BOOST_AUTO_TEST_CASE(beyond_89_the_value_is_at_its_end) {
  for (const char* name : our_logistics) {
    for (const float x : {89.0f, 95.0f, 1000.0f, 3e38f}) {
      BOOST_TEST(value(name, x) == 1.0f);
      BOOST_TEST(value(name, -x) < 1e-38f);
    }
  }
}

// pytorch/pytorch issue 13448: NaN becomes 4e-39, on some lanes.
BOOST_AUTO_TEST_CASE(nan_stays_nan_on_every_lane) {
  for (const char* name : {"logistic_cr", "logistic_u1", "logistic_fast", "derivative", "log_logistic", "softplus", "logit"}) {
    for (std::size_t n = 1; n <= 67; ++n)
      for (const float y : values(name, std::vector<float>(n, not_a_number)))
        BOOST_REQUIRE_MESSAGE(std::isnan(y), name << ", n = " << n);
    for (std::size_t lane = 0; lane < 67; ++lane) {
      std::vector<float> x(67, 0.25f);
      x[lane] = -not_a_number;
      const auto y = values(name, x);
      for (std::size_t i = 0; i < x.size(); ++i) BOOST_REQUIRE_MESSAGE(std::isnan(y[i]) == (i == lane), name << ", lane " << lane);
    }
  }
}

// tensorflow/tensorflow pull request 119354: NaN at +-5e29.
BOOST_AUTO_TEST_CASE(huge_inputs_and_infinities_have_the_values_of_the_ends) {
  for (const char* name : our_logistics) {
    for (const float x : {5e29f, 4.3e26f, 3.2e15f, std::numeric_limits<float>::max(), infinity}) {
      BOOST_TEST(value(name, x) == 1.0f);
      BOOST_TEST(value(name, -x) == 0.0f);
    }
  }
}

// tensorflow/tensorflow issues 123104 and 123323: in bfloat16, s(5.75) = 0.9921875 is below s(5.5) = 0.99609375.
BOOST_AUTO_TEST_CASE(bfloat16_and_float16_are_monotone_and_correctly_rounded_on_every_input) {
  const auto check = [](auto zero, auto round) {
    using Half = decltype(zero);
    float before = -1;
    // From the largest negative number up to the largest positive one.
    std::vector<Half> x;
    for (int i = 0x7fff; i >= 0; --i) x.push_back({static_cast<std::uint16_t>(0x8000 + i)});
    for (int i = 0; i <= 0x7fff; ++i) x.push_back({static_cast<std::uint16_t>(i)});
    std::vector<Half> y(x.size());
    sigmoid::logistic(x.data(), y.data(), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      const float in = ogive::to_float(x[i]), out = ogive::to_float(y[i]);
      if (in != in) {
        BOOST_REQUIRE(out != out);
        continue;
      }
      BOOST_REQUIRE_MESSAGE(y[i] == round(in), in);
      BOOST_REQUIRE_MESSAGE(out >= before, in);
      before = out;
    }
  };
  check(float16{}, [](float x) { return nearest(ogive::to_float16(static_cast<float>(exact_logistic(x))), exact_logistic(x)); });
  check(bfloat16{}, [](float x) { return nearest(ogive::to_bfloat16(static_cast<float>(exact_logistic(x))), exact_logistic(x)); });
}

// The same issues: every operation rounded to bfloat16 misrounds hundreds of inputs; that is what they saw.
BOOST_AUTO_TEST_CASE(operations_rounded_one_by_one_are_not_a_rounded_result) {
  int misrounded = 0;
  for (unsigned bits = 0; bits < 0x10000; ++bits) {
    const bfloat16 x{static_cast<std::uint16_t>(bits)};
    const float in = ogive::to_float(x);
    if (in != in || std::fabs(in) > 80) continue;
    bfloat16 y;
    sigmoid::variant("textbook_stepwise").bfloat16(&x, &y, 1);
    misrounded += ogive::ulp_error(y, sigmoid::logistic(static_cast<double>(in))) > 0.5001;
  }
  BOOST_TEST(misrounded > 500);
}

// tensorflow/tensorflow issues 35309, 33878 and 123551: the result depends on the size of the tensor and the place in it.
BOOST_AUTO_TEST_CASE(a_result_does_not_depend_on_its_place_or_company) {
  std::vector<float> x;
  ogive::Random random(9);
  for (int i = 0; i < 517; ++i) x.push_back(static_cast<float>(random.uniform(-110, 110)));
  for (const char* name : {"logistic_cr", "logistic_u1", "logistic_fast", "derivative", "log_logistic", "softplus", "logit"}) {
    const auto all = values(name, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const float alone = value(name, x[i]);
      BOOST_REQUIRE_MESSAGE(std::memcmp(&alone, &all[i], sizeof alone) == 0, name << " at " << x[i]);
    }
  }
}

// ml-explore/mlx issue 4461: the fused computation and the one step by step differ. One call, calls by pieces and calls in place
// are the same computation here, in every type.
BOOST_AUTO_TEST_CASE(one_call_pieces_and_calls_in_place_give_the_same_bits) {
  static constexpr std::size_t n = 5000;
  const auto check = []<class T>(sigmoid::ArrayFunction<T> function, T (*round)(float), const char* name) {
    ogive::Random random(10);
    std::vector<T> x(n), whole(n), pieces(n);
    for (T& value : x) value = round(static_cast<float>(random.uniform(-30, 30)));
    function(x.data(), whole.data(), n);
    for (std::size_t begin = 0, size = 1; begin < n; begin += size, size = std::min(2 * size + 1, n - begin))
      function(x.data() + begin, pieces.data() + begin, size);
    BOOST_TEST((std::memcmp(pieces.data(), whole.data(), n * sizeof(T)) == 0), name << " by pieces");
    std::vector<T> in_place = x;
    function(in_place.data(), in_place.data(), n);
    BOOST_TEST((std::memcmp(in_place.data(), whole.data(), n * sizeof(T)) == 0), name << " in place");
  };
  for (const char* name : {"logistic_cr", "logistic_u1", "logistic_fast", "derivative", "log_logistic", "softplus"})
    check(
        sigmoid::variant(name).float32, +[](float v) { return v; }, name);
  for (const char* name : {"logistic", "logistic_fast"})
    check(
        sigmoid::variant(name).float64, +[](float v) { return static_cast<double>(v); }, name);
  check(sigmoid::variant("logistic").float16, &ogive::to_float16, "float16");
  check(sigmoid::variant("logistic").bfloat16, &ogive::to_bfloat16, "bfloat16");
}

// pytorch/pytorch issues 155423 and 54684: other results on other instruction sets.
BOOST_AUTO_TEST_CASE(the_correctly_rounded_kernel_gives_the_same_bits_on_every_instruction_set) {
  const auto x = floats(4999);
  const auto native = values("logistic_cr", x);
  int compared = 0;
  for (const std::string& target : sigmoid::supported_targets()) {
    const sigmoid::WithTarget chosen(target);
    const auto y = values("logistic_cr", x);
    BOOST_TEST((std::memcmp(native.data(), y.data(), y.size() * sizeof(float)) == 0), target);
    ++compared;
  }
  BOOST_TEST(compared > 0);
}

// microsoft/onnxruntime issue 14784: in float16, 0 at -7.8477 instead of 3.9047e-4.
BOOST_AUTO_TEST_CASE(float16_keeps_its_tail) {
  BOOST_TEST(value16(-7.8477f) == 3.9047e-4f, boost::test_tools::tolerance(0x1p-10f));
  BOOST_TEST(value16(-16.0f) > 0.0f);  // subnormal
}

// scipy/scipy issue 3387: NaN for large arguments of exp(x) / (1 + exp(x)).
BOOST_AUTO_TEST_CASE(large_arguments_do_not_overflow_to_nan) {
  BOOST_TEST(std::isnan(value("exp_ratio", 1000.0f)));
  for (const char* name : our_logistics) BOOST_TEST(value(name, 1000.0f) == 1.0f);
  BOOST_TEST(sigmoid::logistic(1e308) == 1.0);
}

// hail-is/hail issue 10606: sigmoid(+-710).
BOOST_AUTO_TEST_CASE(float64_is_right_beyond_709) {
  for (const char* name : {"logistic", "logistic_fast"}) {
    double x[] = {710, -710, -744}, y[3];
    sigmoid::variant(name).float64(x, y, 3);
    BOOST_TEST(y[0] == 1.0);
    for (const int i : {1, 2}) BOOST_TEST((ogive::ulp_error(y[i], reference::logistic(x[i]))) <= 1.0, name << " at " << x[i]);
  }
}

// jax issues 40385, 40342 and 40825, tt-metal issue 55724: s (1 - s) is 0 from 16.75 (float32), 37.43 (float64), 6.25 (bfloat16)
// on.
BOOST_AUTO_TEST_CASE(the_slope_does_not_vanish_before_its_time) {
  BOOST_TEST(value("derivative_from_value", 17.5f) == 0.0f);
  for (const float x : {16.75f, 17.5f, -17.5f, 50.0f, 103.0f}) BOOST_TEST(value("derivative", x) > 0.0f, "x = " << x);
  BOOST_TEST(sigmoid::derivative(37.5) > 5e-17);
  BOOST_TEST(bvalue("derivative_scalar", 6.25f) == 0.0019226f, boost::test_tools::tolerance(0x1p-7f));
}

// pytorch/pytorch issues 1835 and 2211: log-sigmoid of -300 is -infinity. scipy/scipy issues 6226 and 6238: its right tail.
// tt-metal issues 56381 and 53787: 131 755 ulp, which a test on [-1, 1] did not see.
BOOST_AUTO_TEST_CASE(log_logistic_is_right_over_the_whole_range) {
  BOOST_TEST(value("log_of_logistic", -300.0f) == -infinity);
  BOOST_TEST(value("log_logistic", -300.0f) == -300.0f);
  const auto x = floats(40009);
  const auto y = values("log_logistic", x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isinf(x[i])) continue;
    const double error = ogive::ulp_error(y[i], sigmoid::log_logistic(static_cast<double>(x[i])));
    BOOST_REQUIRE_MESSAGE(error <= claims::log_logistic_ulp + 1e-6, "x = " << x[i] << ": " << error);  // the reference is a double
  }
}

// pytorch/pytorch issue 199867: logit of 0.499756 in float16 is off by 512 ulp.
BOOST_AUTO_TEST_CASE(logit_keeps_its_digits_near_one_half) {
  const float16 p = ogive::to_float16(0.499756f);
  const auto exact = reference::logit(reference::Wide(ogive::to_float(p)));
  float16 y, stepwise;
  sigmoid::variant("logit_scalar").float16(&p, &y, 1);
  sigmoid::variant("logit_stepwise").float16(&p, &stepwise, 1);
  BOOST_TEST(ogive::ulp_error(y, exact) <= 0.501);
  BOOST_TEST(ogive::ulp_error(stepwise, exact) > 100);
  const float close = std::nextafter(0.5f, 0.0f);
  BOOST_TEST((ogive::ulp_error(value("logit", close), reference::logit(reference::Wide(close)))) <= claims::logit_ulp);
}

// pytorch/pytorch issues 751 and 103316: binary cross-entropy from probabilities is infinite, its gradient NaN.
BOOST_AUTO_TEST_CASE(cross_entropy_from_logits_is_finite_with_a_slope_in_both_tails) {
  for (const float x : {-200.0f, -30.0f, 30.0f, 200.0f}) {
    for (const float label : {0.0f, 1.0f}) {
      BOOST_TEST(std::isfinite(sigmoid::cross_entropy(x, label)));
      BOOST_TEST(std::isfinite(sigmoid::cross_entropy_gradient(x, label)));
    }
  }
  BOOST_TEST(sigmoid::cross_entropy(30.0f, 1.0f) > 0.0f);
  BOOST_TEST(sigmoid::cross_entropy_gradient(30.0f, 1.0f) < 0.0f);
  BOOST_TEST(sigmoid::cross_entropy_gradient(-30.0f, 0.0f) > 0.0f);
}
