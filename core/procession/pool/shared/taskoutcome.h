// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// How a task of a pool ended. A worker notes the first two itself; of the others it died.
enum class TaskOutcome : quint32 {
    Done, ///< its calls returned, or threw
    Dropped, ///< it had been cancelled before it was begun
    Lost, ///< its worker ended in the middle
    TimedOut, ///< its worker was killed because it took too long
    TooLarge, ///< its worker was killed because it used too much memory
    Cancelled, ///< its worker was killed because nobody wanted it any more
};
inline constexpr TaskOutcome LastTaskOutcome = TaskOutcome::Cancelled;

/// "done", "dropped", "lost", "timed out", "too large", "cancelled".
const char *nameOf(TaskOutcome outcome);

} // namespace procession
