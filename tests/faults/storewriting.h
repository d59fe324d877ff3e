// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// The output that task `task` is made to have: its length and content follow from its number.
QByteArray expectedOutput(quint32 task);

/// What the process does that is to be killed: writes tasks into the job `job` of the store, a new one if 0, for ever, and prints
/// "job N" and, once the store says that a task's end is written, "task N". Odd seeds write through a JobRecorder.
int writeUntilKilled(const QByteArray &path, qint64 job, quint32 seed);

} // namespace procession
