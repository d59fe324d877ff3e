// SPDX-License-Identifier: MIT
#pragma once

#include <procession/shared/data/shareableitem.h>

#include <atomic>

namespace procession {

/// The head of a ShareableList in shared memory. Entries follow, then the bytes of all items.
struct ShareableListHead
{
    quint64 count; ///< items; never changed
};

/// Where an item of a ShareableList lies.
struct ShareableListEntry
{
    quint64 offset; ///< bytes from the beginning; like the room, never changed
    quint64 room; ///< bytes
    std::atomic<quint64> content; ///< type and length in one word: a reader never takes a number's bytes for a long text

    void setContent(detail::ItemType type, quint64 length) { content.store(length << 8 | static_cast<quint64>(type)); }
    detail::ItemType type() const { return static_cast<detail::ItemType>(content.load() & 0xFF); }
};

} // namespace procession
