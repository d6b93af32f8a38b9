// SPDX-License-Identifier: MIT
#include "tools/ogive-sim/tables.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <span>

#include "ogive/io/number.h"

namespace ogive::tools {
namespace {

constexpr std::size_t longest_number = 32;

void append_count(std::string& text, std::uint64_t count) {
  std::array<char, longest_number> buffer;
  text.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), count).ptr);
}

static_assert(std::endian::native == std::endian::little, "npy files are written as numbers lie in memory");

void append_bytes(std::string& bytes, std::span<const double> numbers) {
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes());
}

void append_rows(std::string& text, std::string_view key, const curve::Simulated& curve, unsigned digits) {
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    text += key;
    append_cell(text, curve.x[i], digits);
    text += ',';
    append_cell(text, curve.y[i], digits);
    text += '\n';
  }
}

void append_truth(std::string& text, std::string_view key, const curve::Simulated& curve) {
  text += key;
  for (const double value : curve.theta) {
    append_cell(text, value, 0);
    text += ',';
  }
  append_cell(text, curve.noise, 0);
  text += ',' + curve::traits(curve) + '\n';
}

}  // namespace

void append_cell(std::string& text, double value, unsigned digits) {
  if (std::isnan(value)) return;
  if (digits == 0) return io::append_number(text, value);
  std::array<char, longest_number> buffer;
  char* const end = buffer.data() + buffer.size();
  text.append(buffer.data(), std::to_chars(buffer.data(), end, value, std::chars_format::general, static_cast<int>(digits)).ptr);
}

void make_piece(const SimArguments& arguments, std::uint64_t first, std::uint64_t last, Piece& piece) {
  for (std::string* text : {&piece.data, &piece.x, &piece.truth}) text->clear();
  piece.curves = static_cast<std::size_t>(last - first);
  curve::Simulated curve;
  std::string key;
  for (std::uint64_t i = first; i < last; ++i) {
    Random random = curve::random_of(arguments.seed, i);
    simulate(random, arguments.plan, curve);
    key.clear();
    append_count(key, i + 1);
    key += ',';
    if (arguments.format == SimFormat::csv) append_rows(piece.data, key, curve, arguments.digits);
    if (arguments.format == SimFormat::npy) {
      append_bytes(piece.data, curve.y);
      if (arguments.shared_x.empty()) append_bytes(piece.x, curve.x);
    }
    if (arguments.truth) append_truth(piece.truth, key, curve);
  }
}

std::string shared_x_bytes(const SimArguments& arguments) {
  std::string bytes;
  for (const double x : arguments.shared_x)
    for (std::size_t i = 0; i < arguments.plan.replicates; ++i) append_bytes(bytes, std::span(&x, 1));
  return bytes;
}

std::string truth_header(const curve::Model& model) {
  std::string text = "curve,";
  for (const auto& parameter : model.parameters) text += std::string(parameter.name) + ',';
  return text + "noise,traits\n";
}

}  // namespace ogive::tools
