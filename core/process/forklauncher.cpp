// SPDX-License-Identifier: MIT
#include <procession/forklauncher.h>

#include <procession/childmain.h>
#include <procession/forkprocess.h>
#include <procession/forkserver.h>
#include <procession/holdings.h>
#include <procession/lifeline.h>
#include <procession/logging.h>
#include <procession/pidfdchild.h>
#include <procession/processexit.h>
#include <procession/signalreset.h>
#include <procession/standardstreams.h>

namespace procession {

std::unique_ptr<Child> ForkLauncher::launch(const ChildSetup &setup, const Work &work, Descriptor lifeline) const
{
    processLog(); // Qt reads the files with its logging rules now, once, and not in every child
    flushStreams(); // what they hold would be written twice
    holdAllFor(setup.slot); // what this process drops while the copy comes to itself
    SignalBlock block;
    auto child = forkProcess();
    if (child)
        return std::make_unique<PidfdChild>(std::move(*child));

    const int failed = exitCodeOf([&] {
        resetSignalsOfChild();
        ForkServer::forget();
        closeStandardInput();
        Lifeline::hold(lifeline);
        block.end();
        runChild(setup, work.run);
    });
    flushAndExit(failed);
}

} // namespace procession
