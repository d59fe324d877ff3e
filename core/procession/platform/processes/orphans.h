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

/// Takes in the processes that tasks of this program leave behind: as long as there is one of these objects, what loses its parent becomes a child of
/// this program, however it has detached itself (PR_SET_CHILD_SUBREAPER), is found there, and is reaped when it has ended.
///
/// \code
/// Orphans orphans(mark, [&](qint64 pid) { return numberOfTask(pid); });
/// orphans.look();                         // when a task has ended
/// for (const qint64 pid : orphans.of(task))
///     …
/// \endcode
///
/// For programs that start tasks and little else, since it applies to all that the program starts. Orphans are told from children by their session,
/// which is another than the program's: children that lead a session of their own must be tasks, or be started in another thread than the program's first.
/// Nothing waits for "any child": other children are left to the code that started them.
///
/// To be used from one thread.
class Orphans
{
public:
    /// The number of the task that the process leads, nothing if it leads none.
    using TaskFinder = std::function<std::optional<quint64>(qint64 pid)>;

    /// \throws SystemError where the system cannot do it
    Orphans(TaskMark mark, TaskFinder taskOf);
    ~Orphans();
    Orphans(const Orphans &) = delete;
    Orphans &operator=(const Orphans &) = delete;

    /// Notes those that have come, and reaps those that have ended. Half a microsecond where there are none.
    void look();
    /// Tells that a process belongs to a task, for the case that its environment will not.
    void remember(qint64 pid, quint64 startTime, quint64 task);
    /// The task has ended, and with it what was remembered of it.
    void forget(quint64 task);
    /// What belongs to a task and lived at the last look().
    std::vector<qint64> of(quint64 task) const;
    /// Waits until those of all tasks have ended, and reaps them. \returns whether they have
    bool waitForEnd(QDeadlineTimer deadline);

private:
    struct Orphan
    {
        quint64 startTime = 0;
        std::optional<quint64> task{}; ///< nothing: it is not known, or no task's
        bool hasCome = false;
    };

    bool readList();
    void lookAt(int pid);
    std::optional<quint64> taskOf(int pid, quint64 startTime, int session) const;

    TaskMark m_mark;
    TaskFinder m_taskOf;
    Descriptor m_list; ///< /proc's of the children of this program's first thread, to which orphans come
    std::vector<int> m_children;
    std::vector<int> m_others; ///< of the children, those that were no orphans at the last look
    std::map<int, Orphan> m_orphans;
    std::map<int, Orphan> m_remembered;
    int m_session;
};

} // namespace procession
