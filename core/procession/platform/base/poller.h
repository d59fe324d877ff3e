// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QDeadlineTimer>

#include <span>
#include <vector>

namespace procession {

/// Waits for many descriptors at once (epoll).
///
/// \code
/// Poller poller;
/// poller.add(child.pidfd(), 7);
/// std::vector<quint64> ready;
/// poller.wait(QDeadlineTimer::Forever, ready);            // ready == {7}
/// \endcode
///
/// wait() from one thread; the rest from any.
class Poller
{
public:
    /// \throws SystemError
    Poller();

    /// Watches a descriptor until it is removed or closed: it is ready when it can be read without blocking or its other end has closed.
    /// \param token  identifies it in the result of wait(); not `WakeToken`
    void add(int fd, quint64 token);
    void remove(int fd);

    /// Blocks until a watched descriptor is ready, wake() is called or the deadline passes, and puts the tokens into `ready`.
    void wait(QDeadlineTimer deadline, std::vector<quint64> &ready);
    /// Does the same, and also returns when one of `writable` accepts some bytes without blocking,
    /// or never will again.
    void wait(QDeadlineTimer deadline, std::vector<quint64> &ready, std::span<const int> writable);
    /// Ends the current or the next wait(). From any thread.
    void wake();

private:
    static constexpr quint64 WakeToken = ~quint64(0);
    Descriptor m_epoll;
    Descriptor m_event;
};

} // namespace procession
