// SPDX-License-Identifier: MIT
#include <procession/pool/engine/workerreplenisher.h>

#include <procession/platform/base/loglimit.h>
#include <procession/pool/shared/poollog.h>

#include <algorithm>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr auto StartPause = 10ms; // doubled for each failed start
constexpr auto LongestStartPause = 1s;
constexpr int MostFailedStarts = 8; // in a row while no worker is ready, or twice the configured number if that is more

} // namespace

WorkerReplenisher::WorkerReplenisher(const QString &name, int processes, PoolHandle record, WorkerTable &workers)
    : m_name(name.toUtf8()), m_record(std::move(record)), m_workers(workers), m_processes(processes)
{
    m_record.state().processes.store(static_cast<quint32>(processes));
}

void WorkerReplenisher::set(int processes)
{
    m_processes = processes;
    m_record.state().processes.store(static_cast<quint32>(processes));
    int tooMany = m_workers.staying() - processes;
    for (const bool mayBeBusy : {false, true}) {
        for (WorkerTable::Worker &worker : m_workers.all()) {
            if (tooMany <= 0 || worker.isLeaving || (worker.record.claimed() != 0 && !mayBeBusy))
                continue;
            m_workers.askToLeave(worker);
            --tooMany;
        }
    }
}

void WorkerReplenisher::startAll()
{
    while (m_workers.staying() < m_processes)
        m_workers.start();
}

void WorkerReplenisher::keep(Clock::time_point now)
{
    noteReady();
    while (m_workers.staying() < m_processes && now >= m_nextStart) {
        try {
            m_workers.start();
            m_record.state().restarts.fetch_add(1, std::memory_order_relaxed);
        } catch (const ProcessError &error) {
            noteFailedStart(error.what(), now);
        }
    }
}

WorkerReplenisher::Clock::time_point WorkerReplenisher::next(Clock::time_point now) const
{
    return m_workers.staying() < m_processes ? std::max(m_nextStart, now) : Clock::time_point::max();
}

void WorkerReplenisher::noteFailedStart(const std::string &why, Clock::time_point now)
{
    if (m_whyNotStarted.empty())
        m_whyNotStarted = why;
    ++m_failedStarts;
    const auto pause = StartPause * (1 << std::min(m_failedStarts, 10));
    m_nextStart = now + std::min<std::chrono::milliseconds>(pause, LongestStartPause);
    static LogLimit limit;
    limit.warn(poolLog(), "%s: a worker did not come to life: %s", m_name.constData(), why.c_str());
}

bool WorkerReplenisher::isHopeless() const
{
    return m_failedStarts >= std::max(MostFailedStarts, 2 * m_processes) && !hasReadyWorker();
}

bool WorkerReplenisher::hasReadyWorker() const
{
    const auto &all = m_workers.all();
    return std::any_of(
        all.begin(), all.end(), [](const WorkerTable::Worker &worker) { return worker.isReady && !worker.isLeaving; });
}

void WorkerReplenisher::noteReady()
{
    for (WorkerTable::Worker &worker : m_workers.all()) {
        if (worker.isReady || worker.record.state().isReady.load(std::memory_order_relaxed) == 0)
            continue;
        worker.isReady = true;
        m_failedStarts = 0;
        m_whyNotStarted.clear();
    }
}

} // namespace procession
