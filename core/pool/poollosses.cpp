// SPDX-License-Identifier: MIT
// What becomes of tasks that do not end by themselves: their worker dies, they take too long or too much, or nobody wants them any more.
#include <procession/poolcore.h>

#include <procession/poolerrors.h>
#include <procession/poollog.h>
#include <procession/processstatus.h>
#include <procession/sleep.h>

#include <algorithm>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr auto ReportTime = 50ms; // for workers that could not report, once they can
constexpr auto MemoryPause = 20ms; // from one look at how much memory the workers use to the next
constexpr int MostUnread = 2; // workers that a task may take with it before it is known to have begun

TaskOutcome outcomeOf(TaskInFlight::Fate fate)
{
    switch (fate) {
    case TaskInFlight::Fate::Wanted:
        return TaskOutcome::Lost;
    case TaskInFlight::Fate::TimedOut:
        return TaskOutcome::TimedOut;
    case TaskInFlight::Fate::TooLarge:
        return TaskOutcome::TooLarge;
    case TaskInFlight::Fate::Cancelled:
        return TaskOutcome::Cancelled;
    }
    return TaskOutcome::Lost;
}

std::string described(ExitStatus status)
{
    QString text;
    QDebug(&text).nospace() << status;
    return text.trimmed().toStdString();
}

} // namespace

/// A worker has ended. If it had a task, and had neither left it in the queue nor reported what came of it, the task is lost.
void PoolCore::settle(const PoolWorkers::Ended &gone, Clock::time_point now)
{
    const WorkerState &state = gone.worker.record.state();
    const bool wasTold = gone.worker.isLeaving || m_phase == PoolPhase::Terminated || m_phase == PoolPhase::Broken;
    if (state.isReady.load() == 0 && !wasTold) {
        while (collect()) { } // it may have told why
        noteFailedStart("process " + std::to_string(gone.pid) + " ended with " + described(gone.status), now);
    }
    while (collect()) { } // before its output goes, which belongs to tasks that it has reported too
    OutputRelay::Last last = m_output ? m_output->remove(gone.worker.number) : OutputRelay::Last();
    const quint64 id = gone.worker.record.claimed();
    if (id == 0)
        return;
    const bool wasTaken = m_tasks.getTotal() > state.sequence.load();
    if (wasTaken && workerOn(id))
        return; // it had not taken it, and another one has
    while (collect()) { }
    TaskInFlight *task = m_inFlight.find(id);
    if (!task)
        return;
    if (wasTaken) {
        noteLoss(gone, *task);
        lose(*task, gone, std::move(last));
    } else if (task->batch) {
        leftUnread(*task, gone, last.words);
    }
}

/// For the timeline: what the worker itself has noted goes with it.
void PoolCore::noteLoss(const PoolWorkers::Ended &gone, const TaskInFlight &task)
{
    constexpr auto Relaxed = std::memory_order_relaxed;
    const WorkerState &state = gone.worker.record.state();
    const qint64 begin = state.since.load(Relaxed);
    m_record.noteLoss(++m_losses,
        {task.id, state.first.load(Relaxed), state.of.load(Relaxed), begin, std::max(begin, Sleep::now()),
            state.function.load(Relaxed), state.calls.load(Relaxed), 0,
            task.batch ? outcomeOf(task.fate) : TaskOutcome::Cancelled},
        gone.worker.number);
}

/// It is still in the queue, so another worker takes it, unless it looks as if reading it were what kills them.
void PoolCore::leftUnread(TaskInFlight &task, const PoolWorkers::Ended &gone, const QByteArray &lastWords)
{
    if (++task.unread < MostUnread + task.batch->options().retry->retries) {
        task.fate = TaskInFlight::Fate::Wanted;
        return;
    }
    noteLoss(gone, task);
    m_record.isCancelled(TaskId::place(task.id)).store(1);
    fail(*task.batch, task.chunk, lost(task, gone, lastWords));
    task.giveUp();
}

/// Who has that task, or may have it.
PoolWorkers::Worker *PoolCore::workerOn(quint64 task)
{
    auto &all = m_workers.all();
    const auto found = std::find_if(
        all.begin(), all.end(), [task](const PoolWorkers::Worker &worker) { return worker.record.claimed() == task; });
    return found != all.end() ? &*found : nullptr;
}

std::exception_ptr PoolCore::lost(const TaskInFlight &task, const PoolWorkers::Ended &gone, const QByteArray &lastWords) const
{
    const QString what = task.batch->describe(task.chunk);
    if (task.fate == TaskInFlight::Fate::TimedOut)
        return timedOut(task);
    if (task.fate == TaskInFlight::Fate::TooLarge)
        return std::make_exception_ptr(MemoryLimitExceeded(what, m_options.memoryLimit, task.extra->memory));
    return std::make_exception_ptr(WorkerLost(what, gone.worker.name, gone.pid, gone.status, lastWords));
}

std::exception_ptr PoolCore::timedOut(const TaskInFlight &task)
{
    return std::make_exception_ptr(TaskTimeout(task.batch->describe(task.chunk).toStdString() + " took longer than the "
        + std::to_string(task.batch->options().timeout->count()) + " ms that it may take"));
}

void PoolCore::lose(TaskInFlight &task, const PoolWorkers::Ended &gone, OutputRelay::Last &&last)
{
    if (!task.batch) {
        finish(task);
    } else if (mayRetry(task)) {
        retry(task);
    } else {
        task.batch->captured(task.chunk, std::move(last.output));
        fail(*task.batch, task.chunk, lost(task, gone, last.words));
        finish(task);
    }
}

/// Has a task not begun, or its worker killed.
void PoolCore::stop(TaskInFlight &task, TaskInFlight::Fate fate)
{
    task.fate = fate;
    if (fate == TaskInFlight::Fate::Cancelled)
        m_record.isCancelled(TaskId::place(task.id))
            .store(1); // before its claim is looked for: the worker does it the other way round
    PoolWorkers::Worker *worker = workerOn(task.id);
    const bool isKilled = worker && m_workers.killFor(*worker, task.id);
    if (fate == TaskInFlight::Fate::TimedOut && worker && !isKilled && m_workers.areThreads()) {
        fail(*task.batch, task.chunk, timedOut(task));
        task.giveUp();
    }
}

void PoolCore::checkTimes(Clock::time_point now)
{
    m_nextTimeout = hasTasks() || m_areSeenOff ? now + m_shortestTimeout : Clock::time_point::max();
    if (m_phase != PoolPhase::Paused)
        killStopped(now);
    for (const PoolWorkers::Worker &worker : m_workers.all()) {
        const quint64 id = worker.record.claimed();
        const Clock::time_point since{std::chrono::nanoseconds(worker.record.state().since.load())};
        TaskInFlight *task = m_inFlight.find(id);
        if (!task || !task->batch || task->fate != TaskInFlight::Fate::Wanted || worker.record.claimed() != id)
            continue;
        const std::chrono::milliseconds timeout = *task->batch->options().timeout;
        if (timeout == 0ms)
            continue;
        if (now - since < timeout) {
            m_nextTimeout = std::min(m_nextTimeout, since + timeout);
        } else if (killStoppedReporter(id)) {
            m_nextTimeout = now + ReportTime;
            return;
        } else {
            stop(*task, TaskInFlight::Fate::TimedOut);
        }
    }
}

void PoolCore::killStopped(Clock::time_point now)
{
    for (PoolWorkers::Worker *worker : m_stopped.find(m_workers, m_inFlight, m_areSeenOff, now, m_shortestTimeout))
        kill(*worker);
}

/// Tasks that seem to take too long may just not be able to tell that they are done.
/// \param but  the task whose worker is of no interest
/// \returns whether there was somebody who kept them from it
bool PoolCore::killStoppedReporter(quint64 but)
{
    PoolWorkers::Worker *worker = m_stopped.reporter(m_workers);
    if (!worker || worker->record.claimed() == but)
        return false;
    kill(*worker);
    return true;
}

void PoolCore::kill(PoolWorkers::Worker &worker)
{
    qCWarning(poolLog, "%s: %s is stopped and keeps others from going on: it is killed", qUtf8Printable(m_name),
        qUtf8Printable(worker.name));
    const quint64 id = worker.record.claimed();
    if (id == 0 || !m_workers.killFor(worker, id))
        m_workers.tellToLeave(worker);
}

void PoolCore::checkMemory(Clock::time_point now)
{
    m_lastMemoryLook = now;
    for (const PoolWorkers::Worker &worker : m_workers.all()) {
        const quint64 id = worker.record.claimed();
        TaskInFlight *task = m_inFlight.find(id);
        if (!task || !task->batch || task->fate != TaskInFlight::Fate::Wanted)
            continue;
        const qint64 used = privateMemory(worker.handle.pid()).value_or(0);
        if (used - m_options.memoryLimit <= m_options.memoryLimit / 2)
            continue;
        task->withExtra().memory = used;
        stop(*task, TaskInFlight::Fate::TooLarge);
    }
}

PoolCore::Clock::time_point PoolCore::nextMemoryLook() const
{
    return m_options.memoryLimit > 0 && m_inFlight.count() > 0 ? m_lastMemoryLook + MemoryPause : Clock::time_point::max();
}

void PoolCore::dropUnwanted()
{
    std::vector<std::shared_ptr<TaskBatch>> unwanted;
    std::erase_if(m_watched, [&](const std::weak_ptr<TaskBatch> &watched) {
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

void PoolCore::cancel(const std::shared_ptr<TaskBatch> &batch)
{
    const auto cancelled
        = std::make_exception_ptr(TaskCancelled(batch->functionName().toStdString() + " was cancelled before it had ended"));
    for (const TaskDispatcher::Waiting &waiting : m_dispatcher.take(batch))
        fail(*batch, waiting.chunk, cancelled);
    batch->cancel();
    m_inFlight.forEach([&](TaskInFlight &task) {
        if (task.batch != batch)
            return;
        batch->captured(task.chunk, present(task));
        fail(*batch, task.chunk, cancelled);
        stop(task, TaskInFlight::Fate::Cancelled);
        task.giveUp();
    });
    publish();
}

void PoolCore::dropTasks()
{
    try {
        while (collect()) { }
        while (const auto taken = m_tasks.beginGet(QDeadlineTimer()))
            m_tasks.finishGet(*taken);
    } catch (const std::exception &error) {
        qCWarning(poolLog, "%s: what its queues have in them is lost: %s", qUtf8Printable(m_name), error.what());
    }
    m_inFlight.forEach([this](TaskInFlight &task) { finish(task); });
}

CallOutput PoolCore::present(const TaskInFlight &task)
{
    const PoolWorkers::Worker *worker = m_output && m_output->isCapturing() ? workerOn(task.id) : nullptr;
    return worker ? m_output->present(worker->number) : CallOutput();
}

CallOutput PoolCore::present(const std::shared_ptr<TaskBatch> &batch)
{
    CallOutput all;
    m_inFlight.forEach([&](const TaskInFlight &task) {
        if (task.batch != batch)
            return;
        const CallOutput output = present(task);
        all.output += output.output;
        all.error += output.error;
    });
    return all;
}

void PoolCore::failAll(const std::exception_ptr &exception)
{
    for (const TaskDispatcher::Waiting &waiting : m_dispatcher.takeAll())
        fail(*waiting.batch, waiting.chunk, exception);
    m_inFlight.forEach([&](TaskInFlight &task) {
        if (task.batch)
            fail(*task.batch, task.chunk, exception);
        task.giveUp();
    });
    publish();
}

} // namespace procession
