// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <optional>

namespace procession {

/// A variable that stands in the environment of each task of a run, and so of all that descends from it: by it a process is known that has
/// left its task's session and lost its parent.
///
/// \code
/// TaskMark mark;
/// launcher.launch(arguments, output, error, entry, mark.variable(7));
/// mark.taskOf(pid);                       // 7 for what the task has started
/// \endcode
///
/// The value is that of an outer run, if there is one, with this one's behind: a task of a task belongs to both.
class TaskMark
{
public:
    static constexpr char Name[] = "PROCESSION_TASK";

    /// Of a new run.
    TaskMark();

    /// What stands in the environment of each process of the run.
    const QByteArray &ofRun() const { return m_run; }
    /// What stands in the environment of each process of one task.
    QByteArray ofTask(quint64 task) const;
    /// "NAME=value" for a task.
    QByteArray variable(quint64 task) const;
    /// The task that a process belongs to by its environment, as it was when the process was started. Nothing where it has been cleared or
    /// overwritten, or is another user's. Some 10 µs.
    std::optional<quint64> taskOf(qint64 pid) const;

private:
    QByteArray m_run;
    QByteArray m_start; ///< of the variable
};

} // namespace procession
