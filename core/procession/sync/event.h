// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/sharedobjectcodec.h>

#include <QtCore/QDeadlineTimer>

namespace procession {

/// A flag between processes and threads, which one can wait for.
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
/// Whoever waits when it is set goes on, even when it is cleared before they have woken. It belongs to nobody, so it stays as it is when
/// a process dies.
///
/// A handle (see SharedObject). From any thread and process. (Reference: Event)
class Event : public SharedObject
{
public:
    static constexpr KindOf<Event> Kind{ObjectKind::Event};

    /// One that is not set.
    /// \throws SharedMemoryError, SystemError
    Event() : SharedObject(Kind) { }
    explicit Event(ReceivedObject received) : SharedObject(std::move(received)) { }

    /// Sets it and wakes all who wait. Does not block. (Reference: Event.set)
    void set() const;
    /// Does not block. (Reference: Event.clear)
    void clear() const;
    /// (Reference: Event.is_set)
    bool isSet() const;
    /// Blocks until it is set or the deadline passes.
    /// \returns whether it was set. (Reference: Event.wait)
    bool wait(QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
};

} // namespace procession
