// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// The number of this process. QCoreApplication::applicationPid() is the same, at the price of two page faults in a process just copied.
qint64 ownProcessId() noexcept;

/// Whether a process of this number runs. One that has ended does not, even if its parent has not yet taken notice.
bool isProcessAlive(qint64 pid);

/// When a process was started, in ticks since the system was: no other process of that number, later or earlier, has the same.
/// 0 when there is no such process.
quint64 processStartTime(qint64 pid);

/// Now, counted the same way.
quint64 ticksSinceBoot();

} // namespace procession
