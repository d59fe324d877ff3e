// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/decoder.h>
#include <procession/ipc/wire/encoder.h>
#include <procession/ipc/wire/errors.h>
#include <procession/ipc/wire/wiretypes.h>

namespace procession {

template <SentAsBytes T>
struct Codec<T>
{
    static constexpr bool CopiesBytes = true; ///< specialisations for a T lack this

    static void encode(Encoder &encoder, const T &value) { encoder.raw(&value, sizeof value); }
    static T decode(Decoder &decoder)
    {
        T value;
        decoder.raw(static_cast<void *>(&value), sizeof value);
        return value;
    }
};

template <>
struct Codec<bool>
{
    static void encode(Encoder &encoder, bool value)
    {
        const quint8 byte = value ? 1 : 0;
        encoder.raw(&byte, 1);
    }
    static bool decode(Decoder &decoder)
    {
        quint8 byte;
        decoder.raw(&byte, 1);
        if (byte > 1)
            throw DecodeError("a bool in a message is " + std::to_string(byte) + ", and neither 0 nor 1");
        return byte == 1;
    }
};

/// Whether contiguous values of type T are written as they are in memory: unless T has a Codec of
/// its own.
template <typename T>
concept CopiedInBulk = SentInBulk<T> && requires
{
    Codec<T>::CopiesBytes;
};

} // namespace procession
