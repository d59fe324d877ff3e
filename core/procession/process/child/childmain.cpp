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
#include <procession/process/child/ownprocess.h>
#include <procession/process/child/work.h>

namespace procession {

namespace {

/// What the process ends with, also when its work called exit().
void endChild(int exitCode)
{
    OwnProcess::get().finishChildren();
    qCInfo(processLog, "process exiting with exitcode %d", exitCode);
    flushAndExit(exitCode);
}

} // namespace

Message receiveOrLeave(const Connection &parent)
{
    try {
        return parent.receiveMessage();
    } catch (const EndOfFile &) { // it has died: nobody is left who waits for this process
        flushAndExit(1);
    }
}

int exitCodeOf(const std::function<void()> &work)
{
    try {
        work();
        return 0;
    } catch (const std::exception &) {
        writeToStderr(exceptionText(std::current_exception(), OwnProcess::get().name()));
    } catch (const ThreadEnd &) { // how pthread_exit() and pthread_cancel() unwind
        throw;
    } catch (...) {
        writeToStderr(exceptionText(std::current_exception(), OwnProcess::get().name()));
    }
    return 1;
}

void runChild(const ChildSetup &setup, const std::function<void()> &work)
{
    Lifeline::holdGroup();
    OwnProcess::become(setup);
    enterProcess(setup.slot);
    seedRandomNumbers();
    processLog(); // endChild() logs: what it needs for that is made before it is registered, and so destroyed after it
    // Runs before all that the copied memory of the parent has registered, and instead of it.
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
        message.isUnderWay = false; // the parent has made its objects this process's
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
