// SPDX-License-Identifier: MIT
#include <procession/poolqueue.h>

namespace procession {

namespace {

struct PoolMessage; // what TypeRecord tells these queues from others by

} // namespace

PoolQueue::PoolQueue() : QueueBase(Kind, 0, typeRecord<PoolMessage>) { }

PoolQueue::PoolQueue(ReceivedObject received) : QueueBase(std::move(received), typeRecord<PoolMessage>) { }

void PoolQueue::put(QByteArrayView head, QByteArrayView body) const
{
    putMessage({head, body}, QDeadlineTimer(QDeadlineTimer::Forever));
}

void PoolQueue::wakeNext() const { wakeFutex(state().put.changes(), 1); }

} // namespace procession
