// SPDX-License-Identifier: MIT
#include <procession/shared/shareablelist.h>

#include <procession/shared/data/indexerror.h>
#include <procession/shared/data/shareablelistlayout.h>

#include <algorithm>
#include <cstring>
#include <numeric>

namespace procession {

using detail::Item;
using detail::ItemType;

namespace {

std::vector<Item> itemsOf(const QVariantList &values)
{
    std::vector<Item> items;
    items.reserve(static_cast<std::size_t>(values.size()));
    for (const QVariant &value : values)
        items.push_back(detail::itemOf(value));
    return items;
}

std::vector<quint64> roomsFor(const std::vector<Item> &items)
{
    std::vector<quint64> rooms(items.size());
    std::ranges::transform(items, rooms.begin(), detail::roomFor);
    return rooms;
}

} // namespace

ShareableList::ShareableList(const QVariantList &values) : ShareableList(values, roomsFor(itemsOf(values))) { }

ShareableList::ShareableList(const QVariantList &values, const std::vector<quint64> &rooms)
    : SharedData(Kind, elementType<std::byte>(),
        std::accumulate(rooms.begin(), rooms.end(), sizeof(ShareableListHead) + rooms.size() * sizeof(Entry)))
{
    elements<ShareableListHead>()->count = rooms.size();
    quint64 offset = sizeof(ShareableListHead) + rooms.size() * sizeof(Entry);
    for (std::size_t i = 0; i < rooms.size(); ++i) {
        entries()[i].offset = offset;
        entries()[i].room = rooms[i];
        offset += rooms[i];
        set(static_cast<qsizetype>(i), values[static_cast<qsizetype>(i)]);
    }
}

ShareableList::ShareableList(ReceivedObject received) : SharedData(std::move(received), elementType<std::byte>()) { }

qsizetype ShareableList::size() const { return static_cast<qsizetype>(elements<ShareableListHead>()->count); }

ShareableListEntry *ShareableList::entries() const
{
    return std::launder(reinterpret_cast<Entry *>(elements<std::byte>() + sizeof(ShareableListHead)));
}

ShareableListEntry &ShareableList::entry(qsizetype index) const
{
    const qsizetype count = size();
    const qsizetype position = index < 0 ? index + count : index;
    if (position < 0 || position >= count)
        throw IndexError("a ShareableList of " + std::to_string(count) + " items has no item " + std::to_string(index));
    return entries()[position];
}

std::byte *ShareableList::bytesOf(const Entry &entry) const { return elements<std::byte>() + entry.offset; }

QVariant ShareableList::at(qsizetype index) const
{
    const Entry &from = entry(index);
    const quint64 content = from.content.load();
    const quint64 length = std::min(content >> 8, from.room);
    const auto *bytes = reinterpret_cast<const char *>(bytesOf(from));
    return detail::valueOf({static_cast<ItemType>(content & 0xFF), QByteArray(bytes, static_cast<qsizetype>(length))});
}

void ShareableList::set(qsizetype index, const QVariant &value) const
{
    Entry &to = entry(index);
    const Item item = detail::itemOf(value);
    const auto length = static_cast<quint64>(item.bytes.size());
    if (length > to.room)
        throw ValueError("a text of " + std::to_string(length) + " bytes exceeds the available storage of item "
            + std::to_string(index) + " of a ShareableList, which is " + std::to_string(to.room)
            + ": make the list with an item as long");
    std::memcpy(bytesOf(to), item.bytes.constData(), length);
    to.setContent(item.type, length);
}

QByteArray ShareableList::format(qsizetype index) const
{
    const Entry &of = entry(index);
    return detail::formatOf(of.type(), of.room);
}

QByteArray ShareableList::format() const
{
    QByteArray all;
    for (qsizetype i = 0; i < size(); ++i)
        all += format(i);
    return all;
}

qsizetype ShareableList::count(const QVariant &item) const
{
    return std::count_if(begin(), end(), [&](const QVariant &each) { return detail::isEqual(each, item); });
}

qsizetype ShareableList::index(const QVariant &item) const
{
    for (qsizetype i = 0; i < size(); ++i) {
        if (detail::isEqual(at(i), item))
            return i;
    }
    throw ValueError("a ShareableList of " + std::to_string(size()) + " items has none that is equal to what was looked for");
}

QVariantList ShareableList::toList() const { return {begin(), end()}; }

ShareableList::const_iterator ShareableList::begin() const { return {this, 0}; }

ShareableList::const_iterator ShareableList::end() const { return {this, size()}; }

ShareableList copy(const ShareableList &from)
{
    std::vector<quint64> rooms;
    for (qsizetype i = 0; i < from.size(); ++i)
        rooms.push_back(from.entry(i).room);
    return ShareableList(from.toList(), rooms);
}

} // namespace procession
