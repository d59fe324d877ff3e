// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/output/exittally.h>

#include <algorithm>
#include <cerrno>
#include <cmath>

namespace procession {

namespace {

constexpr qint64 MostFailures = 101;
constexpr int CommandNotFound = 127;
constexpr int CommandNotExecutable = 126;
constexpr int SignalBase = 128;

// As a shell says it.
int shellStatus(const ExitStatus &status)
{
    switch (status.kind) {
    case ExitStatus::Kind::Exited:
        return status.value;
    case ExitStatus::Kind::Signaled:
        return SignalBase + status.value;
    case ExitStatus::Kind::FailedToStart:
        return status.value == ENOENT ? CommandNotFound : CommandNotExecutable;
    case ExitStatus::Kind::None:
    case ExitStatus::Kind::Lost:
        break;
    }
    return 1;
}

int percentage(qint64 part, qint64 whole)
{
    return whole == 0 ? 0 : static_cast<int>(std::ceil(static_cast<double>(part) * 100 / static_cast<double>(whole)));
}

} // namespace

void ExitTally::taskStarted(TaskIndex, const TaskRecord &record)
{
    const std::scoped_lock lock(m_mutex);
    if (record.attempts == 1)
        ++m_started;
}

void ExitTally::attemptEnded(const Attempt &) { }

void ExitTally::taskChanged(TaskIndex, const TaskRecord &record)
{
    if (!isEnd(record.state) || record.state == TaskState::Cancelled)
        return;
    const std::scoped_lock lock(m_mutex);
    ++(record.state == TaskState::Done ? m_succeeded : m_failed);
    if (!m_halted && m_rule.applies(m_failed, m_succeeded, m_total))
        m_halted = statusWhenHalted(record.status);
}

void ExitTally::jobStateChanged(JobState) { }

int ExitTally::statusWhenHalted(const ExitStatus &last) const
{
    if (m_rule.count == HaltRule::Count::Succeeded)
        return 0;
    if (m_rule.number == 0)
        return percentage(m_failed, m_total);
    if (m_rule.number == 1)
        return last.isSuccess() ? 0 : shellStatus(last);
    return static_cast<int>(std::min(m_failed, MostFailures));
}

int ExitTally::exitStatus() const
{
    const std::scoped_lock lock(m_mutex);
    if (m_halted)
        return *m_halted;
    if (m_rule.when != HaltRule::When::Never && m_rule.number == 0)
        return percentage(m_failed, m_started);
    return static_cast<int>(std::min(m_failed, MostFailures));
}

qint64 ExitTally::failed() const
{
    const std::scoped_lock lock(m_mutex);
    return m_failed;
}

} // namespace procession
