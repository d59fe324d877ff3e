// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/resumelog.h>

#include <procession/joblog.h>

#include <QtCore/QFile>
#include <QtCore/QHash>

#include <map>
#include <unordered_map>

namespace procession {

namespace {

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

} // namespace

std::function<std::optional<TaskRecord>(const QByteArray &)> recordsByCommand(const QByteArray &jobLog, bool withFailed)
{
    const QString path = QFile::decodeName(jobLog);
    if (!QFile::exists(path))
        return {};
    // A task that was run again has several lines, of which the last says how it stands.
    std::map<std::pair<QByteArray, qint64>, JobLogEntry> last;
    for (const JobLogEntry &entry : readJobLog(path))
        last[{entry.command, entry.sequence}] = entry;
    const auto byCommand = std::make_shared<std::unordered_map<QByteArray, std::vector<JobLogEntry>>>();
    for (const auto &[key, entry] : last)
        (*byCommand)[key.first].push_back(entry);

    return [byCommand, withFailed](const QByteArray &command) -> std::optional<TaskRecord> {
        const auto found = byCommand->find(command);
        if (found == byCommand->end() || found->second.empty())
            return std::nullopt;
        const JobLogEntry entry = found->second.back();
        found->second.pop_back();
        if (!entry.isSuccess() && !withFailed)
            return std::nullopt;
        return recordOf(entry);
    };
}

std::vector<EndedTask> endedTasks(const JobBatch &batch, const QByteArray &jobLog, bool withFailed)
{
    const auto recordFor = recordsByCommand(jobLog, withFailed);
    std::vector<EndedTask> ended;
    for (TaskIndex task = 0; recordFor && task < batch.count(); ++task) {
        if (const std::optional<TaskRecord> record = recordFor(batch.description(task)))
            ended.push_back({task, *record});
    }
    return ended;
}

} // namespace procession
