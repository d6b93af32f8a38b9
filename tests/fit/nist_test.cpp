// SPDX-License-Identifier: MIT
// The two sigmoids of NIST's Statistical Reference Datasets, fitted without start values, against the certified digits.
#define BOOST_TEST_MODULE fit_nist
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fit/support/correct_digits.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/fit.h"
#include "ogive/io/table.h"

using ogive::fit_test::correct_digits;

namespace {

// Claims: correct digits of each parameter, each standard error, and the RSS, its degrees of freedom being exact.
constexpr double parameter_digits = 9;
constexpr double se_digits = 8;
constexpr double rss_digits = 10;
constexpr std::array scales = {1.0, 1e-6, 1e6};  // of x and of y, in all combinations

struct Problem {
  nlohmann::json certified;
  std::vector<double> x, y;

  double value(const char* parameter) const { return certified["parameters"][parameter]["value"]; }
  double sd(const char* parameter) const { return certified["parameters"][parameter]["sd"]; }
};

Problem read(const std::string& name) {
  const std::string folder = std::string(OGIVE_DATASETS) + "/";
  Problem problem;
  problem.certified = nlohmann::json::parse(std::ifstream(folder + "nist_certified.json"))[name];
  const ogive::io::Table table = ogive::io::read_table(folder + problem.certified["data"].get<std::string>());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    problem.x.push_back(table.number(row, 0).value());
    problem.y.push_back(table.number(row, 1).value());
  }
  return problem;
}

ogive::fit::Result fitted(const Problem& problem, double x_scale, double y_scale) {
  std::vector<double> x = problem.x;
  std::vector<double> y = problem.y;
  for (double& value : x) value *= x_scale;
  for (double& value : y) value *= y_scale;
  const std::string model = problem.certified["ogive"]["model"];
  return ogive::fit::fit(ogive::curve::model(model), {x, y});
}

// The standard error of a function of the parameters, from the covariance matrix (delta method).
double delta_method(const ogive::fit::Result& result, const std::vector<double>& gradient) {
  const std::size_t count = gradient.size();
  BOOST_REQUIRE(result.covariance.size() == count * count);
  double variance = 0;
  for (std::size_t p = 0; p < count; ++p)
    for (std::size_t q = 0; q < count; ++q) variance += gradient[p] * result.covariance[p * count + q] * gradient[q];
  return std::sqrt(variance);
}

template <class Check>
void in_all_units(const std::string& name, Check&& check) {
  const Problem problem = read(name);
  BOOST_REQUIRE(problem.x.size() == problem.certified["n"].get<std::size_t>());
  for (const double x_scale : scales) {
    for (const double y_scale : scales) {
      BOOST_TEST_CONTEXT(name << ", x * " << x_scale << ", y * " << y_scale) {
        const ogive::fit::Result result = fitted(problem, x_scale, y_scale);
        BOOST_TEST_REQUIRE(result.good());
        BOOST_TEST(result.dof == problem.certified["dof"].get<int>());
        const double rss = problem.certified["rss"].get<double>() * y_scale * y_scale;
        BOOST_TEST(correct_digits(result.rss, rss) >= rss_digits, "rss " << correct_digits(result.rss, rss));
        const double rse = problem.certified["rse"].get<double>() * y_scale;
        BOOST_TEST(correct_digits(result.rse, rse) >= rss_digits, "rse " << correct_digits(result.rse, rse));
        check(problem, result, x_scale, y_scale);
      }
    }
  }
}

void check_one(const Problem& problem, const char* parameter, double value, double se, double scale) {
  const double digits = correct_digits(value, problem.value(parameter) * scale);
  BOOST_TEST(digits >= parameter_digits, parameter << " has " << digits << " correct digits");
  const double digits_of_se = correct_digits(se, problem.sd(parameter) * scale);
  BOOST_TEST(digits_of_se >= se_digits, parameter << "'s standard error has " << digits_of_se << " correct digits");
  BOOST_TEST_MESSAGE(parameter << ": " << digits << " and " << digits_of_se << " digits");
}

}  // namespace

// y = b1 / (1 + exp(b2 - b3 x)) is logistic3 with L = b1, k = b3, x0 = b2 / b3.
BOOST_AUTO_TEST_CASE(rat42_without_start_values_in_any_units) {
  in_all_units("Rat42", [](const Problem& problem, const ogive::fit::Result& result, double x_scale, double y_scale) {
    const auto [L, x0, k] = std::array{result.parameters[0], result.parameters[1], result.parameters[2]};
    check_one(problem, "b1", L.value, L.se, y_scale);
    check_one(problem, "b3", k.value, k.se, 1 / x_scale);
    check_one(problem, "b2", k.value * x0.value, delta_method(result, {0, k.value, x0.value}), 1);
  });
}

// y = b1 / (1 + exp(b2 - b3 x))^(1 / b4) is richards4 with L = b1, k = b3, nu = b4, x0 = (b2 - log b4) / b3.
BOOST_AUTO_TEST_CASE(rat43_without_start_values_in_any_units) {
  in_all_units("Rat43", [](const Problem& problem, const ogive::fit::Result& result, double x_scale, double y_scale) {
    const auto [L, x0, k, nu] = std::array{result.parameters[0], result.parameters[1], result.parameters[2], result.parameters[3]};
    check_one(problem, "b1", L.value, L.se, y_scale);
    check_one(problem, "b3", k.value, k.se, 1 / x_scale);
    check_one(problem, "b4", nu.value, nu.se, 1);
    const double b2 = k.value * x0.value + std::log(nu.value);
    check_one(problem, "b2", b2, delta_method(result, {0, k.value, x0.value, 1 / nu.value}), 1);
  });
}

// The measure itself.
BOOST_AUTO_TEST_CASE(correct_digits_are_counted) {
  BOOST_TEST(correct_digits(1.23456789, 1.23456789) == ogive::fit_test::most_digits);
  BOOST_TEST(std::fabs(correct_digits(1.001, 1.0) - 3) < 1e-9);
  BOOST_TEST(std::fabs(correct_digits(-0.999, -1.0) - 3) < 1e-9);
  BOOST_TEST(std::fabs(correct_digits(1e-7, 0.0) - 7) < 1e-9);
  BOOST_TEST(correct_digits(2.5e-8, 2.5e-8 * (1 + 1e-5)) < 5.1);  // a small number is not a good one
  BOOST_TEST(correct_digits(10.0, 1.0) == 0.0);
}

BOOST_AUTO_TEST_CASE(wrong_signs_and_numbers_that_are_none_have_no_correct_digits) {
  BOOST_TEST(correct_digits(-1.0, 1.0) == 0.0);
  BOOST_TEST(correct_digits(-1e-12, 1e-12) == 0.0);
  for (const double value : {ogive::fit::unknown, ogive::fit::infinite, -ogive::fit::infinite}) {
    BOOST_TEST(correct_digits(value, 1.0) == 0.0);
    BOOST_TEST(correct_digits(1.0, value) == 0.0);
    BOOST_TEST(correct_digits(value, value) == 0.0);
  }
}
