// SPDX-License-Identifier: MIT
#include <procession/pool/engine/crashrecovery.h>

#include <procession/memory/arena/sleep.h>
#include <procession/pool/engine/taskcanceller.h>
#include <procession/pool/options/poolerrors.h>
#include <procession/pool/shared/taskmessage.h>

#include <algorithm>

namespace procession {

namespace {

constexpr int MostUnread = 2; // workers that a task may kill before it is known to have started

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

} // namespace

void CrashRecovery::settle(const WorkerTable::Ended &gone, const std::function<void()> &collectAll)
{
    collectAll(); // before the worker's output is taken, part of which belongs to tasks it has reported
    OutputRelay::Last last = m_output ? m_output->remove(gone.worker.number) : OutputRelay::Last();
    const quint64 id = gone.worker.record.claimed();
    if (id == 0)
        return;
    const bool wasTaken = m_queue.getTotal() > gone.worker.record.state().sequence.load();
    if (wasTaken && m_workers.on(id))
        return; // another worker has taken the task
    collectAll();
    TaskInFlight *task = m_tasks.inFlight().find(id);
    if (!task)
        return;
    if (wasTaken) {
        note(gone, *task);
        lose(*task, gone, std::move(last));
    } else if (task->batch) {
        leftUnread(*task, gone, last.words);
    }
}

/// Adds the lost task to the timeline, because the worker's own records are gone.
void CrashRecovery::note(const WorkerTable::Ended &gone, const TaskInFlight &task)
{
    constexpr auto Relaxed = std::memory_order_relaxed;
    const PoolWorkerState &state = gone.worker.record.state();
    const qint64 begin = state.since.load(Relaxed);
    m_record.noteLoss(++m_noted,
        {task.id, state.first.load(Relaxed), state.of.load(Relaxed), begin, std::max(begin, Sleep::now()),
            state.function.load(Relaxed), state.calls.load(Relaxed), 0,
            task.batch ? outcomeOf(task.fate) : TaskOutcome::Cancelled},
        gone.worker.number);
}

void CrashRecovery::lose(TaskInFlight &task, const WorkerTable::Ended &gone, OutputRelay::Last &&last)
{
    if (task.batch && m_tasks.mayRetry(task)) {
        m_tasks.retry(task);
        return;
    }
    if (task.batch) {
        task.batch->captured(task.chunk, std::move(last.output));
        m_tasks.giveUp(task, errorFor(task, gone, last.words));
    }
    m_tasks.drop(task);
}

/// The task is still in the queue, so another worker takes it, unless reading it seems to kill workers.
void CrashRecovery::leftUnread(TaskInFlight &task, const WorkerTable::Ended &gone, const QByteArray &lastWords)
{
    if (++task.unread < MostUnread + task.batch->options().retry->retries) {
        task.fate = TaskInFlight::Fate::Wanted;
        return;
    }
    note(gone, task);
    m_record.isCancelled(TaskId::place(task.id)).store(1);
    m_tasks.giveUp(task, errorFor(task, gone, lastWords));
}

std::exception_ptr CrashRecovery::errorFor(
    const TaskInFlight &task, const WorkerTable::Ended &gone, const QByteArray &lastWords) const
{
    const QString what = task.batch->describe(task.chunk);
    if (task.fate == TaskInFlight::Fate::TimedOut)
        return TaskCanceller::timeout(task);
    if (task.fate == TaskInFlight::Fate::TooLarge)
        return std::make_exception_ptr(MemoryLimitExceeded(what, m_memoryLimit, task.extra->memory));
    return std::make_exception_ptr(WorkerLost(what, gone.worker.name, gone.pid, gone.status, lastWords));
}

} // namespace procession
