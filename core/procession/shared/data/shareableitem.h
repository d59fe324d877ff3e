// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QVariant>

namespace procession::detail {

/// What an item of a ShareableList is in shared memory.
enum class ItemType : quint32 { Nothing, Whole, Real, Bool, Text, Bytes };

struct Item
{
    ItemType type = ItemType::Nothing;
    QByteArray bytes; ///< as they lie in shared memory
};

/// \throws ValueError when a list cannot hold it
Item itemOf(const QVariant &value);
QVariant valueOf(const Item &item);
/// Numbers are compared by value, whatever their types; a text is not equal to a number or to bytes.
bool isEqual(const QVariant &a, const QVariant &b);
/// How many bytes are set aside for an item.
quint64 roomFor(const Item &item);
/// \param room  bytes set aside for the item
QByteArray formatOf(ItemType type, quint64 room);

} // namespace procession::detail
