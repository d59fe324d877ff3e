// SPDX-License-Identifier: MIT
#pragma once

#include <procession/queue/queueposition.h>

#include <atomic>
#include <cstddef>

namespace procession {

/// The memory in which the messages of a queue lie one after the other, mapped in this process.
/// Each message lies in one piece at a multiple of 16 bytes, after a head of 8 bytes with its kind
/// and length. A value.
class MessageRing
{
public:
    enum class Mark : quint8 {
        None,
        Message, ///< `length` bytes follow
        Wrap, ///< the next message lies at the beginning
        Next, ///< the next message lies at the beginning of the next ring
        MessageWithCargo, ///< like Message; the bytes begin with those of a QueueCargo
    };
    struct Head
    {
        Mark mark = Mark::None;
        quint64 length = 0; ///< bytes
    };

    MessageRing(std::byte *begin, quint64 size) : m_begin(begin), m_units(size / QueuePosition::UnitSize) { }

    quint64 units() const { return m_units; }
    /// Number of units that a message takes.
    static quint64 unitsFor(quint64 length)
    {
        return (length + HeadSize + QueuePosition::UnitSize - 1) / QueuePosition::UnitSize;
    }
    /// Finds room for a message at `tail`, or at the beginning, if the range from `head` to `tail`
    /// is in use.
    /// \returns its unit, or NoRoom. At least one unit is left for a mark.
    quint64 roomFor(quint64 unitCount, quint64 tail, quint64 head, bool isEmpty) const
    {
        if (!isEmpty && tail < head)
            return unitCount < head - tail ? tail : NoRoom;
        if (unitCount < m_units - tail || (unitCount == m_units - tail && head > 0))
            return tail;
        return unitCount < head ? 0 : NoRoom;
    }
    static constexpr quint64 NoRoom = ~quint64(0);

    Head headAt(quint64 unit) const
    {
        const quint64 word = headWord(unit).load(std::memory_order_relaxed);
        return {static_cast<Mark>(word & MarkBits), word >> MarkShift};
    }
    void setHead(quint64 unit, Mark mark, quint64 length = 0) const
    {
        headWord(unit).store(length << MarkShift | static_cast<quint64>(mark), std::memory_order_relaxed);
    }
    std::byte *bodyAt(quint64 unit) const { return m_begin + unit * QueuePosition::UnitSize + HeadSize; }
    /// The unit after a message.
    quint64 after(quint64 unit, quint64 length) const
    {
        const quint64 next = unit + unitsFor(length);
        return next == m_units ? 0 : next;
    }

private:
    static constexpr quint64 HeadSize = 8;
    static constexpr quint64 MarkBits = 7;
    static constexpr int MarkShift = 3;

    std::atomic<quint64> &headWord(quint64 unit) const
    {
        return *reinterpret_cast<std::atomic<quint64> *>(m_begin + unit * QueuePosition::UnitSize);
    }

    std::byte *m_begin;
    quint64 m_units;
};

} // namespace procession
