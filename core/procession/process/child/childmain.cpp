// SPDX-License-Identifier: MIT
#include <procession/process/child/childmain.h>

#include <procession/ipc/connection.h>
#include <procession/memory/arena/processslot.h>
#include <procession/platform/child/lifeline.h>
#include <procession/platform/processes/processexit.h>
#include <procession/platform/system/randomnumbers.h>
#include <procession/process/child/exceptiontext.h>
#include <procession/process/child/inheritance.h>
#include <procession/process/child/logging.h>
#include <procession/process/child/processruntime.h>
#include <procession/process/child/work.h>

namespace procession {

namespace {

/// Ends a child. Registered to run when the work calls exit(), too.
void endChild(int exitCode)
{
    ProcessRuntime::get().finishChildren();
    qCInfo(processLog, "process exiting with exitcode %d", exitCode);
    flushAndExit(exitCode);
}

} // namespace

Message receiveOrLeave(const Connection &parent)
{
    try {
        return parent.receiveMessage();
    } catch (const EndOfFile &) { // the parent has died, so no process waits for this one
        flushAndExit(1);
    }
}

int exitCodeOf(const std::function<void()> &work)
{
    try {
        work();
        return 0;
    } catch (const std::exception &) {
        writeToStderr(exceptionText(std::current_exception(), ProcessRuntime::get().name()));
    } catch (const ThreadEnd &) { // pthread_exit() and pthread_cancel() unwind by it
        throw;
    } catch (...) {
        writeToStderr(exceptionText(std::current_exception(), ProcessRuntime::get().name()));
    }
    return 1;
}

void runChild(const ChildSetup &setup, const std::function<void()> &work)
{
    Lifeline::holdGroup();
    ProcessRuntime::become(setup);
    enterProcess(setup.slot);
    seedRandomNumbers();
    // Created before endChild(), which logs, is registered: so it is destroyed after endChild() has
    // run.
    processLog();
    // Runs before all exit handlers copied from the parent, and instead of them.
    callAtExit(endChild);
    qCInfo(processLog, "child process calling run()");
    endChild(exitCodeOf(work));
    flushAndExit(1);
}

void runChildOf(int boot)
{
    const int failed = exitCodeOf([boot] {
        Connection connection = Connection(Descriptor(boot));
        Message message = receiveOrLeave(connection);
        connection.close();
        // The parent has already counted its objects as held by this process.
        message.isUnderWay = false;
        Decoder decoder(message);
        takeInheritance(decoder);
        const auto setup = decoder.read<ChildSetup>();
        setup.settings.apply();
        enterDirectory(decoder.takeDescriptor());
        runChild(setup, [&decoder] { detail::callThunk(decoder); });
    });
    flushAndExit(failed);
}

} // namespace procession
