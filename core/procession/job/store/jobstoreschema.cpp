// SPDX-License-Identifier: MIT
#include <procession/job/store/jobstoreschema.h>
#include <procession/job/store/storeconnection.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>

#include <array>
#include <span>

namespace procession {

namespace {

// Times are microseconds since the epoch, durations microseconds, sizes bytes. States are words, so that a person can
// read the database with sqlite3. The counts of a job are kept, because counting a million tasks takes a second.
constexpr std::array FirstVersion{
    R"(CREATE TABLE job(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        definition BLOB NOT NULL,
        resume_key BLOB,
        state TEXT NOT NULL DEFAULT 'ready',
        created_at INTEGER NOT NULL,
        started_at INTEGER NOT NULL DEFAULT 0,
        ended_at INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL,
        running INTEGER NOT NULL DEFAULT 0,
        done INTEGER NOT NULL DEFAULT 0,
        failed INTEGER NOT NULL DEFAULT 0,
        cancelled INTEGER NOT NULL DEFAULT 0,
        lost INTEGER NOT NULL DEFAULT 0))",
    "CREATE INDEX job_resume_key ON job(resume_key, id)",
    // Apart from the job, so that listing jobs never reads past millions of inputs.
    R"(CREATE TABLE job_inputs(
        job INTEGER PRIMARY KEY REFERENCES job(id) ON DELETE CASCADE,
        inputs BLOB NOT NULL))",
    // seq is the task's number in the inputs, from 1; NULL when the inputs have it no longer.
    // A task without a row has not changed since the job was made: it is queued.
    R"(CREATE TABLE task(
        id INTEGER PRIMARY KEY,
        job INTEGER NOT NULL REFERENCES job(id) ON DELETE CASCADE,
        seq INTEGER,
        command BLOB NOT NULL,
        state TEXT NOT NULL,
        cause TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        worker INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        duration INTEGER NOT NULL,
        exit_kind TEXT NOT NULL,
        exit_value INTEGER NOT NULL,
        dumped_core INTEGER NOT NULL,
        left_processes INTEGER NOT NULL,
        UNIQUE(job, seq)))",
    // Output is in out and err, or in a file of the job's output folder that out_file and err_file name;
    // out_error and err_error are the errno of a failure to keep it.
    R"(CREATE TABLE attempt(
        task INTEGER NOT NULL REFERENCES task(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        worker INTEGER NOT NULL,
        pid INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        duration INTEGER NOT NULL,
        cpu_time INTEGER NOT NULL,
        peak_memory INTEGER NOT NULL,
        cause TEXT NOT NULL,
        exit_kind TEXT NOT NULL,
        exit_value INTEGER NOT NULL,
        dumped_core INTEGER NOT NULL,
        left_processes INTEGER NOT NULL,
        out_size INTEGER NOT NULL,
        out_file TEXT,
        out_error INTEGER NOT NULL,
        err_size INTEGER NOT NULL,
        err_file TEXT,
        err_error INTEGER NOT NULL,
        out BLOB,
        err BLOB,
        PRIMARY KEY(task, number)))",
    // For people.
    R"(CREATE VIEW jobs AS SELECT id, name, kind, state,
        datetime(created_at / 1e6, 'unixepoch', 'localtime') AS created,
        datetime(nullif(started_at, 0) / 1e6, 'unixepoch', 'localtime') AS started,
        datetime(nullif(ended_at, 0) / 1e6, 'unixepoch', 'localtime') AS ended,
        total, total - running - done - failed - cancelled - lost AS queued, running, done, failed, cancelled, lost,
        CAST(definition AS TEXT) AS definition FROM job)",
    R"(CREATE VIEW tasks AS SELECT job, seq, CAST(command AS TEXT) AS command, state, cause, attempts, worker,
        datetime(nullif(started_at, 0) / 1e6, 'unixepoch', 'localtime') AS started, duration / 1e6 AS seconds,
        exit_kind, exit_value, id AS task FROM task)",
    R"(CREATE VIEW attempts AS SELECT task.job, task.seq, attempt.number, attempt.worker, attempt.pid,
        datetime(attempt.started_at / 1e6, 'unixepoch', 'localtime') AS started, attempt.duration / 1e6 AS seconds,
        attempt.cpu_time / 1e6 AS cpu_seconds, attempt.peak_memory, attempt.cause, attempt.exit_kind, attempt.exit_value,
        coalesce(attempt.out_file, CAST(attempt.out AS TEXT)) AS out,
        coalesce(attempt.err_file, CAST(attempt.err AS TEXT)) AS err
        FROM attempt JOIN task ON task.id = attempt.task)",
};

// Inputs that came while the job ran: a part has those from task `first` (from 0) to the next part, as InputTable::serialize() gives them.
constexpr std::array SecondVersion{
    R"(CREATE TABLE job_input_part(
        job INTEGER NOT NULL REFERENCES job(id) ON DELETE CASCADE,
        first INTEGER NOT NULL,
        inputs BLOB NOT NULL,
        PRIMARY KEY(job, first)))",
    "ALTER TABLE job ADD COLUMN more_may_come INTEGER NOT NULL DEFAULT 0",
};

// migrations[n] leads from version n to version n + 1. Versions that were released are never changed.
constexpr std::array<std::span<const char *const>, JobStoreSchemaVersion> Migrations{FirstVersion, SecondVersion};

/// All is read in one statement, since another program may be making the tables.
qint64 schemaVersion(StoreConnection &connection)
{
    StoreRows row = connection.rows("SELECT (SELECT user_version FROM pragma_user_version), "
                                    "(SELECT application_id FROM pragma_application_id), count(*) FROM sqlite_master");
    row.next();
    const qint64 version = row.integer(0);
    const qint64 application = row.integer(1);
    const qint64 tables = row.integer(2);
    if (application != JobStoreApplicationId && (tables > 0 || version != 0 || application != 0))
        throw JobStoreError(JobStoreError::Reason::Foreign, connection.path(), QStringLiteral("open it"),
            QStringLiteral("it is a database of another program"));
    if (version > JobStoreSchemaVersion)
        throw JobStoreError(JobStoreError::Reason::NewerSchema, connection.path(), QStringLiteral("open it"),
            QStringLiteral("it has version %1, and this program knows versions up to %2")
                .arg(version)
                .arg(JobStoreSchemaVersion));
    return version;
}

void migrate(StoreConnection &connection)
{
    StoreTransaction transaction(connection);
    // Another program may have done it meanwhile.
    for (qint64 version = schemaVersion(connection); version < JobStoreSchemaVersion; ++version) {
        for (const char *statement : Migrations.at(static_cast<std::size_t>(version)))
            connection.evaluate(QString::fromLatin1(statement));
        connection.evaluate(QStringLiteral("PRAGMA user_version = %1").arg(version + 1));
    }
    connection.evaluate(QStringLiteral("PRAGMA application_id = %1").arg(JobStoreApplicationId));
    transaction.commit();
}

/// Nothing is forced to the disk, which is what takes long: when the system crashes, a new file has its first page or is empty, and
/// the other pages are in a write-ahead log without a past, of which SQLite takes what came through whole.
void makeNew(StoreConnection &connection)
{
    connection.evaluate(QStringLiteral("PRAGMA synchronous = OFF"));
    connection.evaluate(QStringLiteral("PRAGMA journal_mode = MEMORY")); // for the first page, which is written at once
    connection.evaluate(QStringLiteral("PRAGMA auto_vacuum = INCREMENTAL"));
    connection.evaluate(QStringLiteral("PRAGMA application_id = %1").arg(JobStoreApplicationId)); // for looksLikeStore()
    connection.evaluate(QStringLiteral("PRAGMA journal_mode = WAL"));
    migrate(connection);
}

void setUp(StoreConnection &connection, qint64 version)
{
    if (version == 0 && connection.evaluate(QStringLiteral("PRAGMA page_count")) == QLatin1Char('0'))
        makeNew(connection);
    else if (connection.evaluate(QStringLiteral("PRAGMA journal_mode")) != QLatin1StringView("wal"))
        connection.evaluate(QStringLiteral("PRAGMA journal_mode = WAL"));
    connection.evaluate(QStringLiteral("PRAGMA synchronous = NORMAL"));
    connection.evaluate(QStringLiteral("PRAGMA foreign_keys = ON"));
    connection.evaluate(QStringLiteral("PRAGMA journal_size_limit = 67108864"));
    connection.evaluate(QStringLiteral("PRAGMA cache_size = -16384"));
    if (version < JobStoreSchemaVersion && schemaVersion(connection) < JobStoreSchemaVersion)
        migrate(connection);
}

} // namespace

void prepareJobStore(StoreConnection &connection)
{
    // Changing the journal mode does not wait for other programs that open the file at the same time, hence the loop.
    const QDeadlineTimer deadline(std::chrono::seconds(30));
    for (;;) {
        try {
            setUp(connection, schemaVersion(connection)); // which refuses a file that must not be touched
            return;
        } catch (const JobStoreError &error) {
            if (error.reason() != JobStoreError::Reason::Busy || deadline.hasExpired())
                throw;
        }
        QThread::msleep(10);
    }
}

} // namespace procession
