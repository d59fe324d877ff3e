// SPDX-License-Identifier: MIT
#include <procession/pool/shared/poolqueue.h>

namespace procession {

namespace {

struct PoolMessage; // the type by which TypeRecord distinguishes these queues

} // namespace

PoolQueue::PoolQueue() : QueueBase(Kind, 0, typeRecord<PoolMessage>) { expectKills(); }

PoolQueue::PoolQueue(ReceivedObject received) : QueueBase(std::move(received), typeRecord<PoolMessage>) { expectKills(); }

PoolQueue::Cargo PoolQueue::cargoOf(Encoder &encoder)
{
    if (!encoder.hasCargo())
        return {};
    Message message = encoder.takeCargo();
    if (!QueueCargo::isIn(message))
        return {};
    const QByteArray head = QueueCargo::pack(message);
    return {head, std::move(message.handles)};
}

void PoolQueue::put(QByteArrayView head, QByteArrayView body, const Cargo &cargo) const
{
    const QByteArray both = cargo.handles.empty() ? QByteArray() : QByteArray(cargo.head).append(head);
    putMessage({both.isEmpty() ? head : both, body, cargo.handles}, QDeadlineTimer(QDeadlineTimer::Forever));
}

void PoolQueue::wakeNext() const { wakeFutex(state().put.changes(), 1); }

} // namespace procession
