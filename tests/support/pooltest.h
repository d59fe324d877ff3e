// SPDX-License-Identifier: MIT
#pragma once

#include "processtest.h"

#include <procession/monitor/monitor.h>
#include <procession/pool/pool.h>
#include <procession/queue/queue.h>
#include <procession/sync/event.h>

#include <chrono>

/// \file
/// What tests of pools have in common.

/// After which a pool is said to hang.
inline constexpr std::chrono::seconds Patience{20};

inline int squared(int x) { return x * x; }

inline qint64 workerPid() { return procession::currentProcess().pid(); }

/// Tells that it has begun, and returns once the gate is open.
inline int tellAndWait(const procession::Queue<int> &begun, const procession::Event &gate, int x)
{
    begun.put(x);
    gate.wait();
    return x;
}

/// For a pool with that many workers.
inline procession::PoolOptions options(procession::StartMethod method, int processes = 2)
{
    return {.processes = processes, .context = procession::Context(method)};
}

/// Whether a thread waits for ever for the object of that name. Those of a pool are named as the pool, and "NAME tasks", "NAME reports".
inline bool isWaitedForEver(const QString &object)
{
    procession::Monitor monitor;
    const procession::Snapshot snapshot = monitor.snapshot();
    return std::any_of(snapshot.threads.begin(), snapshot.threads.end(), [&](const procession::MonitoredThread &thread) {
        const procession::MonitoredObject *waitedFor = snapshot.object(thread.waitingFor);
        return thread.waitsForever && waitedFor && waitedFor->name == object;
    });
}
