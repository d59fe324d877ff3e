// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/aggregatemembers.h>
#include <procession/ipc/wire/streamable.h>

#include <QtCore/QDate>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFlags>
#include <QtCore/QLine>
#include <QtCore/QRect>
#include <QtCore/QTime>
#include <QtCore/QUuid>

#include <array>
#include <bitset>
#include <chrono>
#include <complex>
#include <concepts>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>
#include <variant>

namespace procession {

namespace detail {

/// Views, iterators, observers: small classes whose bytes are valid in one process only.
template <typename T>
concept RefersElsewhere = std::ranges::range<T> || std::input_or_output_iterator<T> || requires(const T &value)
{
    *value;
};

template <typename T>
constexpr bool isPlain();

} // namespace detail

/// Whether a T is sent as its bytes in memory. True for numbers, enums, and structs that are
/// trivially copyable and consist, at any depth, only of such types and arrays of them. This is
/// computed from the members, so it is false for types whose members cannot be seen: classes with
/// private members or constructors, unions, and structs of more than 64 members. Specialise it as
/// true for such a class if no byte of it is part of an address:
///
/// \code
/// template <>
/// inline constexpr bool procession::sentAsBytes<Money> = true; // before its first use
/// \endcode
///
/// Never true by default for types with QDataStream operators, which may write more.
template <typename T>
inline constexpr bool sentAsBytes = detail::isPlain<T>();

namespace detail {

/// Whether a type may be a member of a struct that travels as bytes.
template <typename M>
inline constexpr bool isPlainMember = !std::is_reference_v<M> && sentAsBytes<std::remove_cv_t<M>>;
template <typename M, std::size_t Size>
inline constexpr bool isPlainMember<M[Size]> = isPlainMember<M>;
template <typename M, std::size_t Size>
inline constexpr bool isPlainMember<std::array<M, Size>> = isPlainMember<M>;

template <typename... Members>
constexpr bool arePlain(MemberList<Members...>)
{
    return (isPlainMember<Members> && ...);
}

/// Converts to any type that is not sent as bytes.
template <typename T>
struct UnsafeProbe
{
    template <typename U>
    requires(!std::same_as<U, T> && !isPlainMember<U>) operator U() const; // NOLINT
};

template <typename T>
constexpr bool isPlain()
{
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
        return true;
    else if constexpr (!std::is_class_v<T>)
        return false;
    else if constexpr (!std::is_trivially_copyable_v<T> || !std::default_initializable<T> || !std::is_copy_assignable_v<T>)
        return false;
    else if constexpr (Streamable<T> || RefersElsewhere<T>)
        return false;
    else if constexpr (std::is_empty_v<T>)
        return true;
    else if constexpr (sight<T> == Sight::Members)
        return arePlain(MembersOf<T>());
    else if constexpr (sight<T> == Sight::Elements)
        return !anyTakes<T, UnsafeProbe<T>>(std::make_integer_sequence<int, elementCount<T>()>());
    else
        return false;
}

} // namespace detail

// Their members are private, and numbers.
template <typename Number, typename Unit>
inline constexpr bool sentAsBytes<std::chrono::duration<Number, Unit>> = sentAsBytes<Number>;
template <typename Clock, typename Duration>
inline constexpr bool sentAsBytes<std::chrono::time_point<Clock, Duration>> = sentAsBytes<Duration>;
template <typename Number>
inline constexpr bool sentAsBytes<std::complex<Number>> = sentAsBytes<Number>;
template <std::size_t Size>
inline constexpr bool sentAsBytes<std::bitset<Size>> = true;
template <>
inline constexpr bool sentAsBytes<std::chrono::day> = true;
template <>
inline constexpr bool sentAsBytes<std::chrono::month> = true;
template <>
inline constexpr bool sentAsBytes<std::chrono::year> = true;
template <>
inline constexpr bool sentAsBytes<std::chrono::weekday> = true;
template <>
inline constexpr bool sentAsBytes<std::chrono::year_month_day> = true;
template <>
inline constexpr bool sentAsBytes<QDeadlineTimer> = true; // of a clock that all processes share
template <>
inline constexpr bool sentAsBytes<QElapsedTimer> = true;
template <>
inline constexpr bool sentAsBytes<QKeyCombination> = true;
template <>
inline constexpr bool sentAsBytes<QLatin1Char> = true;

// Has a Codec if all of its types have.
template <typename... Choices>
inline constexpr bool sentAsBytes<std::variant<Choices...>> = false;
// These have operators, which would be slower.
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
/// Contiguous values of such a type are copied at once. Not bool, whose bytes must be checked: not
/// every byte is one.
template <typename T>
concept SentInBulk = sentAsBytes<T> && !std::same_as<T, bool>;

} // namespace procession
