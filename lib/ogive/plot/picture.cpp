// SPDX-License-Identifier: MIT
#include "ogive/plot/picture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "ogive/plot/caption.h"
#include "ogive/plot/gnuplot.h"
#include "ogive/plot/layers.h"
#include "ogive/plot/script.h"

namespace ogive::plot {
namespace {

// Okabe and Ito's palette, told apart with any kind of colour vision; the text in greys.
constexpr std::string_view ink = "#222222";
constexpr std::string_view grey = "#6b6b6b";
constexpr std::string_view axis_colour = "#4d4d4d";
constexpr std::string_view curve_colour = "#0072B2";
constexpr std::string_view band_colour = "#56B4E9";
constexpr std::string_view midpoint_colour = "#D55E00";
constexpr std::string_view interval_colour = "#FBEBDD";
constexpr std::string_view gap_colour = "#EEEEEE";

constexpr std::string_view font = "Arial";           // fontconfig knows what stands in for it
constexpr std::string_view svg_font = "ogive-sans";  // to be found again by finished_svg()
constexpr std::string_view svg_fonts = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif";

// Sizes in units of width and height.
constexpr double character_width = 0.56;  // of the font size, a little more than the average
constexpr double outer = 20;
constexpr double single_width = 720;
constexpr double single_height = 560;
constexpr double cell_width = 220;
constexpr double cell_height = 170;

/// A rectangle of the figure; y grows downwards.
struct Box {
  double left, top, right, bottom;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
};

/// How heavy things are drawn: a single panel, or one of many.
struct Weight {
  double font;
  double line;
  double point;
  double tick;
};

constexpr Weight single_weight{11.5, 2.0, 0.72, 0.55};
constexpr Weight small_weight{9.0, 1.4, 0.36, 0.35};

class Picture {
 public:
  Picture(double width, double height, Format format, const Options& options)
      : width_(width), height_(height), font_(format == Format::svg ? svg_font : font) {
    script_ << "set encoding utf8\nset terminal ";
    switch (format) {
      case Format::png: {
        const double scale = std::clamp(options.png_scale, 0.1, 10.0);
        script_ << "pngcairo noenhanced rounded dashlength 2.5 size " << pixels(width * scale) << "," << pixels(height * scale)
                << " font '" << font_ << ",11' fontscale " << scale * 0.75 << " linewidth " << scale << " pointscale "
                << 1.4 * scale << " background '#ffffff'\n";
        break;
      }
      case Format::pdf:
        script_ << "pdfcairo noenhanced rounded dashlength 2.5 size " << width / 96 << "in," << height / 96 << "in font '" << font_
                << ",11' fontscale 0.57 linewidth 1.3 pointscale 0.8 background '#ffffff'\n";
        break;
      default:
        script_ << "svg noenhanced rounded dashed size " << pixels(width) << "," << pixels(height) << " dynamic font '" << font_
                << ",11' background '#ffffff'\n";
    }
    script_ << "unset key\nset xrange [0:1]\nset yrange [0:1]\nset multiplot\n";
  }

  std::string finish() {
    script_ << "unset multiplot\n";
    return script_.text();
  }

  /// Text with its baseline-to-middle at (x, y). `align` is left, center or right.
  void text(std::string_view what, double x, double y, double size, std::string_view colour, std::string_view align = "left",
            bool bold = false, bool upright = false) {
    script_ << "set label " << script_string(what) << " at screen " << x / width_ << ", screen " << 1 - y / height_ << " " << align
            << (upright ? " rotate by 90" : "") << " font '" << font_ << (bold ? ":Bold," : ",") << size << "' textcolor rgb '"
            << colour << "'\n";
  }

  /// Data for the plots of the panel to come; returns its name.
  std::string points(const std::vector<Place>& places) {
    return block([&] {
      for (const Place& p : places) script_ << p.x << " " << p.y << "\n";
    });
  }

  std::string lines(const std::vector<Run>& runs) {
    return block([&] {
      for (const Run& run : runs) {
        for (const Place& p : run) script_ << p.x << " " << p.y << "\n";
        script_ << "\n";
      }
    });
  }

  std::string band(const std::vector<std::vector<Strip>>& runs) {
    return block([&] {
      for (const auto& run : runs) {
        for (const Strip& s : run) script_ << s.x << " " << s.low << " " << s.high << "\n";
        script_ << "\n";
      }
    });
  }

  void frame(const Box& box, const Axis& x, const Axis& y, bool label_x, bool label_y, const Weight& weight) {
    script_ << "set lmargin at screen " << box.left / width_ << "\nset rmargin at screen " << box.right / width_
            << "\nset tmargin at screen " << 1 - box.top / height_ << "\nset bmargin at screen " << 1 - box.bottom / height_
            << "\n";
    script_ << "set border " << (x.broken() ? 2 : 3) << " lc rgb '" << axis_colour << "' lw 0.8\n";
    tics("x", x, label_x, weight, box.width());
    tics("y", y, label_y, weight, 0);
    if (!x.broken()) return;
    line(0, 0, Axis::limit_end, 0, axis_colour, 0.8);
    line(Axis::rest_begin, 0, 1, 0, axis_colour, 0.8);
    const double reach_x = 3.0 / box.width();
    const double reach_y = 5.0 / box.height();
    for (const double at : {Axis::limit_end, Axis::rest_begin})
      line(at - reach_x, -reach_y, at + reach_x, reach_y, axis_colour, 0.8);
  }

  void span(std::pair<double, double> ends, std::string_view colour) {
    script_ << "set object rectangle from graph " << ends.first << ", graph 0 to graph " << ends.second << ", graph 1 fc rgb '"
            << colour << "' fs solid noborder behind\n";
  }

  void line(double x1, double y1, double x2, double y2, std::string_view colour, double width, std::string_view dashes = "") {
    script_ << "set arrow from graph " << x1 << ", graph " << y1 << " to graph " << x2 << ", graph " << y2 << " nohead lc rgb '"
            << colour << "' lw " << width << (dashes.empty() ? "" : " dt ") << dashes << " back\n";
  }

  void label(std::string_view what, double x, double y, std::string_view align, double dx, double dy, double size,
             std::string_view colour) {
    script_ << "set label " << script_string(what) << " at graph " << x << ", graph " << y << " " << align << " offset screen "
            << dx / width_ << ", screen " << dy / height_ << " font '" << font_ << "," << size << "' textcolor rgb '" << colour
            << "'\n";
  }

  /// Draws the panel of the last frame(), with all that was set since the last plot, and forgets it.
  void plot(const std::vector<std::string>& layers) {
    script_ << "plot $none using 1:2 with dots lc rgb '#ffffff'";
    for (const std::string& layer : layers) script_ << ", \\\n  " << layer;
    script_ << "\nunset label\nunset arrow\nunset object\n";
  }

  void none() { script_ << "$none << EOD\n-9 -9\nEOD\n"; }

 private:
  static int pixels(double value) { return static_cast<int>(std::lround(value)); }

  template <class Write>
  std::string block(Write write) {
    std::string name = "$data" + std::to_string(blocks_++);
    script_ << name << " << EOD\n";
    write();
    script_ << "EOD\n";
    return name;
  }

  /// Along an axis of `length` labels that would overlap the one before are left out; with 0, none is.
  void tics(std::string_view which, const Axis& axis, bool labelled, const Weight& weight, double length) {
    script_ << "set " << which << "tics out nomirror scale " << weight.tick << "," << weight.tick * 0.55 << " font '" << font_
            << "," << weight.font << "' textcolor rgb '" << axis_colour << "' (";
    std::string_view comma = "";
    double taken = -std::numeric_limits<double>::infinity();  // by labels, up to here
    for (const Tick& tick : axis.ticks) {
      if (tick.place < 0 || tick.place > 1) continue;
      std::string text = labelled ? typeset(tick.label) : "";
      const double half = static_cast<double>(character_count(text) + 1) * weight.font * character_width / 2;
      const double middle = tick.place * length;
      if (length > 0 && middle - half < taken)
        text.clear();
      else
        taken = middle + half;
      script_ << comma << script_string(text) << " " << tick.place << " 0";
      comma = ", ";
    }
    for (const double place : axis.minor_ticks) {
      if (place < 0 || place > 1) continue;
      script_ << comma << "'' " << place << " 1";
      comma = ", ";
    }
    script_ << ")\n";
  }

  double width_;
  double height_;
  std::string_view font_;
  Script script_;
  int blocks_ = 0;
};

std::size_t fitting(double width, double size) { return static_cast<std::size_t>(std::max(1.0, width / (size * character_width))); }

/// Overlapping points stay countable: an outline in white below, a translucent disc above.
std::vector<std::string> point_layers(const std::string& data, std::size_t count, const Weight& weight) {
  const double size = weight.point * (count > 2000 ? 0.35 : count > 300 ? 0.6 : 1.0);
  Script halo;
  halo << data << " using 1:2 with points pt 7 ps " << size * 1.35 << " lc rgb '#ffffff'";
  Script disc;
  disc << data << " using 1:2 with points pt 7 ps " << size << " lc rgb '" << (count > 300 ? "#99222222" : "#55222222") << "'";
  return {halo.text(), disc.text()};
}

/// What belongs to one panel, from back to front.
void draw_panel(Picture& picture, const FitPanel& panel, const Box& box, const Axis& x, const Axis& y, bool label_x, bool label_y,
                const Weight& weight) {
  const Layers layers = make_layers(panel, x, y);
  const std::string band = picture.band(layers.band);
  const std::string rise = picture.lines(layers.rise);
  const std::string curve = picture.lines(layers.curve);
  const std::string points = picture.points(layers.points);
  const std::string middle = picture.points(layers.middle ? std::vector{*layers.middle} : std::vector<Place>{});
  picture.frame(box, x, y, label_x, label_y, weight);
  if (layers.interval)
    picture.span(*layers.interval, interval_colour);
  else if (layers.gap)
    picture.span(*layers.gap, gap_colour);
  if (layers.midpoint) picture.line(*layers.midpoint, 0, *layers.midpoint, 1, midpoint_colour, 0.45 * weight.line, "(7,5)");

  std::vector<std::string> plots;
  const auto add = [&plots](auto&&... pieces) {
    Script script;
    (script << ... << pieces);
    plots.push_back(script.text());
  };
  if (!layers.band.empty())
    add(band, " using 1:2:3 with filledcurves fc rgb '", band_colour, "' fs transparent solid 0.28 noborder");
  if (!layers.rise.empty()) add(rise, " using 1:2 with lines lc rgb '", curve_colour, "' lw ", 0.6 * weight.line, " dt (4,4)");
  const auto symbols = point_layers(points, layers.points.size(), weight);
  if (!layers.points.empty()) plots.push_back(symbols[0]);
  if (!layers.curve.empty()) add(curve, " using 1:2 with lines lc rgb '", curve_colour, "' lw ", weight.line);
  if (layers.middle)
    add(middle, " using 1:2 with points pt 6 ps ", 2 * weight.point, " lw ", 0.6 * weight.line, " lc rgb '", curve_colour, "'");
  if (!layers.points.empty()) plots.push_back(symbols[1]);

  if (&weight == &single_weight && panel.result != nullptr && panel.result->model != nullptr &&
      (layers.midpoint || layers.interval)) {
    const double at = layers.midpoint ? *layers.midpoint : (layers.interval->first + layers.interval->second) / 2;
    const std::string_view name = panel.result->model->index_of("x0") >= 0 ? "x0" : "ec50";
    picture.label(name, at, 1, "center", 0, 9, weight.font, midpoint_colour);
  }
  picture.plot(plots);
}

/// The room that the labels of an axis need at the left of a panel.
double label_room(const Axis& axis, const Weight& weight) {
  std::size_t longest = 1;
  for (const Tick& tick : axis.ticks) longest = std::max(longest, character_count(typeset(tick.label)));
  return static_cast<double>(longest) * weight.font * 0.58 + 12;
}

std::string single_script(const FitPanel& panel, Format format, const Options& options) {
  const double width = options.width > 0 ? options.width : single_width;
  const double height = options.height > 0 ? options.height : single_height;
  const Weight& weight = single_weight;
  Picture picture(width, height, format, options);
  picture.none();

  const double wide = width - 2 * outer;
  const Caption words = caption(panel, true);
  double y_text = 26;
  if (!words.title.empty()) {
    picture.text(shortened(words.title, fitting(wide, 16.5), true), outer, y_text, 15.5, ink, "left", true);
    y_text += 22;
  }
  if (!words.summary.empty()) {
    picture.text(shortened(words.summary, fitting(wide, 12), true), outer, y_text, 12, grey);
    y_text += 19;
  }
  for (const std::string& line : wrap(words.estimates, fitting(wide, 12))) {
    picture.text(line, outer, y_text, 12, ink);
    y_text += 18;
  }
  if (!words.message.empty()) {
    picture.text(shortened(words.message, fitting(wide, 12), true), outer, y_text, 12, grey);
    y_text += 18;
  }

  const Axis x = x_axis({&panel, 1}, 7);
  const Axis y = y_axis({&panel, 1}, 5);
  const Axis residual = residual_axis(panel, 4);
  const std::vector<Place> residuals = residual_places(panel, x, residual);
  const double left = outer + 22 + std::max(label_room(y, weight), residuals.empty() ? 0.0 : label_room(residual, weight));
  const double bottom = height - 54;
  const double top = std::min(y_text + 14, 0.6 * height);
  const double residual_height = residuals.empty() ? 0 : std::max(40.0, 0.2 * (bottom - top));
  const Box main{left, top, width - outer - 4, bottom - residual_height - (residuals.empty() ? 0 : 22)};
  const Box below{left, bottom - residual_height, main.right, bottom};

  picture.text(shortened(options.y_label, fitting(main.height(), 12.5), true), outer + 4, (main.top + main.bottom) / 2, 12.5, ink,
               "center", false, true);
  picture.text(shortened(options.x_label, fitting(main.width(), 12.5), true), (left + main.right) / 2, height - 18, 12.5, ink,
               "center");
  if (!residuals.empty()) picture.text("residual", outer + 4, (below.top + below.bottom) / 2, 12.5, ink, "center", false, true);
  draw_panel(picture, panel, main, x, y, residuals.empty(), true, weight);
  if (!residuals.empty()) {
    const std::string data = picture.points(residuals);
    picture.frame(below, x, residual, true, true, weight);
    picture.line(0, residual.place(0), 1, residual.place(0), "#9a9a9a", 0.8);
    picture.plot(point_layers(data, residuals.size(), weight));
  }
  return picture.finish();
}

/// Whether one axis serves all panels: none of them would look squeezed on it.
bool alike(const std::vector<Axis>& own, const Axis& common) {
  const double span = common.range().high - common.range().low;
  return std::all_of(own.begin(), own.end(),
                     [span](const Axis& axis) { return axis.range().high - axis.range().low > 0.4 * span; });
}

/// The axes of a grid: common ones where they serve all panels, so that panels can be compared; else each its own.
struct Axes {
  std::vector<Axis> each;
  bool common = false;
};

template <class Make>
Axes grid_axes(std::span<const FitPanel> panels, Make make) {
  Axes axes;
  for (const FitPanel& panel : panels) axes.each.push_back(make(std::span(&panel, 1)));
  const bool same_kind = std::all_of(panels.begin(), panels.end(), [&](const FitPanel& p) { return p.log_x == panels[0].log_x; });
  if (!same_kind) return axes;
  const Axis common = make(panels);
  axes.common = alike(axes.each, common);
  if (axes.common) axes.each.assign(panels.size(), common);
  return axes;
}

std::string grid_script(std::span<const FitPanel> panels, std::size_t left_out, Format format, const Options& options) {
  const std::size_t count = panels.size();
  const auto columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count) * 1.1)));
  const std::size_t rows = (count + columns - 1) / columns;
  const Weight& weight = small_weight;
  const Axes xs = grid_axes(panels, [](std::span<const FitPanel> some) { return x_axis(some, 4); });
  const Axes ys = grid_axes(panels, [](std::span<const FitPanel> some) { return y_axis(some, 4); });
  double room = 0;
  for (const Axis& axis : ys.each) room = std::max(room, label_room(axis, weight));

  const double note = left_out > 0 ? 16 : 0;
  const double left = outer + 18 + (ys.common ? room : 0);
  const double width = options.width > 0 ? options.width : left + outer + cell_width * static_cast<double>(columns);
  const double height = options.height > 0 ? options.height : 62 + note + cell_height * static_cast<double>(rows);
  const double bottom = height - 34 - note - (xs.common ? 12 : 0);
  const double cell_x = (width - left - outer + 14) / static_cast<double>(columns);
  const double cell_y = (bottom - 12) / static_cast<double>(rows);

  Picture picture(width, height, format, options);
  picture.none();
  picture.text(shortened(options.y_label, fitting(bottom, 12), true), outer, (12 + bottom) / 2, 12, ink, "center", false, true);
  picture.text(shortened(options.x_label, fitting(width - left, 12), true), (left + width - outer) / 2, height - 18 - note, 12, ink,
               "center");
  if (left_out > 0)
    picture.text("The first " + std::to_string(count) + " of " + std::to_string(count + left_out) + " curves are drawn; " +
                     std::to_string(left_out) + " are not.",
                 outer, height - 14, 10, grey);

  for (std::size_t i = 0; i < count; ++i) {
    const auto column = static_cast<double>(i % columns);
    const auto row = static_cast<double>(i / columns);
    const Box cell{left + column * cell_x, 12 + row * cell_y, left + (column + 1) * cell_x, 12 + (row + 1) * cell_y};
    const Box box{cell.left + (ys.common ? 0 : room), cell.top + 22, cell.right - 14, cell.bottom - (xs.common ? 8 : 24)};
    const FitPanel& panel = panels[i];
    std::string remark;
    if (panel.result != nullptr && panel.result->status != fit::Status::ok)
      remark = fit::to_string(panel.result->status);
    else if (panel.result != nullptr && panel.result->shape != fit::Shape::regular)
      remark = fit::to_string(panel.result->shape);
    const double taken = static_cast<double>(remark.size()) * 9 * character_width;
    picture.text(shortened(panel.title, fitting(box.width() - taken - 6, 11), true), box.left, cell.top + 12, 10.5, ink, "left",
                 true);
    if (!remark.empty()) picture.text(remark, box.right, cell.top + 12, 9, midpoint_colour, "right");
    const bool last_of_column = i + columns >= count;
    draw_panel(picture, panel, box, xs.each[i], ys.each[i], !xs.common || last_of_column, !ys.common || i % columns == 0, weight);
  }
  return picture.finish();
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char character : text) {
    if (character == '&')
      result += "&amp;";
    else if (character == '<')
      result += "&lt;";
    else if (character == '>')
      result += "&gt;";
    else
      result += character;
  }
  return result;
}

/// gnuplot leaves '>' in texts as it is, but XML forbids "]]>" there.
void escape_greater(std::string& svg) {
  constexpr std::string_view begin = "<text>";
  for (std::size_t place = svg.find(begin); place != std::string::npos; place = svg.find(begin, place)) {
    place += begin.size();
    const std::size_t end = svg.find("</text>", place);
    const std::string text = svg.substr(place, end - place);
    if (text.find('>') == std::string::npos) continue;
    std::string safe;
    for (const char character : text) safe += character == '>' ? "&gt;" : std::string(1, character);
    svg.replace(place, text.size(), safe);
  }
}

}  // namespace

std::string picture_script(std::span<const FitPanel> panels, std::size_t left_out, Format format, const Options& options) {
  if (panels.size() == 1 && left_out == 0) return single_script(panels[0], format, options);
  return grid_script(panels, left_out, format, options);
}

std::string finished_svg(std::string svg, const std::string& title) {
  constexpr std::string_view empty_title = "<title>Gnuplot</title>";
  if (const std::size_t place = svg.find(empty_title); place != std::string::npos)
    svg.replace(place, empty_title.size(), "<title>" + escaped(title) + "</title>");
  const std::string family = "font-family=\"" + std::string(svg_font);
  const std::string families = "font-family=\"" + std::string(svg_fonts) + '"';
  constexpr std::string_view bold = ":Bold\"";
  std::string result;
  std::size_t done = 0;
  for (std::size_t place; (place = svg.find(family, done)) != std::string::npos;) {
    result.append(svg, done, place - done).append(families);
    done = place + family.size();
    const bool heavy = svg.compare(done, bold.size(), bold) == 0;
    if (heavy) result += " font-weight=\"bold\"";
    done += heavy ? bold.size() : 1;
  }
  result.append(svg, done);
  escape_greater(result);
  return result;
}

}  // namespace ogive::plot
