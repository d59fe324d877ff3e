// SPDX-License-Identifier: MIT
#pragma once

#include <procession/sync/rlock.h>
#include <procession/sync/state/locknotheld.h>

#include <concepts>
#include <variant>

namespace procession {

/// A lock with a condition to wait for, which other threads make true while they hold the lock.
///
/// \code
/// {   // the waiter
///     const std::scoped_lock guard(condition);
///     condition.waitFor([&] { return !list.isEmpty(); });
/// }
/// {   // the notifier
///     const std::scoped_lock guard(condition);
///     list.append(value);
///     condition.notify();
/// }
/// \endcode
///
/// Notifications go to the longest waiters first. If a notified thread dies before it acts on the
/// notification, another waiter gets it. If a thread dies while it holds the lock, the next thread
/// to acquire it, which may be one that returns from wait(), gets the lock, and isAbandoned() of
/// the lock returns true.
///
/// A handle (see SharedObject) that brings its lock along; meets the standard's Lockable
/// requirements. From any thread and process. (Reference: Condition)
class Condition : public SharedObject
{
public:
    static constexpr KindOf<Condition> Kind{ObjectKind::Condition};

    /// A condition with a recursive lock of its own.
    /// \throws SharedMemoryError, SystemError
    Condition() : Condition(RLock()) { }
    /// A condition with a given lock, which may guard other things or other conditions too.
    explicit Condition(RLock lock) : Condition(AnyLock(std::move(lock))) { }
    explicit Condition(Lock lock) : Condition(AnyLock(std::move(lock))) { }

    /// As Lock::acquire() or RLock::acquire().
    bool acquire(bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// As Lock::release() or RLock::release().
    void release() const;

    void lock() const { acquire(); }
    bool try_lock() const { return acquire(false); } // NOLINT(readability-identifier-naming): the standard's name
    void unlock() const { release(); }

    /// Releases the lock (a recursive one as often as this thread has acquired it), blocks until
    /// this thread is notified or the deadline passes, and acquires the lock again, however long
    /// that takes.
    /// \returns whether it was notified
    /// \throws LockNotHeld. (Reference: Condition.wait)
    bool wait(QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// Blocks until `predicate`, which is called with the lock held, returns true or the deadline
    /// passes.
    /// \returns its last result
    /// \throws LockNotHeld, and whatever `predicate` throws. (Reference: Condition.wait_for)
    template <std::predicate Predicate>
    bool waitFor(Predicate predicate, QDeadlineTimer deadline = QDeadlineTimer::Forever) const
    {
        for (qint64 since = 0; !predicate();) {
            if (deadline.hasExpired())
                return false;
            waitSince(deadline, since);
        }
        return true;
    }
    /// Wakes at most `count` waiters; they continue when this thread has released the lock. Does
    /// not block.
    /// \throws LockNotHeld. (Reference: Condition.notify)
    void notify(int count = 1) const;
    /// Wakes all waiters. Does not block.
    /// \throws LockNotHeld. (Reference: Condition.notify_all)
    void notifyAll() const;

    /// Number of threads that wait now and have not been notified.
    int waiters() const;

private:
    friend struct Codec<Condition>;
    using AnyLock = std::variant<RLock, Lock>;

    explicit Condition(AnyLock lock);
    Condition(ReceivedObject received, AnyLock lock) : SharedObject(std::move(received)), m_lock(std::move(lock)) { }

    bool waitSince(QDeadlineTimer deadline, qint64 &since) const;
    void checkHeld(const char *what) const;
    int releaseWholly() const;

    AnyLock m_lock;
};

/// Its lock travels with it.
template <>
struct Codec<Condition>
{
    static void encode(Encoder &encoder, const Condition &condition);
    static Condition decode(Decoder &decoder);
};

} // namespace procession
