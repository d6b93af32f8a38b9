// SPDX-License-Identifier: MIT
#include "tools/common/run_tool.h"
#include "tools/ogive-fit/fit_tool.h"

int main(int argc, char** argv) { return ogive::tools::run_tool("ogive-fit", argc, argv, ogive::tools::fit_tool); }
