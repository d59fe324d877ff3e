// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// The calling thread's number, as the kernel counts threads of all processes.
qint64 currentThreadId();

} // namespace procession
