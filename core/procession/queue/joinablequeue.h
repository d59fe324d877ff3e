// SPDX-License-Identifier: MIT
#pragma once

#include <procession/queue/queue.h>

namespace procession {

/// A Queue of tasks that can be waited for: a consumer calls taskDone() for each task that it has
/// finished.
///
/// \code
/// JoinableQueue<int> tasks;
/// for (int i = 0; i < 10; ++i)
///     tasks.put(i);
/// tasks.join();                    // until workers have called taskDone() ten times
/// \endcode
///
/// A task that was taken out by a process that was killed is never done, as in the reference, and
/// join() waits for it: give join() a deadline where that may happen. Any process may call
/// taskDone(), so the process that started the consumers can do it for dead ones. Once no consumer
/// runs any more, tasks that are unfinished and not in the queue are lost:
///
/// \code
/// while (!tasks.join(1s)) {
///     if (!activeChildren().empty())
///         continue;                                       // consumers are still running
///     for (int lost = tasks.unfinished() - tasks.size(); lost > 0; --lost)
///         tasks.taskDone();
///     startConsumers(tasks);                              // for what is left
/// }
/// \endcode
///
/// Use a Pool where it matters which task was lost, or where a dead consumer must be replaced while
/// others work: it knows the task of each worker, replaces the worker and reports the task.
///
/// A handle (see SharedObject). From any thread and process. (Reference: JoinableQueue)
template <typename T = QVariant>
class JoinableQueue : public Queue<T>
{
public:
    static constexpr KindOf<JoinableQueue> Kind{ObjectKind::JoinableQueue};

    /// \copydoc Queue::Queue
    explicit JoinableQueue(int maxSize = 0) : Queue<T>(Kind, maxSize) { }
    explicit JoinableQueue(ReceivedObject received) : Queue<T>(std::move(received)) { }

    /// Marks a task that was taken out as done.
    /// \throws QueueError if it is called more often than tasks were put. (Reference: task_done)
    void taskDone() const { this->noteDone(); }
    /// Blocks until all tasks that were put are done or the deadline passes, and returns whether
    /// they are done. (Reference: JoinableQueue.join)
    bool join(QDeadlineTimer deadline = QDeadlineTimer::Forever) const { return this->waitUntilDone(deadline); }
    /// Tasks that were put and are not done.
    int unfinished() const { return static_cast<int>(this->unfinishedTasks()); }
};

} // namespace procession
