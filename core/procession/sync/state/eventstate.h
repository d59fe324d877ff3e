// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/thread/futex.h>

namespace procession {

/// State of an Event in shared memory: one word.
struct EventState
{
    static constexpr std::uint32_t IsSet = 1;
    static constexpr std::uint32_t Waiters = 2; ///< threads may be asleep on it
    static constexpr std::uint32_t Step = 4; ///< the bits from here on count how often it was set

    FutexWord word;
};

} // namespace procession
