// SPDX-License-Identifier: MIT
#include <procession/pool/engine/limitenforcer.h>

#include <procession/memory/arena/sleep.h>
#include <procession/platform/base/loglimit.h>
#include <procession/platform/system/processstatus.h>
#include <procession/pool/shared/poollog.h>

#include <algorithm>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr auto ReportTime = 50ms; // for workers that were blocked from reporting
/// A check of the time-outs that is later than this was delayed from outside, for example by SIGSTOP. The workers may have been stopped,
/// too, and get the same time again to end their tasks.
constexpr auto LateTime = 500ms;
constexpr auto MemoryPause = 20ms; // between two measurements of the workers' memory

} // namespace

LimitEnforcer::LimitEnforcer(const QString &name, qint64 memoryLimit, StuckWorkerDetector stopped, TaskLedger &tasks,
    WorkerTable &workers, TaskCanceller &stopper)
    : m_name(name.toUtf8()),
      m_memoryLimit(memoryLimit),
      m_stopped(std::move(stopped)),
      m_tasks(tasks),
      m_workers(workers),
      m_stopper(stopper)
{
}

/// 0: none. Caps the value at some centuries, which can still be added to a time.
std::chrono::milliseconds LimitEnforcer::timeoutOf(const Submission &batch)
{
    return std::min<std::chrono::milliseconds>(*batch.options().timeout, std::chrono::years(100));
}

void LimitEnforcer::add(const Submission &batch)
{
    const std::chrono::milliseconds timeout = timeoutOf(batch);
    if (timeout == 0ms)
        return;
    m_shortestTimeout = m_shortestTimeout == 0ms ? timeout : std::min(timeout, m_shortestTimeout);
    if (m_nextTimeout == Clock::time_point::max() || timeout == m_shortestTimeout)
        m_nextTimeout = std::min(m_nextTimeout, Clock::now() + timeout);
}

void LimitEnforcer::expectEnd()
{
    if (m_shortestTimeout > 0ms)
        m_nextTimeout = Clock::now() + m_shortestTimeout; // for stopped workers, which cannot leave
}

void LimitEnforcer::check(State state, Clock::time_point now)
{
    if (now >= m_nextTimeout) {
        const bool isLate = now - m_nextTimeout > LateTime;
        if (isLate && !m_wasLate)
            m_nextTimeout = now + LateTime;
        else
            checkTimes(state, now);
        m_wasLate = isLate;
    }
    if (now < nextMemoryLook())
        return;
    m_lastMemoryLook = now;
    checkMemory();
}

/// Whether the limits of the task still matter.
bool LimitEnforcer::isLimited(const TaskInFlight *task) const
{
    return task && task->batch && task->fate == TaskInFlight::Fate::Wanted;
}

void LimitEnforcer::checkTimes(State state, Clock::time_point now)
{
    const bool isEnding = state == State::Ending;
    m_nextTimeout = !m_tasks.isEmpty() || isEnding ? now + m_shortestTimeout : Clock::time_point::max();
    if (state != State::Paused) {
        for (WorkerTable::Worker *worker : m_stopped.find(m_workers, m_tasks.inFlight(), isEnding, now, m_shortestTimeout))
            kill(*worker);
    }
    for (const WorkerTable::Worker &worker : m_workers.all()) {
        const quint64 id = worker.record.claimed();
        const std::chrono::nanoseconds age(Sleep::now() - worker.record.state().since.load());
        TaskInFlight *task = m_tasks.inFlight().find(id);
        if (!isLimited(task) || worker.record.claimed() != id)
            continue;
        const std::chrono::milliseconds timeout = timeoutOf(*task->batch);
        if (timeout == 0ms)
            continue;
        if (age < timeout) {
            m_nextTimeout = std::min(m_nextTimeout, now + timeout - age);
        } else if (killStoppedReporter(id)) {
            m_nextTimeout = now + ReportTime;
            return;
        } else {
            m_stopper.stop(*task, TaskInFlight::Fate::TimedOut);
        }
    }
}

/// Kills a stopped worker that blocks reports: tasks that seem late may only be unable to report.
/// \param but  the task whose worker is not considered
/// \returns whether there was such a worker
bool LimitEnforcer::killStoppedReporter(quint64 but)
{
    WorkerTable::Worker *worker = m_stopped.reporter(m_workers);
    if (!worker || worker->record.claimed() == but)
        return false;
    kill(*worker);
    return true;
}

void LimitEnforcer::kill(WorkerTable::Worker &worker)
{
    static LogLimit limit;
    limit.warn(poolLog(), "%s: %s is stopped and keeps others from going on: it is killed", m_name.constData(),
        qUtf8Printable(worker.name));
    const quint64 id = worker.record.claimed();
    if (id == 0 || !m_workers.killFor(worker, id))
        m_workers.askToLeave(worker);
}

void LimitEnforcer::checkMemory()
{
    for (const WorkerTable::Worker &worker : m_workers.all()) {
        TaskInFlight *task = m_tasks.inFlight().find(worker.record.claimed());
        if (!isLimited(task))
            continue;
        const qint64 used = privateMemory(worker.handle.pid()).value_or(0);
        if (used - m_memoryLimit <= m_memoryLimit / 2)
            continue;
        task->withExtra().memory = used;
        m_stopper.stop(*task, TaskInFlight::Fate::TooLarge);
    }
}

LimitEnforcer::Clock::time_point LimitEnforcer::nextMemoryLook() const
{
    const bool isWatched = m_memoryLimit > 0 && m_tasks.inFlight().count() > 0;
    return isWatched ? m_lastMemoryLook + MemoryPause : Clock::time_point::max();
}

} // namespace procession
