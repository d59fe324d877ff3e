// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// How values are written. `Encodable<T>` is true if a T can be sent to another process.
///
/// - numbers, enums and structs of them: the bytes they have in memory (codecbytes.h, wiretypes.h)
/// - QString, QByteArray, std::string, std::filesystem::path (codecstrings.h)
/// - QList, QStack, QQueue, QVarLengthArray, QSet, QMap, QMultiMap, QHash, QMultiHash; std::vector,
///   array, deque, list, forward_list, and the sets and maps of the standard library, with several
///   of a key and unordered too, all with the default allocator (codeccontainers.h)
/// - pair, tuple, optional, variant, unique_ptr (codecchoices.h)
/// - QVariant (codecvariant.h)
/// - every other class with QDataStream operators of exactly that class, and not of a base
///   (codecstream.h, streamable.h)
/// - structs of members that can be sent: member by member (codecaggregate.h)
/// - handles, which travel as descriptors: Descriptor, Connection, …
///
/// Addresses mean nothing in another process. Pointers, references, views (std::string_view,
/// std::span, QStringView, …), iterators, and structs that hold one at any depth do not compile;
/// the compiler names the type, the reason and the remedy (refusal.h). Private members cannot be
/// seen: such a class is not sent as bytes, however simple it is, unless its author permits it
/// (sentAsBytes). The author must then ensure that its own Codec, operators or sentAsBytes pass on
/// no address.

#include <procession/ipc/codec/codecaggregate.h>
#include <procession/ipc/codec/codecbytes.h>
#include <procession/ipc/codec/codecchoices.h>
#include <procession/ipc/codec/codeccontainers.h>
#include <procession/ipc/codec/codecstream.h>
#include <procession/ipc/codec/codecstrings.h>
#include <procession/ipc/codec/codecvariant.h>
#include <procession/ipc/codec/refusal.h>

namespace procession {

/// The receiver gets a duplicate: both processes have a descriptor of the same open file.
template <>
struct Codec<Descriptor>
{
    static void encode(Encoder &encoder, const Descriptor &descriptor)
    {
        encoder << descriptor.isValid();
        if (descriptor.isValid())
            encoder.attach(descriptor.duplicate());
    }
    static Descriptor decode(Decoder &decoder) { return decoder.read<bool>() ? decoder.takeDescriptor() : Descriptor(); }
};

} // namespace procession
