// SPDX-License-Identifier: MIT
#include "ogive/plot/terminal.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ogive/plot/caption.h"
#include "ogive/plot/gnuplot.h"
#include "ogive/plot/layers.h"
#include "ogive/plot/script.h"

namespace ogive::plot {
namespace {

constexpr int default_columns = 80;
constexpr int default_lines = 24;
constexpr int least_columns = 40;
constexpr int least_lines = 12;
constexpr int lines_with_residuals = 36;  // from this height on there is room for them
constexpr int panel_columns = 38;         // of a grid, at least
constexpr int panel_lines = 13;

// gnuplot turns these into the nearest of the 256 colours, lighter than they are named; all can be read on black and on white.
constexpr std::string_view plain = "";
constexpr std::string_view dim = "#303030";
constexpr std::string_view blue = "#0072B2";
constexpr std::string_view orange = "#d75f00";

/// Cells that belong to a panel: columns and lines, both ends included, counted from the top left corner.
struct Area {
  int left, top, right, bottom;
  int columns() const { return right - left + 1; }
  int lines() const { return bottom - top + 1; }
  int column_of(double place) const { return static_cast<int>(std::lround(std::clamp(place, 0.0, 1.0) * (columns() - 1))); }
  int line_of(double place) const { return static_cast<int>(std::lround((1 - std::clamp(place, 0.0, 1.0)) * (lines() - 1))); }
};

/// A character in a cell of an area.
struct Glyph {
  int column;
  int line;
  std::string character;
};

/// The page: characters in cells, which gnuplot's "dumb" terminal puts where they belong.
class Page {
 public:
  Page(int columns, int lines, const Options& options) : columns_(columns), lines_(lines), colour_(options.colour) {
    script_ << "set encoding utf8\nset terminal dumb noenhanced " << (colour_ ? "ansi256" : "mono") << " size " << columns << ","
            << lines << "\nunset key\nunset border\nunset tics\nset xrange [0:1]\nset yrange [0:1]\nset lmargin at screen 0\n"
            << "set rmargin at screen 1\nset bmargin at screen 0\nset tmargin at screen 1\n$none << EOD\n-9 -9\nEOD\n";
  }

  std::string finish() {
    script_ << "plot $none using 1:2 with dots";
    for (const std::string& layer : layers_) script_ << ", \\\n  " << layer;
    script_ << "\n";
    return script_.text();
  }

  int columns() const { return columns_; }

  /// Text below all glyphs.
  void text(std::string_view what, int column, int line, std::string_view colour = plain) {
    if (what.empty()) return;
    script_ << "set label " << script_string(what) << " at screen " << screen_x(column) << ", screen " << screen_y(line) << " left"
            << paint(colour) << "\n";
  }

  /// Characters of one colour, drawn over what is there.
  void glyphs(const Area& area, const std::vector<Glyph>& some, std::string_view colour) {
    if (some.empty()) return;
    const std::string name = "$data" + std::to_string(blocks_++);
    script_ << name << " << EOD\n";
    for (const Glyph& glyph : some)
      script_ << screen_x(area.left + glyph.column) << " " << screen_y(area.top + glyph.line) << " \"" << glyph.character << "\"\n";
    script_ << "EOD\n";
    layers_.push_back(name + " using 1:2:3 with labels left" + paint(colour));
  }

 private:
  double screen_x(int column) const { return static_cast<double>(column) / (columns_ - 1); }
  double screen_y(int line) const { return static_cast<double>(lines_ - 1 - line) / (lines_ - 1); }
  std::string paint(std::string_view colour) const {
    return colour_ && !colour.empty() ? " textcolor rgb '" + std::string(colour) + "'" : "";
  }

  int columns_;
  int lines_;
  bool colour_;
  Script script_;
  std::vector<std::string> layers_;
  int blocks_ = 0;
};

/// Axes around the area: one column to its left, two lines below.
void draw_frame(Page& page, const Area& area, const Axis& x, const Axis& y, bool label_x) {
  for (int line = area.top; line <= area.bottom; ++line) page.text("|", area.left - 1, line);
  page.text("+" + std::string(static_cast<std::size_t>(area.columns()), '-'), area.left - 1, area.bottom + 1);
  int free_from = 0;
  for (const Tick& tick : x.ticks) {
    if (tick.place < 0 || tick.place > 1) continue;
    const int column = area.left + area.column_of(tick.place);
    page.text("+", column, area.bottom + 1);
    const int length = static_cast<int>(tick.label.size());
    const int begin = std::clamp(column - (length - 1) / 2, 0, page.columns() - length);
    if (!label_x || begin < free_from) continue;
    page.text(tick.label, begin, area.bottom + 2);
    free_from = begin + length + 1;
  }
  if (x.broken()) page.text("//", area.left + area.column_of(Axis::limit_end), area.bottom + 1);
  int last = -2;
  for (const Tick& tick : y.ticks) {
    if (tick.place < 0 || tick.place > 1) continue;
    const int line = area.top + area.line_of(tick.place);
    if (std::abs(line - last) < 2 && last >= 0) continue;
    last = line;
    const int length = static_cast<int>(tick.label.size());
    page.text("+", area.left - 1, line);
    page.text(tick.label, std::max(0, area.left - 2 - length), line);
  }
}

/// A line drawn in Braille, two dots wide and four high in each cell, or with one character a cell.
class Pen {
 public:
  Pen(const Area& area, bool braille) : area_(area), across_(braille ? 2 : 1), down_(braille ? 4 : 1) {
    dots_.resize(static_cast<std::size_t>(area.columns()) * static_cast<std::size_t>(area.lines()));
  }

  void draw(const Run& run, double on_share = 1) {
    for (std::size_t i = 1; i < run.size(); ++i) {
      const Place from = run[i - 1];
      const Place to = run[i];
      const double length =
          std::max(std::fabs(to.x - from.x) * area_.columns() * across_, std::fabs(to.y - from.y) * area_.lines() * down_);
      const int steps = std::min(20000, 1 + static_cast<int>(2 * length));
      for (int j = 0; j <= steps; ++j) {
        const double t = static_cast<double>(j) / steps;
        if (std::fmod(t * length / (2 * across_), 1.0) <= on_share)
          dot({from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)});
      }
    }
  }

  std::vector<Glyph> glyphs(const std::string& character) const {
    std::vector<Glyph> result;
    for (std::size_t cell = 0; cell < dots_.size(); ++cell) {
      if (dots_[cell] == 0) continue;
      const int column = static_cast<int>(cell) % area_.columns();
      const int line = static_cast<int>(cell) / area_.columns();
      result.push_back({column, line, across_ == 1 ? character : braille(dots_[cell])});
    }
    return result;
  }

 private:
  void dot(Place at) {
    if (!(at.x >= 0 && at.x <= 1 && at.y >= 0 && at.y <= 1)) return;
    const int x = static_cast<int>((at.x * (area_.columns() - 1) + 0.5) * across_);
    const int y = static_cast<int>(((1 - at.y) * (area_.lines() - 1) + 0.5) * down_);
    static constexpr unsigned bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};  // U+2800 plus these
    const int cell = (y / down_) * area_.columns() + x / across_;
    dots_[static_cast<std::size_t>(cell)] |= bits[y % down_][x % across_];
  }

  static std::string braille(unsigned mask) {
    const unsigned code = 0x2800 + mask;
    return {static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 0x3F)),
            static_cast<char>(0x80 | (code & 0x3F))};
  }

  Area area_;
  int across_;
  int down_;
  std::vector<unsigned> dots_;
};

/// The characters that things are drawn with.
struct Signs {
  std::string point, curve, band, midpoint, interval;
};

Signs signs(bool unicode) {
  if (unicode) return {"\u25cf", "\u2840", "\u2591", "\u250a", "\u2501"};
  return {"o", "*", ".", ":", "="};
}

std::vector<Glyph> point_glyphs(const std::vector<Place>& places, const Area& area, const std::string& sign) {
  std::vector<Glyph> result;
  for (const Place& p : places)
    if (p.x >= 0 && p.x <= 1 && p.y >= 0 && p.y <= 1) result.push_back({area.column_of(p.x), area.line_of(p.y), sign});
  return result;
}

std::vector<Glyph> band_glyphs(const std::vector<std::vector<Strip>>& bands, const Area& area, const std::string& sign) {
  std::vector<Glyph> result;
  for (const auto& band : bands) {
    int done = -1;
    for (const Strip& strip : band) {
      if (strip.x < 0 || strip.x > 1) continue;
      const int column = area.column_of(strip.x);
      if (column == done) continue;
      done = column;
      for (int line = area.line_of(strip.high); line <= area.line_of(strip.low); ++line) result.push_back({column, line, sign});
    }
  }
  return result;
}

void draw_panel(Page& page, const FitPanel& panel, const Area& area, const Axis& x, const Axis& y, bool unicode) {
  const Layers layers = make_layers(panel, x, y);
  const Signs sign = signs(unicode);
  page.glyphs(area, band_glyphs(layers.band, area, sign.band), dim);
  if (layers.midpoint) {
    std::vector<Glyph> column;
    for (int line = 0; line < area.lines(); ++line) column.push_back({area.column_of(*layers.midpoint), line, sign.midpoint});
    page.glyphs(area, column, orange);
  }
  if (layers.interval) {
    std::vector<Glyph> row;
    for (int column = area.column_of(layers.interval->first); column <= area.column_of(layers.interval->second); ++column)
      row.push_back({column, area.lines(), sign.interval});
    page.glyphs(area, row, orange);
  }
  Pen rise(area, unicode);
  for (const Run& run : layers.rise) rise.draw(run, 0.4);
  page.glyphs(area, rise.glyphs("."), blue);
  Pen curve(area, unicode);
  for (const Run& run : layers.curve) curve.draw(run);
  page.glyphs(area, curve.glyphs(sign.curve), blue);
  page.glyphs(area, point_glyphs(layers.points, area, sign.point), plain);
}

/// What the signs mean, as far as they occur.
std::string legend(const FitPanel& panel, bool unicode) {
  const Signs sign = signs(unicode);
  std::string text = sign.point + " data";
  if (panel.curve.empty()) return text;
  text += "  " + (unicode ? "\u28c0\u2840" : sign.curve) + " fit";
  const bool band =
      std::any_of(panel.curve.begin(), panel.curve.end(), [](const fit::Prediction& p) { return !std::isnan(p.lower); });
  if (band) text += "  " + sign.band + " band";
  if (panel.result == nullptr || panel.result->model == nullptr) return text;
  const fit::Estimate* midpoint = midpoint_of(*panel.result);
  const std::string name = panel.result->model->index_of("x0") >= 0 ? "x0" : "ec50";
  if (midpoint != nullptr && std::isfinite(midpoint->value)) text += "  " + sign.midpoint + " " + name;
  return text;
}

int label_room(const Axis& axis) {
  std::size_t longest = 1;
  for (const Tick& tick : axis.ticks)
    if (tick.place >= 0 && tick.place <= 1) longest = std::max(longest, tick.label.size());
  return static_cast<int>(longest) + 2;
}

/// A text centred below an area.
void draw_below(Page& page, std::string_view text, const Area& area, int line, bool unicode) {
  const std::string shown = shortened(text, static_cast<std::size_t>(area.columns()), unicode);
  page.text(shown, area.left + (area.columns() - static_cast<int>(character_count(shown))) / 2, line);
}

std::string single_script(const FitPanel& panel, const Options& options) {
  const int columns = std::max(least_columns, options.width > 0 ? options.width : default_columns);
  const int lines = std::max(least_lines, options.height > 0 ? options.height : default_lines);
  const auto wide = static_cast<std::size_t>(columns - 1);
  Page page(columns, lines, options);
  const Caption words = caption(panel, options.unicode);
  int line = 0;
  page.text(shortened(words.title, wide, options.unicode), 0, line);
  if (!words.title.empty()) ++line;
  page.text(shortened(words.summary, wide, options.unicode), 0, line, dim);
  if (!words.summary.empty()) ++line;
  const int most = std::max(1, lines / 8);  // the picture comes first where there is little room
  for (const std::string& text : wrap(words.estimates, wide)) {
    if (line >= most + 2) break;
    page.text(shortened(text, wide, options.unicode), 0, line++);
  }
  if (!words.message.empty() && line < lines / 4) page.text(shortened(words.message, wide, options.unicode), 0, line++, dim);

  const Axis x = x_axis({&panel, 1}, std::clamp(columns / 12, 3, 10));
  const Axis y = y_axis({&panel, 1}, std::clamp(lines / 5, 3, 8));
  const Axis residual = residual_axis(panel, 4);
  const bool below = lines >= lines_with_residuals && !panel.fitted.empty();
  const int left = std::max(label_room(y), below ? label_room(residual) : 0);
  const std::string explained = legend(panel, options.unicode);
  const int explained_at = columns - 1 - static_cast<int>(character_count(explained));
  const int label_end = std::max(4, explained_at - 2);
  page.text(shortened(options.y_label, static_cast<std::size_t>(label_end), options.unicode), 0, line);
  if (explained_at > 4) page.text(explained, explained_at, line, dim);
  ++line;

  const int residual_lines = below ? std::max(5, lines / 7) : 0;
  const Area main{left, line, columns - 2, lines - 4 - (below ? residual_lines + 2 : 0)};
  draw_frame(page, main, x, y, !below);
  draw_panel(page, panel, main, x, y, options.unicode);
  if (below) {
    const Area area{left, main.bottom + 3, columns - 2, main.bottom + 2 + residual_lines};
    page.text("residual", 0, main.bottom + 2);
    draw_frame(page, area, x, residual, true);
    std::vector<Glyph> zero;
    for (int column = 0; column < area.columns(); ++column)
      zero.push_back({column, area.line_of(residual.place(0)), options.unicode ? "\u2500" : "-"});
    page.glyphs(area, zero, dim);
    page.glyphs(area, point_glyphs(residual_places(panel, x, residual), area, signs(options.unicode).point), plain);
  }
  draw_below(page, options.x_label, main, lines - 1, options.unicode);
  return page.finish();
}

std::string grid_script(std::span<const FitPanel> panels, std::size_t left_out, const Options& options) {
  const int width = std::max(least_columns, options.width > 0 ? options.width : default_columns);
  const int count = static_cast<int>(panels.size());
  const int columns = std::clamp(width / panel_columns, 1, std::max(1, count));
  const int rows = (count + columns - 1) / columns;
  const int cell = width / columns;
  const int lines = rows * panel_lines + 1 + (left_out > 0 ? 1 : 0);
  Page page(width, lines, options);
  for (int i = 0; i < count; ++i) {
    const FitPanel& panel = panels[static_cast<std::size_t>(i)];
    const int left = (i % columns) * cell;
    const int top = (i / columns) * panel_lines;
    const Axis x = x_axis({&panel, 1}, 4);
    const Axis y = y_axis({&panel, 1}, 3);
    std::string title = panel.title;
    if (panel.result != nullptr && !panel.result->good())
      title += panel.result->status == fit::Status::ok ? ": " + std::string(fit::to_string(panel.result->shape))
                                                       : ": " + std::string(fit::to_string(panel.result->status));
    page.text(shortened(title, static_cast<std::size_t>(cell - 2), options.unicode), left, top);
    const Area area{left + label_room(y), top + 1, left + cell - 3, top + panel_lines - 4};
    draw_frame(page, area, x, y, true);
    draw_panel(page, panel, area, x, y, options.unicode);
  }
  const Area whole{0, 0, width - 1, lines - 1};
  draw_below(page, options.y_label + " against " + options.x_label, whole, rows * panel_lines, options.unicode);
  if (left_out > 0)
    page.text("The first " + std::to_string(count) + " of " + std::to_string(panels.size() + left_out) + " curves are drawn; " +
                  std::to_string(left_out) + " are not.",
              0, lines - 1, dim);
  return page.finish();
}

}  // namespace

std::string terminal_script(std::span<const FitPanel> panels, std::size_t left_out, const Options& options) {
  if (panels.size() == 1 && left_out == 0) return single_script(panels[0], options);
  return grid_script(panels, left_out, options);
}

std::string tidy_text(const std::string& text) {
  std::string result;
  for (const char character : text) {
    if (character == '\f') continue;
    if (character == '\n')
      while (!result.empty() && result.back() == ' ') result.pop_back();
    result += character;
  }
  // The end of colour follows the last line; it belongs into it.
  const std::size_t end = result.rfind('\n');
  if (end != std::string::npos && end + 1 < result.size()) {
    result.erase(end, 1);
    result += '\n';
  }
  return result;
}

}  // namespace ogive::plot
