// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDataStream>
#include <QtCore/QDate>
#include <QtCore/QFlags>
#include <QtCore/QLine>
#include <QtCore/QRect>
#include <QtCore/QTime>
#include <QtCore/QUuid>

#include <concepts>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>
#include <variant>

class QMetaEnum;
class QMetaMethod;
class QMetaProperty;
class QMetaType;
class QModelIndex;

namespace procession {

/// Whether a class has QDataStream operators and can be made before it is read.
template <typename T>
concept Streamable = std::is_class_v<T> && std::default_initializable<T> && std::movable<T> && requires(
    QDataStream &stream, const T &from, T &to)
{
    {
        stream << from
        } -> std::convertible_to<QDataStream &>;
    {
        stream >> to
        } -> std::convertible_to<QDataStream &>;
};

namespace detail {

template <typename T>
struct AnythingBut
{
    template <typename U>
    requires(!std::same_as<std::remove_cvref_t<U>, T>) operator U() const; // NOLINT
};
struct AnyPointer
{
    template <typename P>
    operator P *() const; // NOLINT
};
template <typename T, std::size_t>
using AnythingAt = AnythingBut<T>;

template <typename T, std::size_t... Before>
constexpr bool hasPointerAt(std::index_sequence<Before...>)
{
    return requires { T{AnythingAt<T, Before>{}..., AnyPointer{}}; };
}
/// Whether one of the first members of a simple struct is a pointer. Structs with private members keep their secret.
template <typename T, std::size_t... At>
constexpr bool hasPointerMember(std::index_sequence<At...>)
{
    if constexpr (std::is_aggregate_v<T>)
        return (hasPointerAt<T>(std::make_index_sequence<At>()) || ...);
    else
        return false;
}

/// Views, iterators, observers: small classes whose bytes mean something in one process only.
template <typename T>
concept RefersElsewhere = std::ranges::range<T> || std::input_or_output_iterator<T> || requires(const T &value)
{
    *value;
};

template <typename T>
inline constexpr bool isOfPointers = false;
template <template <typename...> typename Template, typename... Parts>
inline constexpr bool isOfPointers<Template<Parts...>> = (std::is_pointer_v<Parts> || ...);

template <typename T>
constexpr bool isPlainClass()
{
    if constexpr (
        !std::is_class_v<
            T> || !std::is_trivially_copyable_v<T> || !std::default_initializable<T> || !std::is_copy_assignable_v<T> || Streamable<T> || RefersElsewhere<T> || isOfPointers<T>)
        return false;
    else
        return !hasPointerMember<T>(std::make_index_sequence<16>());
}

} // namespace detail

/// Whether a T travels as the bytes it has in memory. True for numbers, enums and classes that are trivially copyable,
/// have a default constructor, no QDataStream operators, and do not look as if they held an address.
/// Specialise it as true for such a class that should travel so nevertheless.
template <typename T>
inline constexpr bool sentAsBytes = std::is_arithmetic_v<T> || std::is_enum_v<T> || detail::isPlainClass<T>();

// Has a Codec when all of its types have.
template <typename... Choices>
inline constexpr bool sentAsBytes<std::variant<Choices...>> = false;
template <>
inline constexpr bool sentAsBytes<QModelIndex> = false;
template <>
inline constexpr bool sentAsBytes<QMetaType> = false;
template <>
inline constexpr bool sentAsBytes<QMetaEnum> = false;
template <>
inline constexpr bool sentAsBytes<QMetaMethod> = false;
template <>
inline constexpr bool sentAsBytes<QMetaProperty> = false;
// These have operators, which would only be slower.
template <typename E>
inline constexpr bool sentAsBytes<QFlags<E>> = true;
template <>
inline constexpr bool sentAsBytes<QChar> = true;
template <>
inline constexpr bool sentAsBytes<QPoint> = true;
template <>
inline constexpr bool sentAsBytes<QPointF> = true;
template <>
inline constexpr bool sentAsBytes<QSize> = true;
template <>
inline constexpr bool sentAsBytes<QSizeF> = true;
template <>
inline constexpr bool sentAsBytes<QRect> = true;
template <>
inline constexpr bool sentAsBytes<QRectF> = true;
template <>
inline constexpr bool sentAsBytes<QLine> = true;
template <>
inline constexpr bool sentAsBytes<QLineF> = true;
template <>
inline constexpr bool sentAsBytes<QDate> = true;
template <>
inline constexpr bool sentAsBytes<QTime> = true;
template <>
inline constexpr bool sentAsBytes<QUuid> = true;

template <typename T>
concept SentAsBytes = sentAsBytes<T>;
/// Many of them, side by side, are copied at once. A bool is looked at: not every byte is one.
template <typename T>
concept SentInBulk = sentAsBytes<T> && !std::same_as<T, bool>;

} // namespace procession
