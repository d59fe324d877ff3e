// SPDX-License-Identifier: MIT
#include <procession/poolcore.h>

#include <procession/poolerrors.h>
#include <procession/poollog.h>
#include <procession/taskfunction.h>

#include <QtCore/QScopeGuard>

#include <algorithm>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr int MostReports = 1024; // that are taken before anything else is looked at
constexpr int ReportsBetween = 64; // handing out tasks
constexpr auto LookPause = 1ms;
constexpr auto StartPause = 10ms; // after a worker that did not come to life; after each further one twice as long
constexpr auto LongestStartPause = 1s;
constexpr int MostFailedStarts = 8; // one after the other, with no worker that works; or twice as many as there are to be
constexpr auto Grace = 1s; // from SIGTERM to SIGKILL
constexpr auto WatchPause = 50ms;
constexpr auto OutputPause = 5ms; // before what the workers write is read: a pool that is gone by then needs no thread for that

std::unique_ptr<OutputRelay> relayFor(const PoolOptions &options, const QString &name)
{
    const bool isRead = options.standardOutput != PoolOutput::Inherit || options.standardError != PoolOutput::Inherit;
    return isRead ? std::make_unique<OutputRelay>(options.standardOutput, *options.standardError, name) : nullptr;
}

} // namespace

PoolCore::PoolCore(const PoolOptions &options, const QString &name, std::function<std::unique_lock<std::mutex>()> lock)
    : m_options(options),
      m_name(name),
      m_lock(std::move(lock)),
      m_output(relayFor(options, name)),
      m_workers(options, options.context.startMethod(),
          {m_record, m_tasks, m_reports,
              options.context.startMethod() == StartMethod::Thread
                  ? std::function<quint32(quint64)>([this](quint64 task) { return runHere(task); })
                  : nullptr,
              m_output.get()}),
      m_dispatcher(m_record, m_tasks, m_inFlight, m_workers.areThreads(),
          [this](TaskBatch &batch, const TaskChunk &chunk, const std::exception_ptr &error) { fail(batch, chunk, error); }),
      m_stopped(m_tasks, m_reports),
      m_processes(options.processes),
      m_outputStart(m_output ? Clock::now() + OutputPause : Clock::time_point::max())
{
    m_record.setName(name);
    m_tasks.setName(name + QStringLiteral(" tasks"));
    m_reports.setName(name + QStringLiteral(" reports"));
    PoolState &state = m_record.state();
    state.processes.store(static_cast<quint32>(m_processes));
    state.taskQueue.store(m_tasks.id().packed());
    state.reportQueue.store(m_reports.id().packed());
}

PoolCore::~PoolCore() = default;

void PoolCore::startAll()
{
    while (m_workers.staying() < m_processes)
        m_workers.start();
}

void PoolCore::requireOpen() const
{
    if (m_phase == PoolPhase::Broken)
        throw PoolError(m_name.toStdString() + " has given up and takes no tasks any more: " + m_whyBroken);
    if (m_phase == PoolPhase::Closed || m_phase == PoolPhase::Terminated)
        throw PoolError(m_name.toStdString() + (m_phase == PoolPhase::Closed ? " is closed" : " was terminated")
            + ": it takes no tasks any more; make another one");
}

void PoolCore::add(const std::shared_ptr<TaskBatch> &batch)
{
    const std::chrono::milliseconds timeout = *batch->options().timeout;
    if (timeout > 0ms) {
        m_shortestTimeout = m_shortestTimeout == 0ms ? timeout : std::min(timeout, m_shortestTimeout);
        if (m_nextTimeout == Clock::time_point::max() || timeout == m_shortestTimeout)
            m_nextTimeout = std::min(m_nextTimeout, Clock::now() + timeout);
    }
    m_dispatcher.add(batch);
    handOut();
}

void PoolCore::handOut()
{
    m_dispatcher.handOut(std::max(1, m_processes));
    publish();
}

void PoolCore::publish() { m_record.state().waiting.store(m_dispatcher.waiting(), std::memory_order_relaxed); }

bool PoolCore::collect()
{
    int count = 0;
    auto taken = m_reports.beginGet(QDeadlineTimer());
    const auto atEnd = qScopeGuard([&] { // whatever reading it throws
        if (taken)
            m_reports.finishGet(*taken);
    });
    while (taken) {
        report(taken->message, taken->descriptors);
        if (++count == MostReports)
            break;
        if (count % ReportsBetween == 0)
            handOut();
        const PoolQueue::Taken done = *std::exchange(taken, std::nullopt);
        taken = m_reports.getNext(done);
    }
    if (count > 0)
        handOut();
    return count > 0;
}

/// Never throws what lies in a report.
void PoolCore::report(QByteArrayView message, std::span<Descriptor> descriptors)
{
    ReportHead head;
    if (message.size() < qsizetype(sizeof head)) {
        qCWarning(poolLog, "%s: a worker has sent a report that cannot be read", qUtf8Printable(m_name));
        return;
    }
    std::memcpy(&head, message.data(), sizeof head);
    Decoder decoder(message.sliced(sizeof head), descriptors);
    TaskInFlight *task = m_inFlight.find(head.id);
    switch (head.kind) {
    case ReportKind::Outcomes:
        if (task)
            outcomes(*task, head, decoder);
        return;
    case ReportKind::Dropped:
        if (task)
            finish(*task);
        return;
    case ReportKind::Progress:
        if (task && task->batch)
            progressed(*task, decoder);
        return;
    case ReportKind::NotStarted:
        notStarted(decoder);
        return;
    }
    qCWarning(poolLog, "%s: a worker has sent a report of an unknown kind", qUtf8Printable(m_name));
}

void PoolCore::progressed(TaskInFlight &task, Decoder &decoder)
{
    try {
        TaskProgress progress;
        progress.done = decoder.read<qint64>();
        progress.total = decoder.read<qint64>();
        progress.text = decoder.read<QString>();
        task.batch->progressed(progress);
        task.batch->takeLater(m_later);
    } catch (const DecodeError &error) {
        qCWarning(poolLog, "%s: a worker has sent progress that cannot be read: %s", qUtf8Printable(m_name), error.what());
    }
}

void PoolCore::notStarted(Decoder &decoder)
{
    try {
        decoder.read<OutcomeKind>();
        rethrowDecoded(decoder);
    } catch (const std::exception &error) {
        m_whyNotStarted = std::string("the initializer threw: ") + error.what();
    } catch (...) {
        m_whyNotStarted = "the initializer threw something that is no std::exception";
    }
}

void PoolCore::outcomes(TaskInFlight &task, const ReportHead &head, Decoder &decoder)
{
    m_failedStarts = 0;
    const bool isCapturing = m_output && m_output->isCapturing();
    CallOutput output = isCapturing ? m_output->take(head.worker, head.id) : CallOutput();
    if (!task.batch) {
        finish(task);
        return;
    }
    if (head.failures > 0 && task.batch->options().retry->afterExceptions && mayRetry(task)) {
        retry(task);
        return;
    }
    task.batch->noteTime(task.chunk, head.nanoseconds);
    if (isCapturing)
        task.batch->captured(task.chunk, std::move(output));
    if (!m_workers.areThreads())
        task.batch->readOutcomes(decoder, task.chunk);
    else if (task.extra && task.extra->deliver)
        task.extra->deliver();
    ended(*task.batch, task.chunk, std::min(head.failures, task.chunk.count));
    finish(task);
}

void PoolCore::finish(TaskInFlight &task) { m_inFlight.remove(task); }

void PoolCore::fail(TaskBatch &batch, const TaskChunk &chunk, const std::exception_ptr &exception)
{
    batch.fail(chunk, exception);
    ended(batch, chunk, chunk.count);
}

void PoolCore::ended(TaskBatch &batch, const TaskChunk &chunk, quint64 failures)
{
    PoolState &state = m_record.state();
    state.done.store(state.done.load(std::memory_order_relaxed) + chunk.count - failures, std::memory_order_relaxed);
    if (failures > 0)
        state.failed.store(state.failed.load(std::memory_order_relaxed) + failures, std::memory_order_relaxed);
    batch.takeLater(m_later);
    m_hasChanged = true;
}

bool PoolCore::mayRetry(const TaskInFlight &task) const
{
    const bool goesOn = m_phase != PoolPhase::Terminated && m_phase != PoolPhase::Broken;
    return goesOn && !task.batch->isCancelled() && task.attempt <= task.batch->options().retry->retries;
}

void PoolCore::retry(TaskInFlight &task)
{
    constexpr int MostDoublings = 20;
    m_record.state().retried.fetch_add(task.chunk.count, std::memory_order_relaxed);
    m_dispatcher.retry(task, task.batch->options().retry->delay * (1 << std::min(task.attempt - 1, MostDoublings)));
}

void PoolCore::lookAfter(bool always)
{
    const auto now = Clock::now();
    if (!always && now - m_lastLook < LookPause)
        return;
    m_lastLook = now;
    for (const PoolWorkers::Ended &gone : m_workers.takeEnded()) {
        settle(gone, now);
        m_hasChanged = true;
    }
    if (now >= m_nextTimeout)
        checkTimes(now);
    if (now >= nextMemoryLook())
        checkMemory(now);
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

void PoolCore::noteFailedStart(const std::string &why, Clock::time_point now)
{
    if (m_whyNotStarted.empty())
        m_whyNotStarted = why;
    ++m_failedStarts;
    const auto pause = StartPause * (1 << std::min(m_failedStarts, 10));
    m_nextStart = now + std::min<std::chrono::milliseconds>(pause, LongestStartPause);
    qCWarning(poolLog, "%s: a worker did not come to life: %s", qUtf8Printable(m_name), why.c_str());
}

void PoolCore::keepSize(Clock::time_point now)
{
    if (m_phase == PoolPhase::Terminated || m_phase == PoolPhase::Broken)
        return;
    if (m_phase == PoolPhase::Closed && !hasTasks()) {
        seeThemOff();
        return;
    }
    noteReady();
    while (m_workers.staying() < m_processes && now >= m_nextStart) {
        try {
            m_workers.start();
            m_record.state().restarts.fetch_add(1, std::memory_order_relaxed);
        } catch (const ProcessError &error) {
            noteFailedStart(error.what(), now);
        }
    }
    if (m_failedStarts < std::max(MostFailedStarts, 2 * m_processes) || hasReadyWorker())
        return;
    breakDown("its workers do not come to life: " + m_whyNotStarted);
}

bool PoolCore::hasReadyWorker() const
{
    const auto &all = m_workers.all();
    return std::any_of(
        all.begin(), all.end(), [](const PoolWorkers::Worker &worker) { return worker.isReady && !worker.isLeaving; });
}

void PoolCore::finishOutput()
{
    if (m_output)
        m_output->finish();
}

void PoolCore::breakDown(const std::string &why)
{
    qCCritical(poolLog, "%s has given up: %s", qUtf8Printable(m_name), why.c_str());
    m_whyBroken = why;
    setPhase(PoolPhase::Broken);
    failAll(std::make_exception_ptr(PoolError(m_name.toStdString() + " has given up: " + why)));
    dismissThreads();
    m_workers.killAll();
}

/// They cannot be killed: they end when they have done what they do.
void PoolCore::dismissThreads()
{
    if (!m_workers.areThreads())
        return;
    for (PoolWorkers::Worker &worker : m_workers.all()) {
        m_workers.doom(worker);
        m_workers.tellToLeave(worker);
    }
}

void PoolCore::noteReady()
{
    for (PoolWorkers::Worker &worker : m_workers.all()) {
        if (worker.isReady || worker.record.state().isReady.load(std::memory_order_relaxed) == 0)
            continue;
        worker.isReady = true;
        m_failedStarts = 0;
        m_whyNotStarted.clear();
    }
}

/// There is nothing more to do: each worker takes a message that tells it so.
void PoolCore::seeThemOff()
{
    if (std::exchange(m_areSeenOff, true))
        return;
    if (m_shortestTimeout > 0ms)
        m_nextTimeout = Clock::now() + m_shortestTimeout; // for those who are stopped and cannot be seen off
    const TaskHead last;
    for (PoolWorkers::Worker &worker : m_workers.all()) {
        worker.isLeaving = true;
        m_tasks.put({reinterpret_cast<const char *>(&last), sizeof last}, {});
    }
}

PoolCore::Clock::time_point PoolCore::nextLook() const
{
    const auto now = Clock::now();
    auto next = std::min({m_dispatcher.nextRetry(), m_killTime, m_outputStart, m_nextTimeout, nextMemoryLook()});
    if (const auto pause = m_workers.lookAgain())
        next = std::min<Clock::time_point>(next, now + *pause);
    if (!m_watched.empty())
        next = std::min<Clock::time_point>(next, now + WatchPause);
    const bool isShort = m_workers.staying() < m_processes && m_phase != PoolPhase::Terminated && m_phase != PoolPhase::Broken;
    return isShort && !m_areSeenOff ? std::min(next, std::max(m_nextStart, now)) : next;
}

std::vector<ThreadWord> PoolCore::threads() const
{
    const auto threads = m_workers.threads();
    return {threads.begin(), threads.end()};
}

void PoolCore::sleep(QDeadlineTimer deadline, FutexExpectation nudge, std::span<const ThreadWord> threads) const
{
    m_reports.awaitMessage(deadline, nudge, threads);
}

void PoolCore::setPhase(PoolPhase phase)
{
    m_phase = phase;
    m_record.state().phase.store(static_cast<quint32>(phase));
    wakeFutex(m_record.state().phase, std::numeric_limits<int>::max());
}

void PoolCore::close()
{
    if (m_phase != PoolPhase::Open && m_phase != PoolPhase::Paused)
        return;
    setPaused(false);
    setPhase(PoolPhase::Closed);
    lookAfter(true);
}

void PoolCore::terminate()
{
    if (m_phase == PoolPhase::Terminated)
        return;
    setPhase(PoolPhase::Terminated);
    failAll(std::make_exception_ptr(PoolError(m_name.toStdString() + " was terminated before this had ended")));
    dismissThreads();
    m_workers.terminateAll();
    m_killTime = Clock::now() + Grace;
}

void PoolCore::setPaused(bool paused)
{
    if (m_phase != PoolPhase::Open && m_phase != PoolPhase::Paused)
        return;
    m_dispatcher.setPaused(paused);
    setPhase(paused ? PoolPhase::Paused : PoolPhase::Open);
    handOut();
}

void PoolCore::resize(int processes)
{
    m_processes = processes;
    m_record.state().processes.store(static_cast<quint32>(processes));
    int tooMany = m_workers.staying() - processes;
    for (const bool mayBeBusy : {false, true}) {
        for (PoolWorkers::Worker &worker : m_workers.all()) {
            if (tooMany <= 0 || worker.isLeaving || (worker.record.claimed() != 0 && !mayBeBusy))
                continue;
            m_workers.tellToLeave(worker);
            --tooMany;
        }
    }
    lookAfter(true);
}

void PoolCore::restartWorker(quint32 number)
{
    auto &all = m_workers.all();
    const auto found
        = std::find_if(all.begin(), all.end(), [number](const PoolWorkers::Worker &worker) { return worker.number == number; });
    if (found == all.end())
        throw PoolError(m_name.toStdString() + " has no worker " + std::to_string(number));
    m_workers.tellToLeave(*found);
    lookAfter(true);
}

std::vector<PoolWorkerInfo> PoolCore::describeWorkers()
{
    std::vector<PoolWorkerInfo> infos;
    for (const PoolWorkers::Worker &worker : m_workers.all()) {
        PoolWorkerInfo info{worker.number, worker.name, worker.handle.pid(), worker.record.state().isReady.load() != 0, {},
            worker.record.state().tasks.load()};
        if (const TaskInFlight *task = m_inFlight.find(worker.record.claimed()); task && task->batch)
            info.task = task->batch->describe(task->chunk);
        infos.push_back(info);
    }
    return infos;
}

quint32 PoolCore::runHere(quint64 id)
{
    auto lock = m_lock();
    TaskInFlight *task = m_inFlight.find(id);
    if (!task || !task->extra || !task->extra->calls)
        return 0;
    const TaskBatch::CallsHere calls = task->extra->calls;
    lock.unlock();
    TaskBatch::MadeHere made = calls();
    lock.lock();
    if ((task = m_inFlight.find(id)))
        task->withExtra().deliver = std::move(made.deliver);
    return made.failures;
}

} // namespace procession
