// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>
#include <procession/platform/processes/taskmark.h>

#include <QtCore/QDeadlineTimer>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace procession {

/// Adopts the processes that tasks of this program leave behind: as long as such an object exists,
/// a descendant that loses its parent becomes a child of this program, however it has detached
/// itself (PR_SET_CHILD_SUBREAPER). look() finds it, and reaps it when it has ended.
///
/// \code
/// Orphans orphans(mark, [&](qint64 pid) { return numberOfTask(pid); });
/// orphans.look();                         // when a task has ended
/// for (const qint64 pid : orphans.of(task))
///     …
/// \endcode
///
/// For programs that start tasks and little else, since it applies to everything that the program
/// starts. Orphans are distinguished from children by their session, which differs from the
/// program's: children that lead a session of their own must be tasks, or be started in another
/// thread than the program's first. It never waits for "any child": other children are left to the
/// code that started them.
///
/// To be used from one thread.
class Orphans
{
public:
    /// Returns the number of the task that the process leads, or nothing if it leads none.
    using TaskFinder = std::function<std::optional<quint64>(qint64 pid)>;

    /// \throws SystemError if the system does not support it
    Orphans(TaskMark mark, TaskFinder taskOf);
    ~Orphans();
    Orphans(const Orphans &) = delete;
    Orphans &operator=(const Orphans &) = delete;

    /// Notes new orphans, and reaps those that have ended. Takes half a microsecond if there are
    /// none.
    void look();
    /// Records that a process belongs to a task, in case its environment does not show it.
    void remember(qint64 pid, quint64 startTime, quint64 task);
    /// Forgets what was recorded for a task that has ended.
    void forget(quint64 task);
    /// The orphans that belong to a task and were alive at the last look().
    std::vector<qint64> of(quint64 task) const;
    /// Blocks until the orphans of all tasks have ended or the deadline passes, and reaps them.
    /// \returns whether all have ended
    bool waitForEnd(QDeadlineTimer deadline);

private:
    struct Orphan
    {
        quint64 startTime = 0;
        std::optional<quint64> task{}; ///< empty: unknown, or no task's
        bool hasCome = false;
    };

    bool readList();
    void lookAt(int pid);
    std::optional<quint64> taskOf(int pid, quint64 startTime, int session) const;

    TaskMark m_mark;
    TaskFinder m_taskOf;
    /// The list in /proc of the children of this program's first thread, which adopts the orphans.
    Descriptor m_list;
    std::vector<int> m_children;
    std::vector<int> m_others; ///< the children that were not orphans at the last look()
    std::map<int, Orphan> m_orphans;
    std::map<int, Orphan> m_remembered;
    int m_session;
};

} // namespace procession
