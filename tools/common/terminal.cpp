// SPDX-License-Identifier: MIT
#include "tools/common/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace ogive::tools {

bool is_terminal(Stream stream) { return isatty(static_cast<int>(stream)) == 1; }

bool is_capable_terminal(Stream stream) {
  const char* term = std::getenv("TERM");
  return is_terminal(stream) && term != nullptr && *term != '\0' && std::string_view(term) != "dumb";
}

bool use_colour(Stream stream) {
  const char* no_color = std::getenv("NO_COLOR");
  return is_capable_terminal(stream) && (no_color == nullptr || *no_color == '\0');
}

std::size_t terminal_width(Stream stream) {
  winsize size{};
  return ioctl(static_cast<int>(stream), TIOCGWINSZ, &size) == 0 && size.ws_col >= 40 ? size.ws_col : 80;
}

}  // namespace ogive::tools
