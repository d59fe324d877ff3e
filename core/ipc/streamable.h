// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDataStream>

#include <concepts>
#include <type_traits>

namespace procession {

namespace detail::exactoperators {

struct None
{
};
// The compiler takes these before an operator of a base class or one behind a conversion, and after any operator of exactly the type.
template <typename T>
None operator<<(QDataStream &stream, const volatile T &value);
template <typename T>
None operator>>(QDataStream &stream, const volatile T &value);

template <typename T>
concept HasBoth = requires(QDataStream &stream, const T &from, T &to)
{
    {
        stream << from
        } -> std::convertible_to<QDataStream &>;
    {
        stream >> to
        } -> std::convertible_to<QDataStream &>;
};

} // namespace detail::exactoperators

/// Whether a class has QDataStream operators of its own and can be made before it is read. Operators of a base class, or of a type that
/// it turns into, do not count: they would leave out what it has beyond that.
template <typename T>
concept Streamable = std::is_class_v<T> && std::default_initializable<T> && std::movable<T> && detail::exactoperators::HasBoth<T>;

} // namespace procession
