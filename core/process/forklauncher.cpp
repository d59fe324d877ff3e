// SPDX-License-Identifier: MIT
#include <procession/forklauncher.h>

#include <procession/childmain.h>
#include <procession/exceptionregistry.h>
#include <procession/forkprocess.h>
#include <procession/forkserver.h>
#include <procession/holdings.h>
#include <procession/lifeline.h>
#include <procession/logging.h>
#include <procession/pidfdchild.h>
#include <procession/processexit.h>
#include <procession/signalreset.h>
#include <procession/standardstreams.h>

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
