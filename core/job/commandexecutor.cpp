// SPDX-License-Identifier: MIT
#include <procession/commandexecutor.h>

#include <procession/childlauncher.h>
#include <procession/invalidinput.h>
#include <procession/outputcapture.h>
#include <procession/poller.h>
#include <procession/systemload.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <map>

namespace procession {

namespace {

using std::chrono::steady_clock;

constexpr std::size_t BufferSize = 256 * 1024;
// A writer faster than this reader must not keep it from the other children.
constexpr int ReadsAtATime = 16;

enum Source : quint64 { Ended, Out, Err };
constexpr int SourceBits = 2;

quint64 token(int worker, Source source) { return quint64(worker) << SourceBits | source; }

qint64 microsecondsNow()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

struct Stream
{
    Descriptor pipe;
    OutputCapture capture;
};

} // namespace

class CommandExecutor::Private
{
public:
    Private(std::shared_ptr<const CommandBatch> commands, const QString &spool, OutputListener outputListener);

    struct Running
    {
        Attempt attempt;
        steady_clock::time_point begun;
        ChildProcess child;
        OrphanGuard::Entry guardEntry = 0;
        qint64 peakSeen = 0;
        Stream out;
        Stream err;
    };

    void launch(Running &running);
    void openStream(Stream &stream, int worker, Source source, const QString &file, Descriptor &writeEnd);
    void read(Running &task, Stream &stream, int reads);
    void unwatch(Stream &stream);
    void end(int worker, std::vector<Attempt> &ended);

    std::shared_ptr<const CommandBatch> batch;
    QString spoolFolder;
    OutputListener listener;
    OrphanGuard guard;
    ChildLauncher launcher;
    Poller poller;
    std::map<int, Running> running;
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

void CommandExecutor::Private::launch(Running &task)
{
    const int worker = task.attempt.worker;
    const QString stem = QStringLiteral("%1/%2.%3").arg(spoolFolder).arg(task.attempt.task + 1).arg(task.attempt.number);
    Descriptor outEnd;
    Descriptor errEnd;
    openStream(task.out, worker, Out, stem + QStringLiteral(".out"), outEnd);
    openStream(task.err, worker, Err, stem + QStringLiteral(".err"), errEnd);
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

void CommandExecutor::Private::read(Running &task, Stream &stream, int reads)
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

void CommandExecutor::Private::end(int worker, std::vector<Attempt> &ended)
{
    const auto found = running.find(worker);
    if (found == running.end())
        return;
    Running &task = found->second;
    Attempt &attempt = task.attempt;

    poller.remove(task.child.pidfd());
    const ChildEnd childEnd = task.child.reap();
    attempt.duration = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - task.begun).count();
    attempt.status = childEnd.status;
    attempt.cpuTime = childEnd.cpuTime;
    attempt.peakMemory = std::max(childEnd.peakMemory, task.peakSeen);
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
    ended.push_back(std::move(attempt));
    running.erase(found);
}

CommandExecutor::CommandExecutor(std::shared_ptr<const CommandBatch> batch, const QString &spoolFolder, OutputListener listener)
    : d(std::make_unique<Private>(std::move(batch), spoolFolder, std::move(listener)))
{
}

CommandExecutor::~CommandExecutor()
{
    for (auto &[worker, task] : d->running)
        task.child.abandon();
}

void CommandExecutor::start(TaskIndex task, int number, int worker)
{
    Private::Running &started = d->running[worker];
    started.attempt.task = task;
    started.attempt.number = number;
    started.attempt.worker = worker;
    started.attempt.startedAt = microsecondsNow();
    started.begun = steady_clock::now();
    const auto fail = [&](int error) {
        d->unwatch(started.out);
        d->unwatch(started.err);
        started.attempt.status = ExitStatus::failedToStart(error);
        d->neverStarted.push_back(std::move(started.attempt));
        d->running.erase(worker);
    };
    try {
        d->launch(started);
    } catch (const SystemError &error) {
        fail(error.number());
    } catch (const InvalidInput &) {
        fail(EINVAL);
    }
}

void CommandExecutor::signal(int worker, WorkerSignal signal)
{
    const auto found = d->running.find(worker);
    if (found == d->running.end())
        return;
    const ChildProcess &child = found->second.child;
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
        const auto found = d->running.find(worker);
        if (found == d->running.end())
            continue;
        switch (static_cast<Source>(readyToken & ((1U << SourceBits) - 1))) {
        case Ended:
            d->end(worker, ended);
            break;
        case Out:
            d->read(found->second, found->second.out, ReadsAtATime);
            break;
        case Err:
            d->read(found->second, found->second.err, ReadsAtATime);
            break;
        }
    }
}

void CommandExecutor::wake() { d->poller.wake(); }

WorkerUsage CommandExecutor::usage(int worker) const
{
    const auto found = d->running.find(worker);
    if (found == d->running.end())
        return {};
    const ProcessUsage usage = processTreeUsage(found->second.attempt.pid);
    found->second.peakSeen = std::max(found->second.peakSeen, usage.memory);
    return {found->second.attempt.pid, usage.cpuTime, usage.memory};
}

TaskOutput CommandExecutor::output(int worker) const
{
    const auto found = d->running.find(worker);
    return found == d->running.end() ? TaskOutput()
                                     : TaskOutput{found->second.out.capture.soFar(), found->second.err.capture.soFar()};
}

qint64 CommandExecutor::pid(int worker) const
{
    const auto found = d->running.find(worker);
    return found == d->running.end() ? 0 : found->second.attempt.pid;
}

} // namespace procession
