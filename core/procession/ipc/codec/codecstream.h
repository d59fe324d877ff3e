// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/decoder.h>
#include <procession/ipc/wire/encoder.h>
#include <procession/ipc/wire/wiretypes.h>

#include <QtCore/QDataStream>

#include <typeinfo>

namespace procession {

namespace detail {

using StreamWriter = bool (*)(QDataStream &stream, const void *value);
using StreamReader = bool (*)(QDataStream &stream, void *value);

/// Writes the QDataStream output of `write`, with its size before it.
/// \throws EncodeError naming the type if `write` returns false or leaves the stream in error
void writeStream(Encoder &encoder, const char *type, StreamWriter write, const void *value);
/// Reads it back. Even for hostile bytes, `read` gets no more bytes than were received and uses no
/// more stack than is safe.
/// \throws DecodeError naming the type
void readStream(Decoder &decoder, const char *type, StreamReader read, void *value);

} // namespace detail

/// Types that have QDataStream operators and no better Codec.
template <Streamable T>
requires(!sentAsBytes<T>) struct Codec<T>
{
    static void encode(Encoder &encoder, const T &value)
    {
        detail::writeStream(
            encoder, typeid(T).name(),
            [](QDataStream &stream, const void *from) {
                stream << *static_cast<const T *>(from);
                return true;
            },
            &value);
    }
    static T decode(Decoder &decoder)
    {
        T value{};
        detail::readStream(
            decoder, typeid(T).name(),
            [](QDataStream &stream, void *to) {
                stream >> *static_cast<T *>(to);
                return true;
            },
            &value);
        return value;
    }
};

} // namespace procession
