// SPDX-License-Identifier: MIT
#include <procession/job/engine/startthrottle.h>

namespace procession {

namespace {
constexpr std::chrono::milliseconds LookInterval{500};
}

StartThrottle::StartThrottle(const JobOptions &options, SystemState system) : m_options(options), m_system(std::move(system)) { }

bool StartThrottle::isOpen(TimePoint now)
{
    m_opensAt.reset();
    if (m_short)
        return false;
    if (m_nextStart && now < *m_nextStart) {
        m_opensAt = m_nextStart;
        return false;
    }
    if (m_options.maxLoad <= 0 && m_options.minFreeMemory <= 0)
        return true;
    if (!m_nextLook || now >= *m_nextLook) {
        m_heldBack = systemIsBusy();
        m_nextLook = now + LookInterval;
    }
    if (m_heldBack)
        m_opensAt = m_nextLook;
    return !m_heldBack;
}

std::optional<StartThrottle::TimePoint> StartThrottle::opensAt() const { return m_opensAt; }

void StartThrottle::started(TimePoint now)
{
    if (m_options.delay.count() > 0)
        m_nextStart = now + m_options.delay;
}

bool StartThrottle::systemIsBusy() const
{
    if (m_options.maxLoad > 0 && m_system.load() > m_options.maxLoad)
        return true;
    return m_options.minFreeMemory > 0 && m_system.freeMemory() < m_options.minFreeMemory;
}

} // namespace procession
