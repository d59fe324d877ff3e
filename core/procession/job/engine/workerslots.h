// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/engine/job.h>

#include <chrono>
#include <optional>
#include <set>
#include <vector>

namespace procession {

/// One worker as the runner keeps it.
struct WorkerSlot
{
    using TimePoint = std::chrono::steady_clock::time_point;

    WorkerSnapshot snapshot;
    EndCause cause = EndCause::Itself; ///< why the running attempt is being ended, if it is
    std::optional<TimePoint> timeoutAt;
    std::optional<TimePoint> killAt;
    std::chrono::nanoseconds timeLeft{0}; ///< of a suspended attempt's time-out
};

/// The workers of a job: which are free, which retire. Worker numbers begin at 1.
class WorkerSlots
{
public:
    explicit WorkerSlots(int count);

    int wanted() const { return m_wanted; }
    /// Changes the number of workers; surplus busy ones retire when they become free.
    void setWanted(int count);

    WorkerSlot &operator[](int worker) { return m_slots[static_cast<std::size_t>(worker - 1)]; }
    bool contains(int worker) const { return worker >= 1 && worker <= static_cast<int>(m_slots.size()); }
    int busyCount() const { return m_busy; }
    /// Busy ones whose attempt is suspended or stopped.
    int stoppedCount() const;
    bool hasFree() const { return !m_free.empty(); }
    /// The free worker with the lowest number, now busy. \pre hasFree()
    int take();
    /// A busy worker is free again, or gone when it is above the wanted number.
    void release(int worker);

    const std::vector<WorkerSlot> &all() const { return m_slots; }
    std::vector<WorkerSlot> &all() { return m_slots; }

private:
    void dropRetired();

    int m_wanted = 0;
    int m_busy = 0;
    std::vector<WorkerSlot> m_slots;
    std::set<int> m_free;
};

} // namespace procession
