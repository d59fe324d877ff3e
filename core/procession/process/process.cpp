// SPDX-License-Identifier: MIT
#include <procession/process/process.h>

#include <procession/platform/base/standardstreams.h>
#include <procession/process/child/processruntime.h>
#include <procession/process/launch/childstart.h>
#include <procession/process/processobject.h>

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QSocketNotifier>
#include <QtCore/QThread>

#include <typeinfo>

namespace procession {

class Process::Private
{
public:
    enum class Phase : quint8 { Initial, Started, Closed };

    bool isDerived(const Process *process) const { return typeid(*process) != *plain; }
    QByteArray workName(const Process *process) const;
    Work work(Process *process) const;
    void watch(Process *process);
    void announceEnd(Process *process);
    ExitStatus status() const;
    void duplicateHandles(Process *process);
    void dropTarget(const Process *process);
    const ProcessHandle &child() const;
    void requireInitial(const char *what) const;

    /// Objects of exactly this class run their target.
    const std::type_info *plain = &typeid(Process);
    ProcessOptions options;
    Target target;
    ChildSetup setup;
    Phase phase = Phase::Initial;
    ProcessHandle handle;
    std::unique_ptr<QSocketNotifier> notifier;
    bool announced = false;
};

/// The name of the work for the directory.
QByteArray Process::Private::workName(const Process *process) const
{
    if (isDerived(process) || target.isEmpty())
        return nameOfType(typeid(*process));
    return target.functionName();
}

Work Process::Private::work(Process *process) const
{
    Work work;
    const bool isPlain = !isDerived(process);
    if (isPlain)
        work.run = [target = target] { target.isEmpty() ? void() : target.call(); };
    else
        work.run = [process] { process->run(); };
    work.encode = [this, process, isPlain](Encoder &encoder) {
        if (isPlain && !target.isEmpty())
            target.encode(encoder);
        else
            encodeProcessObject(encoder, *process);
    };
    return work;
}

void Process::Private::watch(Process *process)
{
    if (process->thread() != QThread::currentThread() || !QAbstractEventDispatcher::instance())
        return;
    notifier = std::make_unique<QSocketNotifier>(handle.sentinel(), QSocketNotifier::Read);
    QObject::connect(notifier.get(), &QSocketNotifier::activated, process, [this, process] { announceEnd(process); });
}

void Process::Private::announceEnd(Process *process)
{
    if (announced || handle.isNull() || process->thread() != QThread::currentThread())
        return;
    const ExitStatus ended = status();
    if (ended.kind == ExitStatus::Kind::None)
        return;
    announced = true;
    if (notifier)
        notifier->setEnabled(false);
    Q_EMIT process->finished(ended);
}

/// For a child that is a thread: it needs handles of its own.
void Process::Private::duplicateHandles(Process *process)
{
    if (!target.isEmpty())
        target.duplicateHandles();
    if (isDerived(process))
        duplicatePropertyHandles(*process);
}

/// The child has its own copy of the function and the arguments. A derived run() may still call
/// them, in a thread of this process.
void Process::Private::dropTarget(const Process *process)
{
    if (!isDerived(process))
        target = {};
}

ExitStatus Process::Private::status() const
{
    if (handle.isNull())
        return {};
    const ExitStatus status = handle.exitStatus();
    if (status.kind != ExitStatus::Kind::None)
        ProcessRuntime::get().remove(handle);
    return status;
}

const ProcessHandle &Process::Private::child() const
{
    if (handle.isNull())
        throw ProcessError("process " + setup.name.toStdString()
            + (phase == Phase::Closed ? " is closed: nothing more can be asked of it" : " was not started: call start() first"));
    return handle;
}

void Process::Private::requireInitial(const char *what) const
{
    if (phase != Phase::Initial)
        throw ProcessError(
            std::string(what) + " of process " + setup.name.toStdString() + " cannot be changed once it was started");
}

Process::Process(const ProcessOptions &options, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    ProcessRuntime &own = ProcessRuntime::get();
    d->options = options;
    d->setup = own.childSetup(own.nextNumber());
    d->setup.name = options.name;
    d->setup.isDaemon = options.daemon.value_or(own.setup().isDaemon);
    if (!options.name.isEmpty())
        return;
    QStringList numbers;
    for (const int number : d->setup.identity)
        numbers.append(QString::number(number));
    d->setup.name = QStringLiteral("Process-") + numbers.join(QLatin1Char(':'));
}

Process::Process(const ProcessOptions &options, Target target) : Process(options) { d->target = std::move(target); }

Process::Process(const ProcessOptions &options, Target target, const std::type_info &plain) : Process(options, std::move(target))
{
    d->plain = &plain;
}

Process::~Process()
{
    if (d->handle.isNull())
        return;
    try {
        if (d->setup.method == StartMethod::Thread) // as started, not as the current default
            d->handle.join();
        else if (d->options.whenDestroyed == WhenDestroyed::Terminate)
            d->handle.terminate();
        else if (d->options.whenDestroyed == WhenDestroyed::Kill)
            d->handle.kill();
    } catch (const ProcessError &) {
        // In a copy of the process that started the child there is nothing to end.
    }
}

void Process::run()
{
    if (!d->target.isEmpty())
        d->target.call();
}

void Process::start()
{
    if (d->phase != Private::Phase::Initial)
        throw ProcessError(
            "process " + d->setup.name.toStdString() + " was started before: a process object can be started once");
    d->setup.method = d->options.context.startMethod();
    try {
        openClosedStreams(); // before other files get their numbers
        if (d->setup.method == StartMethod::Thread)
            d->duplicateHandles(this);
        d->handle = startChild(d->setup, d->workName(this), d->work(this));
    } catch (const std::exception &error) {
        Q_EMIT errorOccurred(QString::fromUtf8(error.what()));
        throw;
    }
    d->phase = Private::Phase::Started;
    d->dropTarget(this);
    d->watch(this);
    Q_EMIT started();
}

bool Process::join(QDeadlineTimer deadline)
{
    // A copy, valid even if another thread closes this object.
    const ProcessHandle handle = d->child();
    if (!handle.join(deadline))
        return false;
    ProcessRuntime::get().remove(handle);
    d->announceEnd(this);
    return true;
}

bool Process::isAlive() const
{
    if (d->phase == Private::Phase::Closed)
        d->child();
    return !d->handle.isNull() && d->status().kind == ExitStatus::Kind::None;
}

void Process::terminate() { d->child().terminate(); }

void Process::kill() { d->child().kill(); }

void Process::interrupt() { d->child().interrupt(); }

void Process::suspend() { d->child().suspend(); }

void Process::resume() { d->child().resume(); }

void Process::close()
{
    if (!d->handle.isNull() && d->status().kind == ExitStatus::Kind::None)
        throw ProcessError(
            "process " + d->setup.name.toStdString() + " still runs: join() or terminate() it before it is closed");
    d->announceEnd(this);
    d->notifier.reset();
    ProcessRuntime::get().remove(d->handle);
    d->handle = {};
    d->phase = Private::Phase::Closed;
}

QString Process::name() const { return d->setup.name; }

void Process::setName(const QString &name)
{
    d->requireInitial("the name");
    if (name.isEmpty())
        throw ProcessError("the name of a process cannot be empty");
    d->setup.name = name;
}

bool Process::isDaemon() const { return d->setup.isDaemon; }

void Process::setDaemon(bool daemon)
{
    d->requireInitial("being a daemon");
    d->setup.isDaemon = daemon;
}

QByteArray Process::authKey() const { return d->setup.authKey; }

void Process::setAuthKey(const QByteArray &key)
{
    d->requireInitial("the authentication key");
    d->setup.authKey = key;
}

std::vector<int> Process::identity() const { return d->setup.identity; }

qint64 Process::pid() const
{
    if (d->phase == Private::Phase::Closed)
        d->child();
    return d->handle.isNull() ? 0 : d->handle.pid();
}

ExitStatus Process::exitStatus() const
{
    if (d->phase == Private::Phase::Closed)
        d->child();
    return d->status();
}

std::optional<int> Process::exitCode() const { return exitStatus().exitCode(); }

int Process::sentinel() const { return d->child().sentinel(); }

ProcessHandle Process::handle() const { return d->handle; }

QDebug operator<<(QDebug debug, const Process &process)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "Process(" << process.name();
    if (process.handle().isNull())
        return debug << ", not started)";
    debug << ", pid " << process.pid() << ", ";
    if (process.isAlive())
        debug << "running";
    else
        debug << process.exitStatus();
    return debug << (process.isDaemon() ? ", daemon)" : ")");
}

} // namespace procession
