// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codecbytes.h>
#include <procession/ipc/codec/codecstream.h>
#include <procession/platform/system/largepages.h>

#include <QtCore/QBitArray>
#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <filesystem>
#include <string>

namespace procession {

template <>
struct Codec<QString>
{
    static void encode(Encoder &encoder, const QString &text)
    {
        const auto size = static_cast<std::size_t>(text.size());
        encoder.size(size);
        encoder.raw(text.constData(), size * sizeof(QChar));
    }
    static QString decode(Decoder &decoder)
    {
        const std::size_t size = decoder.size(sizeof(QChar));
        QString text(static_cast<qsizetype>(size), Qt::Uninitialized);
        decoder.raw(text.data(), size * sizeof(QChar));
        return text;
    }
};

template <>
struct Codec<QByteArray>
{
    static void encode(Encoder &encoder, const QByteArray &bytes)
    {
        const auto size = static_cast<std::size_t>(bytes.size());
        encoder.size(size);
        encoder.raw(bytes.constData(), size);
    }
    static QByteArray decode(Decoder &decoder)
    {
        const std::size_t size = decoder.size();
        QByteArray bytes(static_cast<qsizetype>(size), Qt::Uninitialized);
        preferLargePages(bytes.data(), size);
        decoder.raw(bytes.data(), size);
        return bytes;
    }
};

/// Not by Qt's operators, which trust any length.
template <>
struct Codec<QBitArray>
{
    static void encode(Encoder &encoder, const QBitArray &bits)
    {
        const qsizetype bytes = (bits.size() + 7) / 8;
        encoder << static_cast<quint8>(bytes * 8 - bits.size()) << QByteArray::fromRawData(bits.bits(), bytes);
    }
    static QBitArray decode(Decoder &decoder)
    {
        const auto unused = decoder.read<quint8>();
        const QByteArrayView bytes = decoder.view(decoder.size());
        if (unused > 7 || (unused > 0 && bytes.isEmpty()))
            throw DecodeError("a QBitArray of " + std::to_string(bytes.size()) + " bytes in a message claims "
                + std::to_string(unused) + " unused bits");
        return QBitArray::fromBits(bytes.data(), bytes.size() * 8 - unused);
    }
};

template <typename Char, typename Traits>
struct Codec<std::basic_string<Char, Traits>>
{
    static void encode(Encoder &encoder, const std::basic_string<Char, Traits> &text)
    {
        encoder.size(text.size());
        encoder.raw(text.data(), text.size() * sizeof(Char));
    }
    static std::basic_string<Char, Traits> decode(Decoder &decoder)
    {
        std::basic_string<Char, Traits> text(decoder.size(sizeof(Char)), Char());
        decoder.raw(text.data(), text.size() * sizeof(Char));
        return text;
    }
};

/// The native bytes of a path, in whatever encoding.
template <>
struct Codec<std::filesystem::path>
{
    static void encode(Encoder &encoder, const std::filesystem::path &path) { encoder << path.native(); }
    static std::filesystem::path decode(Decoder &decoder) { return decoder.read<std::string>(); }
};

} // namespace procession
