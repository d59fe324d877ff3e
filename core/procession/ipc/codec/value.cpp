// SPDX-License-Identifier: MIT
#include <procession/ipc/codec/value.h>

#include <cstdio>

namespace procession::detail {

namespace {
[[noreturn]] void failAtMagic(quint8 magic, const TypeRecord &expected)
{
    char text[8];
    std::snprintf(text, sizeof text, "0x%02x", magic);
    const std::string what = "a value of type " + std::string(expected.name()) + " was expected, and a message came that "
        + "begins with " + text + " where this version writes 0xf1: ";
    throw DecodeError(what
        + (magic == 0x80 ? "it is a Python pickle"
                         : (magic >= 0xf0 ? "its sender has another version of Procession"
                                          : "it was not sent as a value; bytes are received by recvBytes()")));
}
} // namespace

void checkValueHead(Decoder &decoder, const TypeRecord &expected)
{
    if (decoder.remaining() < ValueHead::Size)
        throw DecodeError("a value of type " + std::string(expected.name()) + " was expected, and a message of "
            + std::to_string(decoder.remaining()) + " bytes came, too short for any: bytes are received by recvBytes()");
    const auto magic = decoder.read<quint8>();
    if (magic != ValueHead::Magic)
        failAtMagic(magic, expected);
    const auto signature = decoder.read<quint32>();
    if (signature != expected.signature())
        throw DecodeError("a value of type " + std::string(expected.name()) + " was expected, and one of type "
            + TypeRecord::nameOf(signature) + " came: send and receive the same type");
}

} // namespace procession::detail
