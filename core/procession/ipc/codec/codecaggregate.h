// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codecbytes.h>
#include <procession/ipc/wire/aggregatemembers.h>
#include <procession/ipc/wire/streamable.h>

#include <array>
#include <iterator>
#include <type_traits>

/// \file
/// Structs without a Codec and operators of their own are written member by member:
///
/// \code
/// struct Album
/// {
///     QString title;
///     std::vector<QString> tracks;
///     std::optional<int> year;
/// };
/// static_assert(procession::Encodable<Album>);
/// \endcode
///
/// This applies to aggregates (no constructors, no private members, no virtual functions) that can
/// be default-constructed, have at most 64 members, and can send each of them. They may contain
/// themselves, as a tree does, through a container or a std::unique_ptr. Unions, and bases with
/// members, are opaque: a struct that has one needs a Codec. A struct with both an array and a
/// bit-field as members does not compile.

namespace procession::detail {

template <typename M>
using Bare = std::remove_cv_t<std::remove_all_extents_t<M>>;

template <typename T>
concept Complete = std::is_object_v<T> && requires
{
    sizeof(T);
};

/// A struct that is written member by member, if each member can be sent.
template <typename T>
concept WrittenByMembers
    = Complete<T> && !sentAsBytes<
          T> && !Streamable<T> && HasVisibleMembers<T> && std::is_move_constructible_v<T> && !std::input_or_output_iterator<T>;

/// The parts of a type: the members of a struct, the parameters of a template.
template <typename T>
struct PartsOf
{
    using Type = MemberList<>;
};
template <WrittenByMembers T>
struct PartsOf<T>
{
    using Type = MembersOf<T>;
};
template <template <typename...> typename Template, typename... Parts>
requires(!WrittenByMembers<Template<Parts...>>) struct PartsOf<Template<Parts...>>
{
    using Type = MemberList<Parts...>;
};
template <typename T, std::size_t Size>
struct PartsOf<std::array<T, Size>>
{
    using Type = MemberList<T>;
};

/// Whether an M contains a Target at any depth.
/// \tparam Seen  types whose parts are being examined
template <typename Target, typename M, typename... Seen>
constexpr bool reaches()
{
    if constexpr (std::is_same_v<M, Target>)
        return true;
    else if constexpr ((std::is_same_v<M, Seen> || ...))
        return false;
    else
        return []<typename... Parts>(MemberList<Parts...> *) { return (reaches<Target, Bare<Parts>, Seen..., M>() || ...); }(
                   static_cast<typename PartsOf<M>::Type *>(nullptr));
}

/// Whether a member, or a part of one, can be sent. Asking for Encodable of a type that contains a
/// type of `Path`, whose own answer depends on this one, is an error: the parts of such a type are
/// examined instead.
template <typename M, typename... Path>
constexpr bool canBeSent()
{
    using Part = Bare<M>;
    if constexpr (std::is_reference_v<M>)
        return false;
    else if constexpr ((std::is_same_v<Part, Path> || ...))
        return true;
    else if constexpr (!(reaches<Path, Part>() || ...))
        return Encodable<Part>;
    else
        return []<typename... Parts>(MemberList<Parts...> *) {
            // Comparison, hash and allocator are types without members.
            return ((std::is_empty_v<Parts> || canBeSent<Parts, Path..., Part>()) && ...);
        }(static_cast<typename PartsOf<Part>::Type *>(nullptr));
}

template <typename T>
constexpr bool canBeSentByMembers()
{
    return []<typename... Members>(MemberList<Members...> *) { return (canBeSent<Members, T>() && ...); }(
               static_cast<MembersOf<T> *>(nullptr));
}

template <typename M>
void encodeMember(Encoder &encoder, const M &member)
{
    encoder << member;
}
template <typename M, std::size_t Size>
void encodeMember(Encoder &encoder, const M (&array)[Size])
{
    if constexpr (CopiedInBulk<M>)
        encoder.raw(array, sizeof array);
    else
        for (const M &each : array)
            encodeMember(encoder, each);
}

template <typename M>
void decodeMember(Decoder &decoder, M &member)
{
    member = decoder.read<M>();
}
template <typename M, std::size_t Size>
void decodeMember(Decoder &decoder, M (&array)[Size])
{
    if constexpr (CopiedInBulk<M>)
        decoder.raw(static_cast<void *>(array), sizeof array);
    else
        for (M &each : array)
            decodeMember(decoder, each);
}

template <typename T, typename... Members>
T decodeMembers(Decoder &decoder, MemberList<Members...> *)
{
    if constexpr (elementCount<T>() == memberCount<T> && !(std::is_array_v<Members> || ...)) {
        // in this order: braces evaluate from left to right
        return T{decoder.read<std::remove_cv_t<Members>>()...};
    } else {
        T value{};
        visitMembers(value, [&](auto &...member) { (decodeMember(decoder, member), ...); });
        return value;
    }
}

template <WrittenByMembers T>
requires(canBeSentByMembers<T>()) struct MemberCodec<T>
{
    static void encode(Encoder &encoder, const T &value)
    {
        visitMembers(value, [&](const auto &...member) { (encodeMember(encoder, member), ...); });
    }
    static T decode(Decoder &decoder) { return decodeMembers<T>(decoder, static_cast<MembersOf<T> *>(nullptr)); }
};

} // namespace procession::detail
