// SPDX-License-Identifier: MIT
#include <procession/job/inputs/inputtransforms.h>
#include <procession/job/store/jobstore.h>
#include <procession/job/store/jobstoreschema.h>
#include <procession/job/store/storeconnection.h>
#include <procession/job/store/storereconciler.h>
#include <procession/job/store/storerecords.h>
#include <procession/job/store/storewriter.h>
#include <procession/job/task/tasksource.h>

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <map>

namespace procession {

namespace {

using Reason = JobStoreError::Reason;

constexpr QFile::Permissions OwnFolder = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;

#define JOB_COLUMNS                                                                                                              \
    "id, name, kind, definition, state, created_at, started_at, ended_at, total, running, done, failed, cancelled, lost, "       \
    "more_may_come"

StoredJob readJob(const StoreRows &rows)
{
    StoredJob job;
    job.id = rows.integer(0);
    job.name = rows.text(1);
    job.kind = rows.text(2);
    job.definition = rows.bytes(3);
    job.state = jobStateFromString(rows.text(4)).value_or(JobState::Interrupted);
    job.createdAt = rows.integer(5);
    job.startedAt = rows.integer(6);
    job.endedAt = rows.integer(7);
    job.total = rows.integer(8);
    job.moreMayCome = rows.integer(14) != 0;
    qint64 others = 0;
    for (int state = 1; state < TaskStateCount; ++state) {
        job.tasks.at(static_cast<std::size_t>(state)) = rows.integer(8 + state);
        others += rows.integer(8 + state);
    }
    job.tasks.at(static_cast<std::size_t>(TaskState::Queued)) = job.total - others;
    return job;
}

void markInterrupted(StoredJob &job)
{
    job.state = JobState::Interrupted;
    job.endedAt = 0;
    qint64 &running = job.tasks.at(static_cast<std::size_t>(TaskState::Running));
    job.tasks.at(static_cast<std::size_t>(TaskState::Lost)) += std::exchange(running, 0);
}

} // namespace

class JobStore::Private
{
public:
    explicit Private(const QString &path)
        : connection(path), lockFile(QFile::encodeName(connection.path() + QLatin1StringView("-locks")))
    {
        requireLocks();
        prepareJobStore(connection);
    }

    /// SQLite takes their absence for a lock that another program holds for half a minute.
    void requireLocks() const
    {
        try {
            FileLock::tryLock(lockFile); // of no job
        } catch (const SystemError &error) {
            if (error.number() == ENOLCK || error.number() == EOPNOTSUPP)
                fail(Reason::NoLocks, QStringLiteral("lock it"), QString::fromLocal8Bit(error.what()));
        }
    }

    [[noreturn]] void fail(Reason reason, const QString &doing, const QString &detail, qint64 holder = 0) const
    {
        throw JobStoreError(reason, connection.path(), doing, detail, holder);
    }

    std::optional<FileLock> tryLock(qint64 job) const
    {
        try {
            return FileLock::tryLock(lockFile, job);
        } catch (const SystemError &error) {
            fail(Reason::NoAccess, QStringLiteral("hold job %1").arg(job), QString::fromLocal8Bit(error.what()));
        }
    }

    std::optional<qint64> holder(qint64 job) const
    {
        try {
            return FileLock::holder(lockFile, job);
        } catch (const SystemError &error) {
            fail(Reason::NoAccess, QStringLiteral("see who holds job %1").arg(job), QString::fromLocal8Bit(error.what()));
        }
    }

    FileLock lockOrFail(qint64 job, const QString &doing) const
    {
        if (auto lock = tryLock(job))
            return std::move(*lock);
        const qint64 pid = holder(job).value_or(0);
        fail(Reason::JobInUse, doing, QStringLiteral("process %1 runs it").arg(pid), pid);
    }

    OutputPruner pruner()
    {
        return OutputPruner(
            {connection, [this](qint64 job) { return outputFolder(job).path(); }, [this](qint64 job) { return tryLock(job); }});
    }

    QDir outputFolder(qint64 job) const { return QDir(connection.path() + QStringLiteral("-output/%1").arg(job)); }

    qint64 insertJob(const QString &name, const QString &kind, const QByteArray &definition, qint64 total, bool moreMayCome);
    void mustExist(qint64 job, const QString &doing);
    void setInputs(qint64 job, const QByteArray &inputs);
    std::vector<InputTable> inputParts(qint64 job);
    std::optional<StoredJob> readOne(qint64 id);
    void settle(StoredJob &job);

    StoreConnection connection;
    QByteArray lockFile;
    std::map<qint64, std::shared_ptr<JobLease>> holds;
};

qint64 JobStore::Private::insertJob(
    const QString &name, const QString &kind, const QByteArray &definition, qint64 total, bool moreMayCome)
{
    const char *insert = "INSERT INTO job(name, kind, definition, created_at, total, more_may_come) VALUES(?, ?, ?, ?, ?, ?)";
    connection.run(insert, notNull(name), notNull(kind), notNull(definition), QDateTime::currentMSecsSinceEpoch() * 1000, total,
        moreMayCome ? 1 : 0);
    return connection.lastInsertId();
}

void JobStore::Private::mustExist(qint64 job, const QString &doing)
{
    if (!connection.rows("SELECT 1 FROM job WHERE id = ?", job).next())
        fail(Reason::NoSuchJob, doing, QStringLiteral("there is no job %1").arg(job));
}

void JobStore::Private::setInputs(qint64 job, const QByteArray &inputs)
{
    connection.run("DELETE FROM job_input_part WHERE job = ?", job);
    connection.run("UPDATE job_inputs SET inputs = ? WHERE job = ?", notNull(inputs), job);
}

std::vector<InputTable> JobStore::Private::inputParts(qint64 job)
{
    std::vector<InputTable> parts;
    StoreRows rows = connection.rows("SELECT inputs FROM job_input_part WHERE job = ? ORDER BY first", job);
    while (rows.next())
        parts.push_back(InputTable::deserialize(rows.bytes(0)));
    return parts;
}

std::optional<StoredJob> JobStore::Private::readOne(qint64 id)
{
    StoreRows rows = connection.rows("SELECT " JOB_COLUMNS " FROM job WHERE id = ?", id);
    if (!rows.next())
        return std::nullopt;
    return readJob(rows);
}

// A job without a holder may have finished after its row was read and before its lock was checked, so the row is read again.
void JobStore::Private::settle(StoredJob &job)
{
    if (job.state == JobState::Finished)
        return;
    if (const auto pid = holder(job.id)) {
        job.pid = *pid;
        return;
    }
    if (const auto again = readOne(job.id))
        job = *again;
    if (job.state != JobState::Finished)
        markInterrupted(job);
}

JobStore::JobStore(const QString &path) : d(std::make_unique<Private>(path)) { }

JobStore::~JobStore() = default;

const QString &JobStore::path() const { return d->connection.path(); }

QString JobStore::outputFolder(qint64 job) const
{
    const QDir folder = d->outputFolder(job);
    const QString parent = QFileInfo(folder.path()).path();
    for (const QString &each : {parent, folder.path()}) {
        if (!QFileInfo(each).isDir() && !QDir().mkdir(each, OwnFolder) && !QFileInfo(each).isDir())
            d->fail(
                Reason::NoAccess, QStringLiteral("create the folder \"%1\"").arg(each), QStringLiteral("the system refused it"));
    }
    return folder.path();
}

QString JobStore::outputFolderPath(qint64 job) const { return d->outputFolder(job).path(); }

qint64 JobStore::createJob(const QString &name, const QString &kind, const QByteArray &definition, const QByteArray &inputs,
    qint64 total, bool moreMayCome, const QByteArray &resumeKey)
{
    StoreTransaction transaction(d->connection);
    qint64 job = d->insertJob(name, kind, definition, total, moreMayCome);
    std::optional<FileLock> lock = d->tryLock(job);
    // Numbers may still be in use or have outputs from a database of the same name that was moved away.
    while (!lock || d->outputFolder(job).exists()) {
        d->connection.run("DELETE FROM job WHERE id = ?", job);
        job = d->insertJob(name, kind, definition, total, moreMayCome);
        lock = d->tryLock(job);
    }
    d->connection.run("INSERT INTO job_inputs(job, inputs) VALUES(?, ?)", job, notNull(inputs));
    if (!resumeKey.isEmpty())
        setResumeKey(job, resumeKey);
    transaction.commit();
    d->holds.emplace(job, std::make_shared<JobLease>(job, std::move(*lock)));
    return job;
}

void JobStore::claimJob(qint64 job)
{
    const QString doing = QStringLiteral("run job %1").arg(job);
    if (d->holds.contains(job))
        return;
    d->mustExist(job, doing);
    FileLock lock = d->lockOrFail(job, doing);
    StoreTransaction transaction(d->connection);
    d->mustExist(job, doing);
    requeueUnended(d->connection, job);
    d->connection.run("UPDATE job SET state = 'ready', ended_at = 0, more_may_come = 0 WHERE id = ?", job);
    transaction.commit();
    d->holds.emplace(job, std::make_shared<JobLease>(job, std::move(lock)));
}

std::vector<TaskRecord> JobStore::reconcile(
    qint64 job, const TaskSource &source, const QByteArray &definition, const QByteArray &inputs)
{
    StoreTransaction transaction(d->connection);
    d->mustExist(job, QStringLiteral("give it new inputs"));
    std::vector<TaskRecord> records = StoreReconciler(d->connection, job, source).reconcile();
    d->connection.run("UPDATE job SET definition = ?, total = ?, more_may_come = 0 WHERE id = ?", notNull(definition),
        qint64(source.count()), job);
    d->setInputs(job, inputs);
    transaction.commit();
    return records;
}

std::vector<RecordedTask> JobStore::takeOffTasks(qint64 job, const QByteArray &definition, const QByteArray &inputs)
{
    std::vector<RecordedTask> tasks;
    StoreTransaction transaction(d->connection);
    d->mustExist(job, QStringLiteral("give it new inputs"));
    {
        StoreRows rows = d->connection.rows(
            "SELECT id, command, " PROCESSION_RECORD_COLUMNS " FROM task WHERE job = ? ORDER BY seq IS NULL, seq", job);
        while (rows.next())
            tasks.push_back({rows.bytes(1), readRecord(rows, 2), rows.integer(0)});
    }
    d->connection.run("UPDATE task SET seq = NULL WHERE job = ?", job);
    recountTasks(d->connection, job);
    d->connection.run("UPDATE job SET definition = ?, total = 0, more_may_come = 1 WHERE id = ?", notNull(definition), job);
    d->setInputs(job, inputs);
    transaction.commit();
    return tasks;
}

void JobStore::requeue(qint64 job, const QList<TaskState> &states)
{
    StoreTransaction transaction(d->connection);
    for (const TaskState state : states)
        d->connection.run("UPDATE task SET state = 'queued' WHERE job = ? AND state = ?", job, QString(nameOf(state)));
    recountTasks(d->connection, job);
    transaction.commit();
}

std::shared_ptr<JobLease> JobStore::takeHold(qint64 job)
{
    const auto hold = d->holds.extract(job);
    return hold ? hold.mapped() : nullptr;
}

void JobStore::releaseJob(qint64 job)
{
    const QDir folder = d->outputFolder(job);
    QDir().rmdir(folder.path()); // succeeds only when it is there and empty
    d->holds.erase(job);
}

void JobStore::write(qint64 job, const std::vector<StoreChange> &changes, const TaskSource &source)
{
    StoreTransaction transaction(d->connection);
    StoreWriter(d->connection, job, source, d->outputFolder(job)).write(changes);
    transaction.commit();
}

QList<StoredJob> JobStore::jobs(int limit) const
{
    QList<StoredJob> jobs;
    {
        StoreRows rows = d->connection.rows("SELECT " JOB_COLUMNS " FROM job ORDER BY id DESC LIMIT ?", limit);
        while (rows.next())
            jobs.append(readJob(rows));
    }
    for (StoredJob &job : jobs)
        d->settle(job);
    return jobs;
}

std::optional<StoredJob> JobStore::job(qint64 id) const
{
    std::optional<StoredJob> job = d->readOne(id);
    if (job)
        d->settle(*job);
    return job;
}

std::optional<StoredJob> JobStore::latestJob(const QByteArray &resumeKey) const
{
    qint64 id = 0;
    {
        StoreRows rows = d->connection.rows("SELECT max(id) FROM job WHERE resume_key = ?", resumeKey);
        if (rows.next())
            id = rows.integer(0);
    }
    return job(id);
}

void JobStore::setResumeKey(qint64 job, const QByteArray &resumeKey)
{
    d->connection.run("UPDATE job SET resume_key = ? WHERE id = ?", resumeKey, job);
}

QByteArray JobStore::inputs(qint64 job) const
{
    QByteArray first;
    {
        StoreRows rows = d->connection.rows("SELECT inputs FROM job_inputs WHERE job = ?", job);
        if (!rows.next())
            d->fail(Reason::NoSuchJob, QStringLiteral("read its inputs"), QStringLiteral("there is no job %1").arg(job));
        first = rows.bytes(0);
    }
    const std::vector<InputTable> parts = d->inputParts(job);
    return parts.empty() ? first : joined(InputTable::deserialize(first), parts).serialize();
}

std::vector<TaskRecord> JobStore::taskRecords(qint64 id) const
{
    const auto known = job(id);
    if (!known)
        d->fail(Reason::NoSuchJob, QStringLiteral("read its tasks"), QStringLiteral("there is no job %1").arg(id));
    std::vector<TaskRecord> records(static_cast<std::size_t>(known->total));
    StoreRows rows
        = d->connection.rows("SELECT seq, " PROCESSION_RECORD_COLUMNS " FROM task WHERE job = ? AND seq IS NOT NULL", id);
    while (rows.next()) {
        const auto place = static_cast<std::size_t>(rows.integer(0) - 1);
        if (place >= records.size())
            continue; // the job got a longer list meanwhile
        records[place] = readRecord(rows, 1);
        if (known->state == JobState::Interrupted && records[place].state == TaskState::Running)
            records[place].state = TaskState::Lost;
    }
    return records;
}

QList<Attempt> JobStore::attempts(qint64 job, TaskIndex task) const
{
    QList<Attempt> attempts;
    const QDir folder = d->outputFolder(job);
    StoreRows rows
        = d->connection.rows("SELECT " PROCESSION_ATTEMPT_COLUMNS
                             " FROM attempt WHERE task = (SELECT id FROM task WHERE job = ? AND seq = ?) ORDER BY number",
            job, qint64(task) + 1);
    while (rows.next())
        attempts.append(readAttempt(rows, 0, task, folder));
    return attempts;
}

HeldOutput JobStore::pruneOutput(const OutputRule &rule, bool dryRun) { return d->pruner().prune(rule, dryRun); }

void JobStore::trimOutput(qint64 job, qint64 size) { d->pruner().trim(job, size); }

qint64 JobStore::heldOutput(qint64 job) const { return d->pruner().held(job); }

void JobStore::removeJob(qint64 job)
{
    const QString doing = QStringLiteral("remove job %1").arg(job);
    d->mustExist(job, doing);
    const FileLock lock = d->lockOrFail(job, doing);
    StoreTransaction transaction(d->connection);
    d->connection.run("DELETE FROM job WHERE id = ?", job);
    transaction.commit();
    d->connection.shrink();
    d->outputFolder(job).removeRecursively();
}

} // namespace procession
