// SPDX-License-Identifier: MIT
#include <procession/job/engine/job.h>

#include <procession/job/engine/jobrunner.h>

#include <QtCore/QPromise>
#include <QtCore/QSemaphore>

#include <numeric>

namespace procession {

qint64 JobSummary::total() const { return std::accumulate(tasks.begin(), tasks.end(), qint64(0)); }

qint64 JobSummary::ended() const { return total() - count(TaskState::Queued) - count(TaskState::Running); }

Job::Job(std::shared_ptr<const TaskSource> source, std::unique_ptr<Executor> executor, const JobOptions &options,
    std::vector<std::shared_ptr<JobObserver>> observers, std::vector<TaskRecord> before, QObject *parent)
    : QObject(parent), m_source(std::move(source)), m_options(options)
{
    const auto announce = [this](JobState state) {
        QMetaObject::invokeMethod(
            this,
            [this, state] {
                Q_EMIT stateChanged(state);
                if (state == JobState::Finished)
                    Q_EMIT finished();
            },
            Qt::QueuedConnection);
    };
    m_runner = std::make_unique<JobRunner>(m_source->count(), m_source->isGrowing(), std::move(executor), options,
        std::move(observers), std::move(before), announce);
}

Job::~Job() = default;

void Job::start()
{
    m_runner->post([](JobRunner &runner) { runner.start(); });
}

void Job::pause()
{
    m_runner->post([](JobRunner &runner) { runner.pause(); });
}

void Job::resume()
{
    m_runner->post([](JobRunner &runner) { runner.resume(); });
}

void Job::stop(StopMode mode)
{
    m_runner->post([mode](JobRunner &runner) { runner.stop(mode, EndCause::Stop); });
}

void Job::append(const AddedTasks &added)
{
    m_runner->post([added](JobRunner &runner) { runner.append(added); });
}

void Job::endInputs()
{
    m_runner->post([](JobRunner &runner) { runner.endInputs(); });
}

void Job::setWorkerCount(int count)
{
    m_runner->post([count](JobRunner &runner) { runner.setWorkerCount(count); });
}

void Job::retry(const std::vector<TaskIndex> &tasks)
{
    m_runner->post([tasks](JobRunner &runner) { runner.retry(tasks); });
}

void Job::retryUnsuccessful()
{
    m_runner->post([](JobRunner &runner) { runner.retryUnsuccessful(); });
}

void Job::cancel(const std::vector<TaskIndex> &tasks)
{
    m_runner->post([tasks](JobRunner &runner) { runner.cancel(tasks); });
}

void Job::signalTasks(const std::vector<TaskIndex> &tasks, WorkerSignal signal)
{
    m_runner->post([tasks, signal](JobRunner &runner) {
        for (const TaskIndex task : tasks)
            runner.signalTask(task, signal);
    });
}

void Job::signalWorkers(const std::vector<int> &workers, WorkerSignal signal)
{
    m_runner->post([workers, signal](JobRunner &runner) {
        for (const int worker : workers)
            runner.signalWorker(worker, signal);
    });
}

bool Job::standStill(QDeadlineTimer deadline)
{
    const auto done = std::make_shared<QSemaphore>();
    m_runner->post([done](JobRunner &runner) {
        runner.standStill();
        done->release();
    });
    return done->tryAcquire(1, static_cast<int>(deadline.remainingTime()));
}

void Job::goOn()
{
    m_runner->post([](JobRunner &runner) { runner.goOn(); });
}

void Job::setUsageInterval(std::chrono::milliseconds interval)
{
    m_runner->post([interval](JobRunner &runner) { runner.setUsageInterval(interval); });
}

JobSummary Job::summary() const { return m_runner->summary(); }

std::vector<WorkerSnapshot> Job::workers() const { return m_runner->workers(); }

QFuture<TaskOutput> Job::runningOutput(TaskIndex task)
{
    auto promise = std::make_shared<QPromise<TaskOutput>>();
    promise->start();
    QFuture<TaskOutput> future = promise->future();
    m_runner->post([promise, task](JobRunner &runner) {
        promise->addResult(runner.runningOutput(task));
        promise->finish();
    });
    return future;
}

} // namespace procession
