// SPDX-License-Identifier: MIT
#include <procession/job/store/storerecords.h>

#include <array>

namespace procession {

namespace {

constexpr std::array ExitKindNames{"none", "exited", "signaled", "failed-to-start", "lost"};
static_assert(ExitKindNames.size() == static_cast<std::size_t>(ExitStatus::Kind::Lost) + 1);

QLatin1StringView exitKindName(ExitStatus::Kind kind)
{
    return QLatin1StringView(ExitKindNames.at(static_cast<std::size_t>(kind)));
}

ExitStatus::Kind exitKind(const QString &name)
{
    for (std::size_t i = 0; i < ExitKindNames.size(); ++i) {
        if (name == QLatin1StringView(ExitKindNames.at(i)))
            return static_cast<ExitStatus::Kind>(i);
    }
    return ExitStatus::Kind::Lost;
}

EndCause storedEndCause(const QString &name) { return endCauseFromString(name).value_or(EndCause::Itself); }

class Binder
{
public:
    Binder(StoreStatement &statement, int place) : m_statement(statement), m_place(place) { }

    int place() const { return m_place; }
    template <typename Value>
    Binder &operator<<(const Value &value)
    {
        m_statement.bind(m_place++, value);
        return *this;
    }

private:
    StoreStatement &m_statement;
    int m_place;
};

QString storedFile(const QString &file, const QDir &outputFolder)
{
    if (file.isEmpty())
        return QString();
    const QString relative = outputFolder.relativeFilePath(file);
    return relative.startsWith(QLatin1StringView("../")) ? file : relative;
}

CapturedStream readStream(const StoreRows &rows, int column, int bytesColumn, const QDir &outputFolder)
{
    CapturedStream stream;
    stream.size = rows.integer(column);
    if (!rows.isNull(column + 1))
        stream.file = outputFolder.absoluteFilePath(rows.text(column + 1));
    stream.error = static_cast<int>(rows.integer(column + 2));
    stream.bytes = rows.bytes(bytesColumn);
    return stream;
}

} // namespace

TaskState storedTaskState(const QString &name) { return taskStateFromString(name).value_or(TaskState::Lost); }

int bindRecord(StoreStatement &statement, int place, const TaskRecord &record)
{
    return (Binder(statement, place) << nameOf(record.state) << nameOf(record.cause) << record.attempts << record.worker
                                     << record.startedAt << record.duration << exitKindName(record.status.kind)
                                     << record.status.value << record.status.dumpedCore << record.leftProcesses)
        .place();
}

TaskRecord readRecord(const StoreRows &rows, int column)
{
    TaskRecord record;
    record.state = storedTaskState(rows.text(column));
    record.cause = storedEndCause(rows.text(column + 1));
    record.attempts = static_cast<quint16>(rows.integer(column + 2));
    record.worker = static_cast<qint32>(rows.integer(column + 3));
    record.startedAt = rows.integer(column + 4);
    record.duration = rows.integer(column + 5);
    record.status.kind = exitKind(rows.text(column + 6));
    record.status.value = static_cast<qint32>(rows.integer(column + 7));
    record.status.dumpedCore = rows.integer(column + 8) != 0;
    record.leftProcesses = rows.integer(column + 9) != 0;
    return record;
}

int bindAttempt(StoreStatement &statement, int place, const Attempt &attempt, const QDir &outputFolder)
{
    const CapturedStream &out = attempt.output.out;
    const CapturedStream &err = attempt.output.err;
    return (Binder(statement, place) << attempt.number << attempt.worker << attempt.pid << attempt.startedAt << attempt.duration
                                     << attempt.cpuTime << attempt.peakMemory << nameOf(attempt.cause)
                                     << exitKindName(attempt.status.kind) << attempt.status.value << attempt.status.dumpedCore
                                     << attempt.leftProcesses << out.size << storedFile(out.file, outputFolder) << out.error
                                     << err.size << storedFile(err.file, outputFolder) << err.error << out.bytes << err.bytes)
        .place();
}

Attempt readAttempt(const StoreRows &rows, int column, TaskIndex task, const QDir &outputFolder)
{
    Attempt attempt;
    attempt.task = task;
    attempt.number = static_cast<int>(rows.integer(column));
    attempt.worker = static_cast<int>(rows.integer(column + 1));
    attempt.pid = rows.integer(column + 2);
    attempt.startedAt = rows.integer(column + 3);
    attempt.duration = rows.integer(column + 4);
    attempt.cpuTime = rows.integer(column + 5);
    attempt.peakMemory = rows.integer(column + 6);
    attempt.cause = storedEndCause(rows.text(column + 7));
    attempt.status.kind = exitKind(rows.text(column + 8));
    attempt.status.value = static_cast<qint32>(rows.integer(column + 9));
    attempt.status.dumpedCore = rows.integer(column + 10) != 0;
    attempt.leftProcesses = rows.integer(column + 11) != 0;
    attempt.output.out = readStream(rows, column + 12, column + 18, outputFolder);
    attempt.output.err = readStream(rows, column + 15, column + 19, outputFolder);
    return attempt;
}

} // namespace procession
