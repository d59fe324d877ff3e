// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/processhandle.h>
#include <procession/process/context.h>
#include <procession/process/currentprocess.h>
#include <procession/process/functions/bind.h>
#include <procession/process/functions/callcheck.h>
#include <procession/process/functions/target.h>

#include <QtCore/QObject>

#include <typeinfo>

namespace procession {

/// What the destructor of a Process does to a child that is still running.
enum class WhenDestroyed : quint8 {
    Terminate, ///< sends it SIGTERM
    Kill, ///< sends it SIGKILL
    /// lets it run on; activeChildren() still lists it, and this process joins it at its own end
    Detach,
};

/// Options of a Process.
struct ProcessOptions
{
    QString name{}; ///< empty: "Process-1:2", from the numbers of its ancestors and its own
    /// a daemon is terminated when its parent ends, and cannot have children; empty: same as the
    /// parent
    std::optional<bool> daemon{};
    Context context{}; ///< selects the start method
    WhenDestroyed whenDestroyed = WhenDestroyed::Terminate;
};

/// Runs a function, or run(), in a process of its own.
///
/// \code
/// void greet(const QString &name) { qInfo() << "hello" << name; }
///
/// Process process(&greet, QStringLiteral("bob"));
/// process.start();
/// process.join();
/// \endcode
///
/// Works with anything that std::invoke accepts: free functions, static and other members, function
/// objects and lambdas without captures. Nothing has to be registered. Arguments are copied to the
/// child; codec.h lists the supported types. Captures of a lambda cannot be copied: pass them as
/// arguments, or use bind(). Under `Fork` and `Thread` every type works. A handle, such as a
/// Connection, arrives as a duplicate for the same object under every method: close the one that
/// stays behind if the child must have the last one.
///
/// The child lives as long as its Process object: a temporary, as in
/// `Process(&greet, name).start();`, is terminated at the end of that statement (see
/// WhenDestroyed). A child that must outlive the object is detached; this process joins it at its
/// own end:
///
/// \code
/// Process({.whenDestroyed = WhenDestroyed::Detach}, &greet, name).start();
/// \endcode
///
/// A Process can be neither copied nor moved. To keep many of them, use a container that does not
/// move its elements:
///
/// \code
/// std::list<Process> processes;
/// for (const QString &name : names)
///     processes.emplace_back(&greet, name).start();
/// for (Process &process : processes)
///     process.join();
/// \endcode
///
/// To derive from Process, override run(). For `ForkServer` and `Spawn` the child creates a new
/// object of the class: it needs Q_OBJECT and a default constructor that is Q_INVOKABLE, and the
/// data of run() must be in properties, which may be connections. Under `Thread`, run() is called
/// on this very object; start() replaces the connections in its properties by duplicates for the
/// same ends, so that the originals can be closed as under the other methods.
///
/// The exit code is 0 if the function returns, 1 if it throws (the exception is written to stderr),
/// and N if it calls std::exit(N). The child has /dev/null as standard input and default signal
/// handling, except that SIGINT does nothing and is left to the parent. The kernel kills the child
/// as soon as its parent dies.
///
/// The child leads a process group, which contains the programs that it starts (std::system(),
/// QProcess). terminate(), kill() and the death of the parent end them too, and so does any other
/// signal that kills the child, once this process notices. Programs that leave the group
/// (QProcess::startDetached()) keep running, and so do those of a child that returns or exits. On a
/// terminal, children are in the background: Ctrl-C and Ctrl-Z reach the parent only, and reading
/// the terminal fails.
///
/// A QObject of the thread that created it; the event loop of that thread, if there is one,
/// delivers finished(). join(), isAlive(), exitCode(), terminate() and the like may be called from
/// any thread of the process that started the child. (Reference: Process)
class Process : public QObject
{
    Q_OBJECT

public:
    /// For classes that override run().
    explicit Process(const ProcessOptions &options = {}, QObject *parent = nullptr);

    /// \param function   the function that the child calls
    /// \param arguments  its arguments; copied at once
    template <typename Function, typename... Arguments>
    requires CalledWith<Function, StoredArgument<Arguments>...>
    explicit Process(Function function, Arguments &&...arguments)
        : Process(ProcessOptions(), Target::of(std::move(function), std::forward<Arguments>(arguments)...))
    {
    }
    template <typename Function, typename... Arguments>
    requires CalledWith<Function, StoredArgument<Arguments>...>
    explicit Process(const ProcessOptions &options, Function function, Arguments &&...arguments)
        : Process(options, Target::of(std::move(function), std::forward<Arguments>(arguments)...))
    {
    }
    Process(const ProcessOptions &options, Target target);
    /// Ends the child as WhenDestroyed selects. Does not block, except under `Thread`, where it
    /// waits for the thread to end.
    ~Process() override;

    /// Called in the child. The default implementation calls the function that was passed to the
    /// constructor.
    virtual void run();

    /// Starts the child. Blocks until it exists: some tenths of a millisecond, somewhat longer for
    /// the first child by `ForkServer`. Flushes stdout and std::cout first.
    /// \throws ProcessError     if it was started before or was closed, if this process is a
    /// daemon, or if main() did not call freezeSupport()
    /// \throws NotTransferable  if the function or an argument cannot be sent to another process
    /// \throws SystemError      if the system cannot create a process. errorOccurred() is emitted
    /// first
    void start();
    /// Blocks until the child has ended or the deadline passes, and returns whether it has ended.
    /// \throws ProcessError if the child was not started, or not by this process
    bool join(QDeadlineTimer deadline = QDeadlineTimer::Forever);
    bool isAlive() const;

    /// Sends SIGTERM to the child and to the programs that it has started. Neither exit handlers
    /// nor destructors run in the child, so data that it shares with others may be left
    /// inconsistent.
    /// \throws ProcessError if the child was not started, or is a thread
    void terminate();
    /// Sends SIGKILL to the child and to the programs that it has started.
    void kill();
    /// Sends SIGINT to the child and to the programs that it has started. It does nothing in the
    /// child unless the function changes that, since Ctrl-C is for the parent to handle. A function
    /// that must be interruptible sets a handler, or the default action, which ends the child with
    /// exit code -2:
    ///
    /// \code
    /// std::signal(SIGINT, SIG_DFL);
    /// \endcode
    ///
    /// \throws ProcessError as terminate(). (Reference: Process.interrupt of newer versions)
    void interrupt();
    /// Sends SIGSTOP to the child and to the programs that it has started; resume() continues them.
    void suspend();
    /// Sends SIGCONT to the same processes.
    void resume();
    /// Releases everything that this object holds of the child. Afterwards the object can only be
    /// destroyed.
    /// \throws ProcessError if the child is still running
    void close();

    QString name() const;
    /// To be called before start(). \throws ProcessError after start(), or if the name is empty
    void setName(const QString &name);
    bool isDaemon() const;
    /// To be called before start().
    void setDaemon(bool daemon);
    QByteArray authKey() const;
    void setAuthKey(const QByteArray &key);
    /// The numbers of its ancestors, then its own, which counts from 1.
    std::vector<int> identity() const;
    /// 0 before start().
    qint64 pid() const;
    /// `-N` if signal N ended the child; empty before it has ended.
    std::optional<int> exitCode() const;
    ExitStatus exitStatus() const;
    /// A descriptor that becomes readable when the child ends, for wait(). \throws ProcessError
    /// before start()
    int sentinel() const;
    /// A handle to the child; other code may hold handles to it too. Null before start().
    ProcessHandle handle() const;

Q_SIGNALS:
    void started();
    /// Emitted once, after the child has ended: by the event loop of this object's thread, or by
    /// join() in that thread.
    void finished(const procession::ExitStatus &status);
    /// The child could not be started. \param message  in English, for developers
    void errorOccurred(const QString &message);

protected:
    /// For a class that does not override run() but adds other ways of construction: objects of
    /// exactly the class `plain` behave like a Process.
    Process(const ProcessOptions &options, Target target, const std::type_info &plain);

private:
    class Private;
    std::unique_ptr<Private> d;
};

QDebug operator<<(QDebug debug, const Process &process);

template <typename Function, typename... Arguments>
auto Context::process(Function function, Arguments &&...arguments) const
{
    return process(ProcessOptions(), std::move(function), std::forward<Arguments>(arguments)...);
}

template <typename Function, typename... Arguments>
auto Context::process(ProcessOptions options, Function function, Arguments &&...arguments) const
{
    options.context = *this;
    return Process(options, std::move(function), std::forward<Arguments>(arguments)...);
}

} // namespace procession
