// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A picture into the file or the terminal that --plot names.

#include <algorithm>
#include <optional>
#include <string>

#include "ogive/io/output_file.h"
#include "ogive/plot/figure.h"
#include "tools/common/output.h"
#include "tools/common/terminal.h"

namespace ogive::tools {

/// @param path    what --plot names
/// @param render  called with the format and options, returns the bytes
template <class Render>
void write_picture(const std::string& path, Render render) {
  plot::Options options;
  const plot::Format format = plot::format_of(path);
  if (format != plot::Format::text) {
    io::OutputFile file(path);
    file.write(render(format, options));
    return file.commit();
  }
  if (is_terminal(Stream::out)) options.width = static_cast<int>(std::min<std::size_t>(terminal_width(Stream::out), 120));
  Output output(std::nullopt);
  output.write(render(format, options));
  output.finish();
}

}  // namespace ogive::tools
