// SPDX-License-Identifier: MIT
#pragma once

#include <procession/decoder.h>
#include <procession/encoder.h>

#include <QtCore/QVariant>

namespace procession {

/// A QVariant is two bytes that name its type and the value as the Codec of that type writes it; types that are
/// registered with Qt and have QDataStream operators, but are not among the usual ones, go by those.
/// Bytes from a stranger are then as safe as those operators.
/// A Connection travels as one does outside of a QVariant.
///
/// Refused are pointers, pictures that live in the display (QPixmap, QBitmap, QCursor, QIcon: send a QImage), and
/// QEasingCurve, which Qt writes with the address of a function.
template <>
struct Codec<QVariant>
{
    /// \throws EncodeError naming the type when it cannot be written
    static void encode(Encoder &encoder, const QVariant &value);
    /// \throws DecodeError
    static QVariant decode(Decoder &decoder);
};

} // namespace procession
