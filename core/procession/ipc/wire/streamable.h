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
// The compiler prefers these to an operator of a base class or behind a conversion, and any
// operator of exactly the type to these.
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

/// Qt's operators for its containers accept any operators of the elements. Their own Codecs are
/// stricter.
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

/// Whether a class has QDataStream operators of its own and a default constructor. Operators of a
/// base class, or of a type that it converts to, do not count: they would leave out the additions
/// of the class.
template <typename T>
concept Streamable = std::is_class_v<T> && std::default_initializable<T> && std::movable<T> && !isStreamedByElements<
                         T> && detail::exactoperators::HasBoth<T>;

} // namespace procession
