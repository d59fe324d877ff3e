// SPDX-License-Identifier: MIT
#pragma once

#include <procession/attempt.h>
#include <procession/processerror.h>

#include <QtCore/QList>
#include <QtCore/QString>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace procession {

class TaskSource;

/// The database of jobs cannot be opened, read or written. what() names the file, the reason and the remedy.
class JobStoreError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};

/// A job as the store knows it.
struct StoredJob
{
    qint64 id = 0;
    QString name;
    QString kind; ///< what `definition` defines: "command"
    QByteArray definition; ///< JSON, see BatchDefinition::toJson
    JobState state = JobState::Ready; ///< Interrupted when the program that ran it died
    qint64 createdAt = 0; ///< microseconds since the epoch, as all times
    qint64 startedAt = 0; ///< of the latest run
    qint64 endedAt = 0; ///< of the latest run; 0 while it runs or when it was interrupted
    qint64 total = 0; ///< tasks
    std::array<qint64, TaskStateCount> tasks{}; ///< how many are in each state
    qint64 pid = 0; ///< of the program that runs it; 0 when none does
};

/// One change of a job, ready to be written.
struct StoreChange
{
    enum class Kind : quint8 { TaskStarted, AttemptEnded, TaskChanged, JobState };
    Kind kind = Kind::TaskChanged;
    TaskIndex task = 0;
    TaskRecord record; ///< TaskStarted, TaskChanged
    Attempt attempt; ///< AttemptEnded
    JobState state = JobState::Ready; ///< JobState
};

/// Every job, task, attempt, exit status and output, in one SQLite database.
///
/// \code
/// JobStore store("/home/ann/.local/share/procession/jobs.sqlite");
/// for (const StoredJob &job : store.jobs())
///     qDebug() << job.id << job.name << job.state;
/// \endcode
///
/// The file is created with mode 0600 in WAL mode; several programs may use it at once. A JobStore belongs to the thread that made
/// it. Functions block for as long as SQLite does, and throw JobStoreError. `kill -9` at any moment leaves a database that is whole
/// and holds every commit made until then.
///
/// A job that runs is held by its program through a lock file beside the database: when the program dies the lock goes with it,
/// which is how `Interrupted` is known.
class JobStore
{
public:
    /// \param path  the file; it and its folder are created if missing. ":memory:" is not supported.
    explicit JobStore(const QString &path);
    ~JobStore();

    const QString &path() const;
    /// Where large output of a job is kept: a folder beside the database, created on first use, mode 0700.
    QString outputFolder(qint64 job) const;

    /// Records a new job and holds it for this program.
    qint64 createJob(
        const QString &name, const QString &kind, const QByteArray &definition, const QByteArray &inputs, qint64 total);
    /// Holds an earlier job for this program so that it can be run on. Tasks whose end was never recorded become Queued.
    /// \throws JobStoreError when another program runs it (the message names its pid) or there is none
    void claimJob(qint64 job);
    /// Gives the new task list of a resumed job: keeps each recorded task whose command stands in `source` (wherever it stands, and
    /// as often as it stands there), forgets the order of the others, and returns the record of every task of `source`.
    std::vector<TaskRecord> reconcile(
        qint64 job, const TaskSource &source, const QByteArray &definition, const QByteArray &inputs);
    /// Lets go of a job: the end of this program's work on it.
    void releaseJob(qint64 job);

    /// Writes all changes in one transaction. `source` gives the commands of tasks that are new to the store.
    void write(qint64 job, const std::vector<StoreChange> &changes, const TaskSource &source);

    /// Newest first.
    QList<StoredJob> jobs(int limit = 100) const;
    std::optional<StoredJob> job(qint64 id) const;
    /// The newest job of this kind with this definition's template and working folder (`resumeKey`), whatever its inputs.
    std::optional<StoredJob> latestJob(const QByteArray &resumeKey) const;
    void setResumeKey(qint64 job, const QByteArray &resumeKey);
    QByteArray inputs(qint64 job) const;
    /// The record of every task; tasks that the store knows nothing of are Queued.
    std::vector<TaskRecord> taskRecords(qint64 job) const;
    /// All attempts at a task with their output, first to last.
    QList<Attempt> attempts(qint64 job, TaskIndex task) const;
    /// Deletes a job with all that belongs to it. \throws JobStoreError when a program runs it
    void removeJob(qint64 job);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace procession
