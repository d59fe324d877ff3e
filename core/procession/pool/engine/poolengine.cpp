// SPDX-License-Identifier: MIT
#include <procession/pool/engine/poolengine.h>

#include <procession/platform/base/loglimit.h>
#include <procession/pool/options/poolerrors.h>
#include <procession/pool/shared/poollog.h>
#include <procession/pool/shared/taskmessage.h>

#include <algorithm>
#include <thread>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr auto ChildLookPause = 1ms;
constexpr auto Grace = 1s; // from SIGTERM to SIGKILL
constexpr auto WatchPause = 50ms;
constexpr auto OutputPause = 5ms; // before reading output starts: a pool that ends earlier needs no thread for it

std::string described(ExitStatus status)
{
    QString text;
    QDebug(&text).nospace() << status;
    return text.trimmed().toStdString();
}

std::unique_ptr<OutputRelay> relayFor(const PoolOptions &options, const QString &name)
{
    const bool isRead = options.standardOutput != PoolOutput::Inherit || options.standardError != PoolOutput::Inherit;
    return isRead ? std::make_unique<OutputRelay>(options.standardOutput, *options.standardError, name) : nullptr;
}

} // namespace

PoolEngine::PoolEngine(const PoolOptions &options, const QString &name, std::function<std::unique_lock<std::mutex>()> lock)
    : m_name(name),
      m_lock(std::move(lock)),
      m_output(relayFor(options, name)),
      m_workers(options, options.context.startMethod(),
          {m_record, m_taskQueue, m_reportQueue,
              options.context.startMethod() == StartMethod::Thread
                  ? std::function<quint32(quint64)>([this](quint64 task) { return runHere(task); })
                  : nullptr,
              m_output.get()}),
      m_tasks(m_record, m_taskQueue, m_workers.areThreads()),
      m_stopper(m_record, m_tasks, m_workers),
      m_limits(name, options.memoryLimit, StuckWorkerDetector(m_taskQueue, m_reportQueue), m_tasks, m_workers, m_stopper),
      m_losses(m_record, m_taskQueue, options.memoryLimit, m_output.get(), m_tasks, m_workers),
      m_size(name, options.processes, m_record, m_workers),
      m_reports(name, m_reportQueue, m_output.get(), m_workers.areThreads(), m_tasks, m_size),
      m_outputStart(m_output ? Clock::now() + OutputPause : Clock::time_point::max())
{
    m_record.setName(name);
    m_taskQueue.setName(name + QStringLiteral(" tasks"));
    m_reportQueue.setName(name + QStringLiteral(" reports"));
    PoolState &state = m_record.state();
    state.taskQueue.store(m_taskQueue.id().packed());
    state.reportQueue.store(m_reportQueue.id().packed());
}

PoolEngine::~PoolEngine() = default;

void PoolEngine::startAll() { m_size.startAll(); }

void PoolEngine::requireOpen() const
{
    if (m_phase == PoolPhase::Broken)
        throw PoolError(m_name.toStdString() + " has given up and takes no tasks any more: " + m_whyBroken);
    if (m_phase == PoolPhase::Closed || m_phase == PoolPhase::Terminated)
        throw PoolError(m_name.toStdString() + (m_phase == PoolPhase::Closed ? " is closed" : " was terminated")
            + ": it takes no tasks any more; make another one");
}

void PoolEngine::add(const std::shared_ptr<Submission> &batch)
{
    m_limits.add(*batch);
    m_tasks.add(batch);
    if (isOver()) // an iterator that outlives the pool submits what it reads
        failTasks();
    else
        handOut();
}

void PoolEngine::handOut() { m_tasks.fillQueue(std::max(1, m_size.processes())); }

bool PoolEngine::collect()
{
    return m_reports.collect([this] { handOut(); });
}

void PoolEngine::lookAfter(bool always)
{
    const auto now = Clock::now();
    if (!always && now - m_lastLook < ChildLookPause)
        return;
    m_lastLook = now;
    for (const WorkerTable::Ended &gone : m_workers.takeEnded())
        settle(gone, now);
    m_limits.check(limitsState(), now);
    if (!m_watched.empty())
        dropUnwanted();
    if (now >= m_killTime)
        m_workers.killAll();
    if (now >= m_outputStart) {
        m_outputStart = Clock::time_point::max();
        m_output->start();
    }
    keepSize(now);
    handOut();
}

LimitEnforcer::State PoolEngine::limitsState() const
{
    if (m_areSeenOff)
        return LimitEnforcer::State::Ending;
    return m_phase == PoolPhase::Paused ? LimitEnforcer::State::Paused : LimitEnforcer::State::Working;
}

void PoolEngine::settle(const WorkerTable::Ended &gone, Clock::time_point now)
{
    const auto collectAll = [this] {
        while (collect()) { }
    };
    m_hasLostWorkers = true;
    const bool isToLive = !gone.worker.isLeaving && !isOver() && !m_workers.areTerminatedWithProcess();
    if (isToLive && gone.worker.record.state().isReady.load() == 0) {
        collectAll(); // the worker may have reported why
        m_size.noteFailedStart("process " + std::to_string(gone.pid) + " ended with " + described(gone.status), now);
    }
    m_losses.settle(gone, collectAll);
}

void PoolEngine::keepSize(Clock::time_point now)
{
    if (isOver())
        return;
    if (m_phase == PoolPhase::Closed && !hasTasks()) {
        endIdleWorkers();
        return;
    }
    if (m_workers.areTerminatedWithProcess())
        return;
    m_size.keep(now);
    if (m_size.isHopeless())
        breakDown("its workers do not come to life: " + m_size.whyNotStarted());
}

void PoolEngine::finishOutput()
{
    if (m_output)
        m_output->finish();
}

void PoolEngine::breakDown(const std::string &why)
{
    if (m_phase == PoolPhase::Broken) {
        m_workers.abandon(); // it cannot see their end either
        m_hasLostWorkers = true;
        return;
    }
    static LogLimit limit;
    limit.critical(poolLog(), "%s has given up: %s", qUtf8Printable(m_name), why.c_str());
    m_whyBroken = why;
    endTasks(PoolPhase::Broken, " has given up: " + why);
    m_workers.killAll();
    m_hasLostWorkers = true; // some may be forgotten
}

void PoolEngine::terminate()
{
    if (m_phase == PoolPhase::Terminated)
        return;
    endTasks(PoolPhase::Terminated, " was terminated before this had ended");
    m_workers.terminateAll();
    m_killTime = Clock::now() + Grace;
}

void PoolEngine::endTasks(PoolPhase phase, const std::string &why)
{
    setPhase(phase);
    m_whyOver = why;
    m_tasks.endRetries();
    failTasks();
    dismissThreads();
}

void PoolEngine::failTasks() { m_tasks.failAll(std::make_exception_ptr(PoolError(m_name.toStdString() + m_whyOver))); }

/// Threads cannot be killed: asks each to end after its present task.
void PoolEngine::dismissThreads()
{
    if (!m_workers.areThreads())
        return;
    for (WorkerTable::Worker &worker : m_workers.all()) {
        m_workers.doom(worker);
        m_workers.askToLeave(worker);
    }
}

/// Ends the workers of a pool without tasks: each takes a message that asks it to leave.
void PoolEngine::endIdleWorkers()
{
    if (std::exchange(m_areSeenOff, true))
        return;
    m_limits.expectEnd();
    const TaskHead last;
    for (WorkerTable::Worker &worker : m_workers.all()) {
        worker.isLeaving = true;
        m_taskQueue.put({reinterpret_cast<const char *>(&last), sizeof last}, {});
    }
}

PoolEngine::Clock::time_point PoolEngine::nextLook() const
{
    const auto now = Clock::now();
    auto next = std::min({m_tasks.nextRetry(), m_killTime, m_outputStart, m_limits.next()});
    if (const auto pause = m_workers.lookAgain())
        next = std::min<Clock::time_point>(next, now + *pause);
    if (!m_watched.empty())
        next = std::min<Clock::time_point>(next, now + WatchPause);
    const bool isKeepingSize = !isOver() && !m_areSeenOff && !m_workers.areTerminatedWithProcess();
    return isKeepingSize ? std::min(next, m_size.next(now)) : next;
}

std::vector<ThreadWord> PoolEngine::threads() const
{
    const auto threads = m_workers.threads();
    return {threads.begin(), threads.end()};
}

void PoolEngine::sleep(QDeadlineTimer deadline, FutexExpectation nudge, std::span<const ThreadWord> threads) const
{
    if (deadline.hasExpired())
        std::this_thread::yield();
    else
        m_reportQueue.awaitMessage(deadline, nudge, threads);
}

void PoolEngine::setPhase(PoolPhase phase)
{
    m_phase = phase;
    m_record.state().phase.store(static_cast<quint32>(phase));
    wakeFutex(m_record.state().phase, std::numeric_limits<int>::max());
}

void PoolEngine::close()
{
    if (m_phase != PoolPhase::Open && m_phase != PoolPhase::Paused)
        return;
    setPaused(false);
    setPhase(PoolPhase::Closed);
    lookAfter(true);
}

void PoolEngine::setPaused(bool paused)
{
    if (m_phase != PoolPhase::Open && m_phase != PoolPhase::Paused)
        return;
    m_tasks.setPaused(paused);
    setPhase(paused ? PoolPhase::Paused : PoolPhase::Open);
    handOut();
}

void PoolEngine::resize(int processes)
{
    m_size.set(processes);
    lookAfter(true);
}

void PoolEngine::restartWorker(quint32 number)
{
    auto &all = m_workers.all();
    const auto found
        = std::find_if(all.begin(), all.end(), [number](const WorkerTable::Worker &worker) { return worker.number == number; });
    if (found == all.end())
        throw PoolError(m_name.toStdString() + " has no worker " + std::to_string(number));
    m_workers.askToLeave(*found);
    lookAfter(true);
}

std::vector<PoolWorkerInfo> PoolEngine::describeWorkers()
{
    std::vector<PoolWorkerInfo> infos;
    for (const WorkerTable::Worker &worker : m_workers.all()) {
        PoolWorkerInfo info{worker.number, worker.name, worker.handle.pid(), worker.record.state().isReady.load() != 0, {},
            worker.record.state().tasks.load()};
        if (const TaskInFlight *task = m_tasks.inFlight().find(worker.record.claimed()); task && task->batch)
            info.task = task->batch->describe(task->chunk);
        infos.push_back(info);
    }
    return infos;
}

void PoolEngine::dropUnwanted()
{
    std::vector<std::shared_ptr<Submission>> unwanted;
    std::erase_if(m_watched, [&](const std::weak_ptr<Submission> &watched) {
        const auto batch = watched.lock();
        if (batch && !batch->isUnwanted())
            return false;
        if (batch)
            unwanted.push_back(batch);
        return true;
    });
    for (const auto &batch : unwanted)
        cancel(batch);
}

void PoolEngine::cancel(const std::shared_ptr<Submission> &batch)
{
    const auto cancelled
        = std::make_exception_ptr(TaskCancelled(batch->functionName().toStdString() + " was cancelled before it had ended"));
    m_tasks.failWaiting(batch, cancelled);
    batch->cancel();
    m_tasks.inFlight().forEach([&](TaskInFlight &task) {
        if (task.batch != batch)
            return;
        if (m_output && m_output->isCapturing())
            batch->captured(task.chunk, present(task));
        m_tasks.giveUp(task, cancelled);
        m_stopper.stop(task, TaskInFlight::Fate::Cancelled);
    });
}

void PoolEngine::dropTasks()
{
    try {
        while (collect()) { }
        while (const auto taken = m_taskQueue.beginGet(QDeadlineTimer()))
            m_taskQueue.finishGet(*taken);
    } catch (const std::exception &error) {
        static LogLimit limit;
        limit.warn(poolLog(), "%s: what its queues have in them is lost: %s", qUtf8Printable(m_name), error.what());
    }
    m_tasks.dropAll();
}

CallOutput PoolEngine::present(const TaskInFlight &task)
{
    const WorkerTable::Worker *worker = m_output && m_output->isCapturing() ? m_workers.on(task.id) : nullptr;
    return worker ? m_output->present(worker->number) : CallOutput();
}

CallOutput PoolEngine::present(const std::shared_ptr<Submission> &batch)
{
    CallOutput all;
    m_tasks.inFlight().forEach([&](const TaskInFlight &task) {
        if (task.batch != batch)
            return;
        const CallOutput output = present(task);
        all.output += output.output;
        all.error += output.error;
    });
    return all;
}

quint32 PoolEngine::runHere(quint64 id)
{
    auto lock = m_lock();
    TaskInFlight *task = m_tasks.inFlight().find(id);
    if (!task || !task->extra || !task->extra->calls)
        return 0;
    const Submission::CallsHere calls = task->extra->calls;
    lock.unlock();
    Submission::MadeHere made = calls();
    lock.lock();
    if ((task = m_tasks.inFlight().find(id)))
        task->withExtra().deliver = std::move(made.deliver);
    return made.failures;
}

} // namespace procession
