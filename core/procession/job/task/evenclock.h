// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <chrono>

namespace procession {

/// The time of day at construction, continued by the monotonic clock: differences of its values are elapsed time.
///
/// \code
/// const EvenClock clock;
/// const qint64 begin = clock.now();
/// work();
/// const qint64 took = clock.now() - begin;    // microseconds, even if the time of day was set meanwhile
/// \endcode
///
/// Thread-safe.
class EvenClock
{
public:
    /// Microseconds since the epoch, UTC.
    qint64 now() const
    {
        using namespace std::chrono;
        return duration_cast<microseconds>(m_begin.time_since_epoch() + (steady_clock::now() - m_steadyBegin)).count();
    }

private:
    std::chrono::system_clock::time_point m_begin = std::chrono::system_clock::now();
    std::chrono::steady_clock::time_point m_steadyBegin = std::chrono::steady_clock::now();
};

} // namespace procession
