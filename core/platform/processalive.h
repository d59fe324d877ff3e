// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// Whether a process of this number runs. One that has ended does not, even if its parent has not yet taken notice.
bool isProcessAlive(qint64 pid);

} // namespace procession
