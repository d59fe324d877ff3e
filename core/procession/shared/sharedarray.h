// SPDX-License-Identifier: MIT
#pragma once

#include <procession/shared/rawarray.h>
#include <procession/shared/synchronized.h>

namespace procession {

/// An array in shared memory with a lock.
///
/// \code
/// Array<int> numbers{9, 2, 8};
/// numbers.set(0, 10);                         // each call has the lock for as long as it lasts
/// {
///     const std::scoped_lock guard(numbers.lock());
///     for (int &number : numbers.object())    // in place
///         number = -number;
/// }
/// \endcode
///
/// The lock is an RLock of its own unless one is given. T as for RawValue. `Array<>` has a typecode: see dynamicarray.h.
///
/// A pair of handles (see SharedObject). From any thread and process. (Reference: Array)
template <typename T = QVariant>
class Array : public Synchronized<RawArray<T>>
{
    using Base = Synchronized<RawArray<T>>;
    using Raw = RawArray<T>;

public:
    /// With an RLock of its own.
    /// \param arguments  as for RawArray: a size, values, a string; a RawArray itself is not copied
    /// \throws SharedMemoryError, SystemError
    template <typename... Arguments>
    requires std::is_constructible_v<RawArray<T>, Arguments...>
    explicit Array(Arguments &&...arguments) : Base(Raw(std::forward<Arguments>(arguments)...), AnyLock()) { }
    Array(std::initializer_list<T> values) : Base(Raw(values), AnyLock()) { }
    /// With a lock that is there.
    /// \throws SharedMemoryError, SystemError
    template <LockHandle AnyOfThem, typename... Arguments>
    requires std::is_constructible_v<RawArray<T>, Arguments...>
    explicit Array(const AnyOfThem &lock, Arguments &&...arguments) : Base(Raw(std::forward<Arguments>(arguments)...), lock) { }
    template <LockHandle AnyOfThem>
    Array(const AnyOfThem &lock, std::initializer_list<T> values) : Base(Raw(values), lock)
    {
    }
    Array(RawArray<T> object, AnyLock lock) : Base(std::move(object), std::move(lock)) { }

    std::size_t size() const { return this->object().size(); }
    bool isEmpty() const { return size() == 0; }

    /// \throws IndexError when there is no such element
    T at(std::size_t index) const
    {
        return this->guarded([&](const Raw &raw) { return T(raw.at(index)); });
    }
    T operator[](std::size_t index) const { return at(index); }
    /// \throws IndexError when there is no such element
    void set(std::size_t index, const T &value) const
    {
        this->guarded([&](const Raw &raw) { raw.set(index, value); });
    }

    /// A copy of all elements at one moment.
    auto values() const
    {
        return this->guarded([](const Raw &raw) { return raw.values(); });
    }
    /// Replaces all elements. \throws ValueError when there are more or less than size()
    template <typename Range>
    void setValues(Range &&values) const
    {
        this->guarded([&](const Raw &raw) { raw.setValues(std::forward<Range>(values)); });
    }

    /// As RawArray::value().
    QByteArray value() const requires requires(const Raw &raw) { raw.value(); }
    {
        return this->guarded([](const Raw &raw) { return raw.value(); });
    }
    /// As RawArray::setValue().
    void setValue(QByteArrayView text) const requires requires(const Raw &raw) { raw.setValue(QByteArrayView()); }
    {
        this->guarded([&](const Raw &raw) { raw.setValue(text); });
    }
    /// As RawArray::raw().
    QByteArray raw() const requires requires(const Raw &raw) { raw.raw(); }
    {
        return this->guarded([](const Raw &raw) { return raw.raw(); });
    }
    /// As RawArray::setRaw().
    void setRaw(QByteArrayView bytes) const requires requires(const Raw &raw) { raw.setRaw(QByteArrayView()); }
    {
        this->guarded([&](const Raw &raw) { raw.setRaw(bytes); });
    }
};

template <typename T>
struct Codec<Array<T>> : detail::SynchronizedCodec<Array<T>, RawArray<T>>
{
};

/// Gives a raw array a lock: a new RLock unless one is given. (Reference: synchronized)
template <typename T>
Array<T> synchronized(RawArray<T> raw, AnyLock lock = AnyLock())
{
    return Array<T>(std::move(raw), std::move(lock));
}

} // namespace procession
