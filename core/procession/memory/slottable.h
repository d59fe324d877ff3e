// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <algorithm>
#include <atomic>
#include <optional>

namespace procession {

/// The first part of every record in a table.
struct SlotRecord
{
    std::atomic<quint32> nextFree; ///< while on a stack of free records: index of the next, plus 1
};

/// Bookkeeping of a table, in shared memory.
struct alignas(64) SlotTableHead
{
    std::atomic<quint32> used; ///< records at this index and beyond were never used
    std::atomic<quint64> free; ///< stack of free records
};

/// Takes a record off a stack of free records. If the process is killed right after, that record is
/// lost.
template <typename Record>
std::optional<quint32> popFree(std::atomic<quint64> &stack, Record *records)
{
    // The upper half counts changes, so that a stack that was changed back to the same top is
    // recognised (ABA).
    quint64 top = stack.load(std::memory_order_acquire);
    while (const auto index = static_cast<quint32>(top)) {
        const quint64 next = ((top >> 32) + 1) << 32 | records[index - 1].nextFree.load(std::memory_order_relaxed);
        if (stack.compare_exchange_weak(top, next, std::memory_order_acq_rel, std::memory_order_acquire))
            return index - 1;
    }
    return std::nullopt;
}

template <typename Record>
void pushFree(std::atomic<quint64> &stack, Record *records, quint32 index)
{
    quint64 top = stack.load(std::memory_order_relaxed);
    quint64 next = 0;
    do {
        records[index].nextFree.store(static_cast<quint32>(top), std::memory_order_relaxed);
        next = ((top >> 32) + 1) << 32 | (index + 1);
    } while (!stack.compare_exchange_weak(top, next, std::memory_order_acq_rel, std::memory_order_relaxed));
}

/// A fixed number of records in shared memory that any process can take and give back, without
/// locks.
///
/// \code
/// if (const auto index = table.take(prepare))
///     table[*index].name.set("…");
/// \endcode
///
/// A record keeps its contents between uses; before the first use it is zeros. A value; from any
/// thread.
template <typename Record>
class SlotTable
{
public:
    SlotTable(SlotTableHead &head, Record *records, quint32 capacity)
        : m_head(&head), m_records(records), m_capacity(capacity) { }

    /// \param prepare  called with the index of a record before its first use: reserves memory, for
    ///     example
    /// \returns nothing if all records are in use
    template <typename Prepare>
    std::optional<quint32> take(Prepare prepare) const
    {
        if (const auto index = popFree(m_head->free, m_records))
            return index;
        quint32 used = m_head->used.load(std::memory_order_relaxed);
        while (used < m_capacity) {
            prepare(used);
            if (m_head->used.compare_exchange_weak(used, used + 1, std::memory_order_acq_rel))
                return used;
        }
        return std::nullopt;
    }
    void giveBack(quint32 index) const { pushFree(m_head->free, m_records, index); }

    /// Every index taken so far is smaller than this.
    quint32 used() const { return std::min(m_head->used.load(std::memory_order_acquire), m_capacity); }
    quint32 capacity() const { return m_capacity; }
    Record &operator[](quint32 index) const { return m_records[index]; }
    quint32 indexOf(const Record &record) const { return static_cast<quint32>(&record - m_records); }

private:
    SlotTableHead *m_head;
    Record *m_records;
    quint32 m_capacity;
};

} // namespace procession
