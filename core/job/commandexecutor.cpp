// SPDX-License-Identifier: MIT
#include <procession/commandexecutor.h>

#include <procession/childlauncher.h>
#include <procession/invalidinput.h>
#include <procession/outputcapture.h>
#include <procession/poller.h>
#include <procession/systemload.h>

#include <array>
#include <csignal>

namespace procession {

namespace {

constexpr std::size_t BufferSize = 256 * 1024;
// A writer faster than this reader must not keep it from the other children.
constexpr int ReadsAtATime = 16;

enum Source : quint64 { Ended, Out, Err };
constexpr int SourceBits = 2;

quint64 token(int worker, Source source) { return quint64(worker) << SourceBits | source; }

struct Stream
{
    Descriptor pipe;
    OutputCapture capture;
};

class RunningCommand : public RunningAttempt
{
public:
    using RunningAttempt::RunningAttempt;

    void signal(WorkerSignal signal) override;
    WorkerUsage usage() override
    {
        const ProcessUsage usage = processTreeUsage(attempt.pid);
        return {attempt.pid, usage.cpuTime, usage.memory};
    }
    TaskOutput output() const override { return {out.capture.soFar(), err.capture.soFar()}; }
    qint64 pid() const override { return attempt.pid; }

    ChildProcess child;
    OrphanGuard::Entry guardEntry = 0;
    Stream out;
    Stream err;
};

void RunningCommand::signal(WorkerSignal signal)
{
    switch (signal) {
    case WorkerSignal::Terminate:
        child.signalGroup(SIGTERM);
        child.signalGroup(SIGCONT); // a stopped process would take notice only when resumed
        return;
    case WorkerSignal::Kill:
        child.signalGroup(SIGKILL);
        return;
    case WorkerSignal::Suspend:
        child.signalGroup(SIGSTOP);
        return;
    case WorkerSignal::Resume:
        child.signalGroup(SIGCONT);
        return;
    }
}

} // namespace

class CommandExecutor::Private
{
public:
    Private(std::shared_ptr<const CommandBatch> commands, const QString &spool, OutputListener outputListener);

    void launch(RunningCommand &running);
    void openStream(Stream &stream, int worker, Source source, const QString &file, Descriptor &writeEnd);
    void read(RunningCommand &task, Stream &stream, int reads);
    void unwatch(Stream &stream);
    Attempt end(RunningCommand &task);

    std::shared_ptr<const CommandBatch> batch;
    QString spoolFolder;
    OutputListener listener;
    OrphanGuard guard;
    ChildLauncher launcher;
    Poller poller;
    std::vector<Attempt> neverStarted;
    std::vector<quint64> ready;
    std::array<char, BufferSize> buffer;
};

CommandExecutor::Private::Private(
    std::shared_ptr<const CommandBatch> commands, const QString &spool, OutputListener outputListener)
    : batch(std::move(commands)),
      spoolFolder(spool),
      listener(std::move(outputListener)),
      launcher({batch->definition().options.environment, batch->definition().options.workingDirectory,
                   batch->definition().options.niceness},
          &guard)
{
}

void CommandExecutor::Private::openStream(Stream &stream, int worker, Source source, const QString &file, Descriptor &writeEnd)
{
    stream.capture = OutputCapture(batch->definition().options.memoryPerStream, file);
    std::tie(stream.pipe, writeEnd) = Descriptor::pipe();
    poller.add(stream.pipe.get(), token(worker, source));
}

void CommandExecutor::Private::launch(RunningCommand &task)
{
    const int worker = task.attempt.worker;
    Descriptor outEnd;
    Descriptor errEnd;
    openStream(task.out, worker, Out, task.spoolFile(spoolFolder, QStringLiteral("out")), outEnd);
    openStream(task.err, worker, Err, task.spoolFile(spoolFolder, QStringLiteral("err")), errEnd);
    task.guardEntry = guard.reserve();
    try {
        task.child = launcher.launch(batch->command(task.attempt.task, worker), outEnd.get(), errEnd.get(), task.guardEntry);
        poller.add(task.child.pidfd(), token(worker, Ended));
    } catch (...) {
        task.child.abandon();
        guard.release(task.guardEntry);
        throw;
    }
    task.attempt.pid = task.child.pid();
}

void CommandExecutor::Private::read(RunningCommand &task, Stream &stream, int reads)
{
    for (int i = 0; i < reads && stream.pipe.isValid(); ++i) {
        const auto count = stream.pipe.read(buffer);
        if (!count)
            return;
        if (*count == 0) {
            unwatch(stream);
            return;
        }
        const auto size = static_cast<qsizetype>(*count);
        if (listener)
            listener({task.attempt.task, task.attempt.number, task.attempt.worker, &stream == &task.err, stream.capture.size(),
                QByteArray(buffer.data(), size)});
        stream.capture.append(buffer.data(), size);
    }
}

// Closing is not enough: a child that is just about to execute has a copy of every descriptor for some microseconds more, and
// for as long as any copy is open, the poller goes on to report it, in the name of the worker's next attempt.
void CommandExecutor::Private::unwatch(Stream &stream)
{
    if (!stream.pipe.isValid())
        return;
    poller.remove(stream.pipe.get());
    stream.pipe.reset();
}

Attempt CommandExecutor::Private::end(RunningCommand &task)
{
    poller.remove(task.child.pidfd());
    const ChildEnd childEnd = task.child.reap();
    Attempt &attempt = task.attempt;
    attempt.status = childEnd.status;
    attempt.cpuTime = childEnd.cpuTime;
    attempt.peakMemory = childEnd.peakMemory;
    task.end();
    attempt.leftProcesses = task.child.hasLeftProcesses();
    if (attempt.leftProcesses && !batch->definition().options.keepGrandchildren)
        task.child.signalGroup(SIGKILL);
    guard.release(task.guardEntry);

    // What the pipes hold now is all that counts: somebody who was left behind may keep them open, and fill them, for ever.
    constexpr int MostLeft = 1'024;
    read(task, task.out, MostLeft);
    read(task, task.err, MostLeft);
    unwatch(task.out);
    unwatch(task.err);
    attempt.output.out = task.out.capture.take();
    attempt.output.err = task.err.capture.take();
    return std::move(attempt);
}

CommandExecutor::CommandExecutor(std::shared_ptr<const CommandBatch> batch, const QString &spoolFolder, OutputListener listener)
    : d(std::make_unique<Private>(std::move(batch), spoolFolder, std::move(listener)))
{
}

CommandExecutor::~CommandExecutor()
{
    for (const auto &[worker, task] : allRunning())
        static_cast<RunningCommand &>(*task).child.abandon();
}

std::unique_ptr<RunningAttempt> CommandExecutor::begin(TaskIndex task, int number, int worker)
{
    auto started = std::make_unique<RunningCommand>(task, number, worker);
    int error = 0;
    try {
        d->launch(*started);
        return started;
    } catch (const SystemError &failure) {
        error = failure.number();
    } catch (const InvalidInput &) {
        error = EINVAL;
    }
    d->unwatch(started->out);
    d->unwatch(started->err);
    started->attempt.status = ExitStatus::failedToStart(error);
    d->neverStarted.push_back(std::move(started->attempt));
    return nullptr;
}

void CommandExecutor::wait(QDeadlineTimer deadline, std::vector<Attempt> &ended)
{
    if (!d->neverStarted.empty()) {
        std::move(d->neverStarted.begin(), d->neverStarted.end(), std::back_inserter(ended));
        d->neverStarted.clear();
        return;
    }
    d->poller.wait(deadline, d->ready);
    for (const quint64 readyToken : d->ready) {
        const int worker = static_cast<int>(readyToken >> SourceBits);
        auto *task = static_cast<RunningCommand *>(running(worker));
        if (!task)
            continue;
        switch (static_cast<Source>(readyToken & ((1U << SourceBits) - 1))) {
        case Ended:
            ended.push_back(d->end(*task));
            remove(worker);
            break;
        case Out:
            d->read(*task, task->out, ReadsAtATime);
            break;
        case Err:
            d->read(*task, task->err, ReadsAtATime);
            break;
        }
    }
}

void CommandExecutor::wake() { d->poller.wake(); }

} // namespace procession
