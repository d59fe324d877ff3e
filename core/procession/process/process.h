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

/// What becomes of a process that still runs when its Process object goes.
enum class WhenDestroyed : quint8 {
    Terminate, ///< it is sent SIGTERM
    Kill, ///< it is sent SIGKILL
    Detach, ///< it goes on; activeChildren() still has it, and it is joined when this process ends
};

/// What a Process is made with besides its function.
struct ProcessOptions
{
    QString name{}; ///< empty: "Process-1:2", after the numbers of its ancestors and its own
    std::optional<bool> daemon{}; ///< a daemon is terminated when its parent ends, and has no children; empty: as its parent is
    Context context{}; ///< how it is started
    WhenDestroyed whenDestroyed = WhenDestroyed::Terminate;
};

/// A function, or run(), in a process of its own.
///
/// \code
/// void greet(const QString &name) { qInfo() << "hello" << name; }
///
/// Process process(&greet, QStringLiteral("bob"));
/// process.start();
/// process.join();
/// \endcode
///
/// Any function that std::invoke takes will do: free functions, static and other members, function objects and lambdas without
/// captures, with nothing to register. Arguments are copied to the child; what they may be is said in codec.h. What a lambda captures
/// cannot be: give it as arguments, or use bind(). Under `Fork` and `Thread` anything goes. A handle, such as a Connection, arrives as
/// another one of the same object under every method: close the one that stays behind when the child is to have the last.
///
/// A Process lives as long as its object: one that is not kept, as in `Process(&greet, name).start();`, is terminated at the end of that
/// statement (see WhenDestroyed). What is to go on by itself is told so, and joined when this process ends:
///
/// \code
/// Process({.whenDestroyed = WhenDestroyed::Detach}, &greet, name).start();
/// \endcode
///
/// It can be neither copied nor moved. Many of them live in a container that leaves its elements where they are:
///
/// \code
/// std::list<Process> processes;
/// for (const QString &name : names)
///     processes.emplace_back(&greet, name).start();
/// for (Process &process : processes)
///     process.join();
/// \endcode
///
/// As a class to derive from, override run(). For `ForkServer` and `Spawn` the object is made anew in the child: the class has
/// Q_OBJECT and a default constructor that is Q_INVOKABLE, and what run() needs is in properties, which may be connections. Under `Thread`
/// run() is called on this very object; start() makes the connections in its properties other handles of the same ends, so that those
/// that they were set from can be closed as under the other methods.
///
/// The child ends with exit code 0 when the function returns, 1 when it throws (what it threw is written to stderr), N when it calls
/// std::exit(N). It has /dev/null as standard input, default signal handling but for SIGINT, which it leaves to its parent, and is
/// killed by the system at the moment its parent dies.
///
/// It leads a process group, in which the programs are that it starts (std::system(), QProcess): terminate(), kill() and the death of the
/// parent end them too, and so does any other signal that the child dies of, once that is noticed. Programs that leave the group
/// (QProcess::startDetached()) go on, and so do those of a child that returns or exits. On a terminal children are in the background: Ctrl-C
/// and Ctrl-Z reach the parent alone, and reading the terminal fails.
///
/// A QObject of the thread that made it; that thread's event loop, if there is one, delivers finished(). join(), isAlive(), exitCode(),
/// terminate() and the like may be called from any thread of the process that started it. (Reference: Process)
class Process : public QObject
{
    Q_OBJECT

public:
    /// For classes that override run().
    explicit Process(const ProcessOptions &options = {}, QObject *parent = nullptr);

    /// \param function   what to call in the child
    /// \param arguments  what to call it with; copied now
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
    /// See WhenDestroyed; it does not block. Only under `Thread` it waits for the thread to end.
    ~Process() override;

    /// What the child does: calls the function that the constructor was given. Overridden, it is called in the child.
    virtual void run();

    /// Starts the child. Blocks until it exists: some tenths of a millisecond, some more for the first one by `ForkServer`.
    /// What stdout and std::cout hold is written out before.
    /// \throws ProcessError     when it was started before or was closed, when this process is a daemon, or when main() did not call
    ///                          freezeSupport()
    /// \throws NotTransferable  when the function or an argument cannot go to another process
    /// \throws SystemError      when the system gives no process. errorOccurred() is emitted first
    void start();
    /// Blocks until the child has ended or the deadline passes, and returns whether it has ended.
    /// \throws ProcessError when it was not started, or not by this process
    bool join(QDeadlineTimer deadline = QDeadlineTimer::Forever);
    bool isAlive() const;

    /// SIGTERM to the child and to the programs that it has started: neither handlers for its exit nor destructors run in the child, and
    /// what it shares with others may stay half done.
    /// \throws ProcessError when it was not started, or is a thread
    void terminate();
    /// SIGKILL to all of them.
    void kill();
    /// SIGINT to the child and to the programs that it has started. It does nothing in the child unless the function says otherwise, since
    /// Ctrl-C is the parent's to answer. A function that is to be interrupted sets a handler, or the default, by which the child ends with
    /// exit code -2:
    ///
    /// \code
    /// std::signal(SIGINT, SIG_DFL);
    /// \endcode
    ///
    /// \throws ProcessError as terminate(). (Reference: Process.interrupt of newer versions)
    void interrupt();
    /// SIGSTOP to all of them; resume() lets them go on.
    void suspend();
    /// SIGCONT.
    void resume();
    /// Gives up all that this object holds of the child. After it the object can only be destroyed.
    /// \throws ProcessError when the child still runs
    void close();

    QString name() const;
    /// Before start(). \throws ProcessError after it, or when empty
    void setName(const QString &name);
    bool isDaemon() const;
    /// Before start().
    void setDaemon(bool daemon);
    QByteArray authKey() const;
    void setAuthKey(const QByteArray &key);
    /// Its numbers: those of its parent, and its own, which counts from 1.
    std::vector<int> identity() const;
    /// 0 before start().
    qint64 pid() const;
    /// `-N` when signal N ended it; empty before it has ended.
    std::optional<int> exitCode() const;
    ExitStatus exitStatus() const;
    /// A descriptor that becomes readable when the child ends: for wait(). \throws ProcessError before start()
    int sentinel() const;
    /// The child itself, as others may hold it too. Null before start().
    ProcessHandle handle() const;

Q_SIGNALS:
    void started();
    /// Once, when the child has ended and this object's thread has an event loop, or join() saw it in this object's thread.
    void finished(const procession::ExitStatus &status);
    /// It could not be started. \param message  in English, for developers
    void errorOccurred(const QString &message);

protected:
    /// For a class that adds no run(), but other ways to be made: an object of just the class `plain` does what a Process does.
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
