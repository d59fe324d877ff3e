// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/sharedobject.h>

#include <QtCore/QFile>

#include <thread>

/// How many threads of all processes are asleep for it, or about to be.
inline int threadsWaitingFor(const procession::SharedObject &object)
{
    const auto threads = procession::Arena::get().map().threads();
    int count = 0;
    for (quint32 i = 0; i < threads.used(); ++i) {
        if (threads[i].waitingFor.load() == object.id().packed() && !threads[i].life.hasEnded())
            ++count;
    }
    return count;
}

template <typename Condition>
void spinUntil(Condition condition)
{
    while (!condition())
        std::this_thread::yield();
}

inline void untilWaiting(const procession::SharedObject &object, int count)
{
    spinUntil([&] { return threadsWaitingFor(object) >= count; });
}

/// Whether SIGSTOP has stopped it.
inline bool isStopped(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    return file.open(QIODevice::ReadOnly) && file.readAll().contains(") T ");
}

/// Until SIGSTOP has stopped it.
inline void untilStopped(qint64 pid)
{
    spinUntil([&] { return isStopped(pid); });
}
