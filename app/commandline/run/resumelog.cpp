// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/run/resumelog.h>

#include <app/commandline/common/commandkey.h>
#include <app/commandline/output/tagtext.h>
#include <procession/job/output/joblog.h>

#include <QtCore/QFile>
#include <QtCore/QHash>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

namespace procession {

namespace {

constexpr int LeastWorkers = 32; // looked for in a job log

TaskRecord recordOf(const JobLogEntry &entry)
{
    TaskRecord record;
    record.state = entry.isSuccess() ? TaskState::Done : TaskState::Failed;
    record.attempts = 1;
    record.status = entry.signal != 0 ? ExitStatus::signaled(entry.signal) : ExitStatus::exited(entry.exitValue);
    record.startedAt = entry.startedAt;
    record.duration = entry.duration;
    return record;
}

/// As GNU parallel quotes an input, wherever it stands.
QByteArray quotedAsParallel(const QByteArray &value)
{
    static const QRegularExpression meaningful(QStringLiteral("[^-_.+a-zA-Z0-9/]"));
    if (value.isEmpty())
        return "''";
    if (!meaningful.match(QString::fromLatin1(value)).hasMatch())
        return value;
    QByteArray quoted = '\'' + QByteArray(value).replace('\'', "'\"'\"'") + '\'';
    if (quoted.startsWith("''"))
        quoted.remove(0, 2);
    if (quoted.endsWith("''"))
        quoted.chop(2);
    return quoted;
}

/// The commands of a batch as GNU parallel writes them into its job log.
class ParallelCommands
{
public:
    explicit ParallelCommands(const BatchDefinition &definition)
        : m_text(definition.command, definition.columnNames()),
          m_quoting(firstWordIsReplaced(definition) ? nullptr : &quotedAsParallel)
    {
    }

    bool nameWorker() const { return m_text.namesWorker(); }

    QByteArray of(const QByteArrayList &row, qint64 number, int worker) const
    {
        const QByteArray command = m_text.of(row, number, worker, m_quoting);
        if (m_text.hasReplacements())
            return command;
        QByteArrayList words{command};
        for (const QByteArray &value : row)
            words += quotedAsParallel(value);
        return words.join(' ');
    }

private:
    /// It quotes nothing then.
    static bool firstWordIsReplaced(const BatchDefinition &definition)
    {
        const QByteArrayView text(definition.command);
        const QByteArrayList names = definition.columnNames();
        for (qsizetype at = 0; at < text.size() && !QByteArrayView(" \t\n=").contains(text[at]); ++at) {
            if (Replacement::match(text.sliced(at), names))
                return true;
        }
        return false;
    }

    TagText m_text;
    TagText::Quoting m_quoting;
};

/// The entries of a job log by the commands that they are of.
class LoggedCommands
{
public:
    explicit LoggedCommands(const std::vector<JobLogEntry> &entries)
    {
        // A task that was run again has several lines, of which the last says how it stands.
        std::map<std::pair<QByteArray, qint64>, JobLogEntry> last;
        for (const JobLogEntry &entry : entries)
            last[{entry.command, entry.sequence}] = entry;
        for (const auto &[key, entry] : last)
            m_byKey[commandKey(key.first)].push_back(entry);
        m_left = last.size();
    }

    bool isEmpty() const { return m_left == 0; }

    std::optional<JobLogEntry> take(const QByteArray &command)
    {
        const auto found = m_byKey.find(commandKey(command));
        if (found == m_byKey.end() || found->second.empty())
            return std::nullopt;
        JobLogEntry entry = std::move(found->second.back());
        found->second.pop_back();
        --m_left;
        return entry;
    }

private:
    std::unordered_map<QByteArray, std::vector<JobLogEntry>> m_byKey;
    std::size_t m_left = 0;
};

/// The entry of a task, whichever of the two programs wrote it.
std::optional<JobLogEntry> takeEntry(LoggedCommands &log, const JobBatch &batch, const ParallelCommands &theirs, TaskIndex task)
{
    if (log.isEmpty())
        return std::nullopt;
    if (auto entry = log.take(batch.description(task)))
        return entry;
    if (batch.definition().command.isEmpty())
        return std::nullopt;
    // The log does not say which number its worker had.
    const int workers = theirs.nameWorker() ? std::max(batch.definition().job.workers, LeastWorkers) : 1;
    for (int worker = 1; worker <= workers && !log.isEmpty(); ++worker) {
        if (auto entry = log.take(theirs.of(batch.arguments(task), qint64(task) + 1, worker)))
            return entry;
    }
    return std::nullopt;
}

} // namespace

RecordFinder recordsInLog(const JobBatch &batch, const QByteArray &jobLog, bool withFailed)
{
    const QString path = QFile::decodeName(jobLog);
    if (!QFile::exists(path))
        return {};
    const auto log = std::make_shared<LoggedCommands>(readJobLog(path));
    const auto theirs = std::make_shared<const ParallelCommands>(batch.definition());
    return [log, theirs, withFailed](const JobBatch &all, TaskIndex task) -> std::optional<TaskRecord> {
        const std::optional<JobLogEntry> entry = takeEntry(*log, all, *theirs, task);
        if (!entry || !(entry->isSuccess() || withFailed))
            return std::nullopt;
        return recordOf(*entry);
    };
}

std::vector<EndedTask> endedTasks(const JobBatch &batch, const QByteArray &jobLog, bool withFailed)
{
    const RecordFinder recordFor = recordsInLog(batch, jobLog, withFailed);
    std::vector<EndedTask> ended;
    for (TaskIndex task = 0; recordFor && task < batch.count(); ++task) {
        if (const std::optional<TaskRecord> record = recordFor(batch, task))
            ended.push_back({task, *record});
    }
    return ended;
}

} // namespace procession
