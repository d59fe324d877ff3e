// SPDX-License-Identifier: MIT
#include <procession/job/store/storereconciler.h>
#include <procession/job/store/storerecords.h>
#include <procession/job/store/storewriter.h>
#include <procession/job/task/tasksource.h>

namespace procession {

void requeueUnended(StoreConnection &connection, qint64 job)
{
    // The recorder may have written an attempt's end and died before the resulting state of its task.
    connection.run("UPDATE task SET state = 'done', cause = ended.cause, duration = ended.duration, exit_kind = ended.exit_kind, "
                   "exit_value = ended.exit_value, dumped_core = ended.dumped_core, left_processes = ended.left_processes "
                   "FROM attempt AS ended WHERE task.job = ? AND task.state = 'running' AND ended.task = task.id "
                   "AND ended.number = task.attempts AND ended.exit_kind = 'exited' AND ended.exit_value = 0 "
                   "AND ended.cause = 'itself'",
        job);
    connection.run("INSERT OR IGNORE INTO attempt(task, number, worker, pid, started_at, duration, cpu_time, peak_memory, cause, "
                   "exit_kind, exit_value, dumped_core, left_processes, out_size, out_error, err_size, err_error) "
                   "SELECT id, attempts, worker, 0, started_at, 0, 0, 0, 'itself', 'lost', 0, 0, 0, 0, 0, 0, 0 "
                   "FROM task WHERE job = ? AND state = 'running' AND attempts > 0",
        job);
    connection.run("UPDATE task SET state = 'queued', exit_kind = coalesce((SELECT exit_kind FROM attempt "
                   "WHERE attempt.task = task.id AND number = attempts), 'lost') WHERE job = ? AND state = 'running'",
        job);
    recountTasks(connection, job);
}

StoreReconciler::StoreReconciler(StoreConnection &connection, qint64 job, const TaskSource &source)
    : m_connection(connection),
      m_job(job),
      m_source(source),
      m_records(static_cast<std::size_t>(source.count())),
      m_found(m_records.size())
{
}

std::vector<TaskRecord> StoreReconciler::reconcile()
{
    keepThoseInPlace();
    assignOthers();
    recountTasks(m_connection, m_job);
    return std::move(m_records);
}

void StoreReconciler::keepThoseInPlace()
{
    {
        StoreRows rows = m_connection.rows(
            "SELECT id, seq, command, " PROCESSION_RECORD_COLUMNS " FROM task WHERE job = ? ORDER BY seq", m_job);
        while (rows.next()) {
            const QByteArray command = rows.bytes(2);
            const TaskRecord record = readRecord(rows, 3);
            const qint64 place = rows.isNull(1) ? -1 : rows.integer(1) - 1;
            if (place >= 0 && place < m_source.count() && command == m_source.description(static_cast<TaskIndex>(place))) {
                m_records.at(static_cast<std::size_t>(place)) = record;
                m_found.at(static_cast<std::size_t>(place)) = true;
            } else {
                m_others.emplace(command.toStdString(), Recorded{rows.integer(0), record});
            }
        }
    }
    for (const auto &[command, other] : m_others)
        m_connection.run("UPDATE task SET seq = NULL WHERE id = ?", other.id);
}

void StoreReconciler::assignOthers()
{
    for (std::size_t task = 0; task < m_records.size() && !m_others.empty(); ++task) {
        if (m_found.at(task))
            continue;
        const auto [first, last] = m_others.equal_range(m_source.description(static_cast<TaskIndex>(task)).toStdString());
        if (first == last)
            continue;
        // Of tasks with the same command, a result that counts comes before one that does not.
        auto best = std::find_if(first, last, [](const auto &other) { return other.second.record.state == TaskState::Done; });
        if (best == last)
            best = first;
        m_records.at(task) = best->second.record;
        moveTo(best->second.id, task);
        m_others.erase(best);
    }
}

void StoreReconciler::moveTo(qint64 id, std::size_t task)
{
    m_connection.run("UPDATE task SET seq = ? WHERE id = ?", static_cast<qint64>(task) + 1, id);
}

} // namespace procession
