// SPDX-License-Identifier: MIT
// What JobRunner does when it is asked to: the second half of jobrunner.cpp.
#include <procession/job/engine/jobrunner.h>

#include <algorithm>

namespace procession {

using std::chrono::steady_clock;

void JobRunner::start()
{
    if (m_state != JobState::Ready)
        return;
    m_stoodStill = {};
    m_clock = {};
    m_startedAt = m_clock.now();
    setState(JobState::Running);
}

void JobRunner::pause()
{
    if (m_state == JobState::Running)
        setState(JobState::Paused);
}

void JobRunner::resume()
{
    if (m_state == JobState::Paused)
        setState(JobState::Running);
}

void JobRunner::stop(StopMode mode, EndCause cause)
{
    if (m_state == JobState::Ready || m_state == JobState::Finished)
        return;
    const bool isNew = m_state != JobState::Stopping;
    if (isNew) {
        setState(JobState::Stopping);
        m_moreMayCome = false;
    }
    if (mode != StopMode::Finish) { // first, as there may be a million others
        const WorkerSignal signal = mode == StopMode::Kill ? WorkerSignal::Kill : WorkerSignal::Terminate;
        for (const WorkerSlot &slot : m_workers.all())
            endWorker(slot.snapshot.id, signal, cause);
    }
    for (TaskIndex task = m_scheduler.firstKept(); isNew && task < TaskIndex(m_scheduler.taskCount()); ++task)
        cancelQueued(task, cause);
}

void JobRunner::append(const AddedTasks &added)
{
    // What comes after the end of a stopped job is not part of it.
    if (!m_growing || m_state == JobState::Finished)
        return;
    m_scheduler.forgetEnded();
    m_scheduler.append(added);
    for (const auto &observer : m_observers)
        observer->tasksAdded(added);
    if (m_state != JobState::Stopping)
        return;
    for (TaskIndex task = added.first; task < TaskIndex(m_scheduler.taskCount()); ++task)
        cancelQueued(task, EndCause::Stop);
}

void JobRunner::endInputs()
{
    if (!m_moreMayCome)
        return;
    m_moreMayCome = false;
    AddedTasks none;
    none.first = static_cast<TaskIndex>(m_scheduler.taskCount());
    none.moreMayCome = false;
    for (const auto &observer : m_observers)
        observer->tasksAdded(none);
}

void JobRunner::setWorkerCount(int count) { m_workers.setWanted(std::max(1, count)); }

void JobRunner::retry(const std::vector<TaskIndex> &tasks)
{
    if (m_state == JobState::Stopping)
        return;
    for (const TaskIndex task : tasks) {
        requeue(task);
    }
    runAgain();
}

void JobRunner::retryUnsuccessful()
{
    if (m_state == JobState::Stopping)
        return;
    for (TaskIndex task = m_scheduler.firstKept(); task < TaskIndex(m_scheduler.taskCount()); ++task) {
        const TaskState state = m_scheduler.record(task).state;
        if (isEnd(state) && state != TaskState::Done)
            requeue(task);
    }
    runAgain();
}

void JobRunner::cancel(const std::vector<TaskIndex> &tasks)
{
    for (const TaskIndex task : tasks) {
        if (!m_scheduler.isKnown(task))
            continue;
        if (isRunning(task))
            endWorker(m_scheduler.record(task).worker, WorkerSignal::Terminate, EndCause::Person);
        else
            cancelQueued(task, EndCause::Person);
    }
}

void JobRunner::signalTask(TaskIndex task, WorkerSignal signal)
{
    if (isRunning(task))
        signalWorker(m_scheduler.record(task).worker, signal);
}

void JobRunner::signalWorker(int worker, WorkerSignal signal)
{
    if (!m_workers.contains(worker))
        return;
    WorkerSlot &slot = m_workers[worker];
    const WorkerState state = slot.snapshot.state;
    switch (signal) {
    case WorkerSignal::Terminate:
    case WorkerSignal::Kill:
        endWorker(worker, signal, EndCause::Person);
        return;
    case WorkerSignal::Suspend:
        if (state != WorkerState::Busy && state != WorkerState::Stopped)
            return;
        // A person's pause does not count towards the time-out.
        if (slot.timeoutAt)
            slot.timeLeft = *slot.timeoutAt - steady_clock::now();
        slot.timeoutAt.reset();
        slot.snapshot.state = WorkerState::Suspended;
        m_executor->signal(worker, signal);
        return;
    case WorkerSignal::Resume:
        if (state != WorkerState::Suspended && state != WorkerState::Stopped)
            return;
        if (state == WorkerState::Suspended && m_options.timeout.count() > 0)
            slot.timeoutAt = steady_clock::now() + slot.timeLeft;
        slot.snapshot.state = WorkerState::Busy;
        m_executor->signal(worker, signal);
        return;
    }
}

void JobRunner::standStill()
{
    if (m_standsSince)
        return;
    m_standsSince = steady_clock::now();
    signalActive(WorkerSignal::Suspend);
}

void JobRunner::goOn()
{
    if (m_standsSince)
        shiftClocks(steady_clock::now() - *m_standsSince);
    m_standsSince.reset();
    signalActive(WorkerSignal::Resume);
}

void JobRunner::signalActive(WorkerSignal signal)
{
    for (const WorkerSlot &slot : m_workers.all()) {
        if (slot.snapshot.hasTask && slot.snapshot.state != WorkerState::Suspended)
            m_executor->signal(slot.snapshot.id, signal);
    }
}

TaskOutput JobRunner::runningOutput(TaskIndex task) const
{
    return isRunning(task) ? m_executor->output(m_scheduler.record(task).worker) : TaskOutput();
}

void JobRunner::endWorker(int worker, WorkerSignal signal, EndCause cause)
{
    WorkerSlot &slot = m_workers[worker];
    if (!slot.snapshot.hasTask)
        return;
    if (slot.cause == EndCause::Itself)
        slot.cause = cause;
    slot.timeoutAt.reset();
    slot.killAt.reset();
    if (signal == WorkerSignal::Terminate)
        slot.killAt = steady_clock::now() + m_options.killGrace;
    slot.snapshot.state = WorkerState::Ending;
    m_executor->signal(worker, signal);
}

void JobRunner::cancelQueued(TaskIndex task, EndCause cause)
{
    if (m_scheduler.cancel(task, cause))
        tellChanged(task);
}

void JobRunner::requeue(TaskIndex task)
{
    if (m_scheduler.requeue(task))
        tellChanged(task);
}

void JobRunner::runAgain()
{
    if (m_state != JobState::Finished || m_scheduler.count(TaskState::Queued) == 0)
        return;
    m_halted = false;
    m_scheduler.forgetHalt();
    m_endedAt = 0;
    setState(JobState::Running);
}

bool JobRunner::isRunning(TaskIndex task) const
{
    return m_scheduler.isKnown(task) && m_scheduler.record(task).state == TaskState::Running;
}

} // namespace procession
