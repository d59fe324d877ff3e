// SPDX-License-Identifier: MIT
#include <procession/job/engine/workerslots.h>

#include <algorithm>

namespace procession {

WorkerSlots::WorkerSlots(int count) { setWanted(count); }

void WorkerSlots::setWanted(int count)
{
    m_wanted = count;
    while (static_cast<int>(m_slots.size()) < count) {
        WorkerSlot slot;
        slot.snapshot.id = static_cast<int>(m_slots.size()) + 1;
        m_slots.push_back(slot);
    }
    for (WorkerSlot &slot : m_slots) {
        const int worker = slot.snapshot.id;
        if (slot.snapshot.hasTask)
            continue;
        slot.snapshot.state = worker <= count ? WorkerState::Idle : WorkerState::Retired;
        if (worker <= count)
            m_free.insert(worker);
        else
            m_free.erase(worker);
    }
    dropRetired();
}

int WorkerSlots::stoppedCount() const
{
    return static_cast<int>(std::count_if(m_slots.begin(), m_slots.end(), [](const WorkerSlot &slot) {
        return slot.snapshot.state == WorkerState::Suspended || slot.snapshot.state == WorkerState::Stopped;
    }));
}

int WorkerSlots::take()
{
    const int worker = *m_free.begin();
    m_free.erase(m_free.begin());
    ++m_busy;
    WorkerSlot &slot = (*this)[worker];
    slot.snapshot.hasTask = true;
    slot.snapshot.state = WorkerState::Busy;
    slot.cause = EndCause::Itself;
    slot.timeoutAt.reset();
    slot.killAt.reset();
    return worker;
}

void WorkerSlots::release(int worker)
{
    --m_busy;
    WorkerSnapshot &snapshot = (*this)[worker].snapshot;
    snapshot.hasTask = false;
    snapshot.pid = 0;
    snapshot.cpuTime = 0;
    snapshot.memory = 0;
    snapshot.progress = {};
    snapshot.state = worker <= m_wanted ? WorkerState::Idle : WorkerState::Retired;
    if (worker <= m_wanted)
        m_free.insert(worker);
    dropRetired();
}

void WorkerSlots::dropRetired()
{
    while (!m_slots.empty() && m_slots.back().snapshot.state == WorkerState::Retired)
        m_slots.pop_back();
}

} // namespace procession
