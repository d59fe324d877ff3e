// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace procession {

/// A snapshot of a worker of a Pool.
struct PoolWorkerInfo
{
    quint32 number = 0; ///< in its pool, counted from 1, never reused; the argument of restartWorker()
    QString name{}; ///< of its process
    qint64 pid = 0;
    bool isReady = false; ///< its initializer has returned
    QString task{}; ///< its present task; empty when idle
    quint64 tasks = 0; ///< that it has ended
};

} // namespace procession
