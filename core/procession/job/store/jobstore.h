// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/store/joblease.h>
#include <procession/job/store/jobstoreerror.h>
#include <procession/job/store/outputpruner.h>
#include <procession/job/task/addedtasks.h>

#include <QtCore/QList>
#include <QtCore/QString>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace procession {

class TaskSource;

/// A job as the store knows it.
struct StoredJob
{
    qint64 id = 0;
    QString name;
    QString kind; ///< what `definition` defines: "command" or "function"
    QByteArray definition; ///< JSON, see BatchDefinition::toJson
    JobState state = JobState::Ready; ///< Interrupted when the program that ran it died
    qint64 createdAt = 0; ///< microseconds since the epoch, as all times
    qint64 startedAt = 0; ///< of the latest run
    qint64 endedAt = 0; ///< of the latest run; 0 while it runs or when it was interrupted
    qint64 total = 0; ///< tasks
    bool moreMayCome = false; ///< its inputs were not read to their end, so that `total` is what had come by then
    std::array<qint64, TaskStateCount> tasks{}; ///< how many are in each state
    qint64 pid = 0; ///< of the program that runs it; 0 when none does
};

/// A task that was recorded, and what it was.
struct RecordedTask
{
    QByteArray command;
    TaskRecord record;
    qint64 storeId = 0;
};

/// One change of a job, ready to be written.
struct StoreChange
{
    enum class Kind : quint8 { TaskStarted, AttemptEnded, TaskChanged, JobState, TasksAdded };
    Kind kind = Kind::TaskChanged;
    TaskIndex task = 0;
    TaskRecord record; ///< TaskStarted, TaskChanged
    Attempt attempt; ///< AttemptEnded
    JobState state = JobState::Ready; ///< JobState
    std::shared_ptr<const AddedTasks> added{}; ///< TasksAdded
    qint64 at = 0; ///< JobState: when; 0 is when it is written
};

/// Every job, task, attempt, exit status and output, in one SQLite database.
///
/// \code
/// JobStore store("/home/ann/.local/share/procession/jobs.sqlite");
/// for (const StoredJob &job : store.jobs())
///     qDebug() << job.id << job.name << job.state;
/// \endcode
///
/// The file is created with mode 0600 in WAL mode; several programs may use it at once. One thread uses a JobStore
/// at a time. Functions block for as long as SQLite does, and throw JobStoreError. `kill -9` at any moment leaves a database that is whole
/// and holds every commit made until then.
///
/// A job that runs is held by its program (JobLease) through a lock in a file beside the database: when the program dies the lock goes
/// with it, which is how `Interrupted` is known. Tasks that ran in an interrupted job are shown as Lost until it is claimed.
///
/// A person can read the database with sqlite3: its views `jobs`, `tasks` and `attempts` are made for that.
class JobStore
{
public:
    /// \param path  the file; it and its folder are created if missing. ":memory:" is not supported.
    /// \throws JobStoreError when it cannot be used; a damaged or foreign file is left as it is
    explicit JobStore(const QString &path);
    ~JobStore();

    /// The file, absolute and without symbolic links.
    const QString &path() const;
    /// Where large output of a job is kept: a folder beside the database, mode 0700. It is created by this call if missing, and
    /// taken away by releaseJob() if empty.
    QString outputFolder(qint64 job) const;
    /// The path of outputFolder(), which this call does not create.
    QString outputFolderPath(qint64 job) const;

    /// Records a new job and holds it: until releaseJob(), until the store is destroyed, or, after takeHold(), for as long as
    /// the hold lives.
    /// \param moreMayCome  whether tasks will be added to the `total` by write()
    /// \param resumeKey  see latestJob()
    qint64 createJob(const QString &name, const QString &kind, const QByteArray &definition, const QByteArray &inputs,
        qint64 total, bool moreMayCome = false, const QByteArray &resumeKey = {});
    /// Claims an earlier job for this program so that it can continue; does nothing for a job that this store holds. Tasks without a
    /// recorded end become Queued, and their attempts are recorded as lost.
    /// \throws JobStoreError when another program runs it (the message names its pid) or there is none
    void claimJob(qint64 job);
    /// Gives the new task list of a resumed job: keeps each recorded task whose command stands in `source` (wherever it stands, and
    /// as often as it stands there), forgets the order of the others, and returns the record of every task of `source`.
    std::vector<TaskRecord> reconcile(
        qint64 job, const TaskSource &source, const QByteArray &definition, const QByteArray &inputs);
    /// As reconcile() for a job whose inputs arrive one by one: removes all recorded tasks from their positions and returns them; write()
    /// gives them new ones. `inputs` is a table without rows. A task whose input does not come again stays recorded without a position.
    std::vector<RecordedTask> takeOffTasks(qint64 job, const QByteArray &definition, const QByteArray &inputs);
    /// Tasks in these states become Queued again, with all their attempts before them: what a person wants to be run once more.
    void requeue(qint64 job, const QList<TaskState> &states);
    /// Moves the hold on a job that this store created or claimed to the caller, for example for a JobRecorder in another thread; null
    /// when this store does not have it.
    std::shared_ptr<JobLease> takeHold(qint64 job);
    /// Ends the work on a job, and the hold on it if this store has it.
    void releaseJob(qint64 job);

    /// Writes all changes in one transaction. `source` gives the commands of tasks that are new to the store.
    void write(qint64 job, const std::vector<StoreChange> &changes, const TaskSource &source);

    /// Newest first.
    QList<StoredJob> jobs(int limit = 100) const;
    std::optional<StoredJob> job(qint64 id) const;
    /// The newest job with this `resumeKey`: what its maker says that a job must have in common with one that resumes it, for
    /// instance kind, template and working folder, whatever its inputs.
    std::optional<StoredJob> latestJob(const QByteArray &resumeKey) const;
    void setResumeKey(qint64 job, const QByteArray &resumeKey);
    QByteArray inputs(qint64 job) const;
    /// The record of every task; tasks that the store knows nothing of are Queued.
    std::vector<TaskRecord> taskRecords(qint64 job) const;
    /// All attempts at a task with their output, first to last.
    QList<Attempt> attempts(qint64 job, TaskIndex task) const;
    /// Removes the output of jobs that `rule` does not keep: first what is too old, then, from the oldest job on, until the rest is small
    /// enough. Keeps what ran and how it ended. Skips a job whose own rule (BatchDefinition::keepOutput) says "all", and uses a job's own
    /// age limit.
    /// \param dryRun  only report what it would remove
    HeldOutput pruneOutput(const OutputRule &rule, bool dryRun = false);
    /// Of each stream of each attempt of a job the first `size` bytes stay. Nothing when a program runs it.
    void trimOutput(qint64 job, qint64 size);
    /// Bytes of output that are kept of a job.
    qint64 heldOutput(qint64 job) const;
    /// Deletes a job with all that belongs to it. \throws JobStoreError when a program runs it
    void removeJob(qint64 job);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace procession
