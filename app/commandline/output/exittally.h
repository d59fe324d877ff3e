// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/haltrule.h>
#include <procession/job/task/jobobserver.h>

#include <mutex>
#include <optional>

namespace procession {

/// Counts how tasks end, and says what that means for the program's exit status: as GNU parallel does.
class ExitTally : public JobObserver
{
public:
    ExitTally(const HaltRule &rule, qint64 total) : m_rule(rule), m_total(total) { }

    /// 0 when all went well; the number of failed tasks, 101 for more than 100; with a halt rule see HaltRule and the manual.
    int exitStatus() const;
    qint64 failed() const;

    void taskStarted(TaskIndex task, const TaskRecord &record) override;
    void attemptEnded(const Attempt &attempt) override;
    void taskChanged(TaskIndex task, const TaskRecord &record) override;
    void jobStateChanged(JobState state) override;

private:
    int statusWhenHalted(const ExitStatus &last) const;

    const HaltRule m_rule;
    const qint64 m_total;
    mutable std::mutex m_mutex;
    qint64 m_started = 0;
    qint64 m_failed = 0;
    qint64 m_succeeded = 0;
    std::optional<int> m_halted; // the status since the rule applied
};

} // namespace procession
