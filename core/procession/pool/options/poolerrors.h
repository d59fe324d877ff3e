// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/ipc/wire/errors.h>
#include <procession/platform/processes/exitstatus.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace procession {

/// A pool cannot do what it is asked: it was closed or terminated, or its workers cannot be started.
class PoolError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<PoolError> poolErrorIsKnown{"procession::PoolError"};

/// A worker of a pool ended in the middle of a task, and with it the task. The pool goes on with another one in its place.
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
    /// \param worker  its process's name
    WorkerLost(const QString &task, const QString &worker, qint64 pid, ExitStatus status, const QByteArray &lastWords);

    /// What people call the task: the name of its function, and which item of how many.
    const QString &task() const noexcept { return m_task; }
    /// The worker's name.
    const QString &worker() const noexcept { return m_worker; }
    qint64 pid() const noexcept { return m_pid; }
    /// How the worker ended: by which signal, as a rule.
    ExitStatus status() const noexcept { return m_status; }
    /// The end of what it wrote to stderr; empty where the pool does not see it.
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

/// A task took longer than it may; its worker was killed.
class TaskTimeout : public TimeoutError
{
public:
    using TimeoutError::TimeoutError;
};
inline const KnownException<TaskTimeout> taskTimeoutIsKnown{"procession::TaskTimeout"};

/// A task made its worker use more than 1.5 times the memory that PoolOptions::memoryLimit allows, and the worker was killed for it.
class MemoryLimitExceeded : public PoolError
{
public:
    /// \param limit  bytes
    /// \param used   bytes, when it was found out
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

/// A task was cancelled: before it began, or while it ran.
class TaskCancelled : public PoolError
{
public:
    using PoolError::PoolError;
};
inline const KnownException<TaskCancelled> taskCancelledIsKnown{"procession::TaskCancelled"};

} // namespace procession
