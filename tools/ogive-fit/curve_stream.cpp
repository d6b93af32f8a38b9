// SPDX-License-Identifier: MIT
#include "tools/ogive-fit/curve_stream.h"

#include <algorithm>
#include <cmath>

#include "ogive/base/errors.h"
#include "ogive/io/number.h"
#include "tools/common/options.h"
#include "tools/ogive-fit/input.h"

namespace ogive::tools {
namespace {

// Some thousand curves: enough to keep the lanes busy, few enough for the cache and for the first rows to appear early.
constexpr std::size_t piece_bytes = std::size_t{1} << 19;
// Of .npy, at most; a multiple of the number that the engine takes at once.
constexpr std::size_t npy_curves = 2048;
constexpr std::size_t first_bytes = 6;

// Profile intervals take a thousand times as long: of a large block one would see nothing for many seconds.
std::size_t piece_for(const Arguments& arguments) {
  return arguments.interval == fit::Interval::profile ? piece_bytes / 32 : piece_bytes;
}

}  // namespace

CurveStream::Blocks CurveStream::open(io::ByteSource source, const Arguments& arguments) {
  if (io::looks_like_npy(source.peek(first_bytes))) {
    if (!arguments.x) throw UsageError("'" + arguments.file + "' holds y only; name the file of x with --x X.npy");
    for (const auto& [given, option] :
         {std::pair(arguments.y.has_value(), "--y"), {!arguments.by.empty(), "--by"}, {arguments.wide, "--wide"}})
      if (given) throw UsageError(std::string(option) + " is for tables, and '" + arguments.file + "' is a .npy matrix of y");
    return io::NpyCurves(io::ByteSource(*arguments.x), std::move(source), piece_for(arguments), npy_curves);
  }
  if (arguments.wide) {
    io::WideOptions options;
    options.x = arguments.x;
    options.piece = piece_for(arguments);
    return io::WideBlocks(std::move(source), options);
  }
  io::LongOptions options;
  options.piece = piece_for(arguments);
  return io::LongBlocks(std::move(source), options);
}

CurveStream::CurveStream(io::ByteSource source, const Arguments& arguments)
    : arguments_(arguments), name_(source.name()), blocks_(open(std::move(source), arguments)) {
  if (numbered()) {
    key_columns_ = {"curve"};
    x_name_ = arguments.x.value_or("");
    return;
  }
  if (auto* wide = std::get_if<io::WideBlocks>(&blocks_)) {
    key_columns_ = {"column"};
    x_name_ = wide->x_name();
    return;
  }
  auto& table = std::get<io::LongBlocks>(blocks_);
  const io::Table& head = table.head();
  const auto [by, x, y, no_weight] = choose_columns(head, arguments);
  x_name_ = head.names()[x];
  for (const std::size_t column : by) {
    key_columns_.push_back(head.names()[column]);
    for (std::size_t row = 0; row < head.rows(); ++row) longest_key_ = std::max(longest_key_, head.cell(row, column).size());
  }
  table.select(by, x, y);
}

std::size_t CurveStream::curves() const {
  if (const auto* wide = std::get_if<io::WideBlocks>(&blocks_)) return wide->curves();
  if (const auto* npy = std::get_if<io::NpyCurves>(&blocks_)) return npy->curves();
  return 0;
}

bool CurveStream::next(Piece& piece) {
  return std::visit(
      [&]<class Blocks>(Blocks& blocks) {
        using Own = std::conditional_t<std::is_same_v<Blocks, io::LongBlocks>, io::TextPiece,
                                       std::conditional_t<std::is_same_v<Blocks, io::WideBlocks>, io::WidePiece, io::NpyPiece>>;
        if (!std::holds_alternative<Own>(piece)) piece.emplace<Own>();
        return blocks.next(std::get<Own>(piece));
      },
      blocks_);
}

void CurveStream::parse(const Piece& piece, io::CurveBlock& block) const {
  if (const auto* table = std::get_if<io::LongBlocks>(&blocks_)) table->parse(std::get<io::TextPiece>(piece), block);
  if (const auto* wide = std::get_if<io::WideBlocks>(&blocks_)) wide->parse(std::get<io::WidePiece>(piece), block);
  const bool logarithms = arguments_.log_x || arguments_.model->log_dose;
  if (const auto* npy = std::get_if<io::NpyCurves>(&blocks_)) {
    npy->parse(std::get<io::NpyPiece>(piece), block);
  }
  if (logarithms) take_logarithms(piece, block);
}

void CurveStream::admit(io::CurveBlock& block) {
  auto* table = std::get_if<io::LongBlocks>(&blocks_);
  if (table == nullptr) return;
  try {
    table->admit(block);
  } catch (const InputError& error) {
    throw ScatteredCurves(error);
  }
}

double CurveStream::share(const Piece& piece) const {
  const auto size = std::visit([](const auto& blocks) { return blocks.file_size(); }, blocks_);
  if (!size || *size == 0) return 0;
  const auto position = std::visit([](const auto& p) { return p.position(); }, piece);
  return std::min(1.0, static_cast<double>(position) / static_cast<double>(*size));
}

// With --log-x, x becomes log10 x. A model that takes doses takes the logarithm itself; here they are only looked at.
void CurveStream::take_logarithms(const Piece& piece, io::CurveBlock& block) const {
  const auto each = [&](auto& numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i] < 0) refuse_dose(piece, block, i, static_cast<double>(numbers[i]));
      if (arguments_.log_x) numbers[i] = std::log10(numbers[i]);
    }
  };
  if (block.is_float32)
    each(block.x32);
  else
    each(block.x);
}

void CurveStream::refuse_dose(const Piece& piece, const io::CurveBlock& block, std::size_t point, double x) const {
  if (const auto* npy = std::get_if<io::NpyCurves>(&blocks_)) {
    const std::size_t curve = block.shared_x ? 0 : point / npy->points();
    throw InputError({x_name_, 0, 0}, npy->x_index(block.first + curve, point % npy->points()) + ": " +
                                          negative_dose(io::format_number(x), arguments_));
  }
  const auto fail = [&](const auto& cell) {
    throw InputError(cell.place, negative_dose(cell.text, arguments_) + " (column '" + x_name_ + "')");
  };
  if (const auto* wide = std::get_if<io::WideBlocks>(&blocks_)) fail(wide->x_cell(point));
  fail(std::get<io::LongBlocks>(blocks_).x_cell(std::get<io::TextPiece>(piece), point));
  throw std::logic_error("not reached");
}

}  // namespace ogive::tools
