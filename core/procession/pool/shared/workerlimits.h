// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <chrono>

namespace procession {

/// What a worker is confined to; in the worker.
struct WorkerLimits
{
    qint64 memory = 0; ///< bytes of its own; 0: as many as there are
    qint32 cpu = -1; ///< it runs on; -1: on any
    qint32 niceness = 0; ///< more than its pool's process has

    /// Confines the calling thread to its CPU and niceness. \throws SystemError
    void confine() const;
    /// \throws PoolError when the worker uses more memory, before it has begun any task
    void requireMemory() const;
};

/// Asks now and then how much memory a worker uses; in the worker.
class MemoryWatch
{
public:
    explicit MemoryWatch(qint64 limit) : m_limit(limit) { }

    /// \param now  nanoseconds, of any clock that does not go back
    /// \returns whether it uses too much; it is measured at most once in 10 ms
    bool isExceeded(qint64 now);

private:
    qint64 m_limit;
    qint64 m_next = 0;
};

} // namespace procession
