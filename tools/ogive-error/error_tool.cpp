// SPDX-License-Identifier: MIT
#include "tools/ogive-error/error_tool.h"

#include <optional>

#include "tools/common/exit_code.h"
#include "tools/common/output.h"
#include "tools/ogive-error/arguments.h"
#include "tools/ogive-error/child.h"
#include "tools/ogive-error/commands.h"

namespace ogive::tools {
namespace {

int run(const Arguments& arguments, Output& output) {
  switch (arguments.command) {
    case Command::list:
      return list(arguments, output);
    case Command::eval:
      return eval(arguments, output);
    case Command::measure:
      return measure(arguments, output);
    case Command::compare:
      return compare(arguments, output);
    case Command::bench:
      return bench(arguments, output);
    case Command::pareto:
      return pareto(arguments, output);
    case Command::plot:
      break;
  }
  return plot(arguments, output);
}

}  // namespace

int error_tool(int argc, char** argv) {
  const Arguments arguments = read_arguments(argc, argv);
  if (!arguments.instead.empty()) {
    Output output(std::nullopt);
    output.write(arguments.instead);
    output.finish();
    return exit_good;
  }
  Output output(arguments.output);
  if (!arguments.library) return run(arguments, output);
  // Code of someone else runs in a process of its own: whatever it does there, this one lives to tell, and to remove a file that
  // was not finished.
  Child child;
  if (child.is_parent()) return child.wait(*arguments.library, *arguments.symbol);
  return run(arguments, output);
}

}  // namespace ogive::tools
