// SPDX-License-Identifier: MIT
#pragma once

#include <procession/queue/queue.h>

namespace procession {

/// A Queue of tasks that can be waited for: who takes one out says when it is done.
///
/// \code
/// JoinableQueue<int> tasks;
/// for (int i = 0; i < 10; ++i)
///     tasks.put(i);
/// tasks.join();                    // until workers have called taskDone() ten times
/// \endcode
///
/// A task that was taken out by a process that was killed is never done, as in the reference, and join() waits for it: give join() a
/// deadline where that may happen. Any process may call taskDone(), so the one that started the consumers does it for those that died.
/// What was taken out and is not done is what is unfinished and not in the queue; once no consumer runs any more, that is lost:
///
/// \code
/// while (!tasks.join(1s)) {
///     if (!activeChildren().empty())
///         continue;                                       // somebody is at work
///     for (int lost = tasks.unfinished() - tasks.size(); lost > 0; --lost)
///         tasks.taskDone();
///     startConsumers(tasks);                              // for what is left
/// }
/// \endcode
///
/// Where it matters which task was lost, or one dead consumer is to be replaced while others work, use a Pool, which knows what each worker
/// has, replaces it and tells of its task.
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

    /// A task that was taken out is done.
    /// \throws QueueError when there are no such tasks. (Reference: task_done)
    void taskDone() const { this->noteDone(); }
    /// Blocks until all tasks that were put are done or the deadline passes, and returns whether they are.
    /// (Reference: JoinableQueue.join)
    bool join(QDeadlineTimer deadline = QDeadlineTimer::Forever) const { return this->waitUntilDone(deadline); }
    /// Tasks that were put and are not done.
    int unfinished() const { return static_cast<int>(this->unfinishedTasks()); }
};

} // namespace procession
