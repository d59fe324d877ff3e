// SPDX-License-Identifier: MIT
#include <procession/shared/data/shareableitem.h>

#include <procession/shared/data/numbervariant.h>
#include <procession/shared/data/valueerror.h>

#include <cstring>

namespace procession::detail {

namespace {

constexpr qsizetype Word = 8;

template <typename T>
Item itemOf(ItemType type, T value)
{
    static_assert(sizeof(T) <= Word);
    QByteArray bytes(Word, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return {type, bytes};
}

template <typename T>
T numberIn(const QByteArray &bytes)
{
    T value{};
    if (bytes.size() >= qsizetype(sizeof value)) // else another process is changing it
        std::memcpy(&value, bytes.constData(), sizeof value);
    return value;
}

bool isNothing(const QVariant &value) { return !value.isValid() || value.metaType().id() == QMetaType::Nullptr; }

[[noreturn]] void fail(const QVariant &value)
{
    throw ValueError("a ShareableList cannot hold " + described(value)
        + ": it holds whole numbers of 64 bits, double, bool, QString, QByteArray, and nothing");
}

} // namespace

Item itemOf(const QVariant &value)
{
    switch (value.metaType().id()) {
    case QMetaType::UnknownType:
    case QMetaType::Nullptr:
        return itemOf(ItemType::Nothing, quint64(0));
    case QMetaType::Bool:
        return itemOf(ItemType::Bool, quint64(value.toBool()));
    case QMetaType::Float:
    case QMetaType::Double:
        return itemOf(ItemType::Real, value.toDouble());
    case QMetaType::QString:
        return {ItemType::Text, value.toString().toUtf8()};
    case QMetaType::QByteArray:
        return {ItemType::Bytes, value.toByteArray()};
    default:
        break;
    }
    const auto number = wholeNumber(value);
    if (!number || !std::holds_alternative<qlonglong>(*number))
        fail(value);
    return itemOf(ItemType::Whole, std::get<qlonglong>(*number));
}

QVariant valueOf(const Item &item)
{
    switch (item.type) {
    case ItemType::Nothing:
        break;
    case ItemType::Whole:
        return numberIn<qlonglong>(item.bytes);
    case ItemType::Real:
        return numberIn<double>(item.bytes);
    case ItemType::Bool:
        return numberIn<quint64>(item.bytes) != 0;
    case ItemType::Text:
        return QString::fromUtf8(item.bytes);
    case ItemType::Bytes:
        return item.bytes;
    }
    return {};
}

bool isEqual(const QVariant &a, const QVariant &b)
{
    const auto realA = realNumber(a);
    const auto realB = realNumber(b);
    if (realA && realB) {
        const auto wholeA = wholeNumber(a);
        const auto wholeB = wholeNumber(b);
        return wholeA && wholeB ? wholeA == wholeB : realA == realB;
    }
    if (isNothing(a) || isNothing(b))
        return isNothing(a) && isNothing(b);
    return a.metaType() == b.metaType() && a == b; // QVariant alone would convert texts
}

quint64 roomFor(const Item &item)
{
    if (item.type == ItemType::Text || item.type == ItemType::Bytes)
        return static_cast<quint64>(item.bytes.size() / Word + 1) * Word;
    return Word;
}

QByteArray formatOf(ItemType type, quint64 room)
{
    switch (type) {
    case ItemType::Nothing:
        break;
    case ItemType::Whole:
        return "q";
    case ItemType::Real:
        return "d";
    case ItemType::Bool:
        return "xxxxxxx?";
    case ItemType::Text:
    case ItemType::Bytes:
        return QByteArray::number(room) + 's';
    }
    return "xxxxxx?x";
}

} // namespace procession::detail
