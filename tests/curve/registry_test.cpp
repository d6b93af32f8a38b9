// SPDX-License-Identifier: MIT
// What registry.h promises: every model by its name, the default first, and a message that helps.
#define BOOST_TEST_MODULE curve_registry
#include "ogive/curve/registry.h"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "ogive/base/errors.h"

namespace curve = ogive::curve;

BOOST_AUTO_TEST_CASE(lists_the_models_with_the_default_first) {
  std::vector<std::string> names;
  for (const curve::Model& m : curve::models()) names.emplace_back(m.name);
  const std::vector<std::string> expected = {"logistic", "logistic3", "logistic2", "loglogistic",
                                             "gompertz", "richards",  "richards4"};
  BOOST_TEST(names == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(finds_each_model_by_its_name) {
  for (const curve::Model& m : curve::models()) {
    BOOST_TEST(curve::find_model(m.name) == &m);
    BOOST_TEST(&curve::model(m.name) == &m);
  }
  BOOST_TEST(curve::find_model("Logistic") == nullptr);
  BOOST_TEST(curve::find_model("") == nullptr);
}

BOOST_AUTO_TEST_CASE(an_unknown_name_lists_the_names_there_are) {
  BOOST_CHECK_EXCEPTION(curve::model("hill"), ogive::InputError, [](const ogive::InputError& error) {
    return std::string(error.what())
               .find(
                   "there is no model 'hill'; the models are logistic, logistic3, logistic2, loglogistic, "
                   "gompertz, richards, richards4") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(every_model_describes_itself) {
  for (const curve::Model& m : curve::models()) BOOST_TEST_CONTEXT(m.name) {
      BOOST_TEST(!m.summary.empty());
      BOOST_TEST(m.formula.starts_with("y = "));
      BOOST_TEST((!m.parameters.empty() && m.parameters.size() <= curve::max_parameters));
      BOOST_TEST((!m.derived_quantities.empty() && m.derived_quantities.size() <= curve::max_derived));
      std::set<std::string_view> names;
      for (const auto& p : m.parameters) {
        BOOST_TEST(!p.meaning.empty());
        BOOST_TEST(m.formula.find(p.name) != std::string_view::npos, p.name);
        names.insert(p.name);
      }
      for (const auto& d : m.derived_quantities) {
        BOOST_TEST(!d.meaning.empty());
        names.insert(d.name);
      }
      BOOST_TEST(names.size() == m.parameters.size() + m.derived_quantities.size());  // no name twice: they become columns
    }
}

BOOST_AUTO_TEST_CASE(linear_and_log_dose_say_which_parameters_there_are) {
  for (const curve::Model& m : curve::models()) BOOST_TEST_CONTEXT(m.name) {
      BOOST_TEST((m.index_of("L") >= 0) == (m.linear != curve::Linear::none));
      BOOST_TEST((m.index_of("b") >= 0) == (m.linear == curve::Linear::L_and_b));
      BOOST_TEST((m.index_of("ec50") >= 0) == m.log_dose);
      BOOST_TEST((m.index_of("x0") >= 0) == !m.log_dose);
      BOOST_TEST((m.index_of("nu") >= 0) == (m.family == curve::Family::richards));
    }
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  std::ostringstream out;
  for (const ogive::curve::Model& m : ogive::curve::models()) out << m.name << "  " << m.formula << '\n';
  BOOST_TEST(out.str().starts_with("logistic  y = b + L / (1 + exp(-k (x - x0)))\n"));
}
