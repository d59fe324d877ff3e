// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// How a task of a pool ended whose worker lived on.
enum class TaskOutcome : quint32 {
    Done, ///< its calls returned, or threw
    Dropped, ///< it had been cancelled before it was begun
};
inline constexpr TaskOutcome LastTaskOutcome = TaskOutcome::Dropped;

/// "done", "dropped", …
const char *nameOf(TaskOutcome outcome);

} // namespace procession
