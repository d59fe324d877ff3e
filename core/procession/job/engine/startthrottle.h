// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/joboptions.h>

#include <chrono>
#include <functional>
#include <optional>

namespace procession {

/// What the system has to offer; a parameter of StartThrottle, so that its rules can be tested on any machine.
struct SystemState
{
    std::function<double()> load;
    std::function<qint64()> freeMemory;
};

/// Holds back the next start: for the delay between two starts, for a busy system, for one short of memory or of processes.
///
/// To be used from one thread.
class StartThrottle
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    StartThrottle(const JobOptions &options, SystemState system);

    /// Whether a task may start at `now`. The system is looked at not more than twice a second.
    bool isOpen(TimePoint now);
    /// When it is worth while to ask again; empty when it is open, or waits for an attempt to end.
    std::optional<TimePoint> opensAt() const;
    /// Whether load or memory is what keeps it closed.
    bool isHeldBack() const { return m_heldBack; }

    void started(TimePoint now);
    /// The system had no process or descriptor for another attempt: closed until one ends.
    void ranShort() { m_short = true; }
    void attemptEnded() { m_short = false; }

private:
    bool systemIsBusy() const;

    JobOptions m_options;
    SystemState m_system;
    std::optional<TimePoint> m_nextStart;
    std::optional<TimePoint> m_nextLook;
    std::optional<TimePoint> m_opensAt;
    bool m_heldBack = false;
    bool m_short = false;
};

} // namespace procession
