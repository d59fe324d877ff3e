// SPDX-License-Identifier: MIT
#include <procession/process/launch/childstart.h>

#include <procession/platform/base/standardstreams.h>
#include <procession/platform/child/lifeline.h>
#include <procession/platform/processes/processexit.h>
#include <procession/platform/system/randomnumbers.h>
#include <procession/process/child/processruntime.h>
#include <procession/process/launch/launchers.h>

namespace procession {

ProcessHandle startChild(ChildSetup setup, const QByteArray &workName, const Work &work)
{
    ProcessRuntime &own = ProcessRuntime::get();
    const bool isThread = setup.method == StartMethod::Thread;
    if (own.setup().isDaemon && !isThread) // a thread cannot outlive its process
        throw ProcessError("process " + own.name().toStdString()
            + " is a daemon, and a daemon cannot have children: they would outlive it when it is terminated. Make it none by "
              "ProcessOptions::daemon or setDaemon(); workers of a pool are daemons always, so use Processes or a ThreadPool for "
              "tasks that start processes");
    ProcessRuntime::expectChildren();
    openClosedStreams();
    if (setup.method == StartMethod::Fork)
        prepareRandomNumbers();
    flushStandardOutput(); // so that earlier output appears before the child's
    ProcessSlot slot = ProcessSlot::forChild(setup.name.toUtf8(), workName, isThread);
    setup.slot = slot.index();
    Lifeline lifeline = isThread ? Lifeline() : Lifeline::forChild();
    std::unique_ptr<Child> child = launcherFor(setup.method).launch(setup, work, lifeline.takeChildsEnd());
    if (setup.leavesNothing)
        child->setLeavesNothing();
    slot.setPid(child->pid());
    ProcessHandle handle(
        {setup.name, setup.isDaemon || setup.isLeftAtEnd}, std::move(child), std::move(slot), std::move(lifeline));
    own.add(handle);
    return handle;
}

} // namespace procession
