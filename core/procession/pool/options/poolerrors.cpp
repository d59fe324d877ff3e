// SPDX-License-Identifier: MIT
#include <procession/pool/options/poolerrors.h>

namespace procession {

namespace {

std::string lostText(const QString &task, const QString &worker, qint64 pid, ExitStatus status, const QByteArray &lastWords)
{
    QString how;
    QDebug(&how).nospace() << status;
    QString text = QStringLiteral("%1 was lost: its worker %2 (process %3) ended with %4 in the middle of it")
                       .arg(task, worker, QString::number(pid), how.trimmed());
    if (!lastWords.isEmpty())
        text += QStringLiteral("; its last words:\n") + QString::fromUtf8(lastWords);
    return text.toStdString();
}

} // namespace

WorkerLost::WorkerLost(const QString &task, const QString &worker, qint64 pid, ExitStatus status, const QByteArray &lastWords)
    : PoolError(lostText(task, worker, pid, status, lastWords)),
      m_task(task),
      m_worker(worker),
      m_pid(pid),
      m_status(status),
      m_lastWords(lastWords)
{
}

MemoryLimitExceeded::MemoryLimitExceeded(const QString &task, qint64 limit, qint64 used)
    : PoolError(task.toStdString() + " used " + std::to_string(used) + " bytes of memory, more than 1.5 times the "
        + std::to_string(limit)
        + " that PoolOptions::memoryLimit allows; its worker was killed: allow more, or give it less to do at once"),
      m_task(task),
      m_limit(limit),
      m_used(used)
{
}

void ExceptionCodec<WorkerLost>::encode(Encoder &encoder, const WorkerLost &error)
{
    encoder << error.task() << error.worker() << error.pid() << error.status() << error.lastWords();
}

WorkerLost ExceptionCodec<WorkerLost>::decode(Decoder &decoder, const std::string &)
{
    const auto task = decoder.read<QString>();
    const auto worker = decoder.read<QString>();
    const auto pid = decoder.read<qint64>();
    const auto status = decoder.read<ExitStatus>();
    return {task, worker, pid, status, decoder.read<QByteArray>()};
}

void ExceptionCodec<MemoryLimitExceeded>::encode(Encoder &encoder, const MemoryLimitExceeded &error)
{
    encoder << error.task() << error.limit() << error.used();
}

MemoryLimitExceeded ExceptionCodec<MemoryLimitExceeded>::decode(Decoder &decoder, const std::string &)
{
    const auto task = decoder.read<QString>();
    const auto limit = decoder.read<qint64>();
    return {task, limit, decoder.read<qint64>()};
}

} // namespace procession
