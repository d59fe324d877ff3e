// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/freezesupport.h>
#include <procession/workbench.h>

int main(int argc, char **argv)
{
    procession::freezeSupport(argc, argv);
    return procession::runWorkbench(argc, argv);
}
