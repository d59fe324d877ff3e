// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/objectid.h>

#include <QtCore/QDeadlineTimer>

#include <atomic>

namespace procession {

struct ThreadRecord;

/// What a Condition is in shared memory. Who waits for it stands in the records of threads.
struct ConditionState
{
    std::atomic<quint64> tickets; ///< given out to those who wait, in their order
    std::atomic<quint64> lock; ///< ObjectId::packed(); for those who look on
};

/// A thread that waits for a condition, from before it releases the condition's lock.
///
/// Its record's `wake` says of which condition and whether it was notified.
/// In the thread that waits.
class ConditionWaiter
{
public:
    /// \pre the thread has the condition's lock
    ConditionWaiter(ConditionState &state, ObjectId condition);
    ~ConditionWaiter();
    Q_DISABLE_COPY_MOVE(ConditionWaiter)

    /// Blocks until it is notified or the deadline passes.
    /// \param since  when this thread began to wait, as Sleep::now() tells it
    /// \returns whether it was notified
    bool wait(QDeadlineTimer deadline, qint64 since) const;

private:
    bool inherit() const;

    ThreadRecord &m_record;
    ObjectId m_condition;
};

/// Notifies those who have waited longest.
/// \pre the calling thread has the condition's lock
/// \param most  how many
void notifyWaiters(ObjectId condition, quint32 most);

/// How many threads that live wait and have not been notified.
int countWaiters(ObjectId condition);

} // namespace procession
