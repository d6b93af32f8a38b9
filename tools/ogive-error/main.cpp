// SPDX-License-Identifier: MIT
#include "tools/common/run_tool.h"
#include "tools/ogive-error/error_tool.h"

int main(int argc, char** argv) { return ogive::tools::run_tool("ogive-error", argc, argv, ogive::tools::error_tool); }
