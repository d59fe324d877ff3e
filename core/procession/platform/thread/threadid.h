// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// The id of the calling thread, which the kernel assigns uniquely among the threads of all
/// processes.
qint64 currentThreadId();

} // namespace procession
