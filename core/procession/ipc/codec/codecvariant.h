// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/decoder.h>
#include <procession/ipc/wire/encoder.h>

#include <QtCore/QVariant>

namespace procession {

/// A QVariant is written as two bytes that name its type, and the value by the Codec of that type;
/// types that are registered with Qt and have QDataStream operators, but are not among the usual
/// ones, are written by those. Bytes from an untrusted sender are then as safe as those operators.
/// A Connection in a QVariant travels as it does outside.
///
/// Refused are pointers, pictures that live in the display (QPixmap, QBitmap, QCursor, QIcon: send
/// a QImage), and QEasingCurve, which Qt writes with the address of a function.
template <>
struct Codec<QVariant>
{
    /// \throws EncodeError naming the type if it cannot be written
    static void encode(Encoder &encoder, const QVariant &value);
    /// \throws DecodeError
    static QVariant decode(Decoder &decoder);
};

namespace detail {

/// A type of handle that a QVariant may hold. A handle travels beside the bytes, so no stream operator can write it. The file that defines
/// the type makes one static VariantHandleOf it; none is ever taken away.
class VariantHandle
{
public:
    QMetaType type() const { return m_type; }
    const VariantHandle *next() const { return m_next; }
    virtual void encode(Encoder &encoder, const QVariant &value) const = 0;
    virtual QVariant decode(Decoder &decoder) const = 0;

protected:
    explicit VariantHandle(QMetaType type) noexcept;
    ~VariantHandle() = default;

private:
    QMetaType m_type;
    const VariantHandle *m_next;
};

template <typename T>
class VariantHandleOf final : public VariantHandle
{
public:
    VariantHandleOf() noexcept : VariantHandle(QMetaType::fromType<T>()) { }
    void encode(Encoder &encoder, const QVariant &value) const override { encoder << *static_cast<const T *>(value.constData()); }
    QVariant decode(Decoder &decoder) const override { return QVariant::fromValue(decoder.read<T>()); }
};

} // namespace detail

} // namespace procession
