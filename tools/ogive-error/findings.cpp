// SPDX-License-Identifier: MIT
#include "tools/ogive-error/findings.h"

#include <cmath>

#include "ogive/io/number.h"
#include "ogive/io/text_table.h"
#include "tools/common/numbers.h"

namespace ogive::tools {
namespace {

using accuracy::ErrorSummary;
using accuracy::Measurement;
using accuracy::Occurrence;
using accuracy::Worst;

void add_worst(Record& record, const std::string& key, const Worst& worst) {
  record.push_back({key + ".value", worst.value});
  record.push_back({key + ".x", worst.x});
  record.push_back({key + ".result", worst.result});
}

void add_occurrence(Record& record, const std::string& key, const Occurrence& occurrence) {
  record.push_back({key + ".count", occurrence.count});
  record.push_back({key + ".first", occurrence.first});
  record.push_back({key + ".last", occurrence.last});
}

void add_summary(Record& record, const std::string& prefix, const ErrorSummary& s) {
  record.push_back({prefix + "inputs", s.inputs});
  add_worst(record, prefix + "ulp", s.ulp);
  add_worst(record, prefix + "normal_ulp", s.normal_ulp);
  add_worst(record, prefix + "absolute", s.absolute);
  add_worst(record, prefix + "relative", s.relative);
  record.push_back({prefix + "core_inputs", s.core_inputs});
  record.push_back({prefix + "mean_ulp", s.mean_ulp()});
  record.push_back({prefix + "rms_ulp", s.rms_ulp()});
  record.push_back({prefix + "misrounded", s.misrounded()});
  add_occurrence(record, prefix + "nan", s.nan);
  add_occurrence(record, prefix + "infinite", s.infinite);
  add_occurrence(record, prefix + "out_of_range", s.out_of_range);
  add_occurrence(record, prefix + "flushed", s.flushed);
  add_occurrence(record, prefix + "lost_nan", s.lost_nan);
  add_occurrence(record, prefix + "not_monotone", s.not_monotone);
  add_worst(record, prefix + "drop", s.drop);
  add_worst(record, prefix + "asymmetry", s.asymmetry);
  record.push_back({prefix + "position_checked", s.position_checked});
  add_occurrence(record, prefix + "position_dependent", s.position_dependent);
  for (std::size_t k = 0; k < accuracy::histogram_size; ++k)
    record.push_back(
        {prefix + "histogram.to_" + (k == 0 ? "half" : io::format_number(accuracy::histogram_upper(k))), s.histogram[k]});
}

void show(Record& record, const std::string& key, const std::string& column, const std::string& text) {
  for (auto& field : record)
    if (field.key == key) field.column = column, field.text = text;
}

// Rows of a page: what, figure, where.
class Page {
 public:
  explicit Page(FloatType type) : type_(type) {}

  void row(const std::string& what, const std::string& figure, const std::string& remark = "") {
    table_.add_row({what, figure, remark});
  }

  void worst(const std::string& what, const Worst& w) {
    row(what, brief(w.value), std::isnan(w.x) ? "" : "at x = " + decimal(w.x, type_) + ", result " + decimal(w.result, type_));
  }

  void occurrence(const std::string& what, const Occurrence& o) {
    std::string where;
    if (o.count > 0 && !std::isnan(o.first))
      where = o.count == 1 || o.first == o.last ? "at x = " + decimal(o.first, type_)
                                                : "from x = " + decimal(o.first, type_) + " to " + decimal(o.last, type_);
    row(what, grouped(o.count), where);
  }

  std::string text() const { return table_.text(); }

 private:
  FloatType type_;
  io::TextTable table_{{"finding", "figure", "where"}};
};

void add_rows(Page& page, const ErrorSummary& s) {
  page.row("inputs", grouped(s.inputs));
  page.worst("max ulp", s.ulp);
  page.worst("max ulp, normal results", s.normal_ulp);
  page.worst("max absolute error", s.absolute);
  page.worst("max relative error", s.relative);
  page.row("mean ulp", brief(s.mean_ulp()), "over the " + grouped(s.core_inputs) + " inputs without a trivial result");
  page.row("rms ulp", brief(s.rms_ulp()));
  page.row("not correctly rounded", grouped(s.misrounded()));
  page.occurrence("NaN results", s.nan);
  page.occurrence("infinite results", s.infinite);
  page.occurrence("results out of range", s.out_of_range);
  page.occurrence("flushed to 0", s.flushed);
  page.occurrence("NaN lost", s.lost_nan);
  page.occurrence("monotonicity breaks", s.not_monotone);
  if (s.not_monotone.count > 0) page.worst("worst drop, ulp", s.drop);
  if (!std::isnan(s.asymmetry.x)) page.worst("max asymmetry", s.asymmetry);
  page.occurrence("depends on the position", s.position_dependent);
  page.row("  checked for that", grouped(s.position_checked));
}

std::string histogram_text(const ErrorSummary& s) {
  io::TextTable table({"error in ulp", "inputs"});
  for (std::size_t k = 0; k < accuracy::histogram_size; ++k) {
    if (s.histogram[k] == 0) continue;
    const std::string low = k == 0 ? "0" : brief(accuracy::histogram_upper(k - 1));
    table.add_row({low + " ... " + brief(accuracy::histogram_upper(k)), grouped(s.histogram[k])});
  }
  return table.text();
}

std::string claim_text(const sigmoid::Claim& claim) {
  std::string text;
  const auto add = [&text](double bound, const std::string& what) {
    if (!std::isnan(bound)) text += (text.empty() ? "at most " : ", ") + io::format_number(bound, 6) + what;
  };
  add(claim.ulp, " ulp");
  add(claim.normal_ulp, " ulp on normal results");
  add(claim.absolute, " absolute");
  return text;
}

}  // namespace

std::string verdict(const Subject& subject, const Measurement& found) {
  if (claim_text(accuracy::claim(subject.variant, subject.type)).empty()) return "none";
  return accuracy::keeps_claim(subject.variant, found) ? "kept" : "broken";
}

std::string breach_text(const Subject& subject, const Measurement& found) {
  if (verdict(subject, found) != "broken") return "";
  const auto& claim = accuracy::claim(subject.variant, subject.type);
  std::string text;
  const auto add = [&](const Worst& worst, double bound, const std::string& unit) {
    if (!(worst.value > bound)) return;
    text += (text.empty() ? "" : "; ") + io::format_number(worst.value, 6) + unit + " at x = " + decimal(worst.x, subject.type) +
            ", where at most " + io::format_number(bound, 6) + " are claimed";
  };
  add(found.inside.ulp, claim.ulp, " ulp");
  add(found.inside.normal_ulp, claim.normal_ulp, " ulp (normal results)");
  add(found.inside.absolute, claim.absolute, " absolute");
  if (found.inside.nan.count > 0)
    text += (text.empty() ? "" : "; ") + grouped(found.inside.nan.count) +
            " NaN, the first at x = " + decimal(found.inside.nan.first, subject.type);
  return text;
}

Record record_of(const Subject& subject, const Measurement& found, double seconds) {
  const auto& claim = accuracy::claim(subject.variant, subject.type);
  const ErrorSummary& in = found.inside;
  const std::string least = found.exhaustive ? "" : ">= ";
  const auto worst_text = [&](const Worst& w) { return least + brief(w.value); };
  const std::string state = verdict(subject, found);
  Record record = {{"variant", std::string(subject.variant.name), "variant"},
                   {"type", std::string(ogive::to_string(subject.type)), "type"},
                   {"target", std::string(to_string(subject.variant.target))},
                   {"exhaustive", found.exhaustive},
                   {"domain.low", subject.variant.domain_low},
                   {"domain.high", subject.variant.domain_high},
                   {"claim.ulp", claim.ulp},
                   {"claim.normal_ulp", claim.normal_ulp},
                   {"claim.absolute", claim.absolute}};
  add_summary(record, "", in);
  add_summary(record, "outside.", found.outside);
  const auto& s = found.specials;
  record.push_back({"specials.minus_infinity", s.minus_infinity});
  record.push_back({"specials.minus_zero", s.minus_zero});
  record.push_back({"specials.zero", s.zero});
  record.push_back({"specials.infinity", s.infinity});
  record.push_back({"specials.nan", io::format_number(s.nan)});
  record.push_back({"verdict", state});
  record.push_back({"seconds", seconds});

  show(record, "ulp.value", "max ulp", worst_text(in.ulp));
  show(record, "ulp.x", "at x", decimal(in.ulp.x, subject.type));
  show(record, "normal_ulp.value", "normal ulp", worst_text(in.normal_ulp));
  show(record, "absolute.value", "max absolute", worst_text(in.absolute));
  show(record, "mean_ulp", "mean ulp", brief(in.mean_ulp()));
  show(record, "misrounded", "misrounded", "");
  show(record, "nan.count", "NaN", "");
  show(record, "out_of_range.count", "out of range", "");
  show(record, "flushed.count", "flushed", "");
  show(record, "not_monotone.count", "not monotone", "");
  show(record, "verdict", "claim", state == "none" ? "-" : state);
  return record;
}

std::string page_of(const Subject& subject, const Measurement& found) {
  const sigmoid::Variant& v = subject.variant;
  std::string text =
      std::string(v.name) + ", " + std::string(ogive::to_string(subject.type)) + ": " + std::string(v.formula) + '\n';
  text += std::string(v.origin) + "; stands for " + std::string(to_string(v.target)) + '\n';
  const std::string claimed = claim_text(accuracy::claim(v, subject.type));
  const std::string state = verdict(subject, found);
  if (!claimed.empty()) text += "claimed: " + claimed + ": " + state + '\n';
  text += found.exhaustive ? "every input was measured\n\n" : "a search: each figure is \"at least\"\n\n";
  if (found.outside.inputs > 0) text += "Inside the stated domain, " + brief(v.domain_low) + " to " + brief(v.domain_high) + "\n\n";
  Page inside(subject.type);
  add_rows(inside, found.inside);
  text += inside.text() + '\n' + histogram_text(found.inside);
  if (found.outside.inputs > 0) {
    Page outside(subject.type);
    add_rows(outside, found.outside);
    text += "\nOutside the stated domain\n\n" + outside.text();
  }
  const auto& s = found.specials;
  text += "\nat -inf " + decimal(s.minus_infinity, subject.type) + ", at -0 " + decimal(s.minus_zero, subject.type) + ", at 0 " +
          decimal(s.zero, subject.type) + ", at inf " + decimal(s.infinity, subject.type) + ", at NaN " +
          decimal(s.nan, subject.type) + '\n';
  return text;
}

}  // namespace ogive::tools
