// SPDX-License-Identifier: MIT
#include <procession/process/launch/forklauncher.h>

#include <procession/ipc/exceptions/exceptionregistry.h>
#include <procession/memory/arena/holdings.h>
#include <procession/platform/base/standardstreams.h>
#include <procession/platform/child/forkprocess.h>
#include <procession/platform/child/lifeline.h>
#include <procession/platform/processes/processexit.h>
#include <procession/platform/system/signalreset.h>
#include <procession/process/child/childmain.h>
#include <procession/process/child/logging.h>
#include <procession/process/launch/forkserver.h>
#include <procession/process/launch/pidfdchild.h>

#include <typeinfo>

namespace procession {

namespace {

/// Creates the objects that a copy uses and that are initialised at first use. A copy made while
/// another thread initialises one would wait for that thread for ever, or for the C library's lock
/// on exit handlers.
void makeWhatCopiesUse()
{
    static const bool isMade = [] {
        processLog(); // Qt reads the files with its logging rules now, once, and not in every child
        ForkServer::get();
        detail::findExceptionType(typeid(std::exception)); // creates the table of all types
        atFork(nullptr, nullptr, &LastAtExit::forget);
        return true;
    }();
    Q_UNUSED(isMade)
}

/// Runs in the copy. Holds the lifeline before anything can block: only the lifeline ends a copy
/// whose parent has died in the meantime.
[[noreturn]] void becomeChild(Descriptor lifeline, SignalBlock &block, const ChildSetup &setup, const Work &work)
{
    try {
        Lifeline::hold(std::move(lifeline));
    } catch (const SystemError &) {
        endProcess(1);
    }
    const int failed = exitCodeOf([&] {
        resetSignalsOfChild();
        ForkServer::forget();
        closeStandardInput();
        block.end();
        runChild(setup, work.run);
    });
    flushAndExit(failed);
}

} // namespace

std::unique_ptr<Child> ForkLauncher::launch(const ChildSetup &setup, const Work &work, Descriptor lifeline) const
{
    makeWhatCopiesUse();
    flushStreams(); // else the copy would write the buffered data a second time
    holdAllFor(setup.slot); // this process may drop objects before the copy is ready
    const LastAtExit lastAtExit;
    SignalBlock block;
    auto child = forkProcess();
    if (!child)
        becomeChild(std::move(lifeline), block, setup, work);
    return std::make_unique<PidfdChild>(std::move(*child));
}

} // namespace procession
