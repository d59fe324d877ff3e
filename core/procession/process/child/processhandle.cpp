// SPDX-License-Identifier: MIT
#include <procession/process/child/processhandle.h>

#include <procession/platform/base/processerror.h>
#include <procession/platform/base/readiness.h>
#include <procession/process/child/child.h>

#include <QtCore/QCoreApplication>

#include <csignal>
#include <mutex>

namespace procession {

struct ProcessHandle::State
{
    State(const About &description, std::unique_ptr<Child> process, ProcessSlot place, Lifeline line)
        : about(description), child(std::move(process)), slot(std::move(place)), lifeline(std::move(line))
    {
    }

    const About about;
    const qint64 owner = QCoreApplication::applicationPid();
    std::mutex mutex; // guards the members below, except the sentinel
    const std::unique_ptr<Child> child;
    ProcessSlot slot;
    Lifeline lifeline;
    ExitStatus status;
};

ProcessHandle::ProcessHandle(const About &about, std::unique_ptr<Child> child, ProcessSlot slot, Lifeline lifeline)
    : m_state(std::make_shared<State>(about, std::move(child), std::move(slot), std::move(lifeline)))
{
}

ProcessHandle::State &ProcessHandle::state() const
{
    if (!m_state)
        throw ProcessError("this handle refers to no process: the process was not started, or it was closed");
    if (m_state->owner != QCoreApplication::applicationPid())
        throw ProcessError("process " + m_state->about.name.toStdString()
            + " was started by another process: only the one that started it can join, ask or signal it");
    return *m_state;
}

QString ProcessHandle::name() const { return state().about.name; }

bool ProcessHandle::isDaemon() const { return state().about.isDaemon; }

qint64 ProcessHandle::pid() const { return state().child->pid(); }

int ProcessHandle::sentinel() const { return state().child->sentinel(); }

bool ProcessHandle::isAlive() const { return exitStatus().kind == ExitStatus::Kind::None; }

bool ProcessHandle::join(QDeadlineTimer deadline) const
{
    return waitReadable(state().child->sentinel(), deadline) && !isAlive();
}

ExitStatus ProcessHandle::exitStatus() const
{
    State &shared = state();
    const std::scoped_lock lock(shared.mutex);
    if (shared.status.kind == ExitStatus::Kind::None && waitReadable(shared.child->sentinel(), QDeadlineTimer(0))) {
        shared.status = shared.child->reap();
        shared.slot = {};
        shared.lifeline = {};
    }
    return shared.status;
}

void ProcessHandle::sendSignal(int signal) const
{
    State &shared = state();
    const std::scoped_lock lock(shared.mutex);
    if (shared.status.kind == ExitStatus::Kind::None)
        shared.child->signal(signal);
}

void ProcessHandle::terminate() const { sendSignal(SIGTERM); }

void ProcessHandle::kill() const { sendSignal(SIGKILL); }

void ProcessHandle::interrupt() const { sendSignal(SIGINT); }

void ProcessHandle::suspend() const { sendSignal(SIGSTOP); }

void ProcessHandle::resume() const { sendSignal(SIGCONT); }

} // namespace procession
