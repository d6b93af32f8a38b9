// SPDX-License-Identifier: MIT
#include "tools/common/run_tool.h"

#include <unistd.h>

#include <new>

#include "ogive/base/errors.h"
#include "ogive/base/version.h"
#include "tools/common/exit_code.h"
#include "tools/common/libraries.h"
#include "tools/common/options.h"
#include "tools/common/signals.h"

namespace ogive::tools {
namespace {

// One write for one line: messages of several processes on one terminal do not mix.
void say(const std::string& line) { [[maybe_unused]] const auto written = write(STDERR_FILENO, line.data(), line.size()); }

int fail(std::string_view program, const std::string& message, ExitCode code) {
  if (interrupted()) check_interrupt();
  say(std::string(program) + ": " + message + '\n');
  return code;
}

std::string_view simd_target() {
#if defined(__AVX512F__)
  return "AVX-512";
#elif defined(__AVX2__)
  return "AVX2";
#elif defined(__SSE2__)
  return "SSE2 (any x86-64)";
#elif defined(__ARM_NEON)
  return "NEON";
#else
  return "none";
#endif
}

int run(std::string_view program, int argc, char** argv, int (*body)(int, char**)) {
  try {
    return body(argc, argv);
  } catch (const UsageError& error) {
    return fail(program, std::string("error: ") + error.what() + " (see --help)", exit_usage);
  } catch (const InputError& error) {
    return fail(program, error.what(), exit_usage);
  } catch (const FileError& error) {
    return fail(program, error.what(), exit_file);
  } catch (const std::bad_alloc&) {
    return fail(program, "error: not enough memory", exit_defect);
  } catch (const Interrupted&) {
    throw;
  } catch (const std::exception& error) {
    return fail(program, std::string("error: ") + error.what() + "; this is a defect in Ogive: please report it", exit_defect);
  } catch (...) {
    return fail(program, "error: unknown exception; this is a defect in Ogive: please report it", exit_defect);
  }
}

}  // namespace

int run_tool(std::string_view program, int argc, char** argv, int (*body)(int, char**)) {
  ignore_closed_pipes();
  try {
    return run(program, argc, argv, body);
  } catch (
      const Interrupted& interruption) {  // also where a child such as gnuplot fell to the same Ctrl-C and its failure was reported
    die_of_signal(interruption.signal);
  }
}

void note(std::string_view program, const std::string& message) { say(std::string(program) + ": note: " + message + '\n'); }

std::string version_text(std::string_view program) {
  return std::string(program) + ' ' + std::string(version()) + "\ncompiler: " + std::string(compiler()) +
         "\nlibraries: " OGIVE_LIBRARIES "\nSIMD: " + std::string(simd_target()) + '\n';
}

}  // namespace ogive::tools
