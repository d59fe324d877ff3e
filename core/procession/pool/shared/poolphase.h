// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// What a pool is about.
enum class PoolPhase : quint32 {
    Open,
    Paused, ///< no task is handed out
    Closed, ///< no task is taken any more
    Terminated,
    Broken, ///< its workers cannot be started
};
inline constexpr PoolPhase LastPoolPhase = PoolPhase::Broken;

/// "open", "paused", …
const char *nameOf(PoolPhase phase);

} // namespace procession
