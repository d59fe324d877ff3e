// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/verbs.h>
#include <app/commandline/openwindow.h>
#include <procession/platform/processes/initprocess.h>
#include <procession/platform/system/signalreset.h>
#include <procession/process/launch/freezesupport.h>

int main(int argc, char **argv)
{
    using namespace procession;
    takeChildSignals();
    freezeSupport(argc, argv);
    leaveProcessOne();
    if (const Verb verb = findVerb(argc, argv))
        return carryOut(verb, argc, argv);
    return openWindow(argc, argv);
}
