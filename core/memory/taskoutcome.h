// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// How a task of a pool ended.
enum class TaskOutcome : quint32 {
    Done, ///< its calls returned, or threw
    Dropped, ///< it had been cancelled before it was begun
    Lost, ///< its worker died, or was killed because the task took too long or was cancelled
};
inline constexpr TaskOutcome LastTaskOutcome = TaskOutcome::Lost;

/// "done", "dropped", …
const char *nameOf(TaskOutcome outcome);

} // namespace procession
