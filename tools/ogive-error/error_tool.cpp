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

int run(const Arguments& arguments) {
  switch (arguments.command) {
    case Command::list:
      return list(arguments);
    case Command::eval:
      return eval(arguments);
    case Command::measure:
      return measure(arguments);
    case Command::compare:
      return compare(arguments);
    case Command::bench:
      return bench(arguments);
    case Command::pareto:
      return pareto(arguments);
    case Command::plot:
      break;
  }
  return plot(arguments);
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
  if (!arguments.library) return run(arguments);
  // Code of someone else runs in a process of its own: whatever it does there, this one lives to tell.
  Child child;
  if (child.is_parent()) return child.wait(*arguments.library, *arguments.symbol);
  return run(arguments);
}

}  // namespace ogive::tools
