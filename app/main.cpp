// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/freezesupport.h>
#include <procession/signalreset.h>
#include <procession/workbench.h>

int main(int argc, char **argv)
{
    procession::takeChildSignals();
    procession::freezeSupport(argc, argv);
    return procession::runWorkbench(argc, argv);
}
