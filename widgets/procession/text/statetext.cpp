// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/text/statetext.h>

#include <procession/job/store/jobstore.h>

#include <QtCore/QCoreApplication>

#include <cerrno>

namespace procession {

namespace {

struct StateText
{
    Q_DECLARE_TR_FUNCTIONS(procession::StateText)
};

QString startFailureText(int errorNumber)
{
    switch (errorNumber) {
    case ENOENT:
        return StateText::tr("command not found");
    case EACCES:
    case EPERM:
        return StateText::tr("permission denied");
    case ENOEXEC:
        return StateText::tr("not a program");
    case E2BIG:
        return StateText::tr("command too long");
    case EAGAIN:
        return StateText::tr("too many processes");
    case EMFILE:
    case ENFILE:
        return StateText::tr("too many open files");
    case ENOMEM:
        return StateText::tr("out of memory");
    default:
        return StateText::tr("not started: %1").arg(qt_error_string(errorNumber));
    }
}

} // namespace

QString stateText(TaskState state)
{
    switch (state) {
    case TaskState::Queued:
        return StateText::tr("Queued");
    case TaskState::Running:
        return StateText::tr("Running");
    case TaskState::Done:
        return StateText::tr("Done");
    case TaskState::Failed:
        return StateText::tr("Failed");
    case TaskState::Cancelled:
        return StateText::tr("Cancelled");
    case TaskState::Lost:
        return StateText::tr("Lost");
    }
    Q_UNREACHABLE();
}

QString stateText(JobState state)
{
    switch (state) {
    case JobState::Ready:
        return StateText::tr("Ready", "job");
    case JobState::Running:
        return StateText::tr("Running", "job");
    case JobState::Paused:
        return StateText::tr("Paused", "job");
    case JobState::Stopping:
        return StateText::tr("Stopping", "job");
    case JobState::Finished:
        return StateText::tr("Finished", "job");
    case JobState::Interrupted:
        return StateText::tr("Interrupted", "job");
    }
    Q_UNREACHABLE();
}

QString stateText(const StoredJob &job)
{
    const auto count = [&job](TaskState state) { return job.tasks[static_cast<std::size_t>(state)]; };
    const bool leftSomeOut = count(TaskState::Queued) > 0 || count(TaskState::Cancelled) > 0;
    return job.state == JobState::Finished && leftSomeOut ? StateText::tr("Stopped", "job") : stateText(job.state);
}

QString stateText(WorkerState state)
{
    switch (state) {
    case WorkerState::Idle:
        return StateText::tr("idle", "worker");
    case WorkerState::Busy:
        return StateText::tr("busy", "worker");
    case WorkerState::Suspended:
        return StateText::tr("suspended", "worker");
    case WorkerState::Stopped:
        return StateText::tr("stopped", "worker");
    case WorkerState::Ending:
        return StateText::tr("ending", "worker");
    case WorkerState::Retired:
        return StateText::tr("retired", "worker");
    }
    Q_UNREACHABLE();
}

QString causeText(EndCause cause)
{
    switch (cause) {
    case EndCause::Itself:
        return StateText::tr("ended by itself");
    case EndCause::TimedOut:
        return StateText::tr("timed out");
    case EndCause::Person:
        return StateText::tr("ended by you");
    case EndCause::Halt:
        return StateText::tr("ended by the halt rule");
    case EndCause::Stop:
        return StateText::tr("ended when the job was stopped");
    case EndCause::Output:
        return StateText::tr("ended for its output, which was too much or could not be kept");
    }
    Q_UNREACHABLE();
}

QString statusText(const ExitStatus &status)
{
    switch (status.kind) {
    case ExitStatus::Kind::None:
        return {};
    case ExitStatus::Kind::Exited:
        return StateText::tr("exit code %1").arg(status.value);
    case ExitStatus::Kind::Signaled: {
        const QString signal = QString::fromLatin1(signalName(status.value));
        return status.dumpedCore ? StateText::tr("killed by %1, core dumped").arg(signal)
                                 : StateText::tr("killed by %1").arg(signal);
    }
    case ExitStatus::Kind::FailedToStart:
        return startFailureText(status.value);
    case ExitStatus::Kind::Lost:
        return StateText::tr("lost", "exit status");
    }
    Q_UNREACHABLE();
}

QString outcomeText(const ExitStatus &status, EndCause cause)
{
    switch (cause) {
    case EndCause::Itself:
        return statusText(status);
    case EndCause::TimedOut:
        return causeText(cause);
    case EndCause::Output:
        return StateText::tr("too much output");
    default:
        return status.kind == ExitStatus::Kind::None ? QString() : causeText(cause);
    }
}

} // namespace procession
