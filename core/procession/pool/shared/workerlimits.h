// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <chrono>

namespace procession {

/// The limits of a worker, applied in the worker.
struct WorkerLimits
{
    qint64 memory = 0; ///< own memory in bytes; 0: no limit
    qint32 cpu = -1; ///< the CPU it is bound to; -1: none
    qint32 niceness = 0; ///< added to the niceness of the pool's process

    /// Binds the calling thread to its CPU and sets its niceness. \throws SystemError
    void confine() const;
    /// \throws PoolError when the worker exceeds its memory limit before its first task
    void requireMemory() const;
};

/// Measures the memory of a worker from time to time, in the worker.
class MemoryWatch
{
public:
    explicit MemoryWatch(qint64 limit) : m_limit(limit) { }

    /// \param now  nanoseconds of a monotonic clock
    /// \returns whether the limit is exceeded; measures at most once in 10 ms
    bool isExceeded(qint64 now);

private:
    qint64 m_limit;
    qint64 m_next = 0;
};

} // namespace procession
