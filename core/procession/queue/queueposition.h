// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <atomic>

namespace procession {

/// How far a queue has come at one of its ends: how many messages, and where the next one lies. It is one word, so that one store
/// commits a message, whenever a process is killed.
struct QueuePosition
{
    static constexpr int CountBits = 28;
    static constexpr int UnitBits = 32;
    static constexpr quint64 CountMask = (quint64(1) << CountBits) - 1;
    static constexpr quint32 Rings = 16;
    static constexpr quint64 UnitSize = 16; ///< bytes: messages begin at multiples of it
    static constexpr quint64 LargestRing = (quint64(1) << UnitBits) * UnitSize;

    quint32 ring = 0; ///< in which of the queue's segments
    quint64 unit = 0; ///< where in it, in units
    quint32 count = 0; ///< messages so far, modulo 2^28. The lowest bits of the word: its lower half changes with every message

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
