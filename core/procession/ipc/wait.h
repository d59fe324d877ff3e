// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QDeadlineTimer>

#include <concepts>
#include <vector>

namespace procession {

/// An object that wait() can wait for: a Connection, a sentinel or any descriptor, a
/// QAbstractSocket, an object with fileno().
///
/// It refers to the object and must not outlive it. Two are equal if they have the same descriptor.
class Waitable
{
public:
    Waitable(int fd) noexcept : m_fd(fd) { } // NOLINT: a sentinel is an int
    Waitable(const Descriptor &descriptor) noexcept : m_fd(descriptor.get()) { } // NOLINT
    template <typename T>
    requires requires(const T &object)
    {
        {
            object.fileno()
            } -> std::same_as<int>;
    }
    Waitable(const T &object) : m_fd(object.fileno()) // NOLINT
    {
    }
    /// A socket is ready if it holds bytes that it has already read.
    template <typename T>
    requires requires(const T *socket)
    {
        {
            socket->socketDescriptor()
            } -> std::convertible_to<qintptr>;
        {
            socket->bytesAvailable()
            } -> std::convertible_to<qint64>;
    }
    Waitable(const T *socket) // NOLINT
        : m_fd(static_cast<int>(socket->socketDescriptor())), m_holdsBytes(socket->bytesAvailable() > 0)
    {
    }

    int fd() const noexcept { return m_fd; }
    bool holdsBytes() const noexcept { return m_holdsBytes; }

    friend bool operator==(const Waitable &a, const Waitable &b) noexcept { return a.m_fd == b.m_fd; }

private:
    int m_fd;
    bool m_holdsBytes = false;
};

/// Blocks until one or more of the objects are ready or the deadline passes (reference: multiprocessing.connection.wait).
/// A connection or socket is ready when something can be received or its other end is closed, a sentinel when its process
/// has ended.
///
/// \code
/// for (const Waitable &ready : wait({connection, process.sentinel()}, 500ms))
///     if (ready == connection)
///         use(connection.recv<int>());
/// \endcode
///
/// Any number of objects; one that is named twice is returned twice. No objects: blocks until the deadline, for ever
/// without one.
/// \param deadline  one that has passed, or a negative duration: do not block. A plain -1 is Qt's Forever.
/// \returns those that are ready, in the order given; none when the deadline passed
/// \throws SystemError (EBADF) when one of them is closed
std::vector<Waitable> wait(const std::vector<Waitable> &objects, QDeadlineTimer deadline = QDeadlineTimer::Forever);

namespace detail {
std::vector<bool> readyOnes(const std::vector<Waitable> &objects, QDeadlineTimer deadline);
}

/// The same for objects of one type, which are returned themselves.
///
/// \code
/// for (Connection &reader : wait(readers))
///     use(reader.recv<int>());
/// \endcode
template <std::copyable T>
requires std::convertible_to<const T &, Waitable> &&(!std::same_as<T, Waitable>)std::vector<T> wait(
    const std::vector<T> &objects, QDeadlineTimer deadline = QDeadlineTimer::Forever)
{
    const std::vector<bool> isReady = detail::readyOnes({objects.begin(), objects.end()}, deadline);
    std::vector<T> ready;
    for (std::size_t i = 0; i < objects.size(); ++i)
        if (isReady[i])
            ready.push_back(objects[i]);
    return ready;
}

} // namespace procession
