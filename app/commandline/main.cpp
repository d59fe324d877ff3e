// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/freezesupport.h>
#include <procession/initprocess.h>
#include <procession/openwindow.h>
#include <procession/signalreset.h>
#include <procession/verbs.h>

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
