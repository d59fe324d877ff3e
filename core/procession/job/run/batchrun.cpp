// SPDX-License-Identifier: MIT
#include <procession/job/run/batchrun.h>

#include <procession/job/store/jobrecorder.h>
#include <procession/job/store/jobstore.h>
#include <procession/job/store/jobstorefile.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/platform/processes/processalive.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QPromise>
#include <QtCore/QThread>
#include <QtCore/QThreadPool>

#include <algorithm>
#include <deque>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace procession {

namespace {

constexpr std::chrono::seconds LongestDying{3};
constexpr unsigned long DyingInterval = 10; // milliseconds
constexpr std::size_t ChangesAtOnce = 10'000; // written in one transaction

QByteArray toBytes(const BatchDefinition &definition)
{
    return QJsonDocument(definition.toJson()).toJson(QJsonDocument::Compact);
}

void setEnded(PreparedBatch &prepared, const std::vector<EndedTask> &tasks, JobStore *store)
{
    prepared.before.resize(static_cast<std::size_t>(prepared.batch->count()));
    std::vector<StoreChange> changes;
    const auto write = [&] {
        if (store && !changes.empty())
            store->write(prepared.job, changes, *prepared.batch);
        changes.clear();
    };
    for (const EndedTask &ended : tasks) {
        prepared.before.at(ended.task) = ended.record;
        StoreChange change;
        change.kind = StoreChange::Kind::TaskChanged;
        change.task = ended.task;
        change.record = ended.record;
        changes.push_back(std::move(change));
        if (changes.size() >= ChangesAtOnce)
            write();
    }
    write();
}

/// The states of tasks that continuing runs again: not run because of a stop, lost, and, on request, failed.
QList<TaskState> rerunStates(const BatchRequest &request)
{
    QList<TaskState> states{TaskState::Cancelled, TaskState::Lost};
    if (request.rerunUnsuccessful)
        states.append(TaskState::Failed);
    return states;
}

// A program that was killed may leave processes that die some moments after it, and keep its hold until then.
void claim(JobStore &store, qint64 job)
{
    const QDeadlineTimer deadline(LongestDying);
    for (;;) {
        try {
            store.claimJob(job);
            return;
        } catch (const JobStoreError &error) {
            const bool dying = error.reason() == JobStoreError::Reason::JobInUse && !isProcessAlive(error.holder());
            if (!dying || deadline.hasExpired())
                throw;
        }
        QThread::msleep(DyingInterval);
    }
}

/// Of several records of a command, the decisive ones come first.
InputFeed::Matcher matcherOf(std::vector<RecordedTask> tasks)
{
    std::stable_sort(tasks.begin(), tasks.end(), [](const RecordedTask &a, const RecordedTask &b) {
        return a.record.state == TaskState::Done && b.record.state != TaskState::Done;
    });
    const auto byCommand = std::make_shared<std::unordered_map<QByteArray, std::deque<EarlierTask>>>();
    for (const RecordedTask &task : tasks)
        (*byCommand)[task.command].push_back({0, task.record, task.storeId});
    return [byCommand](const JobBatch &batch, TaskIndex index) -> std::optional<EarlierTask> {
        const auto found = byCommand->find(batch.description(index));
        if (found == byCommand->end())
            return std::nullopt;
        const EarlierTask task = found->second.front();
        found->second.pop_front();
        if (found->second.empty())
            byCommand->erase(found);
        return task;
    };
}

InputFeed::Matcher matcherOf(const RecordFinder &recordFor)
{
    if (!recordFor)
        return {};
    return [recordFor](const JobBatch &batch, TaskIndex task) -> std::optional<EarlierTask> {
        if (const std::optional<TaskRecord> record = recordFor(batch, task))
            return EarlierTask{task, *record, 0};
        return std::nullopt;
    };
}

void continueJob(JobStore &store, const BatchRequest &request, PreparedBatch &prepared)
{
    claim(store, prepared.job);
    store.requeue(prepared.job, rerunStates(request));
    prepared.continued = true;
    if (request.begin == BatchRequest::Begin::ContinueJob) {
        prepared.before = store.taskRecords(prepared.job);
        return;
    }
    const BatchDefinition &definition = prepared.batch->definition();
    if (definition.growing) {
        prepared.matcher = matcherOf(store.takeOffTasks(prepared.job, toBytes(definition), definition.inputs.serialize()));
        return;
    }
    prepared.before = store.reconcile(prepared.job, *prepared.batch, toBytes(definition), definition.inputs.serialize());
}

qint64 createJob(JobStore &store, const JobBatch &batch)
{
    const BatchDefinition &definition = batch.definition();
    return store.createJob(definition.name, definition.callsFunction() ? QStringLiteral("function") : QStringLiteral("command"),
        toBytes(definition), definition.inputs.serialize(), batch.isGrowing() ? 0 : batch.count(), batch.isGrowing(),
        BatchRun::resumeKey(definition));
}

/// Whether the job can be made when the tasks run: nothing about them depends on the store, which will hardly refuse it.
bool canBeginAtOnce(const BatchRequest &request)
{
    if (!request.mayBeginAtOnce || request.begin != BatchRequest::Begin::New || request.endedBefore
        || request.definition.callsFunction())
        return false;
    makeStoreFile(request.storePath);
    return looksLikeStore(request.storePath);
}

JobRecorder::Job makeJob(const QString &storePath, const JobBatch &batch)
{
    JobRecorder::Job job;
    job.store = std::make_shared<JobStore>(storePath);
    job.id = createJob(*job.store, batch);
    job.hold = job.store->takeHold(job.id);
    return job;
}

void prepareAtOnce(const BatchRequest &request, PreparedBatch &prepared)
{
    prepared.storePath = QFileInfo(request.storePath).canonicalFilePath();
    prepared.batch = JobBatch::of(request.definition);
    prepared.batch->requireRunnable();
}

void prepareStored(const BatchRequest &request, PreparedBatch &prepared)
{
    prepared.store = std::make_shared<JobStore>(request.storePath);
    JobStore &store = *prepared.store;
    const bool own = request.begin == BatchRequest::Begin::ContinueJob;
    prepared.batch = JobBatch::of(own ? BatchRun::storedDefinition(store, request.job) : request.definition);
    prepared.batch->requireRunnable();
    if (own) {
        prepared.job = request.job;
    } else if (request.begin == BatchRequest::Begin::ContinueLatest) {
        if (const std::optional<StoredJob> latest = store.latestJob(BatchRun::resumeKey(request.definition)))
            prepared.job = latest->id;
    }
    if (prepared.job != 0)
        continueJob(store, request, prepared);
    else
        prepared.job = createJob(store, *prepared.batch);
    if (request.endedBefore)
        setEnded(prepared, request.endedBefore(*prepared.batch), &store);
    prepared.outputFolder = store.outputFolder(prepared.job);
    prepared.hold = store.takeHold(prepared.job);
}

void prepareUnrecorded(const BatchRequest &request, PreparedBatch &prepared)
{
    if (request.begin != BatchRequest::Begin::New)
        throw InvalidInput("batch.no-store", {}, {}, "an earlier job can only be continued with the store that recorded it");
    prepared.batch = JobBatch::of(request.definition);
    prepared.batch->requireRunnable();
    if (request.endedBefore)
        setEnded(prepared, request.endedBefore(*prepared.batch), nullptr);
    prepared.temporaryFolder = TemporaryFolder::make();
    prepared.outputFolder = prepared.temporaryFolder->path();
}

} // namespace

PreparedBatch BatchRun::prepare(const BatchRequest &request)
{
    PreparedBatch prepared;
    prepared.storePath = request.storePath;
    if (request.storePath.isEmpty())
        prepareUnrecorded(request, prepared);
    else if (canBeginAtOnce(request))
        prepareAtOnce(request, prepared);
    else
        prepareStored(request, prepared);
    if (prepared.batch->isGrowing())
        prepared.stream = request.stream;
    if (request.recordsOf)
        prepared.matcher = matcherOf(request.recordsOf(*prepared.batch));
    return prepared;
}

QFuture<PreparedBatch> BatchRun::prepareAsync(const BatchRequest &request)
{
    const auto promise = std::make_shared<QPromise<PreparedBatch>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, request] {
        try {
            promise->addResult(prepare(request));
        } catch (...) {
            promise->setException(std::current_exception());
        }
        promise->finish();
    });
    return promise->future();
}

/// Where large output goes when the job is made late: the job's folder, or, when it is refused, a temporary one.
class BatchRun::LateFolder
{
public:
    std::shared_future<QString> path() { return m_path.get_future().share(); }

    JobRecorder::Job set(const std::function<JobRecorder::Job()> &make)
    {
        try {
            JobRecorder::Job job = make();
            m_path.set_value(job.store->outputFolderPath(job.id));
            return job;
        } catch (const JobStoreError &) {
            setTemporary();
            throw;
        }
    }

    std::shared_ptr<TemporaryFolder> temporary() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_temporary;
    }

private:
    void setTemporary()
    {
        QString path;
        try {
            const auto folder = TemporaryFolder::make();
            path = folder->path();
            const std::scoped_lock lock(m_mutex);
            m_temporary = folder;
        } catch (const SystemError &) {
            // An attempt that needs the folder fails with this error.
        }
        m_path.set_value(path);
    }

    std::promise<QString> m_path;
    mutable std::mutex m_mutex;
    std::shared_ptr<TemporaryFolder> m_temporary;
};

BatchRun::BatchRun(PreparedBatch prepared, Observers observers) : m_prepared(std::move(prepared))
{
    std::vector<std::shared_ptr<JobObserver>> all = std::move(observers.live);
    if (m_prepared.stream) {
        m_feed = std::make_unique<InputFeed>(
            m_prepared.stream, m_prepared.batch, std::move(m_prepared.matcher), std::move(observers.onInputError));
        all.push_back(m_feed->observer());
    }
    SpoolFolder spoolFolder(m_prepared.outputFolder);
    if (m_prepared.isRecorded() && m_prepared.job == 0) {
        m_lateFolder = std::make_shared<LateFolder>();
        spoolFolder = SpoolFolder(QFileInfo(m_prepared.storePath).path(), m_lateFolder->path());
    }
    // Before there are threads: it may copy this process, and that takes twice as long when other threads use the memory.
    std::unique_ptr<Executor> executor = m_prepared.batch->makeExecutor(
        {std::move(spoolFolder), std::move(observers.onOutput), std::move(observers.keptDescriptors), observers.adoptsOrphans});
    if (m_prepared.isRecorded())
        all.push_back(m_recorder = makeRecorder(observers));
    else
        all.insert(all.end(), observers.recorded.begin(), observers.recorded.end());
    m_job = std::make_unique<Job>(
        m_prepared.batch, std::move(executor), m_prepared.batch->definition().job, std::move(all), std::move(m_prepared.before));
    if (m_feed)
        m_feed->start(*m_job);
}

std::shared_ptr<JobRecorder> BatchRun::makeRecorder(Observers &observers)
{
    const auto make = [&](auto job) {
        return std::make_shared<JobRecorder>(m_prepared.storePath, std::move(job), m_prepared.batch,
            std::move(observers.recorded), std::move(observers.onStoreError));
    };
    if (!m_lateFolder)
        return make(JobRecorder::Job{std::exchange(m_prepared.store, {}), m_prepared.job, std::exchange(m_prepared.hold, {})});
    const auto makeLate = [batch = m_prepared.batch, path = m_prepared.storePath, folder = m_lateFolder] {
        return folder->set([&] { return makeJob(path, *batch); });
    };
    return make(JobRecorder::Beginning{makeLate, std::move(observers.onStoreRefused)});
}

qint64 BatchRun::storedJob() const
{
    if (m_prepared.job != 0)
        return m_prepared.job;
    return m_recorder ? m_recorder->job() : 0;
}

std::shared_ptr<TemporaryFolder> BatchRun::temporaryFolder() const
{
    return m_lateFolder ? m_lateFolder->temporary() : m_prepared.temporaryFolder;
}

BatchRun::~BatchRun()
{
    if (m_recorder)
        m_recorder->acceptWithoutWaiting(); // or the job's thread might wait for a full disk, and this for that thread
    m_feed.reset();
    m_job.reset();
    m_recorder.reset(); // writes what is left, and lets go of the stored job
}

BatchDefinition BatchRun::storedDefinition(const JobStore &store, qint64 job)
{
    const std::optional<StoredJob> stored = store.job(job);
    if (!stored)
        throw InvalidInput("batch.no-job", QByteArray::number(job), QFile::encodeName(store.path()),
            "there is no job " + QByteArray::number(job) + " in " + QFile::encodeName(store.path())
                + ": \"procession jobs\" lists those that are there");
    const QJsonObject json = QJsonDocument::fromJson(stored->definition).object();
    return BatchDefinition::fromJson(json, InputTable::deserialize(store.inputs(job)));
}

QByteArray BatchRun::resumeKey(const BatchDefinition &definition)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QByteArray &bytes) {
        hash.addData(QByteArray::number(bytes.size()) + ':');
        hash.addData(bytes);
    };
    add(definition.command);
    add(definition.options.workingDirectory);
    for (const QByteArray &variable : definition.options.environment)
        add(variable);
    if (definition.callsFunction()) {
        add(definition.function.toUtf8());
        add(definition.library);
    }
    return hash.result().toHex();
}

} // namespace procession
