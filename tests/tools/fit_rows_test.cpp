// SPDX-License-Identifier: MIT
// Rows of many results against the rows of one: the same bytes.
#define BOOST_TEST_MODULE tools_fit_rows
#include "tools/ogive-fit/fit_rows.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "fit/support/generator.h"
#include "ogive/base/errors.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/report.h"
#include "ogive/io/csv_writer.h"

using ogive::batch::Fits;
using ogive::fit::Interval;
using ogive::io::CurveBlock;
using ogive::tools::FitRows;
using ogive::tools::Format;

namespace {

const std::vector<std::string> odd_keys = {"a", "a,b", "\"", " x", "#1", "", "BZh", "B", "\xC3\xA4", "\xFF", "a\tb", "1e3"};

// Curves of every kind, with keys of every kind.
CurveBlock make_block(const ogive::curve::Model& model) {
  CurveBlock block;
  block.key_columns = 1;
  block.offsets = {0};
  block.key_offsets = {0};
  const auto add = [&](const std::vector<double>& x, const std::vector<double>& y) {
    for (const double value : x) block.x.push_back(model.log_dose ? std::fabs(value) : value);
    block.y.insert(block.y.end(), y.begin(), y.end());
    block.offsets.push_back(block.y.size());
    block.keys += odd_keys[block.size() % odd_keys.size()];
    block.key_offsets.push_back(block.keys.size());
  };
  for (const auto& curve : ogive::fit_test::hard_curves(60, 51)) add(curve.x, curve.y);
  for (const auto& curve : ogive::fit_test::easy_curves(20, 52)) add(curve.x, curve.y);
  add({1, 2, 3, 4, 5, 6, 7}, {2, 2, 2, 2, 2, 2, 2});
  add({1, 2}, {1, 2});
  add({}, {});
  add({1, 2, 3, 4, 5, 6}, {1, std::nan(""), 3, 2, 5, std::numeric_limits<double>::infinity()});
  add({1, 2, 3, 4, 5, 6, 7, 8}, {0, 0.01, -0.01, 0, 1.01, 1, 0.99, 1});
  return block;
}

Fits fit(const ogive::curve::Model& model, const CurveBlock& block, Interval interval) {
  ogive::batch::Options options;
  options.interval = interval;
  options.threads = 1;
  return ogive::batch::fit_many(model, ogive::batch::Curves::ragged(block.x, block.y, block.offsets), options);
}

double number_at(const std::string& bytes, std::size_t offset) {
  double value = 0;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

}  // namespace

BOOST_AUTO_TEST_CASE(csv_rows_have_the_very_bytes_of_rows_written_one_by_one) {
  const std::vector<std::string> columns = {"key, or so"};
  for (const char* name : {"logistic", "logistic3", "gompertz", "loglogistic", "logistic2"}) {
    for (const Interval interval : {Interval::none, Interval::wald}) {
      const auto& model = ogive::curve::model(name);
      const CurveBlock block = make_block(model);
      const Fits fits = fit(model, block, interval);
      const FitRows rows(model, Format::csv, columns);
      std::string slow, memory;
      const std::string fast = rows.header() + std::string(rows.write(memory, fits, block));
      ogive::io::CsvWriter csv(slow);
      ogive::fit::write_csv_header(csv, model, columns);
      for (std::size_t i = 0; i < fits.size(); ++i) {
        const std::vector<std::string> cells = {std::string(block.key(i, 0))};
        ogive::fit::write_csv_row(csv, ogive::batch::result_of(fits, i), {columns, cells});
      }
      BOOST_TEST(fast == slow, name);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_curve_without_a_key_is_named_by_its_number) {
  const auto& model = ogive::curve::model("logistic");
  CurveBlock block = make_block(model);
  block.key_columns = 0;
  block.first = 1000;
  const Fits fits = fit(model, block, Interval::none);
  std::string memory;
  BOOST_TEST(FitRows(model, Format::csv, {"curve"}).write(memory, fits, block).starts_with("1001,logistic,"));
  const std::string_view json = FitRows(model, Format::json, {"curve"}).write(memory, fits, block);
  BOOST_TEST(json.starts_with(R"({"schema":"ogive.fit/1","curve":{"curve":"1001"},"model":"logistic")"));
}

BOOST_AUTO_TEST_CASE(records_hold_the_numbers_of_the_rows) {
  const auto& model = ogive::curve::model("logistic");
  const CurveBlock block = make_block(model);
  const Fits fits = fit(model, block, Interval::wald);
  FitRows rows(model, Format::npy, {"key"});
  rows.plan_npy({8}, true);
  std::string memory(100000, 'x');
  const std::string bytes(rows.write(memory, fits, block));
  const std::size_t size = rows.npy_records().row_bytes();
  BOOST_TEST(size == 8u + 16 + 16 + 4 + 4 + 16 * 8 + 8 + 8 + 4 + 8 + 8);
  BOOST_TEST(bytes.size() == size * fits.size());
  for (std::size_t i = 0; i < fits.size(); ++i) {
    BOOST_TEST(std::string(bytes.data() + i * size, 8).c_str() == block.key(i, 0));
    const double rss = number_at(bytes, i * size + 48 + 16 * 8);
    BOOST_TEST((rss == fits.rss[i] || (std::isnan(rss) && std::isnan(fits.rss[i]))));
  }
}

BOOST_AUTO_TEST_CASE(a_key_that_is_longer_than_its_field_is_refused) {
  const auto& model = ogive::curve::model("logistic");
  const CurveBlock block = make_block(model);
  const Fits fits = fit(model, block, Interval::none);
  FitRows rows(model, Format::npy, {"key"});
  rows.plan_npy({2}, false);
  std::string memory;
  BOOST_CHECK_THROW(rows.write(memory, fits, block), ogive::InputError);
}
