// SPDX-License-Identifier: MIT
#include "ogive/io/json_writer.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "ogive/io/number.h"

namespace ogive::io {
namespace {

std::string json(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json(const std::string& text) { return json(std::string_view(text)); }

std::string json(double value) {
  if (std::isnan(value)) return "null";
  if (std::isinf(value)) return value > 0 ? "\"inf\"" : "\"-inf\"";
  return format_number(value);
}

std::string json(const JsonObject& object) { return object.text(); }

template <class T>
std::string json_array(std::span<const T> values) {
  std::string result = "[";
  for (const auto& value : values) {
    if (result.size() > 1) result += ',';
    result += json(value);
  }
  return result + ']';
}

}  // namespace

JsonObject& JsonObject::set_raw(std::string_view key, std::string_view value) {
  if (!members_.empty()) members_ += ',';
  members_ += json(key);
  members_ += ':';
  members_ += value;
  return *this;
}

JsonObject& JsonObject::set(std::string_view key, std::string_view value) { return set_raw(key, json(value)); }
JsonObject& JsonObject::set(std::string_view key, double value) { return set_raw(key, json(value)); }
JsonObject& JsonObject::set(std::string_view key, bool value) { return set_raw(key, value ? "true" : "false"); }
JsonObject& JsonObject::set(std::string_view key, const JsonObject& value) { return set_raw(key, json(value)); }
JsonObject& JsonObject::set(std::string_view key, std::span<const double> values) { return set_raw(key, json_array(values)); }
JsonObject& JsonObject::set(std::string_view key, std::span<const std::string> values) { return set_raw(key, json_array(values)); }
JsonObject& JsonObject::set(std::string_view key, std::span<const JsonObject> values) { return set_raw(key, json_array(values)); }
JsonObject& JsonObject::set_null(std::string_view key) { return set_raw(key, "null"); }

}  // namespace ogive::io
