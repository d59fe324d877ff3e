// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codecchoices.h>
#include <procession/sync/rlock.h>

#include <variant>

namespace procession {

/// The lock of a shared value: an RLock or a Lock.
///
/// \code
/// const std::scoped_lock guard(counter.lock());
/// \endcode
///
/// A handle that travels as they do; meets the standard's Lockable requirements. From any thread and process.
class AnyLock
{
public:
    /// A new RLock.
    /// \throws SharedMemoryError, SystemError
    AnyLock();
    AnyLock(const RLock &lock) : m_lock(lock) { } // NOLINT(google-explicit-constructor): it is one
    AnyLock(const Lock &lock) : m_lock(lock) { } // NOLINT(google-explicit-constructor)
    explicit AnyLock(std::variant<RLock, Lock> lock) : m_lock(std::move(lock)) { }
    // Not inline: compilers warn of what they believe to see in a variant after an exception.
    AnyLock(const AnyLock &other);
    AnyLock(AnyLock &&other) noexcept;
    AnyLock &operator=(const AnyLock &other);
    AnyLock &operator=(AnyLock &&other) noexcept;
    ~AnyLock();

    /// As Lock::acquire() and RLock::acquire().
    bool acquire(bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// As Lock::release() and RLock::release().
    void release() const;
    void lock() const { acquire(); }
    bool try_lock() const { return acquire(false); } // NOLINT(readability-identifier-naming): the standard's name
    void unlock() const { release(); }

    /// Whether a thread that has it may acquire it again.
    bool isRecursive() const { return std::holds_alternative<RLock>(m_lock); }
    /// As Lock::isAbandoned().
    bool isAbandoned() const;
    /// As Lock::owner().
    std::optional<ThreadIdentity> owner() const;
    /// Which lock it is.
    ObjectId id() const;
    const std::variant<RLock, Lock> &variant() const { return m_lock; }

    friend bool operator==(const AnyLock &a, const AnyLock &b) { return a.id() == b.id(); }

private:
    std::variant<RLock, Lock> m_lock;
};

template <>
struct Codec<AnyLock>
{
    static void encode(Encoder &encoder, const AnyLock &lock) { encoder << lock.variant(); }
    static AnyLock decode(Decoder &decoder) { return AnyLock(decoder.read<std::variant<RLock, Lock>>()); }
};

/// What can guard a shared value.
template <typename T>
concept LockHandle = std::same_as<std::remove_cvref_t<T>, Lock> || std::same_as<std::remove_cvref_t<T>,
    RLock> || std::same_as<std::remove_cvref_t<T>, AnyLock>;

} // namespace procession
