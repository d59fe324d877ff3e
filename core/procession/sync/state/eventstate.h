// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/thread/futex.h>

namespace procession {

/// What an Event is in shared memory: one word.
struct EventState
{
    static constexpr std::uint32_t IsSet = 1;
    static constexpr std::uint32_t Waiters = 2; ///< somebody may sleep
    static constexpr std::uint32_t Step = 4; ///< the bits from here on count how often it was set

    FutexWord word;
};

} // namespace procession
