// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <atomic>

namespace procession {

/// Position of one end of a queue: the number of messages so far, and where the next one lies. It
/// is one word, so that one store commits a message, whenever a process is killed.
struct QueuePosition
{
    static constexpr int CountBits = 28;
    static constexpr int UnitBits = 32;
    static constexpr quint64 CountMask = (quint64(1) << CountBits) - 1;
    static constexpr quint32 Rings = 16;
    static constexpr quint64 UnitSize = 16; ///< bytes: messages start at multiples of it
    static constexpr quint64 LargestRing = (quint64(1) << UnitBits) * UnitSize;

    quint32 ring = 0; ///< index of the queue's segment
    quint64 unit = 0; ///< offset in the ring, in units
    /// Messages so far, modulo 2^28. In the lowest bits of the word, so that its lower half changes
    /// with every message.
    quint32 count = 0;

    quint64 packed() const { return quint64(ring) << (CountBits + UnitBits) | unit << CountBits | count; }
    static QueuePosition unpacked(quint64 word)
    {
        return {static_cast<quint32>(word >> (CountBits + UnitBits)), (word >> CountBits) & ((quint64(1) << UnitBits) - 1),
            static_cast<quint32>(word & CountMask)};
    }

    /// Messages from `start` to here.
    quint32 since(const QueuePosition &start) const { return (count - start.count) & CountMask; }
    quint32 nextCount() const { return (count + 1) & CountMask; }
    quint32 nextRing() const { return (ring + 1) % Rings; }
};

} // namespace procession
