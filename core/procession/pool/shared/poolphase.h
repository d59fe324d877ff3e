// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// Lifecycle phase of a pool.
enum class PoolPhase : quint32 {
    Open,
    Paused, ///< hands out no tasks
    Closed, ///< accepts no more tasks
    Terminated,
    Broken, ///< its workers cannot be started
};
inline constexpr PoolPhase LastPoolPhase = PoolPhase::Broken;

/// "open", "paused", …
const char *nameOf(PoolPhase phase);

} // namespace procession
