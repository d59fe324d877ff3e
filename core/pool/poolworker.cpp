// SPDX-License-Identifier: MIT
#include <procession/poolworker.h>

#include <procession/processexit.h>
#include <procession/sleep.h>
#include <procession/threadslot.h>

#include <cstring>
#include <thread>
#include <utility>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype SmallTask = 16'384; // bytes: up to this a task is copied out of the queue before it is read
constexpr auto ProgressPause = 20ms;

thread_local PoolWorker *currentWorker = nullptr;

template <typename Head>
QByteArrayView bytesOf(const Head &head)
{
    return {reinterpret_cast<const char *>(&head), sizeof head};
}

} // namespace

PoolWorker::PoolWorker(WorkerSetup setup) : m_setup(std::move(setup))
{
    m_setup.record.state().thread.store(currentThread(), std::memory_order_release);
    currentWorker = this;
}

PoolWorker::~PoolWorker() { currentWorker = nullptr; }

PoolWorker *PoolWorker::current() { return currentWorker; }

void PoolWorker::run()
{
    if (!initialize())
        return;
    m_setup.record.state().isReady.store(1, std::memory_order_release);
    while (doTask()) { }
}

bool PoolWorker::initialize()
{
    try {
        m_setup.initializer.call();
        return true;
    } catch (...) {
        Encoder encoder;
        writeException(encoder, std::current_exception());
        report({m_setup.record.state().number.load(), ReportKind::NotStarted}, encoder);
        return false;
    }
}

bool PoolWorker::doTask()
{
    auto taken = m_setup.tasks.beginGet(QDeadlineTimer(0));
    if (!taken) {
        taken = m_setup.tasks.beginGet(QDeadlineTimer(QDeadlineTimer::Forever));
        m_now = Sleep::now();
    }
    m_task = {};
    if (taken->message.size() >= qsizetype(sizeof m_task))
        std::memcpy(&m_task, taken->message.data(), sizeof m_task);
    if (m_task.id == 0) {
        m_setup.tasks.finishGet(*taken);
        return false;
    }
    if (!claim(m_task.id)) {
        m_setup.tasks.cancelGet();
        return false;
    }
    const bool isCancelled = m_setup.pool.isCancelled(TaskId::place(m_task.id)).load() != 0;
    if (isCancelled) {
        m_setup.tasks.finishGet(*taken);
        Encoder nothing;
        report({m_task.id, ReportKind::Dropped}, nothing);
    } else {
        take(*taken);
        runTask();
    }
    return release();
}

/// From here on the task is this worker's, if it also takes it out of the queue.
bool PoolWorker::claim(quint64 task)
{
    WorkerState &state = m_setup.record.state();
    state.sequence.store(m_setup.tasks.getTotal(), std::memory_order_relaxed);
    state.since.store(m_now, std::memory_order_relaxed);
    quint64 none = 0;
    return state.claim.compare_exchange_strong(none, task << WorkerState::IdShift);
}

/// Takes the task out of the queue: before it is read, so that what kills the reader is not read again; or after it where copying takes
/// long.
void PoolWorker::take(PoolQueue::Taken &taken)
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

void PoolWorker::read(QByteArrayView message, std::span<Descriptor> descriptors)
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

void PoolWorker::useFunction(QByteArrayView bytes)
{
    if (m_function && m_functionBytes == bytes)
        return;
    m_function = nullptr;
    m_function = decodeTaskFunction(bytes);
    m_functionBytes = bytes.toByteArray();
}

void PoolWorker::runTask()
{
    ReportHead head{m_task.id, ReportKind::Outcomes, m_task.calls, 0, 0};
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
    const qint64 before = std::exchange(m_now, Sleep::now());
    head.nanoseconds = m_now - before;
    const bool hasTail = m_function && !m_unreadable;
    const PoolQueue::Cargo cargo = cargoOfOutcomes(head);
    m_outcomes.overwrite(0, &head, sizeof head);
    m_setup.reports.put(m_outcomes.view(), hasTail ? m_function->tail() : QByteArrayView(), cargo);
    if (hasTail)
        m_function->dropTail();
}

/// What goes with the outcomes. When it cannot be sent, they are what was thrown.
PoolQueue::Cargo PoolWorker::cargoOfOutcomes(ReportHead &head)
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

void PoolWorker::report(const ReportHead &head, Encoder &body)
{
    m_setup.reports.put(bytesOf(head), body.view(), PoolQueue::cargoOf(body));
}

/// The task is over. \returns whether there is to be another one
bool PoolWorker::release()
{
    WorkerState &state = m_setup.record.state();
    const quint64 tasks = state.tasks.load(std::memory_order_relaxed) + 1;
    state.tasks.store(tasks, std::memory_order_relaxed);
    const quint64 before = state.claim.exchange(0);
    if ((before & WorkerState::Doomed) != 0 && !m_setup.runHere)
        waitToBeKilled();
    const bool isWorn = m_setup.maxTasks > 0 && tasks >= m_setup.maxTasks;
    return !isWorn && (before & WorkerState::Flags) == 0;
}

void PoolWorker::reportProgress(const TaskProgress &progress)
{
    WorkerState &state = m_setup.record.state();
    state.done.store(static_cast<quint64>(progress.done), std::memory_order_relaxed);
    state.total.store(static_cast<quint64>(progress.total), std::memory_order_relaxed);
    const auto now = std::chrono::steady_clock::now();
    if (now - m_lastProgress < ProgressPause && progress.done != progress.total)
        return;
    m_lastProgress = now;
    Encoder encoder;
    encoder << progress.done << progress.total << progress.text;
    report({m_task.id, ReportKind::Progress}, encoder);
}

bool PoolWorker::isCancelled() const { return (m_setup.record.state().claim.load() & WorkerState::Doomed) != 0; }

void runPoolWorker(WorkerSetup setup) { PoolWorker(std::move(setup)).run(); }

void reportProgress(qint64 done, qint64 total, const QString &text)
{
    if (PoolWorker *worker = PoolWorker::current())
        worker->reportProgress({done, total, text});
}

bool isTaskCancelled()
{
    const PoolWorker *worker = PoolWorker::current();
    return worker && worker->isCancelled();
}

} // namespace procession
