// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/queue/messagering.h>

#include <QtCore/QByteArrayView>

#include <optional>

namespace procession {

/// A message in place in a queue.
struct QueuedMessage
{
    QByteArrayView bytes;
    bool hasCargo = false; ///< its bytes start with those of a QueueCargo
    QueuePosition after; ///< position of the next message
};

/// The place of a ring, in the form of QueueEnd::ring: its offset in the arena and its size class;
/// 0 if there is no such ring.
quint64 placeOfRing(const ObjectRecord &queue, quint32 ring);
/// The ring at a place.
MessageRing ringAt(quint64 place);

/// The message at a position.
/// \param ring  of the position
/// \returns nothing if the queue is damaged
/// \pre there is a message, and no other thread takes it out meanwhile
std::optional<QueuedMessage> messageAt(const ObjectRecord &queue, MessageRing ring, QueuePosition position);

/// Registers finalizers for queues: when a queue is destroyed, its messages release the objects
/// whose handles they have.
/// \returns true
bool finalizeQueues() noexcept;

} // namespace procession
