// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/queue/messagering.h>

#include <QtCore/QByteArrayView>

#include <optional>

namespace procession {

/// A message where it lies in a queue.
struct QueuedMessage
{
    QByteArrayView bytes;
    bool hasCargo = false; ///< its bytes begin with those of a QueueCargo
    QueuePosition after; ///< where the next one lies
};

/// Where a ring lies, as QueueEnd::ring says it: its offset in the arena and its size class; 0 when there is no such ring.
quint64 placeOfRing(const ObjectRecord &queue, quint32 ring);
/// A ring that lies there.
MessageRing ringAt(quint64 place);

/// The message at a position.
/// \param ring  of the position
/// \returns nothing when the queue is damaged
/// \pre there is one, and nobody takes it out meanwhile
std::optional<QueuedMessage> messageAt(const ObjectRecord &queue, MessageRing ring, QueuePosition position);

/// Has the messages that lie in queues that nobody uses any more give back what they have handles of.
/// \returns true
bool finalizeQueues() noexcept;

} // namespace procession
