// SPDX-License-Identifier: MIT
#include <procession/pool/engine/stuckworkerdetector.h>

#include <procession/platform/system/processstatus.h>

#include <algorithm>

namespace procession {

std::vector<WorkerTable::Worker *> StuckWorkerDetector::find(
    WorkerTable &workers, InFlightTasks &tasks, bool areToLeave, Clock::time_point now, std::chrono::milliseconds patience)
{
    const quint64 moves = m_taskQueue.getTotal() + m_reports.putTotal();
    if (moves != m_moves || (m_taskQueue.isEmpty() && !areToLeave)) {
        m_moves = moves;
        m_since = now;
    }
    std::vector<WorkerTable::Worker *> found;
    if (now - m_since < patience || workers.areThreads())
        return found;
    for (WorkerTable::Worker &worker : workers.all()) {
        const ThreadWord thread = worker.record.state().thread.load();
        const bool hasLock = thread != 0 && (thread == m_taskQueue.getter() || thread == m_reports.putter());
        if ((hasLock || !tasks.find(worker.record.claimed())) && isStopped(worker))
            found.push_back(&worker);
    }
    return found;
}

WorkerTable::Worker *StuckWorkerDetector::reporter(WorkerTable &workers) const
{
    const ThreadWord putter = m_reports.putter();
    if (putter == 0 || workers.areThreads())
        return nullptr;
    auto &all = workers.all();
    const auto found = std::find_if(all.begin(), all.end(),
        [putter](const WorkerTable::Worker &worker) { return worker.record.state().thread.load() == putter; });
    if (found == all.end())
        return nullptr;
    const bool isDoomed = (found->record.state().claim.load() & PoolWorkerState::Doomed) != 0;
    return isDoomed || isStopped(*found) ? &*found : nullptr;
}

bool StuckWorkerDetector::isStopped(const WorkerTable::Worker &worker)
{
    const auto status = processStatus(worker.handle.pid());
    return status && status->state == ProcessStatus::State::Stopped;
}

} // namespace procession
