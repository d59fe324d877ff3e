// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/workbench.h>

int main(int argc, char **argv) { return procession::runWorkbench(argc, argv); }
