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

/// Makes what a copy uses and what is made at its first use. One that is made while another thread is at that would wait for it for ever,
/// or for the C library's lock on what is called at exit.
void makeWhatCopiesUse()
{
    static const bool isMade = [] {
        processLog(); // Qt reads the files with its logging rules now, once, and not in every child
        ForkServer::get();
        detail::findExceptionType(typeid(std::exception)); // makes the table of all types
        atFork(nullptr, nullptr, &LastAtExit::forget);
        return true;
    }();
    Q_UNUSED(isMade)
}

/// In the copy. Its lifeline comes before all that could block: nothing else ends one whose parent has died meanwhile.
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
    flushStreams(); // what they hold would be written twice
    holdAllFor(setup.slot); // what this process drops while the copy comes to itself
    const LastAtExit lastAtExit;
    SignalBlock block;
    auto child = forkProcess();
    if (!child)
        becomeChild(std::move(lifeline), block, setup, work);
    return std::make_unique<PidfdChild>(std::move(*child));
}

} // namespace procession
