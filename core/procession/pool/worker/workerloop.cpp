// SPDX-License-Identifier: MIT
#include <procession/pool/worker/workerloop.h>

#include <procession/memory/arena/sleep.h>
#include <procession/memory/arena/threadslot.h>
#include <procession/platform/processes/processexit.h>

#include <cstring>
#include <thread>
#include <utility>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype SmallTask = 16'384; // bytes: a smaller task is copied out of the queue before it is read
constexpr qsizetype LargeResult = 8 << 20; // bytes: announcing results of 4 MiB takes a sixth longer, of 32 MiB a sixth less
constexpr auto ProgressPause = 20ms;
constexpr auto FirstLook = 250us; // a new pool is usually used at once

thread_local WorkerLoop *currentWorker = nullptr;

template <typename Head>
QByteArrayView bytesOf(const Head &head)
{
    return {reinterpret_cast<const char *>(&head), sizeof head};
}

} // namespace

WorkerLoop::WorkerLoop(WorkerSetup setup) : m_setup(std::move(setup)), m_memory(m_setup.limits.memory)
{
    m_setup.record.state().thread.store(currentThread(), std::memory_order_release);
    currentWorker = this;
}

WorkerLoop::~WorkerLoop() { currentWorker = nullptr; }

WorkerLoop *WorkerLoop::current() { return currentWorker; }

void WorkerLoop::run()
{
    if (!initialize())
        return;
    m_now = Sleep::now();
    m_setup.record.state().isReady.store(1, std::memory_order_release);
    m_setup.tasks.lookOut(FirstLook);
    while (doTask()) { }
}

bool WorkerLoop::initialize()
{
    try {
        m_setup.streams.redirect();
        m_setup.limits.confine();
        m_setup.initializer.call();
        m_setup.limits.requireMemory();
        return true;
    } catch (...) {
        Encoder encoder;
        writeException(encoder, std::current_exception());
        report({m_setup.record.state().number.load(), ReportKind::NotStarted}, encoder);
        return false;
    }
}

bool WorkerLoop::doTask()
{
    waitWhilePaused();
    auto taken = m_setup.tasks.beginGet(QDeadlineTimer());
    if (!taken) {
        taken = waitForTask();
        m_now = Sleep::now();
    }
    if (!taken)
        return false;
    m_task = {};
    if (taken->message.size() >= qsizetype(sizeof m_task))
        std::memcpy(&m_task, taken->message.data(), sizeof m_task);
    if (m_task.id == 0) {
        m_setup.tasks.finishGet(*taken);
        return false;
    }
    if (!claim()) {
        m_setup.tasks.cancelGet();
        m_setup.tasks.wakeNext();
        return false;
    }
    const bool isCancelled = m_setup.pool.isCancelled(TaskId::place(m_task.id)).load() != 0;
    if (isCancelled) {
        m_setup.tasks.finishGet(*taken);
        note(TaskOutcome::Dropped, m_now, 0);
        Encoder nothing;
        report({m_task.id, ReportKind::Dropped}, nothing);
    } else {
        take(*taken);
        runTask();
    }
    return release();
}

void WorkerLoop::waitWhilePaused()
{
    constexpr auto Paused = static_cast<quint32>(PoolPhase::Paused);
    const FutexWord &phase = m_setup.pool.state().phase;
    if (phase.load(std::memory_order_relaxed) != Paused)
        return;
    const Sleep sleep(m_setup.pool.id());
    while (phase.load() == Paused && !isLeaving())
        sleep.whileIs(phase, Paused, QDeadlineTimer(QDeadlineTimer::Forever), {}, {&m_setup.record.state().leaves, 0});
    m_now = Sleep::now();
}

/// \returns nothing when a thread must leave: processes are killed then
std::optional<PoolQueue::Taken> WorkerLoop::waitForTask()
{
    if (!m_setup.runHere)
        return m_setup.tasks.beginGet(QDeadlineTimer(QDeadlineTimer::Forever));
    while (!isLeaving()) {
        if (auto taken = m_setup.tasks.beginGet(QDeadlineTimer()))
            return taken;
        m_setup.tasks.awaitMessage(QDeadlineTimer(QDeadlineTimer::Forever), {&m_setup.record.state().leaves, 0}, {});
    }
    m_setup.tasks.wakeNext(); // the wake-up may have been meant for a task
    return std::nullopt;
}

/// Claims the task: it is this worker's from now on, provided that it takes it out of the queue.
bool WorkerLoop::claim()
{
    PoolWorkerState &state = m_setup.record.state();
    state.sequence.store(m_setup.tasks.getTotal(), std::memory_order_relaxed);
    state.since.store(m_now, std::memory_order_relaxed);
    state.first.store(m_task.first, std::memory_order_relaxed);
    state.of.store(m_task.of, std::memory_order_relaxed);
    state.function.store(m_task.function, std::memory_order_relaxed);
    state.calls.store(m_task.calls, std::memory_order_relaxed);
    quint64 none = 0;
    return state.claim.compare_exchange_strong(none, m_task.id << PoolWorkerState::IdShift);
}

/// Takes the task out of the queue: before it is read, so that a task that kills its reader is not read again; afterwards
/// where copying takes long.
void WorkerLoop::take(PoolQueue::Taken &taken)
{
    const QByteArrayView message = taken.message.sliced(sizeof m_task);
    if (message.size() > SmallTask || taken.cargo) {
        read(message, taken.descriptors);
        m_setup.tasks.finishGet(taken);
        return;
    }
    m_copy.assign(message.begin(), message.end());
    m_setup.tasks.finishGet(taken);
    read({m_copy.data(), message.size()});
}

void WorkerLoop::read(QByteArrayView message, std::span<Descriptor> descriptors)
{
    m_unreadable = nullptr;
    if (m_setup.runHere)
        return;
    try {
        Decoder decoder(message, descriptors);
        useFunction(decoder.view(m_task.functionSize));
        m_function->take(decoder, m_task.calls);
    } catch (...) {
        m_unreadable = std::current_exception();
    }
}

void WorkerLoop::useFunction(QByteArrayView bytes)
{
    if (m_function && m_functionBytes == bytes)
        return;
    m_function = nullptr;
    m_function = decodeTaskFunction(bytes);
    m_functionBytes = bytes.toByteArray();
}

void WorkerLoop::runTask()
{
    ReportHead head{
        m_task.id, ReportKind::Outcomes, m_task.calls, 0, m_setup.record.state().number.load(std::memory_order_relaxed), 0};
    m_outcomes.backTo({});
    m_outcomes.raw(&head, sizeof head);
    if (m_setup.runHere) {
        head.failures = m_setup.runHere(m_task.id);
    } else if (m_unreadable) {
        head.failures = m_task.calls;
        for (quint32 i = 0; i < m_task.calls; ++i)
            writeException(m_outcomes, m_unreadable);
    } else {
        head.failures = m_function->run(m_outcomes);
    }
    if (!m_setup.runHere)
        m_setup.streams.endTask(m_task.id);
    const qint64 before = std::exchange(m_now, Sleep::now());
    head.nanoseconds = m_now - before;
    const bool hasTail = m_function && !m_unreadable;
    const PoolQueue::Cargo cargo = cargoOfOutcomes(head);
    note(TaskOutcome::Done, before, head.failures);
    m_outcomes.overwrite(0, &head, sizeof head);
    const QByteArrayView tail = hasTail ? m_function->tail() : QByteArrayView();
    if (tail.size() >= LargeResult)
        announce(tail.size());
    m_setup.reports.put(m_outcomes.view(), tail, cargo);
    if (hasTail)
        m_function->dropTail();
}

/// Announces a large result, so that its memory is ready when it arrives.
void WorkerLoop::announce(qsizetype bytes)
{
    Encoder encoder;
    encoder << static_cast<quint64>(bytes);
    report({m_task.id, ReportKind::Announced}, encoder);
}

/// Adds the task that has just ended to the timeline.
void WorkerLoop::note(TaskOutcome outcome, qint64 begin, quint32 failures)
{
    m_setup.record.note(
        ++m_events, {m_task.id, m_task.first, m_task.of, begin, m_now, m_task.function, m_task.calls, failures, outcome});
}

/// The handles that travel with the outcomes. When they cannot be sent, the exception replaces the outcomes.
PoolQueue::Cargo WorkerLoop::cargoOfOutcomes(ReportHead &head)
{
    try {
        return PoolQueue::cargoOf(m_outcomes);
    } catch (const ProcessError &) {
        m_outcomes.backTo({sizeof head});
        head.failures = m_task.calls;
        if (m_function)
            m_function->dropTail();
        for (quint32 i = 0; i < m_task.calls; ++i)
            writeException(m_outcomes, std::current_exception());
        return {};
    }
}

void WorkerLoop::report(const ReportHead &head, Encoder &body)
{
    m_setup.reports.put(bytesOf(head), body.view(), PoolQueue::cargoOf(body));
}

/// Releases the claim of the task. \returns whether to take another one
bool WorkerLoop::release()
{
    PoolWorkerState &state = m_setup.record.state();
    const quint64 tasks = state.tasks.load(std::memory_order_relaxed) + 1;
    state.tasks.store(tasks, std::memory_order_relaxed);
    const quint64 before = state.claim.exchange(0);
    if ((before & PoolWorkerState::Doomed) != 0 && !m_setup.runHere)
        waitToBeKilled();
    const bool isWorn = (m_setup.maxTasks > 0 && tasks >= m_setup.maxTasks) || m_memory.isExceeded(m_now);
    return !isWorn && (before & PoolWorkerState::Flags) == 0;
}

void WorkerLoop::reportProgress(const TaskProgress &progress)
{
    PoolWorkerState &state = m_setup.record.state();
    const bool isFirst = state.progressOf.load(std::memory_order_relaxed) != m_task.id;
    if (isFirst) {
        state.progressOf.store(0, std::memory_order_relaxed);
        state.progressText.set(progress.text.toUtf8());
    }
    state.done.store(static_cast<quint64>(progress.done), std::memory_order_relaxed);
    state.total.store(static_cast<quint64>(progress.total), std::memory_order_relaxed);
    if (isFirst)
        state.progressOf.store(m_task.id, std::memory_order_release);
    const auto now = std::chrono::steady_clock::now();
    if (now - m_lastProgress < ProgressPause && progress.done != progress.total)
        return;
    m_lastProgress = now;
    state.progressText.set(progress.text.toUtf8());
    Encoder encoder;
    encoder << progress.done << progress.total << progress.text;
    report({m_task.id, ReportKind::Progress}, encoder);
}

bool WorkerLoop::isLeaving() const { return m_setup.record.state().leaves.load() != 0; }

bool WorkerLoop::isCancelled() const { return (m_setup.record.state().claim.load() & PoolWorkerState::Doomed) != 0; }

void runWorkerLoop(WorkerSetup setup) { WorkerLoop(std::move(setup)).run(); }

void reportProgress(qint64 done, qint64 total, const QString &text)
{
    if (WorkerLoop *worker = WorkerLoop::current())
        worker->reportProgress({done, total, text});
}

bool isTaskCancelled()
{
    const WorkerLoop *worker = WorkerLoop::current();
    return worker && worker->isCancelled();
}

} // namespace procession
