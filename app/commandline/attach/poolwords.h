// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/monitor/describe/objectdetails.h>

#include <QtCore/QJsonObject>

namespace procession {

// What `procession attach` says of pools and their workers.

/// "open, workers: 4, calls waiting: 20, …"
QString poolText(const PoolDetails &pool);
/// "Pool-1 worker 3: render, item 7 of 20, 2.3 s"
QString poolWorkerText(const PoolWorkerDetails &worker);
QJsonObject poolJson(const PoolDetails &pool);
/// Times are seconds of the clock that Snapshot::clock is read from.
QJsonObject poolWorkerJson(const PoolWorkerDetails &worker);

} // namespace procession
