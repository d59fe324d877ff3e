// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/ipc/wire/errors.h>
#include <procession/platform/processes/exitstatus.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace procession {

/// A pool refuses a call because it was closed or terminated, or because its workers cannot be started.
class PoolError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<PoolError> poolErrorIsKnown{"procession::PoolError"};

/// A worker of a pool ended while it ran a task, and the task is lost. The pool replaces the worker.
///
/// \code
/// try {
///     image = pool.apply(&render, scene);
/// } catch (const WorkerLost &lost) {
///     qWarning() << lost.task() << lost.status() << lost.lastWords();
/// }
/// \endcode
class WorkerLost : public PoolError
{
public:
    /// \param worker  the name of the worker's process
    WorkerLost(const QString &task, const QString &worker, qint64 pid, ExitStatus status, const QByteArray &lastWords);

    /// The task for people: the name of its function, and its position in the call of the pool.
    const QString &task() const noexcept { return m_task; }
    /// The worker's name.
    const QString &worker() const noexcept { return m_worker; }
    qint64 pid() const noexcept { return m_pid; }
    /// How the worker ended: usually by which signal.
    ExitStatus status() const noexcept { return m_status; }
    /// The end of what it wrote to stderr; empty when the pool does not read its stderr.
    const QByteArray &lastWords() const noexcept { return m_lastWords; }

private:
    QString m_task;
    QString m_worker;
    qint64 m_pid;
    ExitStatus m_status;
    QByteArray m_lastWords;
};
template <>
struct ExceptionCodec<WorkerLost>
{
    static void encode(Encoder &encoder, const WorkerLost &error);
    static WorkerLost decode(Decoder &decoder, const std::string &what);
};
inline const KnownException<WorkerLost> workerLostIsKnown{"procession::WorkerLost"};

/// A task exceeded its time-out. The pool has killed its worker, unless that is a thread.
class TaskTimeout : public TimeoutError
{
public:
    using TimeoutError::TimeoutError;
};
inline const KnownException<TaskTimeout> taskTimeoutIsKnown{"procession::TaskTimeout"};

/// A task made its worker use more than 1.5 times PoolOptions::memoryLimit, and the pool killed the
/// worker.
class MemoryLimitExceeded : public PoolError
{
public:
    /// \param limit  in bytes
    /// \param used   in bytes, as measured
    MemoryLimitExceeded(const QString &task, qint64 limit, qint64 used);

    const QString &task() const noexcept { return m_task; }
    qint64 limit() const noexcept { return m_limit; }
    qint64 used() const noexcept { return m_used; }

private:
    QString m_task;
    qint64 m_limit;
    qint64 m_used;
};
template <>
struct ExceptionCodec<MemoryLimitExceeded>
{
    static void encode(Encoder &encoder, const MemoryLimitExceeded &error);
    static MemoryLimitExceeded decode(Decoder &decoder, const std::string &what);
};
inline const KnownException<MemoryLimitExceeded> memoryLimitExceededIsKnown{"procession::MemoryLimitExceeded"};

/// A task was cancelled before it started or while it ran.
class TaskCancelled : public PoolError
{
public:
    using PoolError::PoolError;
};
inline const KnownException<TaskCancelled> taskCancelledIsKnown{"procession::TaskCancelled"};

} // namespace procession
