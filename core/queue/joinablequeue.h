// SPDX-License-Identifier: MIT
#pragma once

#include <procession/queue.h>

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
/// A task that was taken out by a process that was killed is never done, as in the reference: give join() a deadline where that may happen.
///
/// A handle (see SharedObject). From any thread and process. (Reference: JoinableQueue)
template <typename T = QVariant>
class JoinableQueue : public Queue<T>
{
public:
    static constexpr ObjectKind Kind = ObjectKind::JoinableQueue;

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
