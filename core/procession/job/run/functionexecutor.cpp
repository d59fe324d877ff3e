// SPDX-License-Identifier: MIT
#include <procession/job/run/functionexecutor.h>

#include <procession/job/output/outputcapture.h>
#include <procession/job/run/callreports.h>
#include <procession/platform/processes/pidfd.h>
#include <procession/platform/system/systemload.h>
#include <procession/pool/pool.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t MostRecords = 4'096; // of workers: those above have no process that could be named or suspended
constexpr auto SuspendInterval = 5ms;

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

/// Without its last words, which are the end of what it printed.
QByteArray lossLine(const WorkerLost &lost)
{
    QString how;
    QDebug(&how).nospace() << lost.status();
    return QStringLiteral("%1 was lost: its worker process %2 ended with %3 in the middle of it\n")
        .arg(lost.task(), QString::number(lost.pid()), how.trimmed())
        .toUtf8();
}

QByteArray errorLine(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const TaskCancelled &) {
        return {}; // the caller that ended it knows
    } catch (const WorkerLost &lost) {
        return lossLine(lost);
    } catch (const std::exception &error) {
        return QByteArray(error.what()).trimmed() + '\n';
    } catch (...) {
        return "an exception of a type that is not known here\n";
    }
}

/// The output of a call and an own line, which starts on a new line.
QByteArray withLine(QByteArray printed, const QByteArray &line)
{
    if (!line.isEmpty() && !printed.isEmpty() && !printed.endsWith('\n'))
        printed += '\n';
    printed += line;
    if (!line.isEmpty() && !line.endsWith('\n'))
        printed += '\n';
    return printed;
}

} // namespace

class FunctionExecutor::Private
{
public:
    class RunningCall;

    Private(std::shared_ptr<const FunctionBatch> functionBatch, const QString &spool)
        : batch(std::move(functionBatch)),
          spoolFolder(spool),
          space(spool, batch->definition().options.limits),
          call(batch->definition())
    {
    }

    void requireWorkers(int count);
    CallRecord *record(int worker) const;
    qint64 pid(int worker) const;
    Attempt end(RunningCall &task, const CallReports::Ended &report);
    CapturedStream kept(const QByteArray &bytes, const SpoolFile &file);

    std::shared_ptr<const FunctionBatch> batch;
    SpoolFolder spoolFolder;
    SpoolSpace space;
    FunctionCall call;
    std::shared_ptr<CallReports> reports = std::make_shared<CallReports>();
    std::optional<RawArray<CallRecord>> records;
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
            definition.options.workingDirectory, definition.options.environment);
        options.niceness = definition.options.niceness;
        if (options.context.startMethod() != StartMethod::Thread) {
            options.standardOutput = PoolOutput::Capture;
            options.standardError = PoolOutput::Capture;
        }
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

class FunctionExecutor::Private::RunningCall : public RunningAttempt
{
public:
    RunningCall(const Private &executor, TaskIndex task, int number, int worker)
        : RunningAttempt(task, number, worker), m_executor(executor)
    {
    }

    void signal(WorkerSignal signal) override;
    WorkerUsage usage() override;
    TaskOutput output() const override;
    qint64 pid() const override { return m_executor.pid(attempt.worker); }

    bool isToBeSuspended() const { return m_isToBeSuspended; }
    void suspend();
    void resume();

    std::optional<AsyncResult<CallOutcome>> result; // empty when it could not begin

private:
    const Private &m_executor;
    bool m_isToBeSuspended = false; // as soon as a worker has it
    Descriptor m_suspended; // the process, while it is stopped, if the system has pidfds
    qint64 m_suspendedPid = 0; // 0 while it runs
};

void FunctionExecutor::Private::RunningCall::signal(WorkerSignal signal)
{
    if (!result)
        return;
    switch (signal) {
    case WorkerSignal::Terminate:
    case WorkerSignal::Kill:
        attempt.pid = pid();
        result->cancel();
        return;
    case WorkerSignal::Suspend:
        m_isToBeSuspended = true;
        suspend();
        return;
    case WorkerSignal::Resume:
        resume();
        return;
    }
}

WorkerUsage FunctionExecutor::Private::RunningCall::usage()
{
    WorkerUsage usage;
    usage.progress = m_executor.reports->progress(attempt.worker);
    usage.pid = pid();
    if (usage.pid == 0)
        return usage;
    const ProcessUsage process = processTreeUsage(usage.pid);
    usage.cpuTime = std::max<qint64>(0, process.cpuTime - m_executor.record(attempt.worker)->cpuBefore);
    usage.memory = process.memory;
    usage.isStopped = process.isStopped;
    return usage;
}

TaskOutput FunctionExecutor::Private::RunningCall::output() const
{
    const CallOutput present = result ? result->presentOutput() : CallOutput();
    const auto stream = [](const QByteArray &bytes) {
        CapturedStream kept;
        kept.bytes = bytes;
        kept.size = bytes.size();
        return kept;
    };
    return {stream(present.output), stream(present.error)};
}

/// Nothing happens as long as no worker has it.
void FunctionExecutor::Private::RunningCall::suspend()
{
    const qint64 process = pid();
    if (process == 0)
        return;
    try {
        Descriptor pidfd = openPidfd(process);
        signalWithGroup(pidfd, process, SIGSTOP);
        if (pid() != process) { // it has just ended the call, and may be at another one
            signalWithGroup(pidfd, process, SIGCONT);
            return;
        }
        m_suspended = std::move(pidfd);
        m_suspendedPid = process;
        m_isToBeSuspended = false;
    } catch (const SystemError &) { // the worker has died, as its pool reports
        m_isToBeSuspended = false;
    }
}

void FunctionExecutor::Private::RunningCall::resume()
{
    m_isToBeSuspended = false;
    if (m_suspendedPid == 0)
        return;
    signalWithGroup(m_suspended, std::exchange(m_suspendedPid, 0), SIGCONT);
    m_suspended.reset();
}

CapturedStream FunctionExecutor::Private::kept(const QByteArray &bytes, const SpoolFile &file)
{
    OutputCapture capture(batch->definition().options.memoryPerStream, file, &space);
    if (!bytes.isEmpty())
        capture.append(bytes.constData(), bytes.size());
    return capture.take();
}

Attempt FunctionExecutor::Private::end(RunningCall &task, const CallReports::Ended &report)
{
    task.resume(); // the process is another call's now
    task.end();
    Attempt &attempt = task.attempt;
    attempt.cpuTime = report.outcome.cpuTime;
    if (attempt.pid == 0)
        attempt.pid = report.exception ? pid(report.worker) : report.outcome.pid;
    attempt.status = ExitStatus::exited(0);
    QByteArray out = task.result ? task.result->standardOutput() : QByteArray();
    QByteArray err = task.result ? task.result->standardError() : QByteArray();
    if (report.exception) {
        setFailure(attempt, report.exception, report.hasBegun);
        err = withLine(err, errorLine(report.exception));
    } else {
        out = withLine(out, report.outcome.text);
    }
    attempt.output.out = kept(out, task.spoolFile(spoolFolder, "out"));
    attempt.output.err = kept(err, task.spoolFile(spoolFolder, "err"));
    return std::move(attempt);
}

FunctionExecutor::FunctionExecutor(std::shared_ptr<const FunctionBatch> batch, const QString &spoolFolder)
    : d(std::make_unique<Private>(std::move(batch), spoolFolder))
{
}

FunctionExecutor::~FunctionExecutor() = default;

std::unique_ptr<RunningAttempt> FunctionExecutor::begin(TaskIndex task, int number, int worker)
{
    auto started = std::make_unique<Private::RunningCall>(*d, task, number, worker);
    d->reports->forgetProgress(worker);
    try {
        d->requireWorkers(worker);
        if (CallRecord *record = d->record(worker))
            std::atomic_ref(record->pid).store(0); // a worker that died has left its own
        started->result = d->pool->applyAsync(d->call, worker, d->batch->arguments(task));
    } catch (...) {
        d->reports->end({worker, {}, std::current_exception(), false});
        return started;
    }
    started->result->onResult([reports = d->reports, worker](const CallOutcome &outcome) {
                       reports->end({worker, outcome, {}});
                   })
        .onError([reports = d->reports, worker](const std::exception_ptr &error) {
            reports->end({worker, {}, error});
        })
        .onProgress([reports = d->reports, worker](const TaskProgress &progress) {
            reports->setProgress(worker, {progress.done, progress.total, progress.text});
        });
    return started;
}

void FunctionExecutor::wait(QDeadlineTimer deadline, std::vector<Attempt> &ended)
{
    const auto call = [](RunningAttempt *running) { return static_cast<Private::RunningCall *>(running); };
    const bool mustLook = std::any_of(allRunning().begin(), allRunning().end(),
        [&](const auto &worker) { return call(worker.second.get())->isToBeSuspended(); });
    const auto reports = d->reports->take(mustLook ? std::min(deadline, QDeadlineTimer(SuspendInterval)) : deadline);
    for (const CallReports::Ended &report : reports) {
        if (auto *task = call(running(report.worker)))
            ended.push_back(d->end(*task, report));
        remove(report.worker);
    }
    for (const auto &[worker, task] : allRunning()) {
        if (call(task.get())->isToBeSuspended())
            call(task.get())->suspend();
    }
}

void FunctionExecutor::wake() { d->reports->wake(); }

} // namespace procession
