// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <optional>

namespace procession {

/// A variable in the environment of each task of a run, and so of all its descendants: it
/// identifies a process even if it has left its task's session and lost its parent.
///
/// \code
/// TaskMark mark;
/// launcher.launch(arguments, output, error, entry, mark.variable(7));
/// mark.taskOf(pid);                       // 7 for what the task has started
/// \endcode
///
/// Its value is that of an outer run, if there is one, followed by this run's: a task of a task
/// belongs to both.
class TaskMark
{
public:
    static constexpr char Name[] = "PROCESSION_TASK";

    /// Creates the mark of a new run.
    TaskMark();

    /// The text in the environment of each process of the run.
    const QByteArray &ofRun() const { return m_run; }
    /// The text in the environment of each process of one task.
    QByteArray ofTask(quint64 task) const;
    /// "NAME=value" for a task.
    QByteArray variable(quint64 task) const;
    /// The task that a process belongs to, according to the environment that it was started with.
    /// Returns nothing if the environment has been cleared or overwritten, or is another user's.
    /// Takes about 10 µs.
    std::optional<quint64> taskOf(qint64 pid) const;

private:
    QByteArray m_run;
    QByteArray m_start; ///< the variable's beginning, to which the number of a task is appended
};

} // namespace procession
