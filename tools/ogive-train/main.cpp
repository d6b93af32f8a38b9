// SPDX-License-Identifier: MIT
#include "tools/common/run_tool.h"
#include "tools/ogive-train/train_tool.h"

int main(int argc, char** argv) { return ogive::tools::run_tool("ogive-train", argc, argv, ogive::tools::train_tool); }
