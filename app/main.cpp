// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/workbench.h>
#include <procession/platform/system/signalreset.h>
#include <procession/process/launch/freezesupport.h>

int main(int argc, char **argv)
{
    procession::takeChildSignals();
    procession::freezeSupport(argc, argv);
    return procession::runWorkbench(argc, argv);
}
