// SPDX-License-Identifier: MIT
#include <procession/process/launch/freezesupport.h>

#include <procession/platform/base/processerror.h>
#include <procession/platform/base/standardstreams.h>
#include <procession/platform/child/bornfirst.h>
#include <procession/platform/child/programlaunch.h>
#include <procession/platform/system/signalreset.h>
#include <procession/process/child/childmain.h>
#include <procession/process/launch/executable.h>
#include <procession/process/launch/forkserver.h>

#include <cstring>

namespace procession {

namespace {

/// Called before the program opens anything: otherwise a file of the program could get the number
/// of a closed stream, and children would write into that file.
void openStreams()
{
    try {
        openClosedStreams();
    } catch (const SystemError &) {
        // Without /dev/null there is no remedy; starting a process reports the error.
    }
}

} // namespace

void freezeSupport(int argc, char **argv)
{
    openStreams();
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
