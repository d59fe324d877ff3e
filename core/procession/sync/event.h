// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/sharedobjectcodec.h>

#include <QtCore/QDeadlineTimer>

namespace procession {

/// A flag between processes and threads that threads can wait for.
///
/// \code
/// void work(const Event &ready) { ready.wait(); … }
///
/// Event ready;
/// Process process(&work, ready);
/// process.start();
/// prepare();
/// ready.set();
/// \endcode
///
/// Threads that wait when it is set continue, even if it is cleared before they have woken. No
/// process owns it, so it stays as it is when a process dies.
///
/// A handle (see SharedObject). From any thread and process. (Reference: Event)
class Event : public SharedObject
{
public:
    static constexpr KindOf<Event> Kind{ObjectKind::Event};

    /// An event that is not set.
    /// \throws SharedMemoryError, SystemError
    Event() : SharedObject(Kind) { }
    explicit Event(ReceivedObject received) : SharedObject(std::move(received)) { }

    /// Sets the event and wakes all waiters. Does not block. (Reference: Event.set)
    void set() const;
    /// Does not block. (Reference: Event.clear)
    void clear() const;
    /// (Reference: Event.is_set)
    bool isSet() const;
    /// Blocks until the event is set or the deadline passes.
    /// \returns whether it was set. (Reference: Event.wait)
    bool wait(QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
};

} // namespace procession
