// SPDX-License-Identifier: MIT
#include <procession/batchrun.h>

#include <procession/commandexecutor.h>
#include <procession/invalidinput.h>
#include <procession/jobrecorder.h>
#include <procession/jobstore.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QJsonDocument>
#include <QtCore/QPromise>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThreadPool>

#include <utility>

namespace procession {

namespace {

constexpr int ChangesAtOnce = 10'000; // written in one transaction

BatchDefinition storedDefinition(const JobStore &store, qint64 job)
{
    const std::optional<StoredJob> stored = store.job(job);
    if (!stored)
        throw JobStoreError("there is no job " + std::to_string(job) + " in " + store.path().toStdString()
            + "; \"procession jobs\" lists those that are there");
    const QJsonObject json = QJsonDocument::fromJson(stored->definition).object();
    return BatchDefinition::fromJson(json, InputTable::deserialize(store.inputs(job)));
}

void writeDone(JobStore &store, PreparedBatch &prepared, const std::vector<TaskIndex> &done)
{
    prepared.before.resize(static_cast<std::size_t>(prepared.batch->count()));
    std::vector<StoreChange> changes;
    const auto write = [&] {
        if (!changes.empty() && prepared.job != 0)
            store.write(prepared.job, changes, *prepared.batch);
        changes.clear();
    };
    for (const TaskIndex task : done) {
        TaskRecord &record = prepared.before.at(task);
        if (record.state == TaskState::Done)
            continue;
        record.state = TaskState::Done;
        StoreChange change;
        change.kind = StoreChange::Kind::TaskChanged;
        change.task = task;
        change.record = record;
        changes.push_back(std::move(change));
        if (changes.size() >= ChangesAtOnce)
            write();
    }
    write();
}

void requeueUnsuccessful(std::vector<TaskRecord> &records)
{
    for (TaskRecord &record : records) {
        if (isEnd(record.state) && record.state != TaskState::Done)
            record = TaskRecord();
    }
}

// A stop cancels what it did not let run: continuing means to run that.
void requeueUnfinished(std::vector<TaskRecord> &records)
{
    for (TaskRecord &record : records) {
        if (record.state != TaskState::Done && record.state != TaskState::Failed)
            record = TaskRecord();
    }
}

} // namespace

/// What keeps the job ours, and its large output in place.
class BatchHold
{
public:
    explicit BatchHold(const QString &storePath)
    {
        if (!storePath.isEmpty())
            m_store = std::make_unique<JobStore>(storePath);
    }
    ~BatchHold()
    {
        if (m_store && m_job != 0) {
            try {
                m_store->releaseJob(m_job);
            } catch (const JobStoreError &error) {
                qWarning("%s", error.what());
            }
        }
        if (!m_spool.isEmpty() && !m_temporary)
            QDir().rmdir(m_spool); // goes only when nothing is in it
    }
    BatchHold(const BatchHold &) = delete;
    BatchHold &operator=(const BatchHold &) = delete;

    JobStore *store() { return m_store.get(); }
    void setJob(qint64 job) { m_job = job; }
    const QString &spool() const { return m_spool; }

    void makeSpool()
    {
        if (m_store) {
            m_spool = m_store->outputFolder(m_job);
            if (!QDir().mkpath(m_spool))
                throw SystemError("mkdir", QFile::encodeName(m_spool), errno);
        } else {
            m_temporary = std::make_unique<QTemporaryDir>();
            if (!m_temporary->isValid())
                throw SystemError("mkdtemp", QFile::encodeName(m_temporary->errorString()), errno);
            m_spool = m_temporary->path();
        }
    }

private:
    std::unique_ptr<JobStore> m_store;
    std::unique_ptr<QTemporaryDir> m_temporary;
    qint64 m_job = 0;
    QString m_spool;
};

PreparedBatch BatchRun::prepare(const BatchRequest &request)
{
    PreparedBatch prepared;
    prepared.storePath = request.storePath;
    prepared.hold = std::make_shared<BatchHold>(request.storePath);
    JobStore *const store = prepared.hold->store();
    if (!store && request.begin == BatchRequest::Begin::ContinueJob)
        throw InvalidInput("batch.no-store", {}, {}, "a stored job cannot be continued without a store: name the store");

    BatchDefinition definition
        = request.begin == BatchRequest::Begin::ContinueJob ? storedDefinition(*store, request.job) : request.definition;
    const QByteArray key = resumeKey(definition);
    const QByteArray inputs = store ? definition.inputs.serialize() : QByteArray();
    const QByteArray json = store ? QJsonDocument(definition.toJson()).toJson(QJsonDocument::Compact) : QByteArray();
    const QString name = definition.name;
    prepared.batch = std::make_shared<CommandBatch>(std::move(definition));

    if (store) {
        if (request.begin == BatchRequest::Begin::ContinueJob) {
            prepared.job = request.job;
        } else if (request.begin == BatchRequest::Begin::ContinueLatest) {
            if (const std::optional<StoredJob> latest = store->latestJob(key))
                prepared.job = latest->id;
        }
        prepared.continued = prepared.job != 0;
        if (prepared.continued) {
            store->claimJob(prepared.job);
            prepared.hold->setJob(prepared.job);
            prepared.before = store->reconcile(prepared.job, *prepared.batch, json, inputs);
        } else {
            prepared.job = store->createJob(name, QStringLiteral("command"), json, inputs, prepared.batch->count());
            prepared.hold->setJob(prepared.job);
            store->setResumeKey(prepared.job, key);
        }
        requeueUnfinished(prepared.before);
        if (request.rerunUnsuccessful)
            requeueUnsuccessful(prepared.before);
    }
    if (request.alreadyDone)
        writeDone(*store, prepared, request.alreadyDone(*prepared.batch));
    prepared.hold->makeSpool();
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

BatchRun::BatchRun(PreparedBatch prepared, Observers observers) : m_prepared(std::move(prepared))
{
    std::vector<std::shared_ptr<JobObserver>> all = std::move(observers.live);
    if (m_prepared.job != 0) {
        all.push_back(std::make_shared<JobRecorder>(m_prepared.storePath, m_prepared.job, m_prepared.batch,
            std::move(observers.recorded), std::move(observers.onStoreError)));
    } else {
        all.insert(all.end(), observers.recorded.begin(), observers.recorded.end());
    }
    m_job = std::make_unique<Job>(m_prepared.batch, std::make_unique<CommandExecutor>(m_prepared.batch, m_prepared.hold->spool()),
        m_prepared.batch->definition().job, std::move(all), std::move(m_prepared.before));
}

BatchRun::~BatchRun() = default;

QByteArray BatchRun::resumeKey(const BatchDefinition &definition)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QByteArray &bytes) {
        hash.addData(QByteArray::number(bytes.size()) + ':');
        hash.addData(bytes);
    };
    add(definition.command);
    add(definition.shell);
    add(definition.options.workingDirectory);
    for (const QByteArray &variable : definition.options.environment)
        add(variable);
    return hash.result().toHex();
}

} // namespace procession
