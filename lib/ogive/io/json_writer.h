// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// JSON out: an object whose keys stay in the order in which they were set, on one line.
///
/// JSON has no numbers that are not finite. An unknown value (NaN) becomes null; an infinite one the string "inf" or "-inf".
/// All others are written so that they read back exactly.
///
/// @code
///   #include <limits>
///   ogive::io::JsonObject value;
///   value.set("value", 2.5).set("upper", std::numeric_limits<double>::infinity());
///   ogive::io::JsonObject line;
///   line.set("schema", "ogive.fit/1").set("x0", value);
///   line.text();  // {"schema":"ogive.fit/1","x0":{"value":2.5,"upper":"inf"}}
/// @endcode

#include <concepts>
#include <span>
#include <string>
#include <string_view>

namespace ogive::io {

/// Builds one object. Keys are the caller's business: one set twice is written twice.
class JsonObject {
 public:
  JsonObject& set(std::string_view key, std::string_view value);  ///< bytes that are not UTF-8 become U+FFFD
  /// A value of that type; numbers read back exactly, infinities become "inf" and "-inf", NaN becomes null.
  /// @{
  JsonObject& set(std::string_view key, const char* value) { return set(key, std::string_view(value)); }
  JsonObject& set(std::string_view key, double value);             ///< null, "inf" or "-inf" where it is not finite
  JsonObject& set(std::string_view key, bool value);               ///< true or false
  JsonObject& set(std::string_view key, const JsonObject& value);  ///< an object within this one
  /// @}
  JsonObject& set(std::string_view key, std::span<const double> values);       ///< an array
  JsonObject& set(std::string_view key, std::span<const std::string> values);  ///< an array
  JsonObject& set(std::string_view key, std::span<const JsonObject> values);   ///< an array
  JsonObject& set_null(std::string_view key);                                  ///< null

  /// A whole number.
  template <std::integral T>
  requires(!std::same_as<T, bool>) JsonObject& set(std::string_view key, T value) { return set_raw(key, std::to_string(value)); }

  /// The object, without line end.
  std::string text() const { return '{' + members_ + '}'; }

 private:
  JsonObject& set_raw(std::string_view key, std::string_view json);

  std::string members_;
};

}  // namespace ogive::io
