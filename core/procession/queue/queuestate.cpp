// SPDX-License-Identifier: MIT
#include <procession/queue/queuestate.h>

namespace procession {

quint32 QueueState::size() const
{
    for (;;) {
        const quint64 before = put.position.load();
        const QueuePosition head = QueuePosition::unpacked(get.position.load());
        if (put.position.load() == before)
            return QueuePosition::unpacked(before).since(head);
    }
}

quint64 QueueState::exactTotal(const QueueEnd &end)
{
    // The total is stored after the position: a thread killed in between has left it one behind.
    for (;;) {
        const quint64 total = end.total.load();
        const quint64 behind = (end.load().count - total) & QueuePosition::CountMask;
        if (behind == 1)
            return total + 1;
        // else other threads have moved the end in between
        if (behind == 0 || end.total.load() == total)
            return total;
    }
}

} // namespace procession
