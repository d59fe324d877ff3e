// SPDX-License-Identifier: MIT
#pragma once

#include <procession/encodable.h>
#include <procession/sharedobject.h>

#include <concepts>

namespace procession {

namespace detail {

void encodeObject(Encoder &encoder, const SharedObject &object, ObjectKind kind);
/// \throws DecodeError when there is no such object, or it is of another kind, or of another program
ReceivedObject decodeObject(Decoder &decoder, ObjectKind kind);

} // namespace detail

/// A handle of a shared object travels as its number: the receiver, a process of the same program, gets a handle of the same object.
template <typename T>
requires std::derived_from<T, SharedObject>
struct Codec<T>
{
    static void encode(Encoder &encoder, const T &object) { detail::encodeObject(encoder, object, T::Kind); }
    static T decode(Decoder &decoder) { return T(detail::decodeObject(decoder, T::Kind)); }
};

} // namespace procession
