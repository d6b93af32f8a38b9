// SPDX-License-Identifier: MIT
#include "ogive/base/errors.h"

namespace ogive {
namespace {

std::string at(const Place& place, const std::string& message) {
  std::string text = place.source;
  if (place.line != 0) text += ':' + std::to_string(place.line);
  if (place.line != 0 && place.column != 0) text += ':' + std::to_string(place.column);
  return (text.empty() ? "" : text + ": ") + "error: " + message;
}

}  // namespace

InputError::InputError(Place place, const std::string& message)
    : std::runtime_error(at(place, message)), place_(std::move(place)) {}

FileError::FileError(const std::string& path, const std::string& message)
    : std::runtime_error(path + ": error: " + message), path_(path) {}

}  // namespace ogive
