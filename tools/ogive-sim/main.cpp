// SPDX-License-Identifier: MIT
#include "tools/common/run_tool.h"
#include "tools/ogive-sim/sim_tool.h"

int main(int argc, char** argv) { return ogive::tools::run_tool("ogive-sim", argc, argv, ogive::tools::sim_tool); }
