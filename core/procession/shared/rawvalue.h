// SPDX-License-Identifier: MIT
#pragma once

#include <procession/shared/data/shareddata.h>

#include <QtCore/QVariant>

#include <atomic>
#include <memory>

namespace procession {

/// A value in shared memory, without a lock.
///
/// \code
/// struct Point { double x; double y; };
/// void move(const RawValue<Point> &point);
///
/// RawValue<double> ratio(2.4);
/// RawValue<Point> point(4, 6);
/// Process process(&move, point);              // the child gets a handle of the same
/// point.object().x = 5;
/// \endcode
///
/// T is a number, an enum, or a trivially copyable struct of them (see Shareable). Without arguments it is zero.
/// Numbers and enums of up to eight bytes are written and read at once; of others, a reader may see one half before and one after a
/// change, and x.setValue(x.value() + 1) is two steps in any case: Value has a lock.
///
/// A handle (see SharedObject). From any thread and process. (Reference: RawValue)
template <typename T = QVariant>
class RawValue : public SharedData
{
    static_assert(Shareable<T>,
        "only what means the same in every process can lie in shared memory: numbers, enums, and trivially copyable structs of "
        "them "
        "without QDataStream operators; for a class with private members or constructors, of which no byte is part of an "
        "address, "
        "specialise procession::sentAsBytes as true");

public:
    static constexpr KindOf<RawValue> Kind{ObjectKind::Value};

    /// \param arguments  for the constructor of T, or its members
    /// \throws SharedMemoryError, SystemError
    template <typename... Arguments>
    requires(std::is_constructible_v<T, Arguments...> || requires(Arguments... arguments) { T{arguments...}; })
        && (!SharedHandle<Arguments> && ...) explicit RawValue(Arguments &&...arguments) : SharedData(Kind, elementType<T>(), 1)
    {
        if constexpr (std::is_constructible_v<T, Arguments...>)
            ::new (data()) T(std::forward<Arguments>(arguments)...);
        else
            ::new (data()) T{std::forward<Arguments>(arguments)...};
    }
    explicit RawValue(ReceivedObject received) : SharedData(std::move(received), elementType<T>()) { }

    T value() const
    {
        if constexpr (IsAtomic)
            return std::atomic_ref<T>(object()).load(std::memory_order_acquire);
        else
            return object();
    }
    void setValue(const T &value) const
    {
        if constexpr (IsAtomic)
            std::atomic_ref<T>(object()).store(value, std::memory_order_release);
        else
            object() = value;
    }
    operator T() const { return value(); } // NOLINT(google-explicit-constructor): it stands for its value

    /// Itself, where it lies. Good for as long as this handle or a copy of it.
    T &object() const { return *elements<T>(); }

private:
    static constexpr bool IsAtomic = [] {
        if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
            return std::atomic_ref<T>::is_always_lock_free;
        else
            return false;
    }();
};

/// A new one with the same value. (Reference: copy)
template <typename T>
RawValue<T> copy(const RawValue<T> &from)
{
    return RawValue<T>(from.value());
}

} // namespace procession
