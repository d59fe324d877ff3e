// SPDX-License-Identifier: MIT
#include <procession/pool/tasks/submission.h>

#include <QtCore/QString>

#include <algorithm>
#include <limits>

namespace procession {

QString Submission::describe(const TaskChunk &chunk) const
{
    const QString name = QString::fromUtf8(m_functionName);
    if (size() == 1 && !mayGrow())
        return name;
    const QString items = chunk.count == 1
        ? QStringLiteral("%1, item %2").arg(name).arg(chunk.first + 1)
        : QStringLiteral("%1, items %2 to %3").arg(name).arg(chunk.first + 1).arg(chunk.first + chunk.count);
    return mayGrow() ? items : items + QStringLiteral(" of %1").arg(size());
}

TaskChunk Submission::takeChunk(quint32 most)
{
    const TaskChunk chunk{m_next, static_cast<quint32>(std::min<quint64>(most, waiting()))};
    m_next += chunk.count;
    return chunk;
}

void Submission::failWaiting(const std::exception_ptr &exception)
{
    constexpr quint32 Most = std::numeric_limits<quint32>::max();
    while (waiting() > 0)
        fail(takeChunk(Most), exception);
}

void Submission::noteTime(const TaskChunk &chunk, qint64 nanoseconds)
{
    if (chunk.count == 0)
        return;
    const qint64 each = std::max<qint64>(1, chunk.count == 1 ? nanoseconds : nanoseconds / chunk.count); // division is slow
    m_callTime = m_callTime == 0 ? each : (3 * m_callTime + each) / 4;
}

} // namespace procession
