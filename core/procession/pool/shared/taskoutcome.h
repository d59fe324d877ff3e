// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// How a task of a pool ended. The worker records the first two; it died of the others.
enum class TaskOutcome : quint32 {
    Done, ///< its calls returned or threw
    Dropped, ///< cancelled before it started
    Lost, ///< its worker ended during it
    TimedOut, ///< its worker was killed because of the time-out
    TooLarge, ///< its worker was killed because of its memory
    Cancelled, ///< its worker was killed because the task was cancelled
};
inline constexpr TaskOutcome LastTaskOutcome = TaskOutcome::Cancelled;

/// "done", "dropped", "lost", "timed out", "too large", "cancelled".
const char *nameOf(TaskOutcome outcome);

} // namespace procession
