// SPDX-License-Identifier: MIT
// What output_file.h promises: the whole file or none, and every error told.
#define BOOST_TEST_MODULE io_output_file
#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "ogive/base/errors.h"
#include "ogive/io/output_file.h"

namespace fs = std::filesystem;
using ogive::io::OutputFile;

namespace {

/// An empty folder that is gone afterwards.
struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "ogive-output-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  std::string file(const std::string& name) const { return (path / name).string(); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }
  fs::path path;
};

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

template <class Body>
std::string message_of(Body body) {
  try {
    body();
  } catch (const ogive::FileError& error) {
    return error.what();
  }
  return "no error";
}

void write_all(const std::string& path, const std::string& text) {
  OutputFile file(path);
  file.write(text);
  file.commit();
}

/// Puts a descriptor in the place of standard output for as long as it lives.
struct InPlaceOfStdout {
  explicit InPlaceOfStdout(int descriptor) : saved(::dup(STDOUT_FILENO)) { ::dup2(descriptor, STDOUT_FILENO); }
  ~InPlaceOfStdout() {
    ::dup2(saved, STDOUT_FILENO);
    ::close(saved);
  }
  int saved;
};

const std::string large(1 << 20, 'x');

}  // namespace

BOOST_AUTO_TEST_CASE(the_file_appears_whole_on_commit) {
  const Folder folder;
  OutputFile file(folder.file("a.csv"));
  file.write(large);
  file.write("end");
  BOOST_TEST(!fs::exists(folder.file("a.csv")));
  file.commit();
  BOOST_TEST((content(folder.file("a.csv")) == large + "end"));
  BOOST_TEST(folder.entries() == 1u);
}

BOOST_AUTO_TEST_CASE(without_commit_the_old_file_stays_and_nothing_else) {
  const Folder folder;
  put(folder.file("a.csv"), "old");
  {
    OutputFile file(folder.file("a.csv"));
    file.write(large);
  }
  BOOST_TEST(content(folder.file("a.csv")) == "old");
  BOOST_TEST(folder.entries() == 1u);
}

BOOST_AUTO_TEST_CASE(a_file_keeps_its_permissions_and_a_link_its_target) {
  const Folder folder;
  put(folder.file("a.csv"), "old");
  fs::permissions(folder.file("a.csv"), fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("a.csv", folder.path / "link.csv");
  write_all(folder.file("link.csv"), "new");
  BOOST_TEST(fs::is_symlink(folder.path / "link.csv"));
  BOOST_TEST(content(folder.file("a.csv")) == "new");
  BOOST_TEST((fs::status(folder.file("a.csv")).permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
}

BOOST_AUTO_TEST_CASE(a_link_to_nothing_makes_its_target) {
  const Folder folder;
  fs::create_symlink("a.csv", folder.path / "link.csv");
  write_all(folder.file("link.csv"), "new");
  BOOST_TEST(content(folder.file("a.csv")) == "new");
}

BOOST_AUTO_TEST_CASE(a_new_file_has_the_permissions_that_the_user_gives_new_files) {
  const Folder folder;
  const auto old = ::umask(027);
  write_all(folder.file("a.csv"), "x");
  ::umask(old);
  struct stat status {};
  BOOST_REQUIRE(::stat(folder.file("a.csv").c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777u) == 0640u);
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_told) {
  BOOST_TEST(message_of([] { write_all("/dev/full", "x"); }) == "/dev/full: error: No space left on device");
  BOOST_TEST(message_of([] { write_all("/dev/full", large); }) == "/dev/full: error: No space left on device");
}

BOOST_AUTO_TEST_CASE(a_file_that_may_not_grow_leaves_nothing_half_written) {
  const Folder folder;
  put(folder.file("a.csv"), "old");
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{1000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto message = message_of([&] { write_all(folder.file("a.csv"), large); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  BOOST_TEST(message == folder.file("a.csv") + ": error: File too large");
  BOOST_TEST(content(folder.file("a.csv")) == "old");
  BOOST_TEST(folder.entries() == 1u);
}

BOOST_AUTO_TEST_CASE(a_closed_pipe_is_told) {
  std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  BOOST_REQUIRE(::pipe(ends) == 0);
  ::close(ends[0]);
  std::string message;
  {
    const InPlaceOfStdout redirect(ends[1]);
    message = message_of([] { write_all("-", "x"); });
  }
  ::close(ends[1]);
  BOOST_TEST(message == "-: error: Broken pipe");
}

BOOST_AUTO_TEST_CASE(a_dash_is_standard_output_which_stays_open) {
  int ends[2];
  BOOST_REQUIRE(::pipe(ends) == 0);
  {
    const InPlaceOfStdout redirect(ends[1]);
    write_all("-", "one ");
    write_all("-", "two");
  }
  char text[16] = {};
  BOOST_TEST(::read(ends[0], text, sizeof text) == 7);
  BOOST_TEST(std::string(text) == "one two");
  ::close(ends[0]);
  ::close(ends[1]);
}

BOOST_AUTO_TEST_CASE(a_named_pipe_is_written_and_not_replaced) {
  const Folder folder;
  const auto pipe = folder.file("pipe");
  BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::string got;
  std::thread reader([&] { got = content(pipe); });
  write_all(pipe, "through");
  reader.join();
  BOOST_TEST(got == "through");
  BOOST_TEST(fs::is_fifo(pipe));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_opened_is_told_at_once) {
  const Folder folder;
  const auto missing = folder.file("no/such/folder.csv");
  BOOST_TEST(message_of([&] { OutputFile file(missing); }) == missing + ": error: No such file or directory");
  BOOST_TEST(message_of([&] { OutputFile file(folder.path.string()); }) == folder.path.string() + ": error: Is a directory");
  BOOST_TEST(message_of([] { OutputFile file(""); }) == ": error: No such file or directory");
}
