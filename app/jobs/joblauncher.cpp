// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/jobs/joblauncher.h>

#include <app/jobs/resultswriter.h>
#include <procession/job/store/jobhistory.h>
#include <procession/text/errortext.h>
#include <procession/widgets/batch/draftproblemtext.h>
#include <procession/widgets/common/futureanswer.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>
#include <QtCore/QPromise>
#include <QtCore/QThreadPool>

namespace procession {
namespace {

using namespace std::chrono_literals;

constexpr auto UsageInterval = 500ms;

BatchDefinition firstTasks(BatchDefinition definition, qsizetype most)
{
    definition.inputs = definition.inputs.first(most);
    return definition;
}

/// A past job as it can be looked at.
struct PastJob
{
    StoredJob stored;
    std::shared_ptr<const JobBatch> batch;
    std::vector<TaskRecord> records;
};

PastJob readPastJob(const StoredJob &stored, const QByteArray &inputs, std::vector<TaskRecord> records)
{
    const QJsonObject json = QJsonDocument::fromJson(stored.definition).object();
    auto batch = JobBatch::of(BatchDefinition::fromJson(json, InputTable::deserialize(inputs)));
    records.resize(static_cast<std::size_t>(batch->count())); // tasks may have come since the inputs were read
    return {stored, std::move(batch), std::move(records)};
}

} // namespace

JobLauncher::JobLauncher(const QString &storePath, JobHistory *history, QObject *parent)
    : QObject(parent), m_storePath(storePath), m_history(history)
{
}

JobLauncher::~JobLauncher() { *m_closing = true; }

void JobLauncher::run(const BatchDefinition &definition, const QString &resultsFolder)
{
    BatchRequest request;
    request.definition = definition;
    request.storePath = m_storePath;
    launch(request, resultsFolder);
}

void JobLauncher::runDraft(const BatchDraft &draft, qsizetype most)
{
    const auto promise = std::make_shared<QPromise<CheckedDraft>>();
    whenAnswered(
        promise->future(), this,
        [this, draft, most](const CheckedDraft &checked) {
            if (checked.batch)
                run(firstTasks(checked.batch->definition(), most), draft.resultsFolder);
            else if (!checked.problems.empty())
                Q_EMIT failed(text(checked.problems.front()));
        },
        failureTeller());
    QThreadPool::globalInstance()->start([draft, closing = m_closing, promise] {
        promise->start();
        promise->addResult(DraftChecker().check(draft, *closing));
        promise->finish();
    });
}

void JobLauncher::resume(qint64 storedJob, bool unsuccessful)
{
    BatchRequest request;
    request.storePath = m_storePath;
    request.begin = BatchRequest::Begin::ContinueJob;
    request.job = storedJob;
    request.rerunUnsuccessful = unsuccessful;
    launch(request, {});
}

void JobLauncher::launch(const BatchRequest &request, const QString &resultsFolder)
{
    whenAnswered(
        BatchRun::prepareAsync(request), this,
        [this, resultsFolder](const PreparedBatch &prepared) {
            try {
                begin(prepared, resultsFolder);
            } catch (const ProcessError &error) { // no descriptors are left, say
                Q_EMIT failed(errorText(error));
            }
        },
        failureTeller());
}

void JobLauncher::begin(PreparedBatch prepared, const QString &resultsFolder)
{
    auto feed = std::make_shared<TaskFeed>();
    std::vector<TaskRecord> before = prepared.before;
    BatchRun::Observers observers;
    observers.adoptsOrphans = true;
    // Shows only what is safe in the store, so that a task shown as done never runs again.
    observers.recorded.push_back(feed);
    observers.onStoreError = teller(&JobLauncher::storeFailed);
    if (!resultsFolder.isEmpty()) {
        observers.recorded.push_back(std::make_shared<ResultsWriter>(resultsFolder, prepared.batch,
            [tell = teller(&JobLauncher::storeFailed)](const SystemError &error) { tell(errorText(error)); }));
    }
    auto *session
        = new JobSession(std::make_unique<BatchRun>(std::move(prepared), std::move(observers)), feed, std::move(before));
    session->job()->setUsageInterval(UsageInterval);
    session->job()->start();
    Q_EMIT launched(session);
}

/// Emits `signal` in this object's thread, whichever thread calls it, and does nothing once this object has gone.
std::function<void(const QString &)> JobLauncher::teller(void (JobLauncher::*signal)(const QString &))
{
    return [launcher = QPointer<JobLauncher>(this), signal](const QString &message) {
        QMetaObject::invokeMethod(qApp, [launcher, signal, message] {
            if (launcher)
                Q_EMIT(launcher.data()->*signal)(message);
        });
    };
}

void JobLauncher::open(const StoredJob &stored)
{
    const auto show = [this](const PastJob &past) {
        Q_EMIT opened(new JobSession(past.stored, past.batch->definition().job.workers, past.batch, past.records));
    };
    whenAnswered(
        m_history->inputs(stored.id), this,
        [this, stored, show](const QByteArray &inputs) {
            auto past = m_history->taskRecords(stored.id).then(QtFuture::Launch::Async,
                [stored, inputs](const std::vector<TaskRecord> &records) { return readPastJob(stored, inputs, records); });
            whenAnswered(past, this, show, failureTeller());
        },
        failureTeller());
}

std::function<void(const std::exception &)> JobLauncher::failureTeller()
{
    return [this](const std::exception &error) { Q_EMIT failed(errorText(error)); };
}

} // namespace procession
