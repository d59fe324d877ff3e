// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codecaggregate.h>
#include <procession/memory/arena/sharedobject.h>

#include <QtCore/QAnyStringView>
#include <QtCore/QByteArrayView>
#include <QtCore/QStringView>

#include <functional>
#include <ranges>
#include <string_view>

namespace procession::detail {

template <typename T>
inline constexpr bool never = false;

template <typename T>
inline constexpr bool isTextView
    = std::is_same_v<T,
          QStringView> || std::is_same_v<T, QByteArrayView> || std::is_same_v<T, QLatin1String> || std::is_same_v<T, QAnyStringView>;
template <typename Char, typename Traits>
inline constexpr bool isTextView<std::basic_string_view<Char, Traits>> = true;

template <typename T>
inline constexpr bool isReference = std::is_reference_v<T>;
template <typename T>
inline constexpr bool isReference<std::reference_wrapper<T>> = true;

template <typename T>
inline constexpr bool isView = false;
template <typename T>
requires std::ranges::view<T> || std::input_or_output_iterator<T>
inline constexpr bool isView<T> = true;
template <typename T>
inline constexpr bool isView<std::initializer_list<T>> = true;

/// Whether only operators of a base class, or behind a conversion, take a T.
template <typename T>
concept HasForeignOperators = !Streamable<T> && requires(QDataStream & stream, const T &value)
{
    stream << value;
};

template <typename T>
void refuse();

template <typename... Parts>
constexpr bool areAllSent(MemberList<Parts...> *)
{
    return (
        (std::is_function_v<
             Parts> || std::is_void_v<Parts> || std::is_empty_v<Parts> || (!std::is_reference_v<Parts> && Encodable<Bare<Parts>>))
        && ...);
}
template <typename... Parts>
void refuseParts(MemberList<Parts...> *)
{
    const auto refuseOne = []<typename Part>(MemberList<Part> *) {
        if constexpr (std::is_reference_v<Part>)
            refuse<Part>();
        else if constexpr (!std::is_empty_v<Part> && !Encodable<Bare<Part>>)
            refuse<Bare<Part>>();
    };
    (refuseOne(static_cast<MemberList<Parts> *>(nullptr)), ...);
}

/// Does not compile, and names the reason why values of type T cannot be sent, and the remedy. The
/// compiler names T and the types that lead to it.
template <typename T>
void refuse()
{
    using Parts = typename PartsOf<T>::Type;
    if constexpr (isReference<T>)
        static_assert(never<T>, "a reference is the address of something in this process: send the value that it refers to");
    else if constexpr (std::is_pointer_v<T> || std::is_member_pointer_v<T> || std::is_null_pointer_v<T>)
        static_assert(never<T>,
            "a pointer is an address, which means nothing in another process: send what it points to, as a "
            "QString or std::string for text, a container or a std::unique_ptr for values");
    else if constexpr (isTextView<T>)
        static_assert(never<T>,
            "a view of a text holds the address of a text that stays in this process: send a QString, "
            "QByteArray or std::string");
    else if constexpr (isView<T>)
        static_assert(never<T>,
            "a view or an iterator holds the address of elements that stay in this process: send a container, "
            "as std::vector or QList");
    else if constexpr (std::is_array_v<T>)
        static_assert(never<T>, "an array is no value: send a std::array or std::vector, or a QString or std::string for text");
    else if constexpr (std::is_union_v<T>)
        static_assert(never<T>,
            "nothing tells which member of a union is in use: send a std::variant, or specialise "
            "procession::sentAsBytes as true for it if no byte of it is part of an address");
    else if constexpr (!std::is_class_v<T>)
        static_assert(never<T>, "values of this type cannot be sent to another process");
    else if constexpr (std::is_base_of_v<SharedObject, T>)
        static_assert(never<T>,
            "a class derived from the handle of a shared object would arrive without what it adds: make the handle "
            "a member of it, or give it a Kind of its own");
    else if constexpr (!areAllSent(static_cast<Parts *>(nullptr)))
        refuseParts(static_cast<Parts *>(nullptr));
    else if constexpr (HasForeignOperators<T>)
        static_assert(never<T>,
            "the QDataStream operators that take this type are those of its base class, or of a type that it turns "
            "into, and would leave out the rest: give it operators << and >> of exactly this type, or "
            "specialise procession::Codec for it");
    else if constexpr (sight<T> == Sight::Elements)
        static_assert(never<T>,
            "the members of a struct that has a base with members cannot be seen: make the base a member, give the "
            "struct QDataStream operators << and >>, or specialise procession::Codec for it");
    else if constexpr (sight<T> == Sight::TooMany)
        static_assert(never<T>,
            "a struct has more than 64 members, and no more are seen: put some of them into a struct of their own, "
            "specialise procession::Codec for it, or procession::sentAsBytes as true if it is trivially "
            "copyable and no byte of it is part of an address");
    else if constexpr (sight<T> == Sight::Choice)
        static_assert(never<T>,
            "nothing tells which member of a union is in use, or what lies in a member that can be made from "
            "anything: use a std::variant, specialise procession::Codec for the struct, or "
            "procession::sentAsBytes as true if no byte of it is part of an address");
    else if constexpr (std::is_trivially_copyable_v<T> && std::is_default_constructible_v<T>)
        static_assert(never<T>,
            "a class has private members or constructors, so nothing tells whether it holds an address: if no byte "
            "of it is part of one, specialise procession::sentAsBytes as true for it; else give it "
            "QDataStream operators << and >>, or specialise procession::Codec for it");
    else
        static_assert(never<T>,
            "values of this class cannot be sent to another process: give it QDataStream operators << and >> and a "
            "default constructor, specialise procession::Codec for it, or make it a struct of members that can be sent");
}

} // namespace procession::detail
