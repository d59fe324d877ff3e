// SPDX-License-Identifier: MIT
#include <procession/ipc/codec/codecvariant.h>

#include <procession/ipc/codec/codecchoices.h>
#include <procession/ipc/codec/codeccontainers.h>

#include <QtCore/QMetaType>

#include <atomic>

namespace procession {

namespace {
using VariantPair = std::pair<QVariant, QVariant>;

template <typename... Ts>
struct Types
{
};
// Written by their Codec; likely types first. A type tagged with its number must have that number in every Qt 6.
using UsualTypes = Types<int, QString, double, bool, qlonglong, QVariantList, QVariantMap, QByteArray, QStringList, uint,
    qulonglong, QVariantHash, float, short, ushort, char, signed char, uchar, long, ulong, QChar, QByteArrayList, QDate, QTime,
    QUuid, QPoint, QPointF, QSize, QSizeF, QRect, QRectF, QLine, QLineF, QBitArray, VariantPair, QVariant>;

/// All VariantHandle objects of this program.
std::atomic<const detail::VariantHandle *> handles = nullptr;

constexpr quint16 NullFlag = 0x8000; ///< a typed QVariant without a value
constexpr quint16 NamedType = 0x7fff; ///< the name of the type follows
// Type numbers of Qt GUI, which this library does not link.
constexpr int FirstDisplayType = 0x1000;

template <typename T>
constexpr int idOf = QMetaTypeId2<T>::MetaType;

template <typename T>
constexpr bool nests = std::is_same_v<T, VariantPair> || std::is_same_v<T, QVariant>;

template <typename T>
bool encodeAs(Encoder &encoder, int id, const void *value)
{
    if (id != idOf<T>)
        return false;
    if constexpr (nests<T>) {
        const Encoder::Level level(encoder);
        encoder << *static_cast<const T *>(value);
    } else {
        encoder << *static_cast<const T *>(value);
    }
    return true;
}

template <typename... Ts>
bool encodeUsual(Encoder &encoder, int id, const void *value, Types<Ts...>)
{
    return (encodeAs<Ts>(encoder, id, value) || ...);
}

template <typename T>
bool decodeAs(Decoder &decoder, int id, QVariant &value)
{
    if (id != idOf<T>)
        return false;
    if constexpr (std::is_same_v<T, QVariant>) {
        const Decoder::Level level(decoder);
        const auto inner = decoder.read<QVariant>();
        value = QVariant(QMetaType::fromType<QVariant>(), &inner);
    } else if constexpr (nests<T>) {
        const Decoder::Level level(decoder);
        value = QVariant::fromValue(decoder.read<T>());
    } else {
        value = QVariant::fromValue(decoder.read<T>());
    }
    return true;
}

template <typename... Ts>
bool decodeUsual(Decoder &decoder, int id, QVariant &value, Types<Ts...>)
{
    return (decodeAs<Ts>(decoder, id, value) || ...);
}

/// The handle of that type, or null.
const detail::VariantHandle *handleOf(QMetaType type)
{
    const detail::VariantHandle *handle = handles.load(std::memory_order_acquire);
    while (handle && handle->type() != type)
        handle = handle->next();
    return handle;
}

/// Qt finds a type by its name once something has asked for its number.
void registerHandles()
{
    for (const detail::VariantHandle *handle = handles.load(std::memory_order_acquire); handle; handle = handle->next())
        handle->type().id();
}

/// Why values of that type cannot be sent, or null.
const char *refusal(QMetaType type)
{
    const QByteArrayView name(type.name());
    if (type.id() == QMetaType::QEasingCurve)
        return "it is written with the address of a function: send its type and its parameters";
    if (type.flags() & (QMetaType::IsPointer | QMetaType::PointerToQObject))
        return "it is a pointer, which means nothing in another process";
    if (type.id() >= FirstDisplayType && (name == "QPixmap" || name == "QBitmap" || name == "QCursor" || name == "QIcon"))
        return "it belongs to the display of one process: send a QImage";
    if (type.sizeOf() == 0 || ((type.flags() & QMetaType::NeedsConstruction) && !type.iface()->defaultCtr))
        return "it cannot be made from nothing: give the type a default constructor";
    return nullptr;
}

template <typename Error>
[[noreturn]] void fail(const char *name, const char *reason)
{
    throw Error(std::string("a QVariant that holds a ") + name + " cannot be sent or received: " + reason);
}

QMetaType decodeType(Decoder &decoder, quint16 tag)
{
    if (tag != NamedType) {
        if (!QMetaType::isRegistered(tag))
            throw DecodeError("a QVariant in a message is of type number " + std::to_string(tag)
                + ", which is not known here: it may belong to a Qt module that this program has not loaded");
        return QMetaType(tag);
    }
    const auto name = decoder.read<QByteArray>();
    registerHandles();
    const QMetaType type = QMetaType::fromName(name);
    if (!type.isValid())
        throw DecodeError("a QVariant in a message is of type \"" + name.left(200).toStdString()
            + "\", which is not known here: call qRegisterMetaType() for it before receiving");
    return type;
}

void encodeByStream(Encoder &encoder, const QVariant &value)
{
    detail::writeStream(
        encoder, value.metaType().name(),
        [](QDataStream &stream, const void *from) {
            const auto *variant = static_cast<const QVariant *>(from);
            return variant->metaType().save(stream, variant->constData());
        },
        &value);
}

void decodeByStream(Decoder &decoder, QVariant &value)
{
    detail::readStream(
        decoder, value.metaType().name(),
        [](QDataStream &stream, void *to) {
            auto *variant = static_cast<QVariant *>(to);
            return variant->metaType().load(stream, variant->data());
        },
        &value);
}
} // namespace

detail::VariantHandle::VariantHandle(QMetaType type) noexcept : m_type(type), m_next(handles.load(std::memory_order_relaxed))
{
    while (!handles.compare_exchange_weak(m_next, this, std::memory_order_release, std::memory_order_relaxed)) { }
}

void Codec<QVariant>::encode(Encoder &encoder, const QVariant &value)
{
    const QMetaType type = value.metaType();
    const int id = type.isValid() ? type.id() : 0;
    const bool isNull = id != 0 && value.isNull();
    const bool isNamed = id >= NamedType;
    if (isNull)
        if (const char *reason = refusal(type))
            fail<EncodeError>(type.name(), reason);
    encoder << static_cast<quint16>((isNamed ? NamedType : id) | (isNull ? NullFlag : 0));
    if (isNamed)
        encoder << QByteArray::fromRawData(type.name(), static_cast<qsizetype>(qstrlen(type.name())));
    if (id == 0 || isNull || encodeUsual(encoder, id, value.constData(), UsualTypes()))
        return;
    if (const detail::VariantHandle *handle = isNamed ? handleOf(type) : nullptr) {
        handle->encode(encoder, value);
        return;
    }
    if (const char *reason = refusal(type))
        fail<EncodeError>(type.name(), reason);
    encodeByStream(encoder, value);
}

QVariant Codec<QVariant>::decode(Decoder &decoder)
{
    const auto head = decoder.read<quint16>();
    const auto tag = static_cast<quint16>(head & ~NullFlag);
    const bool isNull = (head & NullFlag) != 0;
    QVariant value;
    if (head == 0 || (!isNull && decodeUsual(decoder, tag, value, UsualTypes())))
        return value;
    const QMetaType type = decodeType(decoder, tag);
    if (const char *reason = refusal(type))
        fail<DecodeError>(type.name(), reason);
    if (const detail::VariantHandle *handle = !isNull && tag == NamedType ? handleOf(type) : nullptr)
        return handle->decode(decoder);
    value = QVariant(type);
    if (!isNull)
        decodeByStream(decoder, value);
    return value;
}

} // namespace procession
