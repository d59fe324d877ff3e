// SPDX-License-Identifier: MIT
#pragma once

#include "processtest.h"

#include <procession/event.h>
#include <procession/pool.h>
#include <procession/queue.h>

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
