// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/message.h>
#include <procession/memory/objectid.h>

#include <QtCore/QByteArrayView>

#include <memory>
#include <vector>

namespace procession {

/// What a message in a queue has beside the bytes of its value: the shared objects that it has handles of. They are named before
/// the value, so that whoever drops the message without understanding it can give them back. Descriptors lie on the program's shelf, as
/// one more object.
///
/// Used by one thread.
class QueueCargo
{
public:
    /// Whether there is anything.
    static bool isIn(const Message &message) { return !message.handles.empty() || !message.descriptors.empty(); }
    /// The bytes that go before those of the value. Puts its descriptors on the shelf; they are the first of its handles then.
    /// \throws EncodeError       when there are too many descriptors
    /// \throws SharedMemoryError when there is no room for them
    static QByteArray pack(Message &message);
    /// Takes these bytes off the front.
    /// \returns null when they are damaged
    static std::unique_ptr<QueueCargo> unpack(QByteArrayView &message);

    /// The descriptors that belong to the message. They stay on the shelf until drop().
    /// \throws SystemError (EMFILE)
    std::vector<Descriptor> descriptors() const;

    /// The message has left the queue, so its objects are not under way any more. Before anybody is told, since they stay for ever when this
    /// process is killed in between.
    void noteReceived() const;
    /// After that: those go that nobody holds.
    void dropUnused() const;

private:
    std::vector<ObjectId> m_objects;
    bool m_hasDescriptors = false; ///< the first object is theirs
};

} // namespace procession
