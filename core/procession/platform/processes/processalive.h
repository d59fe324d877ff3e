// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// The id of this process. Unlike QCoreApplication::applicationPid(), it costs a process that was
/// just copied no page faults (two).
qint64 ownProcessId() noexcept;

/// Whether a process with this id is running. A process that has ended is not, even if its parent
/// has not reaped it yet.
bool isProcessAlive(qint64 pid);

/// When a process was started, in ticks since boot: no other process with that id, later or
/// earlier, has the same start time. 0 if there is no such process.
quint64 processStartTime(qint64 pid);

/// The current time in the same unit.
quint64 ticksSinceBoot();

} // namespace procession
