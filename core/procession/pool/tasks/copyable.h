// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codecaggregate.h>

#include <optional>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace procession {

namespace detail {

/// The types that copying a T copies: the standard library's containers claim to be copyable
/// whatever they contain.
template <typename T>
struct CopiedParts : PartsOf<std::conditional_t<WrittenByMembers<T>, T, void>>
{
};
template <std::ranges::range T>
struct CopiedParts<T>
{
    using Type = MemberList<std::ranges::range_value_t<T>>;
};
template <typename First, typename Second>
struct CopiedParts<std::pair<First, Second>>
{
    using Type = MemberList<First, Second>;
};
template <typename... Parts>
struct CopiedParts<std::tuple<Parts...>>
{
    using Type = MemberList<Parts...>;
};
template <typename... Parts>
struct CopiedParts<std::variant<Parts...>>
{
    using Type = MemberList<Parts...>;
};
template <typename T>
struct CopiedParts<std::optional<T>>
{
    using Type = MemberList<T>;
};

template <typename T, typename... Seen>
constexpr bool canBeCopied()
{
    if constexpr ((std::is_same_v<T, Seen> || ...))
        return true;
    else if constexpr (!std::is_copy_constructible_v<T>)
        return false;
    else
        return []<typename... Parts>(MemberList<Parts...> *) { return (canBeCopied<Bare<Parts>, Seen..., T>() && ...); }(
                   static_cast<typename CopiedParts<T>::Type *>(nullptr));
}

} // namespace detail

/// Whether a T and everything in it can be copied.
template <typename T>
inline constexpr bool isCopyable = detail::canBeCopied<T>();

} // namespace procession
