// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/message.h>
#include <procession/memory/objectid.h>

#include <QtCore/QByteArrayView>

#include <memory>
#include <vector>

namespace procession {

/// The shared objects whose handles are in a queued message, beside the bytes of its value. They
/// are named before the value, so that a process that drops the message without decoding it can
/// release them. Descriptors lie on the program's DescriptorShelf, as one more object.
///
/// Used by one thread.
class QueueCargo
{
public:
    /// Whether the message needs a cargo.
    static bool isIn(const Message &message) { return !message.handles.empty() || !message.descriptors.empty(); }
    /// Returns the bytes that precede those of the value. Puts the message's descriptors on the
    /// shelf; their object becomes the first of its handles.
    /// \throws EncodeError       if there are too many descriptors
    /// \throws SharedMemoryError if there is no room for them
    static QByteArray pack(Message &message);
    /// Removes these bytes from the front of a message.
    /// \returns null if they are damaged
    static std::unique_ptr<QueueCargo> unpack(QByteArrayView &message);

    /// The descriptors that belong to the message. They stay on the shelf until dropUnused().
    /// \throws SystemError (EMFILE)
    std::vector<Descriptor> descriptors() const;

    /// Counts the objects as received, since the message has left the queue. Call it before any
    /// thread is woken: if this process is killed in between, the objects exist until the program
    /// ends.
    void noteReceived() const;
    /// Call it after noteReceived(): destroys the objects that no process holds.
    void dropUnused() const;

private:
    std::vector<ObjectId> m_objects;
    bool m_hasDescriptors = false; ///< the first object owns them
};

} // namespace procession
