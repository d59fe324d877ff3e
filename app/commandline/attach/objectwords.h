// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/monitor/snapshot.h>

#include <QtCore/QJsonObject>

namespace procession {

// What `procession attach` says of locks and the like: a function for each kind of details.

/// Which object, in all the life of the program: "12.1"
QString idText(ObjectId object);
/// "worker (4711)"
QString personText(const QString &process, qint64 pid);
QJsonObject ownerJson(const LockOwner &owner);
/// "RLock “cache”"
QString objectText(const MonitoredObject &object);
/// "held by worker (4711), twice"; empty when there is nothing to say.
QString detailsText(const ObjectDetails &details);
QJsonObject detailsJson(const ObjectDetails &details);

} // namespace procession
