// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/objectid.h>

#include <QtCore/QDeadlineTimer>

#include <atomic>

namespace procession {

struct ThreadRecord;

/// State of a Condition in shared memory. Its waiters are in the records of threads.
struct ConditionState
{
    std::atomic<quint64> tickets; ///< given to waiters in order of arrival
    std::atomic<quint64> lock; ///< ObjectId::packed(); for monitors
};

/// A thread that waits for a condition, from before it releases the condition's lock.
///
/// The `wake` word of its record names the condition and whether the thread was notified. In the
/// waiting thread.
class ConditionWaiter
{
public:
    /// \pre the thread holds the condition's lock
    ConditionWaiter(ConditionState &state, ObjectId condition);
    ~ConditionWaiter();
    Q_DISABLE_COPY_MOVE(ConditionWaiter)

    /// Blocks until the thread is notified or the deadline passes.
    /// \param since  when this thread started to wait, by Sleep::now()
    /// \returns whether it was notified
    bool wait(QDeadlineTimer deadline, qint64 since) const;

private:
    bool inherit() const;

    ThreadRecord &m_record;
    ObjectId m_condition;
};

/// Notifies the longest waiters.
/// \pre the calling thread holds the condition's lock
/// \param most  most threads to notify
void notifyWaiters(ObjectId condition, quint32 most);

/// Number of living threads that wait and have not been notified.
int countWaiters(ObjectId condition);

} // namespace procession
