// SPDX-License-Identifier: MIT
#include "tools/ogive-train/train_tool.h"

#include <optional>

#include "tools/common/exit_code.h"
#include "tools/common/output.h"
#include "tools/ogive-train/arguments.h"
#include "tools/ogive-train/commands.h"

namespace ogive::tools {
namespace {

int run(const Arguments& arguments) {
  switch (arguments.command) {
    case Command::bump:
      return bump(arguments);
    case Command::bump_sweep:
      return bump_sweep(arguments);
    case Command::net:
      return net(arguments);
    case Command::compare:
      return compare(arguments);
    case Command::predict:
      return predict(arguments);
    case Command::probe:
      return probe(arguments);
    case Command::eval:
      return eval(arguments);
    case Command::check:
      break;
  }
  return check(arguments);
}

}  // namespace

int train_tool(int argc, char** argv) {
  const Arguments arguments = read_arguments(argc, argv);
  if (arguments.instead.empty()) return run(arguments);
  Output output(std::nullopt);
  output.write(arguments.instead);
  output.finish();
  return exit_good;
}

}  // namespace ogive::tools
