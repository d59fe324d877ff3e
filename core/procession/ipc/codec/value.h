// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/ipc/codec/typesignature.h>

namespace procession {

namespace detail {

/// The head of a value: a byte that no pickle begins with, which is also the version of the format,
/// and the type.
struct ValueHead
{
    static constexpr quint8 Magic = 0xF1;
    static constexpr std::size_t Size = 1 + sizeof(quint32);
};

/// \throws DecodeError unless the bytes begin with the head of a value of that type
void checkValueHead(Decoder &decoder, const TypeRecord &expected);

} // namespace detail

/// Writes a value with its type before it.
///
/// \code
/// Message message = encodeValue(std::vector<int>{1, 2, 3});
/// auto numbers = decodeValue<std::vector<int>>(std::move(message));
/// \endcode
///
/// \throws EncodeError if the value, not its type, cannot be sent
template <typename T>
Message encodeValue(const T &value)
{
    Encoder encoder(SentAsBytes<T> ? detail::ValueHead::Size + sizeof(T) : 64);
    encodeValue(encoder, value);
    return encoder.take();
}

/// The same into an encoder that may have other contents.
template <typename T>
void encodeValue(Encoder &encoder, const T &value)
{
    const TypeRecord &record = typeRecord<T>;
    encoder << detail::ValueHead::Magic << record.signature();
    encoder << value;
}

template <typename T>
T decodeValue(Decoder &decoder)
{
    detail::checkValueHead(decoder, typeRecord<T>);
    T value = decoder.read<T>();
    decoder.finish();
    return value;
}

/// Reads everything that encodeValue() wrote.
/// \throws DecodeError if the bytes are of another type (named if known here) or version,
///     truncated, too long or hostile
template <typename T>
T decodeValue(QByteArrayView bytes, std::span<Descriptor> descriptors = {})
{
    Decoder decoder(bytes, descriptors);
    return decodeValue<T>(decoder);
}

template <typename T>
T decodeValue(Message &&message)
{
    Decoder decoder(message);
    return decodeValue<T>(decoder);
}

} // namespace procession
