// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// How values are written: `Encodable<T>` tells whether a T can be sent to another process.
///
/// - numbers, enums and trivially copyable classes: the bytes they have in memory (codecbytes.h, wiretypes.h)
/// - QString, QByteArray, std::string (codecstrings.h), the containers of Qt and of the standard library
///   (codeccontainers.h), pair, tuple, optional, variant, unique_ptr (codecchoices.h)
/// - QVariant (codecvariant.h)
/// - every other class with QDataStream operators (codecstream.h)
/// - handles, which travel as descriptors: Descriptor, Connection, …

#include <procession/codecbytes.h>
#include <procession/codecchoices.h>
#include <procession/codeccontainers.h>
#include <procession/codecstream.h>
#include <procession/codecstrings.h>
#include <procession/codecvariant.h>

namespace procession {

/// The receiver gets a duplicate: both processes have one, of the same open file.
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
