// SPDX-License-Identifier: MIT
#include <procession/functionexecutor.h>

#include <procession/callreports.h>
#include <procession/outputcapture.h>
#include <procession/pidfd.h>
#include <procession/pool.h>
#include <procession/systemload.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <map>
#include <optional>

namespace procession {

namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t MostRecords = 4'096; // of workers: those above have no process that could be named or suspended
constexpr auto SuspendInterval = 5ms;

qint64 microsecondsNow()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

/// Before there are workers, each of which would fail.
void requireFolder(const QByteArray &folder)
{
    if (!folder.isEmpty() && !QFileInfo(QFile::decodeName(folder)).isDir())
        throw SystemError("chdir", folder, QFileInfo::exists(QFile::decodeName(folder)) ? ENOTDIR : ENOENT);
}

/// How an attempt ended whose call threw, and what is known of the process.
void setFailure(Attempt &attempt, const std::exception_ptr &exception, bool hasBegun)
{
    try {
        std::rethrow_exception(exception);
    } catch (const SystemError &error) {
        attempt.status = hasBegun ? ExitStatus::exited(1) : ExitStatus::failedToStart(error.number());
    } catch (const WorkerLost &lost) {
        attempt.pid = lost.pid();
        attempt.status = lost.status().isSuccess() ? ExitStatus::exited(1) : lost.status();
    } catch (const TaskCancelled &) {
        attempt.status = ExitStatus::signaled(SIGKILL);
    } catch (const TaskTimeout &) {
        attempt.status = ExitStatus::signaled(SIGKILL);
    } catch (const PoolError &) { // it has no workers any more
        attempt.status = ExitStatus::failedToStart(ECHILD);
    } catch (...) {
        attempt.status = ExitStatus::exited(1);
    }
}

QByteArray errorLine(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const TaskCancelled &) {
        return {}; // whoever ended it knows
    } catch (const std::exception &error) {
        return QByteArray(error.what()).trimmed() + '\n';
    } catch (...) {
        return "an exception of a type that is not known here\n";
    }
}

} // namespace

class FunctionExecutor::Private
{
public:
    struct Running
    {
        Attempt attempt;
        steady_clock::time_point begun;
        std::optional<AsyncResult<CallOutcome>> result;
        bool isToBeSuspended = false; // as soon as a worker has it
        Descriptor suspended; // the process, while it is stopped
        qint64 peakSeen = 0;
    };

    Private(std::shared_ptr<const FunctionBatch> functionBatch, const QString &spool)
        : batch(std::move(functionBatch)), spoolFolder(spool), call(batch->definition())
    {
    }

    void requireWorkers(int count);
    CallRecord *record(int worker) const;
    qint64 pid(int worker) const;
    void suspend(Running &task);
    static void resume(Running &task);
    void end(const CallReports::Ended &report, std::vector<Attempt> &ended);
    void keepOutput(Attempt &attempt, const QByteArray &out, const QByteArray &err) const;

    std::shared_ptr<const FunctionBatch> batch;
    QString spoolFolder;
    FunctionCall call;
    std::shared_ptr<CallReports> reports = std::make_shared<CallReports>();
    std::optional<RawArray<CallRecord>> records;
    std::map<int, Running> running;
    std::unique_ptr<Pool> pool; // the last: what it calls uses the others
    int poolSize = 0;
};

/// \throws PoolError, ProcessError, SystemError, SharedMemoryError
void FunctionExecutor::Private::requireWorkers(int count)
{
    if (!pool) {
        const BatchDefinition &definition = batch->definition();
        requireFolder(definition.options.workingDirectory);
        records.emplace(MostRecords);
        poolSize = std::max(count, static_cast<int>(std::min<qsizetype>(definition.job.workers, batch->count())));
        PoolOptions options;
        options.processes = poolSize;
        options.initializer = PoolInitializer(&prepareCalls, call, *records, QCoreApplication::applicationPid(),
            definition.options.workingDirectory, definition.options.environment, definition.options.niceness);
        options.name = definition.name;
        pool = std::make_unique<Pool>(options);
    }
    if (count > poolSize) {
        pool->resize(count);
        poolSize = count;
    }
}

CallRecord *FunctionExecutor::Private::record(int worker) const
{
    const auto index = static_cast<std::size_t>(worker - 1);
    return records && index < records->size() ? &(*records)[index] : nullptr;
}

qint64 FunctionExecutor::Private::pid(int worker) const
{
    CallRecord *own = record(worker);
    return own ? std::atomic_ref(own->pid).load() : 0;
}

/// Nothing happens as long as no worker has it.
void FunctionExecutor::Private::suspend(Running &task)
{
    const qint64 process = pid(task.attempt.worker);
    if (process == 0)
        return;
    try {
        Descriptor pidfd = openPidfd(process);
        sendSignal(pidfd, SIGSTOP);
        if (pid(task.attempt.worker) != process) { // it has just ended the call, and may be at another one
            sendSignal(pidfd, SIGCONT);
            return;
        }
        task.suspended = std::move(pidfd);
        task.isToBeSuspended = false;
    } catch (const SystemError &) { // it has died, which its pool tells
        task.isToBeSuspended = false;
    }
}

void FunctionExecutor::Private::resume(Running &task)
{
    task.isToBeSuspended = false;
    if (!task.suspended.isValid())
        return;
    sendSignal(task.suspended, SIGCONT);
    task.suspended.reset();
}

void FunctionExecutor::Private::keepOutput(Attempt &attempt, const QByteArray &out, const QByteArray &err) const
{
    const QString stem = QStringLiteral("%1/%2.%3").arg(spoolFolder).arg(attempt.task + 1).arg(attempt.number);
    const auto kept = [&](const QByteArray &bytes, const QString &ending) {
        OutputCapture capture(batch->definition().options.memoryPerStream, stem + ending);
        if (!bytes.isEmpty())
            capture.append(bytes.constData(), bytes.size());
        return capture.take();
    };
    attempt.output.out = kept(out, QStringLiteral(".out"));
    attempt.output.err = kept(err, QStringLiteral(".err"));
}

void FunctionExecutor::Private::end(const CallReports::Ended &report, std::vector<Attempt> &ended)
{
    const auto found = running.find(report.worker);
    if (found == running.end())
        return;
    Running &task = found->second;
    resume(task); // the process is another call's now
    Attempt &attempt = task.attempt;
    attempt.duration = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - task.begun).count();
    attempt.cpuTime = report.outcome.cpuTime;
    attempt.peakMemory = task.peakSeen;
    if (attempt.pid == 0)
        attempt.pid = report.exception ? pid(report.worker) : report.outcome.pid;
    if (report.exception) {
        setFailure(attempt, report.exception, report.hasBegun);
        keepOutput(attempt, {}, errorLine(report.exception));
    } else {
        attempt.status = ExitStatus::exited(0);
        QByteArray line = report.outcome.text;
        if (!line.isEmpty() && !line.endsWith('\n'))
            line += '\n';
        keepOutput(attempt, line, {});
    }
    ended.push_back(std::move(attempt));
    running.erase(found);
}

FunctionExecutor::FunctionExecutor(std::shared_ptr<const FunctionBatch> batch, const QString &spoolFolder)
    : d(std::make_unique<Private>(std::move(batch), spoolFolder))
{
}

FunctionExecutor::~FunctionExecutor() = default;

void FunctionExecutor::start(TaskIndex task, int number, int worker)
{
    Private::Running &started = d->running[worker];
    started.attempt.task = task;
    started.attempt.number = number;
    started.attempt.worker = worker;
    started.attempt.startedAt = microsecondsNow();
    started.begun = steady_clock::now();
    d->reports->forgetProgress(worker);
    try {
        d->requireWorkers(worker);
        if (CallRecord *record = d->record(worker))
            std::atomic_ref(record->pid).store(0); // a worker that died has left its own
        started.result = d->pool->applyAsync(d->call, worker, d->batch->arguments(task));
    } catch (...) {
        d->reports->end({worker, {}, std::current_exception(), false});
        return;
    }
    started.result->onResult([reports = d->reports, worker](const CallOutcome &outcome) {
                      reports->end({worker, outcome, {}});
                  })
        .onError([reports = d->reports, worker](const std::exception_ptr &error) {
            reports->end({worker, {}, error});
        })
        .onProgress([reports = d->reports, worker](const TaskProgress &progress) {
            reports->setProgress(worker, {progress.done, progress.total, progress.text});
        });
}

void FunctionExecutor::signal(int worker, WorkerSignal signal)
{
    const auto found = d->running.find(worker);
    if (found == d->running.end() || !found->second.result)
        return;
    Private::Running &task = found->second;
    switch (signal) {
    case WorkerSignal::Terminate:
    case WorkerSignal::Kill:
        task.attempt.pid = d->pid(worker);
        task.result->cancel();
        return;
    case WorkerSignal::Suspend:
        task.isToBeSuspended = true;
        d->suspend(task);
        return;
    case WorkerSignal::Resume:
        d->resume(task);
        return;
    }
}

void FunctionExecutor::wait(QDeadlineTimer deadline, std::vector<Attempt> &ended)
{
    const bool mustLook
        = std::any_of(d->running.begin(), d->running.end(), [](const auto &worker) { return worker.second.isToBeSuspended; });
    const auto reports = d->reports->take(mustLook ? std::min(deadline, QDeadlineTimer(SuspendInterval)) : deadline);
    for (const CallReports::Ended &report : reports)
        d->end(report, ended);
    for (auto &[worker, task] : d->running) {
        if (task.isToBeSuspended)
            d->suspend(task);
    }
}

void FunctionExecutor::wake() { d->reports->wake(); }

WorkerUsage FunctionExecutor::usage(int worker) const
{
    const auto found = d->running.find(worker);
    if (found == d->running.end())
        return {};
    WorkerUsage usage;
    usage.progress = d->reports->progress(worker);
    usage.pid = d->pid(worker);
    if (usage.pid == 0)
        return usage;
    const ProcessUsage process = processTreeUsage(usage.pid);
    usage.cpuTime = std::max<qint64>(0, process.cpuTime - d->record(worker)->cpuBefore);
    usage.memory = process.memory;
    found->second.peakSeen = std::max(found->second.peakSeen, usage.memory);
    return usage;
}

TaskOutput FunctionExecutor::output(int) const { return {}; }

qint64 FunctionExecutor::pid(int worker) const { return d->running.contains(worker) ? d->pid(worker) : 0; }

} // namespace procession
