// SPDX-License-Identifier: MIT
#pragma once

#include <procession/shared/rawvalue.h>
#include <procession/shared/synchronized.h>

namespace procession {

/// A value in shared memory with a lock.
///
/// \code
/// Value<int> counter(7);
/// Process process(&count, counter);           // the child gets handles of the same value and the same lock
/// {
///     const std::scoped_lock guard(counter.lock());
///     counter.setValue(counter.value() + 1);  // two steps, so they need the lock around both
/// }
/// \endcode
///
/// value() and setValue() acquire the lock, so that no half of a change is seen. The lock is an RLock of its own unless one is given;
/// a Lock that this thread has already would wait for itself. T as for RawValue. `Value<>` has a typecode: see dynamicvalue.h.
///
/// A pair of handles (see SharedObject). From any thread and process. (Reference: Value)
template <typename T = QVariant>
class Value : public Synchronized<RawValue<T>>
{
    using Base = Synchronized<RawValue<T>>;

public:
    /// With an RLock of its own.
    /// \param arguments  as for RawValue; a RawValue itself is not copied
    /// \throws SharedMemoryError, SystemError
    template <typename... Arguments>
    requires std::is_constructible_v<RawValue<T>, Arguments...>
    explicit Value(Arguments &&...arguments) : Base(RawValue<T>(std::forward<Arguments>(arguments)...), AnyLock()) { }
    /// With a lock that is there.
    /// \throws SharedMemoryError, SystemError
    template <LockHandle AnyOfThem, typename... Arguments>
    requires std::is_constructible_v<RawValue<T>, Arguments...>
    explicit Value(const AnyOfThem &lock, Arguments &&...arguments)
        : Base(RawValue<T>(std::forward<Arguments>(arguments)...), lock)
    {
    }
    Value(RawValue<T> object, AnyLock lock) : Base(std::move(object), std::move(lock)) { }

    T value() const
    {
        return this->guarded([](const RawValue<T> &raw) { return raw.value(); });
    }
    void setValue(const T &value) const
    {
        this->guarded([&](const RawValue<T> &raw) { raw.setValue(value); });
    }
    operator T() const { return value(); } // NOLINT(google-explicit-constructor): it stands for its value
};

template <typename T>
struct Codec<Value<T>> : detail::SynchronizedCodec<Value<T>, RawValue<T>>
{
};

/// Gives a raw value a lock: a new RLock unless one is given. (Reference: synchronized)
template <typename T>
Value<T> synchronized(RawValue<T> raw, AnyLock lock = AnyLock())
{
    return Value<T>(std::move(raw), std::move(lock));
}

} // namespace procession
