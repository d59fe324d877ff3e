// SPDX-License-Identifier: MIT
#include <procession/freezesupport.h>

#include <procession/bornfirst.h>
#include <procession/childmain.h>
#include <procession/executable.h>
#include <procession/forkserver.h>
#include <procession/programlaunch.h>
#include <procession/signalreset.h>

#include <cstring>

namespace procession {

void freezeSupport(int argc, char **argv)
{
    noteFreezeSupport(argc > 0 ? argv[0] : nullptr);
    if (argc != 2)
        return;
    if (std::strcmp(argv[1], ChildRole) == 0) {
        resetSignalsOfChild();
        runChildOf(ProgramLaunch::InheritedDescriptor);
    }
    if (std::strcmp(argv[1], ForkServerRole) == 0)
        serveForks(Descriptor(ProgramLaunch::InheritedDescriptor), argv[0]);
    if (std::strcmp(argv[1], BornFirst::Role) == 0)
        runBornFirst();
}

} // namespace procession
