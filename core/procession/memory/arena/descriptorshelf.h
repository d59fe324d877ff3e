// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/platform/base/descriptor.h>

#include <QtCore/QDeadlineTimer>

#include <span>
#include <utility>
#include <vector>

namespace procession {

/// Where descriptors wait that are under way in a message which can carry bytes alone: one for each program, which all its processes have.
///
/// \code
/// shelf.put(id, descriptors);                  // id: of an object that the message has a handle of
/// std::vector<Descriptor> taken = shelf.peek(id); // in another process; the sender may have ended
/// \endcode
///
/// What is on it belongs to an object of the kind Descriptors, and goes with that object: so it goes when the message is taken out, or
/// dropped, or was never put because its sender was killed. It lies in a socket that nobody reads to its end. From any thread.
class DescriptorShelf
{
public:
    /// {to send through, to receive from}: the same two sockets in all processes.
    using Sockets = std::pair<Descriptor, Descriptor>;

    /// \throws SystemError
    static Sockets makeSockets();
    DescriptorShelf(ArenaHeader &header, Sockets sockets) : m_header(&header), m_sockets(std::move(sockets)) { }

    const Sockets &sockets() const { return m_sockets; }

    /// Puts duplicates of descriptors on it.
    /// \param owner  of which there is nothing on it
    /// \throws SharedMemoryError when there is no room
    /// \throws SystemError
    void put(ObjectId owner, std::span<const Descriptor> descriptors) const;
    /// Duplicates of the descriptors that belong to `owner`. They stay on it.
    /// \returns nothing when there are none
    /// \throws SystemError (EMFILE)
    std::vector<Descriptor> peek(ObjectId owner) const;
    /// Takes off what belongs to an object that is no more. What is in the way is put last.
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
