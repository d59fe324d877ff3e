// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace procession {

/// A worker of a Pool, as it was at the moment of asking.
struct PoolWorkerInfo
{
    quint32 number = 0; ///< in its pool, counted from 1; never given twice. What restartWorker() takes
    QString name{}; ///< of its process
    qint64 pid = 0;
    bool isReady = false; ///< its initializer has returned
    QString task{}; ///< what it is doing; empty when nothing
    quint64 tasks = 0; ///< that it has ended
};

} // namespace procession
