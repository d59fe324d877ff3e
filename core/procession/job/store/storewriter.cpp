// SPDX-License-Identifier: MIT
#include <procession/job/store/storerecords.h>
#include <procession/job/store/storewriter.h>
#include <procession/job/task/tasksource.h>

#include <QtCore/QDateTime>

namespace procession {

namespace {

std::size_t place(TaskState state) { return static_cast<std::size_t>(state); }

} // namespace

StoreWriter::StoreWriter(StoreConnection &connection, qint64 job, const TaskSource &source, const QDir &outputFolder)
    : m_connection(connection), m_job(job), m_source(source), m_outputFolder(outputFolder)
{
}

void StoreWriter::write(const std::vector<StoreChange> &changes)
{
    for (const StoreChange &change : changes) {
        if (change.kind == StoreChange::Kind::TasksAdded)
            writeAdded(*change.added);
    }
    collect(changes);
    for (auto &[task, row] : m_rows)
        writeTask(task, row);
    for (const StoreChange &change : changes) {
        if (change.kind == StoreChange::Kind::AttemptEnded)
            writeAttempt(change.attempt);
        else if (change.kind == StoreChange::Kind::JobState)
            writeState(change.state, change.at);
    }
    writeCounts();
}

/// What it writes is the same when it is done once more, since a transaction whose end could not be seen is written again.
void StoreWriter::writeAdded(const AddedTasks &added)
{
    if (added.count > 0)
        m_connection.run("INSERT OR REPLACE INTO job_input_part(job, first, inputs) VALUES(?, ?, ?)", m_job, qint64(added.first),
            m_source.storedInputs(added.first, added.count));
    for (const EarlierTask &earlier : added.earlier) {
        if (earlier.storeId == 0) {
            Row row{0, &earlier.record, {}};
            writeTask(earlier.task, row);
            continue;
        }
        const char *give = "UPDATE task SET seq = ? WHERE id = ? AND seq IS NULL";
        m_connection.run(give, qint64(earlier.task) + 1, earlier.storeId);
        if (m_connection.changedRows() > 0)
            ++m_difference.at(place(earlier.record.state));
    }
    m_connection.run("UPDATE job SET total = ?, more_may_come = ? WHERE id = ?", qint64(added.first) + qint64(added.count),
        added.moreMayCome ? 1 : 0, m_job);
}

void StoreWriter::collect(const std::vector<StoreChange> &changes)
{
    m_rows.reserve(changes.size());
    for (const StoreChange &change : changes) {
        switch (change.kind) {
        case StoreChange::Kind::TaskStarted:
        case StoreChange::Kind::TaskChanged:
            m_rows[change.task].record = &change.record;
            break;
        case StoreChange::Kind::AttemptEnded:
            m_rows[change.attempt.task];
            break;
        case StoreChange::Kind::JobState:
        case StoreChange::Kind::TasksAdded:
            break;
        }
    }
}

void StoreWriter::writeTask(TaskIndex task, Row &row)
{
    TaskState before = TaskState::Queued;
    {
        StoreRows known = m_connection.rows("SELECT id, state FROM task WHERE job = ? AND seq = ?", m_job, qint64(task) + 1);
        if (known.next()) {
            row.id = known.integer(0);
            before = storedTaskState(known.text(1));
        }
    }
    if (row.id == 0) {
        row.id = insertTask(task, row.record ? *row.record : row.made);
    } else if (row.record) {
        StoreStatement &statement = m_connection.statement(
            "UPDATE task SET (" PROCESSION_RECORD_COLUMNS ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?");
        statement.bind(bindRecord(statement, 0, *row.record), row.id);
        m_connection.execute(statement);
    }
    if (row.record) {
        --m_difference.at(place(before));
        ++m_difference.at(place(row.record->state));
    }
}

qint64 StoreWriter::insertTask(TaskIndex task, const TaskRecord &record)
{
    const char *insert
        = "INSERT INTO task(" PROCESSION_RECORD_COLUMNS ", job, seq, command) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    const QByteArray command = notNull(m_source.description(task));
    StoreStatement &statement = m_connection.statement(insert);
    int next = bindRecord(statement, 0, record);
    statement.bind(next++, m_job);
    statement.bind(next++, qint64(task) + 1);
    statement.bind(next, command);
    m_connection.execute(statement);
    return m_connection.lastInsertId();
}

// REPLACE, since a transaction whose end could not be seen is written again.
void StoreWriter::writeAttempt(const Attempt &attempt)
{
    StoreStatement &statement
        = m_connection.statement("INSERT OR REPLACE INTO attempt(" PROCESSION_ATTEMPT_COLUMNS
                                 ", task) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement.bind(bindAttempt(statement, 0, attempt, m_outputFolder), m_rows.at(attempt.task).id);
    m_connection.execute(statement);
}

void StoreWriter::writeCounts()
{
    if (m_difference == TaskCounts{})
        return;
    m_connection.run("UPDATE job SET running = running + ?, done = done + ?, failed = failed + ?, "
                     "cancelled = cancelled + ?, lost = lost + ? WHERE id = ?",
        m_difference.at(place(TaskState::Running)), m_difference.at(place(TaskState::Done)),
        m_difference.at(place(TaskState::Failed)), m_difference.at(place(TaskState::Cancelled)),
        m_difference.at(place(TaskState::Lost)), m_job);
}

void StoreWriter::writeState(JobState state, qint64 at)
{
    const QString name = nameOf(state);
    if (at == 0)
        at = QDateTime::currentMSecsSinceEpoch() * 1000;
    if (state == JobState::Finished)
        m_connection.run("UPDATE job SET state = ?, ended_at = ? WHERE id = ?", name, at, m_job);
    else if (state == JobState::Running)
        m_connection.run("UPDATE job SET started_at = iif(state = 'ready', ?, started_at), ended_at = 0, state = ? WHERE id = ?",
            at, name, m_job);
    else
        m_connection.run("UPDATE job SET state = ?, ended_at = 0 WHERE id = ?", name, m_job);
}

void recountTasks(StoreConnection &connection, qint64 job)
{
    TaskCounts counts{};
    {
        StoreRows rows
            = connection.rows("SELECT state, count(*) FROM task WHERE job = ? AND seq IS NOT NULL GROUP BY state", job);
        while (rows.next())
            counts.at(place(storedTaskState(rows.text(0)))) += rows.integer(1);
    }
    connection.run("UPDATE job SET running = ?, done = ?, failed = ?, cancelled = ?, lost = ? WHERE id = ?",
        counts.at(place(TaskState::Running)), counts.at(place(TaskState::Done)), counts.at(place(TaskState::Failed)),
        counts.at(place(TaskState::Cancelled)), counts.at(place(TaskState::Lost)), job);
}

} // namespace procession
