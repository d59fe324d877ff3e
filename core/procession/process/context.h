// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/ipc/pipe.h>
#include <procession/platform/system/systemload.h>
#include <procession/process/currentprocess.h>
#include <procession/process/startmethods.h>
#include <procession/queue/joinablequeue.h>
#include <procession/queue/simplequeue.h>
#include <procession/shared/dynamicarray.h>
#include <procession/shared/dynamicvalue.h>
#include <procession/sync/barrier.h>
#include <procession/sync/boundedsemaphore.h>
#include <procession/sync/condition.h>
#include <procession/sync/event.h>

#include <QtCore/QLoggingCategory>

namespace procession {

class Pool;
struct PoolOptions;
struct ProcessOptions;

/// The requested start method is unknown, or can no longer be chosen.
class ContextError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<ContextError> contextErrorIsKnown{"procession::ContextError"};

/// The API of this library with a start method of its own, so that parts of a program can start
/// processes in different ways.
///
/// \code
/// Context spawn = context(StartMethod::Spawn);
/// Process process = spawn.process(&squared, 7);
/// auto [ours, theirs] = spawn.pipe();
/// \endcode
///
/// What belongs to the whole process (its children, its logging, the executable) is the same
/// through every context. It is part of Context so that code which is given a context needs nothing
/// else.
///
/// A value. (Reference: Contexts and start methods)
class Context
{
public:
    /// Uses the start method that this process has as its default when the context is used.
    Context() = default;
    explicit Context(StartMethod method) : m_method(method) { }

    /// The start method of this context. For the default context it is that of this process, and
    /// the call settles it. (Reference: get_start_method)
    StartMethod startMethod() const;
    /// Like startMethod(), but settles nothing: empty as long as the method was neither chosen nor
    /// asked for.
    std::optional<StartMethod> chosenStartMethod() const;
    /// Chooses the start method of this process, as procession::setStartMethod() does.
    /// \throws ContextError if this context has a method of its own, or if the method was chosen
    /// already. (Reference: set_start_method)
    void setStartMethod(StartMethod method, bool force = false) const;
    /// (Reference: get_all_start_methods)
    std::vector<StartMethod> allStartMethods() const { return procession::allStartMethods(); }
    /// Returns another context: the default one, or one with the given method.
    /// (Reference: get_context)
    /// \throws ContextError if there is no method of that name
    Context context() const { return {}; }
    Context context(StartMethod method) const { return Context(method); }
    Context context(QStringView name) const;

    CurrentProcess currentProcess() const { return procession::currentProcess(); }
    std::optional<ProcessHandle> parentProcess() const { return procession::parentProcess(); }
    std::vector<ProcessHandle> activeChildren() const { return procession::activeChildren(); }
    int cpuCount() const { return procession::cpuCount(); }
    int usableCpuCount() const { return procession::usableCpuCount(); }
    /// Same as the free functions of these names, which have the documentation. They apply to the
    /// whole process, not to this context.
    void freezeSupport(int argc, char **argv) const;
    void setExecutable(const QByteArray &path) const;
    void setForkServerPreload(const std::vector<void (*)()> &functions) const;
    const QLoggingCategory &logger() const;
    void logToStderr(QtMsgType level = QtDebugMsg) const;

    /// A Process of this context; `options.context` is ignored. Include process.h.
    template <typename Function, typename... Arguments>
    auto process(Function function, Arguments &&...arguments) const;
    template <typename Function, typename... Arguments>
    auto process(ProcessOptions options, Function function, Arguments &&...arguments) const;
    /// A Pool of this context; `options.context` is ignored. Include pool.h.
    Pool pool(PoolOptions options) const;
    Pool pool(int processes = 0) const;

    template <typename T = QVariant>
    Queue<T> queue(int maxSize = 0) const
    {
        return Queue<T>(maxSize);
    }
    template <typename T = QVariant>
    JoinableQueue<T> joinableQueue(int maxSize = 0) const
    {
        return JoinableQueue<T>(maxSize);
    }
    template <typename T = QVariant>
    SimpleQueue<T> simpleQueue() const
    {
        return SimpleQueue<T>();
    }
    std::pair<Connection, Connection> pipe(Duplex duplex = Duplex::Yes) const { return procession::pipe(duplex); }

    /// A Value<T> with an RLock of its own, or with the Lock or RLock given as the first argument;
    /// a RawValue<T> after `WithoutLock`: `value<int>(7)`, `value<Point>(lock, 4, 6)`,
    /// `value<double>(WithoutLock, 2.4)`, `value('d', 2.4)`.
    template <typename T = QVariant, typename... Arguments>
    Value<T> value(Arguments &&...arguments) const requires std::is_constructible_v<Value<T>, Arguments...>
    {
        return Value<T>(std::forward<Arguments>(arguments)...);
    }
    template <typename T = QVariant, typename... Arguments>
    RawValue<T> value(NoLock, Arguments &&...arguments) const
    {
        return RawValue<T>(std::forward<Arguments>(arguments)...);
    }
    template <typename T = QVariant, typename... Arguments>
    RawValue<T> rawValue(Arguments &&...arguments) const
    {
        return RawValue<T>(std::forward<Arguments>(arguments)...);
    }
    /// An Array<T> or a RawArray<T>, in the same way as value(): `array<int>(10)`,
    /// `array<int>(lock, values)`, `array<char>(WithoutLock, "text")`, `array('i', 10)`.
    template <typename T = QVariant, typename... Arguments>
    Array<T> array(Arguments &&...arguments) const requires std::is_constructible_v<Array<T>, Arguments...>
    {
        return Array<T>(std::forward<Arguments>(arguments)...);
    }
    template <typename T = QVariant, typename... Arguments>
    RawArray<T> array(NoLock, Arguments &&...arguments) const
    {
        return RawArray<T>(std::forward<Arguments>(arguments)...);
    }
    template <typename T = QVariant, typename... Arguments>
    RawArray<T> rawArray(Arguments &&...arguments) const
    {
        return RawArray<T>(std::forward<Arguments>(arguments)...);
    }
    Lock lock() const { return Lock(); }
    RLock rlock() const { return RLock(); }
    Semaphore semaphore(int value = 1) const { return Semaphore(value); }
    BoundedSemaphore boundedSemaphore(int value = 1) const { return BoundedSemaphore(value); }
    Condition condition() const { return Condition(); }
    Condition condition(Lock lock) const { return Condition(std::move(lock)); }
    Condition condition(RLock lock) const { return Condition(std::move(lock)); }
    Event event() const { return Event(); }
    Barrier barrier(int parties, BarrierAction action = {}, std::optional<std::chrono::milliseconds> timeout = {}) const
    {
        return Barrier(parties, std::move(action), timeout);
    }

    friend bool operator==(const Context &, const Context &) = default;

private:
    std::optional<StartMethod> m_method;
};

/// (Reference: get_context)
inline Context context() { return {}; }
inline Context context(StartMethod method) { return Context(method); }
/// \param name  "fork", "spawn", "forkserver" or "thread"
/// \throws ContextError naming the available methods
Context context(QStringView name);

/// The default start method of this process: the one chosen by setStartMethod(); else the one named
/// by the environment variable PROCESSION_START_METHOD ("fork", "spawn", "forkserver" or "thread");
/// else `ForkServer`. A child has the method by which its parent started it, whatever the variable
/// contains. The call settles the choice. (Reference: get_start_method)
///
/// The variable is meant for whole programs that leave the choice open: to test a program with each
/// method, or to avoid a method that does not work. Like any variable it is inherited by the
/// programs that this one runs, so a program that needs one method chooses it by setStartMethod().
/// \throws ContextError if the variable does not name a start method
StartMethod startMethod();
/// Like startMethod(), but settles nothing: empty as long as the method was neither chosen nor
/// asked for, whatever the variable contains.
std::optional<StartMethod> chosenStartMethod();

/// Chooses the start method of this process and its children. To be called once, early in main().
/// \param force  whether to change a choice that was made already
/// \throws ContextError if the method was chosen already, unless `force`.
/// (Reference: set_start_method)
void setStartMethod(StartMethod method, bool force = false);

} // namespace procession
