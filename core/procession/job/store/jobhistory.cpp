// SPDX-License-Identifier: MIT
#include <procession/job/store/jobhistory.h>

#include <QtCore/QPromise>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace procession {

namespace {

using Question = std::function<void(JobStore &)>;

} // namespace

class JobHistory::Private
{
public:
    explicit Private(const QString &storePath) : m_path(storePath), m_thread([this](const std::stop_token &stop) { run(stop); })
    {
    }

    template <typename Answer>
    auto ask(Answer answer)
    {
        using Result = std::invoke_result_t<Answer, JobStore &>;
        auto promise = std::make_shared<QPromise<Result>>();
        promise->start();
        QFuture<Result> future = promise->future();
        const std::scoped_lock lock(m_mutex);
        m_questions.push_back({[promise, answer = std::move(answer)](JobStore &store) {
                                   if constexpr (std::is_void_v<Result>)
                                       answer(store);
                                   else
                                       promise->addResult(answer(store));
                                   promise->finish();
                               },
            [promise](const std::exception_ptr &error) {
                promise->setException(error);
                promise->finish();
            }});
        m_asked.notify_one();
        return future;
    }

private:
    struct Asked
    {
        Question answer;
        std::function<void(const std::exception_ptr &)> fail;
    };

    void run(const std::stop_token &stop)
    {
        std::unique_ptr<JobStore> store;
        while (std::optional<Asked> asked = next(stop)) {
            try {
                if (!store)
                    store = std::make_unique<JobStore>(m_path);
                asked->answer(*store);
            } catch (...) {
                asked->fail(std::current_exception());
            }
        }
    }

    std::optional<Asked> next(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        if (!m_asked.wait(lock, stop, [this] { return !m_questions.empty(); }) || stop.stop_requested())
            return std::nullopt;
        Asked asked = std::move(m_questions.front());
        m_questions.pop_front();
        return asked;
    }

    const QString m_path;
    std::mutex m_mutex;
    std::condition_variable_any m_asked;
    std::deque<Asked> m_questions;
    std::jthread m_thread; // the last, so that it ends before what it uses
};

JobHistory::JobHistory(const QString &storePath, QObject *parent) : QObject(parent), d(std::make_unique<Private>(storePath)) { }

JobHistory::~JobHistory() = default;

QFuture<QList<StoredJob>> JobHistory::jobs(int limit)
{
    return d->ask([limit](JobStore &store) { return store.jobs(limit); });
}

QFuture<QList<Attempt>> JobHistory::attempts(qint64 job, TaskIndex task)
{
    return d->ask([job, task](JobStore &store) { return store.attempts(job, task); });
}

QFuture<std::vector<TaskRecord>> JobHistory::taskRecords(qint64 job)
{
    return d->ask([job](JobStore &store) { return store.taskRecords(job); });
}

QFuture<QByteArray> JobHistory::inputs(qint64 job)
{
    return d->ask([job](JobStore &store) { return store.inputs(job); });
}

QFuture<void> JobHistory::removeJob(qint64 job)
{
    return d->ask([job](JobStore &store) { store.removeJob(job); });
}

QFuture<HeldJob> JobHistory::createJob(const NewJob &job)
{
    return d->ask([job](JobStore &store) {
        const qint64 id = store.createJob(job.name, job.kind, job.definition, job.inputs, job.total);
        if (!job.resumeKey.isEmpty())
            store.setResumeKey(id, job.resumeKey);
        return HeldJob{id, store.takeHold(id), store.outputFolder(id), {}};
    });
}

QFuture<HeldJob> JobHistory::claimJob(qint64 job, const QList<TaskState> &again)
{
    return d->ask([job, again](JobStore &store) {
        store.claimJob(job);
        HeldJob held{job, store.takeHold(job), store.outputFolder(job), {}};
        if (!again.isEmpty())
            store.requeue(job, again);
        held.records = store.taskRecords(job);
        return held;
    });
}

} // namespace procession
