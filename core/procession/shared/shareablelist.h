// SPDX-License-Identifier: MIT
#pragma once

#include <procession/shared/data/shareddata.h>
#include <procession/shared/data/valueerror.h>

#include <QtCore/QVariant>

#include <iterator>
#include <vector>

namespace procession {

struct ShareableListEntry;

/// A list of fixed length in shared memory, whose items may be of different types and can be changed.
///
/// \code
/// ShareableList list({QStringLiteral("howdy"), -273.154, 100, QVariant(), true});
/// list.set(3, QStringLiteral("some"));        // another type, where it fits
/// for (const QVariant &item : list)
///     …
/// \endcode
///
/// An item is a whole number of 64 bits (qlonglong), a double, a bool, a QString, a QByteArray, or nothing (an invalid QVariant). Each
/// has room for what it was made with: eight bytes, or a text and at least one byte, rounded up to eight. Negative indexes count from
/// the end, -1 being the last.
///
/// Nothing guards the items: where one process changes a list and others read it, all need a Lock. Without one they may read something
/// old, new or mixed, but nothing else. A handle (see SharedObject). From any thread and process.
/// (shared_memory.ShareableList of Python 3.8)
class ShareableList : public SharedData
{
public:
    static constexpr KindOf<ShareableList> Kind{ObjectKind::ShareableList};
    class const_iterator; // NOLINT(readability-identifier-naming): the standard's name

    /// \throws ValueError when an item is of another type; SharedMemoryError, SystemError
    explicit ShareableList(const QVariantList &items = {});
    explicit ShareableList(ReceivedObject received);

    qsizetype size() const;
    bool isEmpty() const { return size() == 0; }

    /// \throws IndexError when there is no such item
    QVariant at(qsizetype index) const;
    QVariant operator[](qsizetype index) const { return at(index); }
    /// \throws IndexError when there is no such item; ValueError when it does not fit or is of another type: the item stays then
    void set(qsizetype index, const QVariant &item) const;

    /// How Python's struct module packs an item: "q", "d", "xxxxxxx?", "16s" for a text or bytes with that much room, "xxxxxx?x" for
    /// nothing.
    /// \throws IndexError when there is no such item
    QByteArray format(qsizetype index) const;
    /// Of all items, side by side.
    QByteArray format() const;

    /// How many items are equal to that; numbers are compared by value.
    qsizetype count(const QVariant &item) const;
    /// The first that is.
    /// \throws ValueError when there is none
    qsizetype index(const QVariant &item) const;

    QVariantList toList() const;
    const_iterator begin() const;
    const_iterator end() const;

    friend ShareableList copy(const ShareableList &from);

private:
    using Entry = ShareableListEntry;

    /// \param rooms  bytes for each item
    ShareableList(const QVariantList &items, const std::vector<quint64> &rooms);

    Entry *entries() const;
    Entry &entry(qsizetype index) const;
    std::byte *bytesOf(const Entry &entry) const;
};

/// A new one with the same items and as much room for each.
ShareableList copy(const ShareableList &from);

/// Reads each item when it is asked for.
class ShareableList::const_iterator
{
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = QVariant;
    using difference_type = qsizetype;
    using reference = QVariant;
    using pointer = void;

    const_iterator() = default;
    const_iterator(const ShareableList *list, qsizetype index) : m_list(list), m_index(index) { }

    QVariant operator*() const { return m_list->at(m_index); }
    const_iterator &operator++()
    {
        ++m_index;
        return *this;
    }
    const_iterator operator++(int)
    {
        const const_iterator before = *this;
        ++m_index;
        return before;
    }
    friend bool operator==(const const_iterator &, const const_iterator &) = default;

private:
    const ShareableList *m_list = nullptr;
    qsizetype m_index = 0;
};

} // namespace procession
