// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDataStream>
#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QSet>

#include <concepts>
#include <type_traits>
#include <utility>

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

/// Qt has operators for its containers, which take whatever operators their elements have. Their own Codecs look closer.
template <typename T>
inline constexpr bool isStreamedByElements = false;
template <typename T>
inline constexpr bool isStreamedByElements<QList<T>> = true;
template <typename T>
inline constexpr bool isStreamedByElements<QSet<T>> = true;
template <typename Key, typename T>
inline constexpr bool isStreamedByElements<QMap<Key, T>> = true;
template <typename Key, typename T>
inline constexpr bool isStreamedByElements<QMultiMap<Key, T>> = true;
template <typename Key, typename T>
inline constexpr bool isStreamedByElements<QHash<Key, T>> = true;
template <typename Key, typename T>
inline constexpr bool isStreamedByElements<QMultiHash<Key, T>> = true;
template <typename First, typename Second>
inline constexpr bool isStreamedByElements<std::pair<First, Second>> = true;

/// Whether a class has QDataStream operators of its own and can be made before it is read. Operators of a base class, or of a type that
/// it turns into, do not count: they would leave out what it has beyond that.
template <typename T>
concept Streamable = std::is_class_v<T> && std::default_initializable<T> && std::movable<T> && !isStreamedByElements<
                         T> && detail::exactoperators::HasBoth<T>;

} // namespace procession
