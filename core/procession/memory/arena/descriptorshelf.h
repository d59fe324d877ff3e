// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/platform/base/descriptor.h>

#include <QtCore/QDeadlineTimer>

#include <span>
#include <utility>
#include <vector>

namespace procession {

/// Holds the descriptors of messages in flight that can carry bytes only. One per program, shared
/// by all its processes.
///
/// \code
/// shelf.put(id, descriptors);                     // the message has a handle of the object `id`
/// std::vector<Descriptor> taken = shelf.peek(id); // in another process; the sender may have ended
/// \endcode
///
/// Each entry belongs to an object of kind Descriptors and is removed when that object is
/// destroyed: when the message is received or dropped, or was never put because its sender was
/// killed. Entries lie in a socket that no process reads to its end. From any thread.
class DescriptorShelf
{
public:
    /// {to send through, to receive from}: the same two sockets in all processes.
    using Sockets = std::pair<Descriptor, Descriptor>;

    /// \throws SystemError
    static Sockets makeSockets();
    DescriptorShelf(ArenaHeader &header, Sockets sockets) : m_header(&header), m_sockets(std::move(sockets)) { }

    const Sockets &sockets() const { return m_sockets; }

    /// Adds duplicates of descriptors.
    /// \param owner  an object without an entry on the shelf
    /// \throws SharedMemoryError if there is no room
    /// \throws SystemError
    void put(ObjectId owner, std::span<const Descriptor> descriptors) const;
    /// Returns duplicates of the descriptors that belong to `owner`; they stay on the shelf.
    /// \returns an empty vector if there are none
    /// \throws SystemError (EMFILE)
    std::vector<Descriptor> peek(ObjectId owner) const;
    /// Removes the entry of an object that no longer exists. Entries before it are moved to the
    /// end.
    void remove(ObjectId owner) const noexcept;

private:
    class Turn;

    std::size_t count() const;
    bool moveToEnd(quint64 entry) const;
    bool tidy() const;
    [[noreturn]] void failFull() const;

    ArenaHeader *m_header;
    Sockets m_sockets;
};

} // namespace procession
