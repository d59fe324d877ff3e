// SPDX-License-Identifier: MIT
#include <procession/job/run/commandexecutor.h>

#include <procession/job/output/outputcapture.h>
#include <procession/job/run/processtrees.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/platform/base/poller.h>
#include <procession/platform/child/childlauncher.h>
#include <procession/platform/io/pipesize.h>
#include <procession/platform/system/systemload.h>

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QHash>
#include <QtCore/QSet>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

namespace procession {

namespace {

constexpr std::size_t BufferSize = 256 * 1024;
constexpr std::size_t UsualPipe = 64 * 1024; // what a pipe holds
// A writer faster than this reader must not keep it from the other children.
constexpr int ReadsAtATime = 16;

enum Source : quint64 { Ended, Out, Err };
constexpr int SourceBits = 2;

quint64 token(int worker, Source source) { return quint64(worker) << SourceBits | source; }

/// The functions that bash, if it is the shell, finds in the environment. They go before programs of the same name.
QSet<QByteArray> exportedFunctions(const QByteArray &shell, const QByteArrayList &environment)
{
    constexpr QByteArrayView Prefix = "BASH_FUNC_";
    QSet<QByteArray> functions;
    if (!QFileInfo(QFile::decodeName(shell)).canonicalFilePath().endsWith(QLatin1StringView("/bash")))
        return functions;
    for (const QByteArray &variable : environment) {
        const qsizetype end = variable.indexOf("%%=");
        if (end > 0 && variable.startsWith(Prefix))
            functions.insert(variable.mid(Prefix.size(), end - Prefix.size()));
    }
    return functions;
}

struct Stream
{
    Descriptor pipe;
    OutputCapture capture;
    bool isFast = false; // what is written filled the pipe once
};

class RunningCommand : public RunningAttempt
{
public:
    RunningCommand(TaskIndex task, int number, int worker, ProcessTrees *processTrees, quint64 processNumber)
        : RunningAttempt(task, number, worker),
          trees(processTrees),
          treeNumber(processNumber),
          treeVariable(trees->variable(processNumber))
    {
    }

    void signal(WorkerSignal signal) override;
    WorkerUsage usage() override
    {
        const ProcessUsage usage = processTreeUsage(attempt.pid);
        return {attempt.pid, usage.cpuTime, usage.memory, usage.isStopped};
    }
    TaskOutput output() const override { return {out.capture.soFar(), err.capture.soFar()}; }
    qint64 pid() const override { return attempt.pid; }

    ProcessTrees *trees;
    quint64 treeNumber;
    QByteArray treeVariable;
    bool wasSignalled = false; // to end
    ChildProcess child;
    OrphanGuard::Entry guardEntry = 0;
    Stream out;
    Stream err;
    bool overflows = false; // nothing of it is kept any more
};

void RunningCommand::signal(WorkerSignal signal)
{
    wasSignalled |= signal == WorkerSignal::Terminate || signal == WorkerSignal::Kill;
    switch (signal) {
    case WorkerSignal::Terminate:
        trees->signal(child, treeNumber, SIGTERM);
        trees->signal(child, treeNumber, SIGCONT); // a stopped process would take notice only when resumed
        return;
    case WorkerSignal::Kill:
        trees->signal(child, treeNumber, SIGKILL);
        return;
    case WorkerSignal::Suspend:
        trees->signal(child, treeNumber, SIGSTOP);
        return;
    case WorkerSignal::Resume:
        trees->signal(child, treeNumber, SIGCONT);
        return;
    }
}

} // namespace

class CommandExecutor::Private
{
public:
    Private(std::shared_ptr<const CommandBatch> commands, ExecutorSetup executorSetup);

    void launch(RunningCommand &running);
    ChildProcess execute(const RunningCommand &task, int output, int error);
    void keep(RunningCommand &task, Stream &stream, QByteArrayView bytes);
    void openStream(Stream &stream, int worker, Source source, const SpoolFile &file, Descriptor &writeEnd);
    void read(RunningCommand &task, Stream &stream, int reads);
    void unwatch(Stream &stream);
    Attempt end(RunningCommand &task);

    std::shared_ptr<const CommandBatch> batch;
    ExecutorSetup setup;
    SpoolSpace space;
    QHash<qint64, quint64> treeNumbers; // of running children, by their process ids
    quint64 lastTreeNumber = 0;
    ProcessTrees trees;
    OrphanGuard guard;
    ChildLauncher launcher;
    Poller poller;
    QSet<QByteArray> forShell; // first words that the shell is to make sense of
    std::vector<Attempt> neverStarted;
    std::vector<int> overflowing;
    std::vector<quint64> ready;
    std::array<char, BufferSize> buffer;
};

CommandExecutor::Private::Private(std::shared_ptr<const CommandBatch> commands, ExecutorSetup executorSetup)
    : batch(std::move(commands)),
      setup(std::move(executorSetup)),
      space(setup.spoolFolder, batch->definition().options.limits),
      trees(batch->definition().options.keepGrandchildren, setup.adoptsOrphans,
          [this](qint64 pid) {
              const auto number = treeNumbers.constFind(pid);
              return number == treeNumbers.constEnd() ? std::nullopt : std::optional(*number);
          }),
      guard(trees.mark()),
      launcher({batch->definition().options.environment + trees.replacedVariables(), batch->definition().options.workingDirectory,
                   batch->definition().options.niceness, setup.keptDescriptors},
          &guard),
      forShell(exportedFunctions(batch->definition().shell, launcher.environment()))
{
}

void CommandExecutor::Private::openStream(Stream &stream, int worker, Source source, const SpoolFile &file, Descriptor &writeEnd)
{
    stream.capture = OutputCapture(batch->definition().options.memoryPerStream, file, &space);
    std::tie(stream.pipe, writeEnd) = Descriptor::pipe();
    poller.add(stream.pipe.get(), token(worker, source));
}

void CommandExecutor::Private::launch(RunningCommand &task)
{
    const int worker = task.attempt.worker;
    Descriptor outEnd;
    Descriptor errEnd;
    openStream(task.out, worker, Out, task.spoolFile(setup.spoolFolder, "out"), outEnd);
    openStream(task.err, worker, Err, task.spoolFile(setup.spoolFolder, "err"), errEnd);
    task.guardEntry = guard.reserve();
    try {
        task.child = execute(task, outEnd.get(), errEnd.get());
        poller.add(task.child.pidfd(), token(worker, Ended));
    } catch (...) {
        task.child.abandon();
        guard.release(task.guardEntry);
        throw;
    }
    task.attempt.pid = task.child.pid();
    treeNumbers.insert(task.attempt.pid, task.treeNumber);
}

ChildProcess CommandExecutor::Private::execute(const RunningCommand &task, int output, int error)
{
    const Attempt &attempt = task.attempt;
    const QByteArrayList command = batch->command(attempt.task, attempt.worker);
    if (!forShell.contains(command.first())) {
        try {
            return launcher.launch(command, output, error, task.guardEntry, task.treeVariable);
        } catch (const SystemError &failure) {
            // A folder in PATH that this user may not look into gives EACCES.
            const bool isNoProgram = failure.number() == ENOENT || failure.number() == EACCES;
            if (!isNoProgram || command.first().isEmpty() || command.first().contains('/'))
                throw;
        }
        forShell.insert(command.first());
    }
    return launcher.launch(batch->shellCommand(attempt.task, attempt.worker), output, error, task.guardEntry, task.treeVariable);
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
        if (*count >= UsualPipe && !std::exchange(stream.isFast, true))
            enlargePipe(stream.pipe);
        keep(task, stream, QByteArrayView(buffer.data(), static_cast<qsizetype>(*count)));
    }
}

// What is not kept is read all the same until the attempt has ended, so that it is not held up in ending.
void CommandExecutor::Private::keep(RunningCommand &task, Stream &stream, QByteArrayView bytes)
{
    if (task.overflows)
        return;
    const qint64 limit = space.perAttempt();
    const qint64 room = limit == 0 ? bytes.size() : limit - task.out.capture.size() - task.err.capture.size();
    const QByteArrayView kept = bytes.first(std::clamp<qint64>(room, 0, bytes.size()));
    if (setup.listener && !kept.isEmpty())
        setup.listener({task.attempt.task, task.attempt.number, task.attempt.worker, &stream == &task.err, stream.capture.size(),
            kept.toByteArray()});
    stream.capture.append(kept.data(), kept.size());
    if (kept.size() < bytes.size())
        stream.capture.refuseMore();
    if (stream.capture.error() == 0)
        return;
    task.overflows = true;
    overflowing.push_back(task.attempt.worker);
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
    attempt.leftProcesses = trees.end(task.child, task.treeNumber, task.wasSignalled);
    treeNumbers.remove(attempt.pid);
    guard.release(task.guardEntry);

    // Reads only what the pipes hold now: a process left behind may keep them open, and fill them, for ever.
    constexpr int MostLeft = 1'024;
    read(task, task.out, MostLeft);
    read(task, task.err, MostLeft);
    unwatch(task.out);
    unwatch(task.err);
    attempt.output.out = task.out.capture.take();
    attempt.output.err = task.err.capture.take();
    return std::move(attempt);
}

CommandExecutor::CommandExecutor(std::shared_ptr<const CommandBatch> batch, ExecutorSetup setup)
    : d(std::make_unique<Private>(std::move(batch), std::move(setup)))
{
}

CommandExecutor::~CommandExecutor()
{
    for (const auto &[worker, task] : allRunning())
        task->signal(WorkerSignal::Kill);
    for (const auto &[worker, task] : allRunning()) {
        auto &command = static_cast<RunningCommand &>(*task);
        command.child.abandon();
        d->trees.end(command.child, command.treeNumber, true);
    }
    d->trees.finish();
}

std::unique_ptr<RunningAttempt> CommandExecutor::begin(TaskIndex task, int number, int worker)
{
    auto started = std::make_unique<RunningCommand>(task, number, worker, &d->trees, ++d->lastTreeNumber);
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
    d->trees.tidy();
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

std::vector<int> CommandExecutor::takeOverflowing() { return std::exchange(d->overflowing, {}); }

void CommandExecutor::wake() { d->poller.wake(); }

} // namespace procession
