// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/aggregateelements.h>

#include <concepts>
#include <tuple>

namespace procession::detail {

/// A struct without constructors and private members that can be default-constructed and is not
/// empty.
template <typename T>
concept NonEmptyAggregate = std::is_class_v<T> && std::is_aggregate_v<T> && !std::is_empty_v<T> && requires
{
    T{};
};

template <typename U, typename T>
concept ProperBaseOf = std::is_class_v<U> && !std::same_as<T, U> && std::is_base_of_v<U, T>;

// Types that an element of T can be made from. Each converts to one kind of type only; NoProbe to
// none.
template <typename T>
struct BaseProbe
{
    template <ProperBaseOf<T> U>
    operator U() const; // NOLINT
};
template <typename T>
struct FilledBaseProbe
{
    template <ProperBaseOf<T> U>
    requires(!std::is_empty_v<U>) operator U() const; // NOLINT
};
struct UnionProbe
{
    template <typename U>
    requires(std::is_union_v<U>) operator U() const; // NOLINT
};
struct NoProbe
{
};

/// Number of elements of an aggregate, which are its bases and its members; MaximumMembers + 1 if
/// there are more than can be seen.
template <typename T, int Count = 0>
constexpr int elementCount()
{
    if constexpr (!Elements<T, Count + 1>::areThere)
        return Count;
    else if constexpr (Count == MaximumMembers)
        return MaximumMembers + 1;
    else
        return elementCount<T, Count + 1>();
}

/// Number of bases among the elements, which come first.
template <typename T, int Count, int Index = 0>
constexpr int baseCount()
{
    if constexpr (Index == Count)
        return Index;
    else if constexpr (!Elements<T, Index>::template nextTakes<BaseProbe<T>>)
        return Index;
    else
        return baseCount<T, Count, Index + 1>();
}

/// Whether one of these elements can be made from a Probe.
template <typename T, typename Probe, int... Before>
constexpr bool anyTakes(std::integer_sequence<int, Before...>)
{
    return (Elements<T, Before>::template nextTakes<Probe> || ...);
}

/// What can be seen of a type from outside.
enum class Sight : quint8 {
    Members, ///< each with its type
    Elements, ///< bases with members, and own members: the language does not reveal the types
    TooMany, ///< more members than MaximumMembers
    Hidden, ///< no aggregate: it has a constructor, private members, …
    Choice, ///< it contains a union, or a class that can be made from anything
};

template <typename T>
constexpr Sight sightOf()
{
    if constexpr (!NonEmptyAggregate<T>) {
        return Sight::Hidden;
    } else if constexpr (requires { sizeof(std::tuple_size<T>); }) { // its bindings are not its members
        return Sight::Hidden;
    } else {
        constexpr int Count = elementCount<T>();
        if constexpr (Count > MaximumMembers) {
            return Sight::TooMany;
        } else {
            using All = std::make_integer_sequence<int, Count>;
            using Bases = std::make_integer_sequence<int, baseCount<T, Count>()>;
            if constexpr (anyTakes<T, NoProbe>(All()) || anyTakes<T, UnionProbe>(All()))
                return Sight::Choice;
            else
                return anyTakes<T, FilledBaseProbe<T>>(Bases()) ? Sight::Elements : Sight::Members;
        }
    }
}

template <typename T>
inline constexpr Sight sight = sightOf<T>();

template <typename T>
concept HasVisibleMembers = sight<T>
== Sight::Members;

/// Number of members.
template <HasVisibleMembers T>
inline constexpr int memberCount = elementCount<T>() - baseCount<T, elementCount<T>()>();

/// A MemberList of the declared types of the members.
template <HasVisibleMembers T>
using MembersOf = decltype(Elements<T, memberCount<T>>::types(std::declval<T &>()));

/// Calls a function with all members. \pre it has no bit-fields, unless `Value` is const
template <typename Value, typename Function>
void visitMembers(Value &value, Function function)
{
    Elements<std::remove_const_t<Value>, memberCount<std::remove_const_t<Value>>>::visit(value, function);
}

} // namespace procession::detail
