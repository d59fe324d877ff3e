// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/functioncodec.h>

#include <concepts>
#include <type_traits>

namespace procession {

namespace detail {

template <typename F>
inline constexpr bool IsVariadicType = false;
template <typename R, typename... P>
inline constexpr bool IsVariadicType<R(P..., ...)> = true;
template <typename R, typename... P>
inline constexpr bool IsVariadicType<R(P..., ...) noexcept> = true;
template <typename R, typename... P>
inline constexpr bool IsVariadicType<R(P..., ...) const> = true;
template <typename R, typename... P>
inline constexpr bool IsVariadicType<R(P..., ...) const noexcept> = true;
template <typename R, typename... P>
inline constexpr bool IsVariadicType<R(P..., ...) &> = true;
template <typename R, typename... P>
inline constexpr bool IsVariadicType<R(P..., ...) const &> = true;
template <typename R, typename... P>
inline constexpr bool IsVariadicType<R(P..., ...) &noexcept> = true;
template <typename R, typename... P>
inline constexpr bool IsVariadicType<R(P..., ...) const &noexcept> = true;
template <typename M, typename C>
inline constexpr bool IsVariadicType<M C::*> = IsVariadicType<M>;

/// A function object with exactly one call operator, which is not a template.
template <typename F>
concept HasOneCall = requires
{
    &F::operator();
};

template <typename F>
consteval bool isVariadic()
{
    if constexpr (HasOneCall<F>)
        return IsVariadicType<decltype(&F::operator())>;
    else
        return IsVariadicType<std::remove_pointer_t<F>>;
}

} // namespace detail

/// Accepts a call that compiles, and everything that is clearly meant as a function or made by
/// bind(): for the latter, checkCall() explains why it cannot be called with arguments stored as
/// `Stored`.
template <typename Function, typename... Stored>
concept CalledWith = std::invocable<Function &, Stored...> || FunctionPointer<Function> || std::is_member_pointer_v<
    Function> || detail::HasOneCall<Function> || requires(const Function &function)
{
    function.boundFunction();
};

/// Refuses, at compile time, a function that cannot be called with its own copies of the arguments,
/// and states the reason.
/// \returns whether the call is possible, so that callers can avoid a second compiler error
template <typename Function, typename... Stored>
consteval bool checkCall()
{
    constexpr bool isVariadic = detail::isVariadic<Function>();
    static_assert(!isVariadic,
        "a function with variable arguments (...), as std::printf, cannot be called in another process, since nothing says of "
        "what types its arguments are: call it in a lambda without captures, whose parameters have types");
    constexpr bool canBeKept = (std::is_move_constructible_v<Stored> && ...);
    static_assert(canBeKept,
        "an argument can be neither copied nor moved, as a std::atomic or a std::mutex: give its value, or share it by a "
        "SharedValue, a Lock or another handle");
    constexpr bool isCallable = std::invocable<Function &, Stored...>;
    if constexpr (!isVariadic && canBeKept && !isCallable) {
        constexpr bool wantsReferences = std::invocable<Function &, Stored &...>;
        static_assert(!wantsReferences,
            "the function takes an argument by non-const reference (as Queue<int> &), but it is called with copies, so that "
            "nobody would see what it changes: take it by value or by const reference (a copy of a Queue, a Lock or another "
            "handle is of the same object), and return what is to come back");
        static_assert(wantsReferences,
            "the function does not take what it is given: compare the number and the types of its parameters with the "
            "arguments, or with the elements of the range; a member function takes its object first, and what bind() binds is "
            "given by const reference");
    }
    return !isVariadic && canBeKept && isCallable;
}

} // namespace procession
