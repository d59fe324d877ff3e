// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/tasks/copyable.h>
#include <procession/process/functions/text.h>

#include <QtCore/qglobal.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <ranges>
#include <tuple>
#include <utility>
#include <vector>

namespace procession {

/// \file
/// Sources of the arguments of a Submission's calls. Each of them has
/// - `Arguments`, the tuple that a worker receives,
/// - `size()`, the number of calls so far,
/// - `visit(index, function)`, which calls a function with references to the arguments of one call.

/// A single call.
template <typename... Stored>
class OneCall
{
public:
    using Arguments = std::tuple<Stored...>;

    template <typename... Given>
    explicit OneCall(std::in_place_t, Given &&...given) : m_arguments(std::forward<Given>(given)...)
    {
    }

    quint64 size() const { return 1; }
    template <typename Visitor>
    decltype(auto) visit(quint64, Visitor visitor)
    {
        return std::apply(visitor, m_arguments);
    }

private:
    Arguments m_arguments;
};

namespace detail {

template <typename T>
inline constexpr bool IsTuple = false;
template <typename... Parts>
inline constexpr bool IsTuple<std::tuple<Parts...>> = true;
template <typename First, typename Second>
inline constexpr bool IsTuple<std::pair<First, Second>> = true;

template <typename T>
struct AsTuple;
template <typename... Parts>
struct AsTuple<std::tuple<Parts...>>
{
    using Type = std::tuple<StoredArgument<Parts>...>;
};
template <typename First, typename Second>
struct AsTuple<std::pair<First, Second>>
{
    using Type = std::tuple<StoredArgument<First>, StoredArgument<Second>>;
};

} // namespace detail

namespace detail {

/// Reads elements through a const reference, so that containers with shared data, such as QList, do
/// not detach. A call in a thread moves an element that cannot be copied, if the batch owns the range.
template <typename Kept>
decltype(auto) elementAt(std::remove_reference_t<Kept> &range, quint64 index)
{
    using Range = std::remove_reference_t<Kept>;
    constexpr bool mayBeMoved = !std::is_reference_v<Kept> && !isCopyable<std::ranges::range_value_t<Range>>;
    if constexpr (!mayBeMoved && std::ranges::random_access_range<const Range>)
        return std::ranges::begin(std::as_const(range))[static_cast<std::ranges::range_difference_t<const Range>>(index)];
    else
        return std::ranges::begin(range)[static_cast<std::ranges::range_difference_t<Range>>(index)];
}

} // namespace detail

/// A call for each element of a range. The element is the argument; with `Unpacked` it is a tuple or
/// a pair of arguments.
/// \tparam Range  random access; a reference when it outlives the batch
template <typename Range, bool Unpacked = false>
class RangeItems
{
public:
    using Element = std::decay_t<std::ranges::range_reference_t<Range>>;
    static_assert(!Unpacked || detail::IsTuple<Element>, "starmap() takes a range of tuples or pairs");

    template <bool IsUnpacked, typename T>
    struct ArgumentsOf
    {
        using Type = std::tuple<StoredArgument<T>>;
    };
    template <typename T>
    struct ArgumentsOf<true, T> : detail::AsTuple<T>
    {
    };
    using Arguments = typename ArgumentsOf<Unpacked, Element>::Type;

    explicit RangeItems(Range &&range) : m_range(std::forward<Range>(range)) { }

    quint64 size() const { return static_cast<quint64>(std::ranges::size(m_range)); }
    template <typename Visitor>
    decltype(auto) visit(quint64 index, Visitor visitor)
    {
        auto &&element = detail::elementAt<Range>(m_range, index);
        if constexpr (Unpacked)
            return std::apply(visitor, std::forward<decltype(element)>(element));
        else
            return visitor(std::forward<decltype(element)>(element));
    }

private:
    Range m_range;
};

/// A call for each index of several ranges, as far as the shortest reaches.
template <typename... Ranges>
class ZippedItems
{
public:
    using Arguments = std::tuple<StoredArgument<std::ranges::range_reference_t<Ranges>>...>;

    explicit ZippedItems(Ranges &&...ranges) : m_ranges(std::forward<Ranges>(ranges)...) { }

    quint64 size() const
    {
        return std::apply(
            [](const auto &...range) { return std::min({static_cast<quint64>(std::ranges::size(range))...}); }, m_ranges);
    }
    template <typename Visitor>
    decltype(auto) visit(quint64 index, Visitor visitor)
    {
        return std::apply(
            [&](auto &...range) -> decltype(auto) { return visitor(detail::elementAt<Ranges>(range, index)...); }, m_ranges);
    }

private:
    std::tuple<Ranges...> m_ranges;
};

/// Calls that are added over time. Those that were handed out are freed.
template <typename Stored>
class StreamedItems
{
public:
    using Arguments = Stored;
    static constexpr bool MayGrow = true;

    quint64 size() const { return m_first + m_arguments.size(); }
    void push(Arguments &&arguments) { m_arguments.push_back(std::move(arguments)); }
    /// To be called in ascending order of `index`.
    template <typename Visitor>
    decltype(auto) visit(quint64 index, Visitor visitor)
    {
        while (m_first < index) {
            m_arguments.pop_front();
            ++m_first;
        }
        return std::apply(visitor, m_arguments.front());
    }

private:
    std::deque<Arguments> m_arguments;
    quint64 m_first = 0; ///< the index of the first call that is kept
};

namespace detail {

template <typename Range>
inline constexpr bool IsIota = false;
template <typename First, typename Last>
inline constexpr bool IsIota<std::ranges::iota_view<First, Last>> = true;

} // namespace detail

/// Whether any thread can read the elements of a range at any time. Not so for elements computed on
/// reading, as by std::views::transform: that calls the program's functions, which may throw, take
/// long, or use the pool.
template <typename Range>
inline constexpr bool IsReadInPlace
    = std::ranges::random_access_range<Range> &&std::ranges::sized_range<
          Range> && (std::is_reference_v<std::ranges::range_reference_t<Range>> || detail::IsIota<std::decay_t<Range>>);

/// How a range is stored until its elements are needed: itself, or a list of its elements.
template <typename Range>
auto keptRange(Range &&range)
{
    static_assert(!std::is_lvalue_reference_v<Range> || isCopyable<std::ranges::range_value_t<Range>>,
        "the range is kept until its elements are handed out: std::move() one whose elements cannot be copied");
    if constexpr (IsReadInPlace<Range>) {
        return std::decay_t<Range>(std::forward<Range>(range));
    } else {
        using Element = std::decay_t<std::ranges::range_reference_t<Range>>;
        std::vector<Element> elements;
        if constexpr (std::ranges::sized_range<Range>)
            elements.reserve(static_cast<std::size_t>(std::ranges::size(range)));
        for (auto &&element : range)
            elements.push_back(std::forward<decltype(element)>(element));
        return elements;
    }
}

} // namespace procession
