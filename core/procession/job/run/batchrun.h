// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/engine/job.h>
#include <procession/job/output/spoolfolder.h>
#include <procession/job/output/temporaryfolder.h>
#include <procession/job/run/inputfeed.h>
#include <procession/job/run/jobbatch.h>
#include <procession/job/store/jobrecorder.h>

#include <QtCore/QFuture>

#include <functional>
#include <memory>
#include <vector>

namespace procession {

/// A task that ended before, and how.
struct EndedTask
{
    TaskIndex task = 0;
    TaskRecord record;
};

/// Finds what another record (a job log) shows of a task; each entry is found once. May be empty.
using RecordFinder = std::function<std::optional<TaskRecord>(const JobBatch &batch, TaskIndex task)>;

/// What to run and where to record it.
struct BatchRequest
{
    enum class Begin : quint8 {
        New, ///< a new job
        ContinueJob, ///< what is missing of the job `job` of the store, with the definition and the inputs it was stored with
        ContinueLatest, ///< what is missing of the newest job with the same resumeKey(), or a new job when there is none
    };

    BatchDefinition definition; ///< not looked at with ContinueJob
    QString storePath; ///< empty: nothing is recorded, and only a new job can be started
    Begin begin = Begin::New;
    qint64 job = 0; ///< for ContinueJob
    /// Whether the first tasks of a new job may start before the job is in the store. Observers::onStoreRefused reports a store that turns
    /// out to be unusable then.
    bool mayBeginAtOnce = false;
    bool rerunUnsuccessful = false; ///< when continuing, tasks that failed, were cancelled or got lost run again too
    /// Tasks that another record (a job log) shows to have ended; they are recorded so and do not run. May be empty.
    std::function<std::vector<EndedTask>(const JobBatch &batch)> endedBefore;

    /// The source of the inputs, if `definition.growing` is set and the job is new or the latest one continued.
    std::shared_ptr<RowStream> stream{};
    /// In place of `endedBefore` for such a batch: makes what finds the records of its tasks. May be empty.
    std::function<RecordFinder(const JobBatch &batch)> recordsOf{};
};

/// A batch whose job stands in the store and is held for this program: all that takes time before it can run.
struct PreparedBatch
{
    std::shared_ptr<const JobBatch> batch;
    QString storePath; ///< empty: nothing is recorded
    qint64 job = 0; ///< in the store; 0 without one, or where it is still to be made
    std::shared_ptr<JobStore> store{}; ///< where the job is made; given to the recorder
    bool continued = false; ///< whether it goes on with an earlier job
    std::vector<TaskRecord> before; ///< of that earlier job, one for each task, or empty
    std::shared_ptr<JobLease> hold; ///< what makes the stored job this program's
    std::shared_ptr<TemporaryFolder> temporaryFolder; ///< for large output when nothing is recorded; removed with it
    QString outputFolder; ///< for large output
    std::shared_ptr<RowStream> stream{}; ///< of a growing batch
    InputFeed::Matcher matcher{}; ///< of a growing batch that goes on with an earlier job

    bool isRecorded() const { return !storePath.isEmpty(); }
};

/// A batch at work: the one way in which the command line and the window run one.
///
/// \code
/// auto feed = std::make_shared<TaskFeed>();
/// BatchRun run(BatchRun::prepare(request), BatchRun::Observers{.live = {feed}});
/// QObject::connect(&run.job(), &Job::finished, &app, &QCoreApplication::quit);
/// run.job().start();
/// \endcode
///
/// It owns the job, its executor, the recorder and the folder for large output, and takes them down in the right order.
class BatchRun
{
public:
    struct Observers
    {
        std::vector<std::shared_ptr<JobObserver>> live; ///< called at once, in the job's runner thread
        std::vector<std::shared_ptr<JobObserver>>
            recorded; ///< called once the change is safe in the store; as `live` without a store
        std::function<void(const QString &)> onStoreError = {}; ///< see JobRecorder
        /// See BatchRequest::mayBeginAtOnce: nothing is recorded then. Called in the recorder's thread.
        std::function<void(const JobStoreError &)> onStoreRefused = {};
        InputFeed::ErrorListener onInputError = {}; ///< see InputFeed
        /// Given what tasks write as they write it, recorded or not.
        OutputListener onOutput = {};
        std::vector<int> keptDescriptors = {}; ///< see ExecutorSetup
        bool adoptsOrphans = false; ///< see ExecutorSetup
    };

    /// Checks that the batch can run, opens the store, and creates or claims the job. Blocks while SQLite works: some milliseconds, for a
    /// million inputs some hundreds, and up to 3 s until the last processes of a killed program release a job to continue. Thread-safe.
    /// \throws InvalidInput, JobStoreError; SystemError when there is no folder for large output
    static PreparedBatch prepare(const BatchRequest &request);
    /// prepare() in a thread of its own. The future fails with what prepare() throws.
    static QFuture<PreparedBatch> prepareAsync(const BatchRequest &request);

    /// Creates the job, which is Ready and lives in the calling thread, and starts to read growing inputs. Does not block.
    /// \throws SystemError when the system refuses descriptors
    BatchRun(PreparedBatch prepared, Observers observers);
    /// Kills running tasks, and returns when everything is in the store and every observer was called (or the store could not be written
    /// for some seconds, see JobRecorder::isStuck()).
    ~BatchRun();

    BatchRun(const BatchRun &) = delete;
    BatchRun &operator=(const BatchRun &) = delete;

    Job &job() { return *m_job; }
    const std::shared_ptr<const JobBatch> &batch() const { return m_prepared.batch; }
    /// The recorder, null without a store.
    JobRecorder *recorder() const { return m_recorder.get(); }
    /// Its id in the store, 0 without one. With BatchRequest::mayBeginAtOnce it is known once the recorder has written something.
    qint64 storedJob() const;
    /// Where large output is while nothing is recorded; null otherwise. It is removed with the last that holds it.
    std::shared_ptr<TemporaryFolder> temporaryFolder() const;
    const QString &storePath() const { return m_prepared.storePath; }
    bool isContinued() const { return m_prepared.continued; }

    /// The batch that a stored job ran. \throws InvalidInput, JobStoreError
    static BatchDefinition storedDefinition(const JobStore &store, qint64 job);
    /// What two batches have in common when one may go on with the job of the other: template or function, working folder and
    /// environment. Not the shell: a job that a script began is gone on with by hand.
    static QByteArray resumeKey(const BatchDefinition &definition);

private:
    class LateFolder;

    std::shared_ptr<JobRecorder> makeRecorder(Observers &observers);

    PreparedBatch m_prepared;
    std::shared_ptr<LateFolder> m_lateFolder;
    std::shared_ptr<JobRecorder> m_recorder;
    std::unique_ptr<Job> m_job; // destroyed before what it writes to
    std::unique_ptr<InputFeed> m_feed; // the last: it writes to the job; null when all inputs are there
};

} // namespace procession
