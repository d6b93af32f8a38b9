// SPDX-License-Identifier: MIT
#include "ogive/plot/figure.h"

#include <algorithm>
#include <cctype>

#include "ogive/base/errors.h"
#include "ogive/io/output_file.h"
#include "ogive/plot/gnuplot.h"
#include "ogive/plot/picture.h"
#include "ogive/plot/terminal.h"

namespace ogive::plot {
namespace {

constexpr std::size_t most_panels_in_picture = 100;
constexpr std::size_t most_panels_in_text = 12;

}  // namespace

Format format_of(const std::string& path) {
  if (path == "-") return Format::text;
  std::string extension = path.substr(std::min(path.size(), path.find_last_of('.')));
  for (char& character : extension) character = static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
  if (extension == ".svg") return Format::svg;
  if (extension == ".png") return Format::png;
  if (extension == ".pdf") return Format::pdf;
  throw InputError({path}, "a picture is a file that ends in .svg, .png or .pdf, or '-' for the terminal");
}

std::string render_fits(std::span<const FitPanel> panels, Format format, const Options& options) {
  if (panels.empty()) {
    const FitPanel nothing;
    return render_fits({&nothing, 1}, format, options);
  }
  const std::size_t usual = format == Format::text ? most_panels_in_text : most_panels_in_picture;
  const std::size_t most = options.max_panels > 0 ? options.max_panels : usual;
  const auto shown = panels.first(std::min(panels.size(), most));
  const std::size_t left_out = panels.size() - shown.size();
  if (format == Format::text) return tidy_text(run_gnuplot(terminal_script(shown, left_out, options)));
  std::string bytes = run_gnuplot(picture_script(shown, left_out, format, options));
  if (format != Format::svg) return bytes;
  const std::string title = shown.size() == 1 ? shown[0].title : options.y_label + " against " + options.x_label;
  return finished_svg(std::move(bytes), printable(title));
}

void draw_fits(std::span<const FitPanel> panels, const std::string& path, const Options& options) {
  const Format format = format_of(path);
  const std::string bytes = render_fits(panels, format, options);
  io::OutputFile file(path);
  file.write(bytes);
  file.commit();
}

}  // namespace ogive::plot
