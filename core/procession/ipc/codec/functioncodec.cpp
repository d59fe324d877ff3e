// SPDX-License-Identifier: MIT
#include <procession/ipc/codec/functioncodec.h>

#include <procession/ipc/wire/typename.h>

namespace procession {

void refuseFunction(const std::type_info &type)
{
    throw NotTransferable("a function object of type " + demangled(type.name())
        + " has members or captures, which other processes cannot reach: give what it captures as arguments, or wrap a function "
          "and "
          "some arguments by bind(), or specialise isTransferable for a type with a Codec, or use StartMethod::Fork or "
          "StartMethod::Thread");
}

void refuseArgument(const std::type_info &type)
{
    throw NotTransferable("an argument of type " + demangled(type.name())
        + " cannot be sent to another process: give it QDataStream operators << and >> of exactly this type, or make it a struct "
          "of "
          "members that can be sent (no pointers, references and views), or specialise Codec for it, or use StartMethod::Fork or "
          "StartMethod::Thread");
}

void encodeMemberPointer(Encoder &encoder, MemberPointerWords words)
{
    const bool isVirtual = (words[0] & 1) != 0;
    encoder << isVirtual << words[1];
    if (isVirtual)
        encoder << words[0];
    else
        encoder << CodeAddress::of(reinterpret_cast<const void *>(words[0]));
}

MemberPointerWords decodeMemberPointer(Decoder &decoder)
{
    MemberPointerWords words{};
    const bool isVirtual = decoder.read<bool>();
    words[1] = decoder.read<quintptr>();
    words[0] = isVirtual ? decoder.read<quintptr>() : reinterpret_cast<quintptr>(decoder.read<CodeAddress>().resolve());
    return words;
}

} // namespace procession
