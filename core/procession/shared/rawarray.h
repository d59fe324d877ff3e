// SPDX-License-Identifier: MIT
#pragma once

#include <procession/shared/data/charelements.h>
#include <procession/shared/data/shareddata.h>
#include <procession/shared/data/valueerror.h>

#include <QtCore/QVariant>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <ranges>
#include <span>
#include <vector>

namespace procession {

namespace detail {

[[noreturn]] void failLength(std::size_t given, std::size_t size);

/// A range of values to make an array of.
template <typename Range, typename T>
concept ElementRange
    = std::ranges::input_range<Range> && std::convertible_to<std::ranges::range_reference_t<Range>, T> && !SharedHandle<Range>;

} // namespace detail

/// An array in shared memory, without a lock.
///
/// \code
/// RawArray<double> zeros(1000);
/// RawArray<int> numbers{9, 2, 8};
/// RawArray<char> text("hello world");         // 11 characters
/// std::ranges::sort(numbers);                 // in place: it is a contiguous range
/// show(numbers.span());
/// \endcode
///
/// T as for RawValue. The length is fixed and may be 0. Nothing is copied on access, and nothing guards it: Array has a lock.
///
/// A handle (see SharedObject), by which a child can return an array of any size without a copy: the memory stays when the child ends.
/// From any thread and process. (Reference: RawArray)
template <typename T = QVariant>
class RawArray : public SharedData
{
    static_assert(Shareable<T>,
        "only what means the same in every process can lie in shared memory: numbers, enums, and trivially copyable structs of "
        "them "
        "without QDataStream operators; for a class with private members or constructors, of which no byte is part of an "
        "address, "
        "specialise procession::sentAsBytes as true");

public:
    static constexpr KindOf<RawArray> Kind{ObjectKind::Array};
    using value_type = T;
    using iterator = T *;

    /// \param size  elements, which are zero
    /// \throws SharedMemoryError, SystemError
    explicit RawArray(std::size_t size) : SharedData(Kind, elementType<T>(), size)
    {
        if constexpr (!std::is_trivially_default_constructible_v<T>)
            std::uninitialized_value_construct_n(static_cast<T *>(data()), size);
    }
    /// Uninitialised elements, for a caller that writes them all at once: zeroing takes as long as the writing.
    static RawArray uninitialized(std::size_t size) { return RawArray(size, Fill::Anything); }
    RawArray(std::initializer_list<T> values) : RawArray(std::span<const T>(values)) { }
    template <detail::ElementRange<T> Range>
    // NOLINTNEXTLINE(bugprone-forwarding-reference-overload): a RawArray is no range of elements to copy
    requires(!std::convertible_to<Range, QByteArrayView> || !std::same_as<T, char>) explicit RawArray(Range &&values)
        : RawArray(Sized(), values)
    {
    }
    /// A string, without a NUL behind it.
    explicit RawArray(QByteArrayView text) requires std::same_as<T, char>
        : RawArray(static_cast<std::size_t>(text.size()), Fill::Anything)
    {
        std::ranges::copy(text, begin());
    }
    explicit RawArray(ReceivedObject received) : SharedData(std::move(received), elementType<T>()) { }

    std::size_t size() const { return elementCount(); }
    bool isEmpty() const { return size() == 0; }

    /// \pre index < size()
    T &operator[](std::size_t index) const { return begin()[index]; }
    /// \throws IndexError when there is no such element
    T &at(std::size_t index) const
    {
        checkIndex(index);
        return begin()[index];
    }
    /// \throws IndexError when there is no such element
    void set(std::size_t index, const T &value) const { at(index) = value; }

    T *begin() const { return elements<T>(); }
    T *end() const { return begin() + size(); }
    /// All of it, where it lies. Good for as long as this handle or a copy of it.
    std::span<T> span() const { return {begin(), size()}; }

    /// A copy of all elements.
    std::vector<T> values() const { return std::vector<T>(begin(), end()); }
    /// Replaces all elements.
    /// \throws ValueError when there are more or less than size()
    template <detail::ElementRange<T> Range>
    void setValues(Range &&values) const
    {
        if constexpr (std::ranges::forward_range<Range>) {
            if (const auto given = static_cast<std::size_t>(std::ranges::distance(values)); given != size())
                detail::failLength(given, size());
            std::ranges::copy(values, begin());
        } else {
            setValues(collected(values));
        }
    }

    /// Of characters: up to the first NUL. (Reference: the attribute value)
    QByteArray value() const requires std::same_as<T, char> { return detail::textOf(span()); }
    /// Of characters: writes a string, with a NUL behind it where there is room.
    /// \throws ValueError when it is longer than size()
    void setValue(QByteArrayView text) const requires std::same_as<T, char> { detail::setText(span(), text); }
    /// Of characters: all of them. (Reference: the attribute raw)
    QByteArray raw() const requires std::same_as<T, char> { return {begin(), static_cast<qsizetype>(size())}; }
    /// Of characters: writes bytes to the beginning; the others stay.
    /// \throws ValueError when there are more than size()
    void setRaw(QByteArrayView bytes) const requires std::same_as<T, char> { detail::setBytes(span(), bytes); }

private:
    struct Sized
    {
    };

    RawArray(std::size_t size, Fill fill) : SharedData(Kind, elementType<T>(), size, fill) { }
    template <typename Range>
    RawArray(Sized, Range &values) requires std::ranges::forward_range<Range>
        : RawArray(static_cast<std::size_t>(std::ranges::distance(values)), Fill::Anything)
    {
        std::ranges::copy(values, begin());
    }
    template <typename Range>
    RawArray(Sized, Range &values) : RawArray(std::span<const T>(collected(values)))
    {
    }
    template <typename Range>
    static std::vector<T> collected(Range &values)
    {
        std::vector<T> all;
        for (auto &&value : values)
            all.push_back(value);
        return all;
    }
};

/// A new one with the same elements. (Reference: copy)
template <typename T>
RawArray<T> copy(const RawArray<T> &from)
{
    return RawArray<T>(from.span());
}

} // namespace procession
