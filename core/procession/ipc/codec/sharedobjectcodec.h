// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/encodable.h>
#include <procession/memory/arena/sharedobject.h>

#include <concepts>

namespace procession {

namespace detail {

void encodeObject(Encoder &encoder, const SharedObject &object, ObjectKind kind);
/// \throws DecodeError if there is no such object, or it is of another kind or another program
ReceivedObject decodeObject(Decoder &decoder, ObjectKind kind);

} // namespace detail

/// Whether a T is a handle itself, not a class derived from one.
template <typename T>
concept ObjectHandle = std::derived_from<T, SharedObject> && std::same_as<std::remove_const_t<decltype(T::Kind)>, KindOf<T>>;

/// A handle of a shared object travels as its number: the receiver, a process of the same program, gets a handle of the same object.
template <ObjectHandle T>
struct Codec<T>
{
    static void encode(Encoder &encoder, const T &object) { detail::encodeObject(encoder, object, T::Kind); }
    static T decode(Decoder &decoder) { return T(detail::decodeObject(decoder, T::Kind)); }
};

} // namespace procession
