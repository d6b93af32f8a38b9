// SPDX-License-Identifier: MIT
#include "ogive/io/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "ogive/base/errors.h"

namespace ogive::io {
namespace {

constexpr std::size_t gathered = std::size_t{1} << 16;

/// A name beside `target` that no other writer uses: not in this process (counter), not in another (pid).
std::string temporary_name(const std::string& target) {
  static std::atomic<unsigned> counter = 0;
  const std::filesystem::path path(target);
  // The name of the target is left out, as together they might be longer than a name may be.
  const auto name = ".ogive-" + std::to_string(::getpid()) + '-' + std::to_string(counter++) + ".tmp";
  return (path.parent_path() / name).string();
}

/// The file that `path` stands for, there or not. The system has followed the links before, so they do not go in circles.
std::string links_followed(const std::string& path) {
  std::filesystem::path target(path);
  std::error_code error;
  for (auto next = std::filesystem::read_symlink(target, error); !error; next = std::filesystem::read_symlink(target, error))
    target = target.parent_path() / next;  // an absolute `next` replaces all
  return target.string();
}

/// Without this a crash of the machine might undo the rename. Some file systems cannot do it, which is no error.
void sync_directory(const std::string& target) {
  const auto parent = std::filesystem::path(target).parent_path();
  const int directory = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;
  ::fsync(directory);
  ::close(directory);
}

}  // namespace

OutputFile::OutputFile(const std::string& path) : path_(path), target_(path) {
  if (path == "-") {
    descriptor_ = STDOUT_FILENO;
    return;
  }
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) fail(errno);
  if (path.empty()) fail(ENOENT);
  if (exists && !S_ISREG(status.st_mode)) {
    open_in_place();
    return;
  }
  target_ = links_followed(path);
  if (exists && ::access(target_.c_str(), W_OK) != 0) fail(errno);  // a rename would not ask
  open_temporary();
  if (exists && ::fchmod(descriptor_, status.st_mode & 07777u) != 0) {
    const int reason = errno;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
    fail(reason);
  }
}

void OutputFile::open_in_place() {
  descriptor_ = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail(errno);
}

void OutputFile::open_temporary() {
  do {  // a name may be taken by what a killed process with the same number left behind
    temporary_ = temporary_name(target_);
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  } while (descriptor_ < 0 && errno == EEXIST);
  if (descriptor_ < 0) fail(errno);
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0 && path_ != "-") ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void OutputFile::write(std::string_view text) {
  assert(descriptor_ >= 0);
  if (text.size() >= gathered) {  // a copy of it would gain nothing
    flush();
    return send(text);
  }
  buffer_ += text;
  if (buffer_.size() >= gathered) flush();
}

void OutputFile::flush() {
  const std::string text = std::exchange(buffer_, {});  // what fails is not to be sent again
  send(text);
}

void OutputFile::send(std::string_view text) {
  while (!text.empty()) {
    const auto count = ::write(descriptor_, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(errno);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool OutputFile::can_write_at() const { return !temporary_.empty(); }

void OutputFile::write_at(std::size_t offset, std::string_view text) {
  assert(descriptor_ >= 0 && can_write_at());
  flush();
  while (!text.empty()) {
    const auto count = ::pwrite(descriptor_, text.data(), text.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(errno);
    text.remove_prefix(static_cast<std::size_t>(count));
    offset += static_cast<std::size_t>(count);
  }
}

void OutputFile::commit() {
  flush();
  const int descriptor = std::exchange(descriptor_, -1);
  if (path_ == "-") return;  // others may still want to write there
  const bool replaces = !temporary_.empty();
  if (replaces && ::fsync(descriptor) != 0) {
    const int reason = errno;
    ::close(descriptor);
    fail(reason);
  }
  if (::close(descriptor) != 0) fail(errno);  // where a network file system tells that the disk is full
  if (!replaces) return;
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) fail(errno);
  temporary_.clear();
  sync_directory(target_);
}

void OutputFile::fail(int error) const { throw FileError(path_, std::generic_category().message(error)); }

}  // namespace ogive::io
