// SPDX-License-Identifier: MIT
#include "tools/common/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "ogive/io/excerpt.h"
#include "ogive/io/number.h"
#include "ogive/io/suggest.h"

namespace ogive::tools {
namespace {

std::vector<std::string> split_at_commas(const std::string& option, const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == ',')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  for (const auto& part : parts)
    if (part.empty()) throw UsageError(option + ": there is an empty entry in " + io::excerpt(text));
  return parts;
}

double number_of(const std::string& option, const std::string& text) {
  const auto [status, value] = io::parse_number(text);
  if (status != io::NumberStatus::ok) throw UsageError(option + ": " + io::excerpt(text) + " is not a finite number");
  return value;
}

// Whether a word such as "-1", "-.5" or "-inf" is meant as a number.
bool is_number(std::string_view word) {
  const auto status = io::parse_number(word).status;
  return status != io::NumberStatus::not_a_number && status != io::NumberStatus::missing_word;
}

std::string join(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : std::string(separator)) + word;
  return text;
}

// Appends words to `text`, wrapped at `width` with continuation lines indented to `indent`; `column` is where the text stands now.
void wrap(std::string& text, std::string_view words, std::size_t column, std::size_t indent, std::size_t width) {
  bool first = true;
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    const auto word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    if (!first && column + 1 + word.size() > width) {
      text += '\n' + std::string(indent, ' ');
      column = indent;
      first = true;
    }
    if (!first) ++column, text += ' ';
    text += word;
    column += word.size();
    first = false;
  }
  text += '\n';
}

}  // namespace

std::string Options::Entry::name() const {
  const auto comma = names.rfind(',');
  return comma == std::string::npos ? names : names.substr(comma + 1);
}

Options::Options(std::string_view program, std::string_view summary) : program_(program), summary_(summary) {}

void Options::group(std::string_view title) { group_ = title; }

Options::Entry& Options::add(std::string_view names, std::string_view placeholder, std::string_view help,
                             std::function<void(const std::string&)> take) {
  return entries_.emplace_back(
      Entry{std::string(names), std::string(placeholder), std::string(help), group_, std::move(take), false, {}});
}

void Options::argument(std::string_view name, std::optional<std::string>& target, std::string_view help) {
  argument_ = Entry{std::string(name),
                    std::string(name),
                    std::string(help),
                    "",
                    [&target](const std::string& text) { target = text; },
                    false,
                    {}};
}

void Options::arguments(std::string_view name, std::vector<std::string>& target, std::string_view help) {
  argument_ = Entry{std::string(name), std::string(name), std::string(help), "", nullptr, false, {}};
  arguments_ = &target;
}

void Options::flag(std::string_view names, bool& target, std::string_view help) {
  add(names, "", help, [&target](const std::string&) { target = true; });
}

void Options::stops() { entries_.back().stops = true; }

void Options::text(std::string_view names, std::string_view placeholder, std::optional<std::string>& target,
                   std::string_view help) {
  const std::string name = add(names, placeholder, help, {}).name();
  entries_.back().take = [&target, name](const std::string& text) {
    if (text.empty()) throw UsageError(name + ": the value is empty");
    target = text;
  };
}

void Options::list(std::string_view names, std::string_view placeholder, std::vector<std::string>& target, std::string_view help) {
  const std::string name = add(names, placeholder, help, {}).name();
  entries_.back().take = [&target, name](const std::string& text) { target = split_at_commas(name, text); };
}

void Options::choice(std::string_view names, std::vector<std::string> words, std::string& target, std::string_view help) {
  const std::string name = add(names, join(words, "|"), help, {}).name();
  entries_.back().take = [&target, name, words](const std::string& text) {
    if (std::find(words.begin(), words.end(), text) == words.end())
      throw UsageError(name + ": '" + text + "' is not one of " + join(words, ", "));
    target = text;
  };
}

void Options::number(std::string_view names, std::string_view placeholder, double& target, Range range, std::string_view help) {
  const std::string name = add(names, placeholder, help, {}).name();
  entries_.back().take = [&target, name, range](const std::string& text) {
    const double value = number_of(name, text);
    const bool inside = range.open ? value > range.low && value < range.high : value >= range.low && value <= range.high;
    if (!inside)
      throw UsageError(name + ": " + text + " is not " + (range.open ? "strictly " : "") + "between " +
                       io::format_number(range.low) + " and " + io::format_number(range.high));
    target = value;
  };
}

void Options::numbers(std::string_view names, std::string_view placeholder, std::vector<double>& target, std::string_view help) {
  const std::string name = add(names, placeholder, help, {}).name();
  entries_.back().take = [&target, name](const std::string& text) {
    target.clear();
    for (const auto& part : split_at_commas(name, text)) target.push_back(number_of(name, part));
  };
}

void Options::count(std::string_view names, std::string_view placeholder, unsigned& target, unsigned most, std::string_view help) {
  const std::string name = add(names, placeholder, help, {}).name();
  entries_.back().take = [&target, name, most](const std::string& text) {
    const auto [status, value] = io::parse_number(text);
    if (status != io::NumberStatus::ok || !(value >= 1 && value <= most) || value != std::floor(value))
      throw UsageError(name + ": " + io::excerpt(text) + " is not a whole number from 1 to " + std::to_string(most));
    target = static_cast<unsigned>(value);
  };
}

void Options::footer(std::string_view text) { footer_ = text; }

const Options::Entry* Options::find(std::string_view name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name() == name; });
  return found == entries_.end() ? nullptr : &*found;
}

void Options::split(int argc, const char* const* argv, std::vector<std::string>& extras) {
  // CLI11 takes "--x= y" for "--x y", and "--quiet=no" for "--quiet".
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const auto equals = word.find('=');
    if (!word.starts_with("--") || equals == word.npos) continue;
    const Entry* entry = find(word.substr(0, equals));
    if (entry == nullptr) continue;
    if (entry->placeholder.empty()) throw UsageError(entry->name() + " takes no value");
    if (equals + 1 == word.size()) throw UsageError(entry->name() + " needs a value");
  }
  CLI::App app(summary_, program_);
  app.set_help_flag();
  app.allow_extras();
  for (auto& entry : entries_) {
    const auto keep = [&entry](const CLI::results_t& values) {
      entry.values = values;
      return true;
    };
    auto* option = app.add_option(entry.names, keep);
    if (entry.placeholder.empty())
      option->type_size(0)->expected(0)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    else
      option->type_size(1)->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args(false);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ArgumentMismatch& error) {  // "--x: 1 required ..."
    const std::string_view what = error.what();
    throw UsageError(std::string(what.substr(0, what.find(':'))) + " needs a value");
  } catch (const CLI::ParseError& error) {
    const std::string what = error.what();
    throw UsageError(what.substr(0, what.find('\n')));
  }
  for (const auto& extra : app.remaining()) extras.push_back(extra);
}

void Options::parse(int argc, const char* const* argv) {
  const auto* const end =
      std::find_if(argv + std::min(argc, 1), argv + argc, [](const char* word) { return std::string_view(word) == "--"; });
  std::vector<std::string> extras;
  split(static_cast<int>(end - argv), argv, extras);
  for (const auto& entry : entries_)
    if (entry.stops && !entry.values.empty()) return entry.take("");

  for (const auto& entry : entries_) {
    if (entry.values.size() > 1) throw UsageError(entry.name() + " was given twice");
    for (const auto& value : entry.values)
      if (!entry.placeholder.empty() && value.size() > 2 && value.starts_with("--"))
        throw UsageError(entry.name() + " needs a value; " + io::excerpt(value) + " is an option");
  }
  for (const auto& extra : extras) {
    if (extra.size() < 2 || extra[0] != '-') continue;
    if (arguments_ != nullptr && is_number(extra)) continue;
    const std::string word = extra.substr(0, extra.find('='));
    std::vector<std::string> names;
    for (const auto& entry : entries_) names.push_back(entry.name().substr(2));
    const auto* nearest =
        io::nearest_name(std::string_view(word).substr(std::min(word.find_first_not_of('-'), word.size())), names);
    throw UsageError("unknown option " + io::excerpt(word) + (nearest ? "; did you mean --" + *nearest + "?" : ""));
  }
  if (end != argv + argc) extras.insert(extras.end(), end + 1, argv + argc);  // after "--", nothing is an option
  if (!extras.empty()) {
    if (!argument_) throw UsageError("unexpected argument " + io::excerpt(extras[0]));
    if (extras.size() > 1 && arguments_ == nullptr)
      throw UsageError("unexpected argument " + io::excerpt(extras[1]) + ": only one " + argument_->names + " is read");
    if (std::find(extras.begin(), extras.end(), "") != extras.end())
      throw UsageError("the name of " + argument_->names + " is empty");
    argument_->values = extras;
    if (arguments_ != nullptr)
      *arguments_ = extras;
    else
      argument_->take(extras[0]);
  }
  for (const auto& entry : entries_)
    for (const auto& value : entry.values) entry.take(value);
}

bool Options::given(std::string_view name) const {
  const Entry* entry = find(name);
  return entry != nullptr && !entry->values.empty();
}

std::string Options::help(std::size_t width) const {
  std::string text = "Usage: " + program_ + " [options]" + (argument_ ? " [" + argument_->names + "]" : "") +
                     (arguments_ != nullptr ? "..." : "") + "\n\n";
  wrap(text, summary_, 0, 0, width);
  if (argument_) {
    text += '\n';
    std::string head = "  " + argument_->names + "  ";
    text += head;
    wrap(text, argument_->help, head.size(), head.size(), width);
  }
  constexpr std::size_t indent = 26;
  std::string_view group;
  for (const auto& entry : entries_) {
    if (entry.group != group) text += '\n' + entry.group + ":\n";
    group = entry.group;
    std::string head = "  " + entry.names;
    if (const auto comma = head.find(','); comma != std::string::npos) head.insert(comma + 1, " ");
    if (!entry.placeholder.empty()) head += ' ' + entry.placeholder;
    text += head;
    if (head.size() + 2 > indent)
      text += '\n' + std::string(indent, ' ');
    else
      text += std::string(indent - head.size(), ' ');
    wrap(text, entry.help, indent, indent, width);
  }
  if (!footer_.empty()) text += '\n' + footer_;
  return text;
}

}  // namespace ogive::tools
