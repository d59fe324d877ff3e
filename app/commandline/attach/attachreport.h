// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/monitor/monitor.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

namespace procession {

// What `procession attach` prints, as text in the person's language and locale, and as JSON for scripts.

QString programsText(const std::vector<MonitoredProgram> &programs);
QString snapshotText(const Snapshot &snapshot);

QJsonArray programsJson(const std::vector<MonitoredProgram> &programs);
QJsonObject snapshotJson(const Snapshot &snapshot);

} // namespace procession
