// SPDX-License-Identifier: MIT
#include "tools/common/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "ogive/base/errors.h"
#include "ogive/io/output_file.h"

namespace ogive::tools {
namespace {

constexpr std::size_t buffer_size = 1 << 16;

}  // namespace

Output::Output(const std::optional<std::string>& path) {
  if (path && *path != "-") file_ = std::make_unique<io::OutputFile>(*path);
}

Output::~Output() = default;

void Output::write(std::string_view text) {
  if (file_) return file_->write(text);
  if (closed_) return;
  if (text.size() >= buffer_size) {  // a copy of it would gain nothing
    flush();
    return send_all(text);
  }
  buffer_ += text;
  if (buffer_.size() >= buffer_size) flush();
}

bool Output::can_write_at() const { return file_ != nullptr && file_->can_write_at(); }

void Output::write_at(std::size_t offset, std::string_view text) { file_->write_at(offset, text); }

void Output::flush() {
  send_all(buffer_);
  buffer_.clear();
}

void Output::send_all(std::string_view rest) {
  while (!rest.empty() && !closed_) {
    const auto written = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EPIPE) {
      closed_ = true;
      return;
    }
    if (written < 0) throw FileError("<stdout>", std::strerror(errno));
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

void Output::send() {
  if (!file_) flush();
}

void Output::finish() {
  if (file_)
    file_->commit();
  else
    flush();
}

}  // namespace ogive::tools
